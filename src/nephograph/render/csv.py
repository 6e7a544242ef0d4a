"""The tables of an answer as comma-separated values, for spreadsheets and pipes."""

from __future__ import annotations

import csv
import io

from nephograph.model.answer import Answer, Table
from nephograph.render._style import Style
from nephograph.render._text import neutral

DESCRIPTION = "the tables of the answer as CSV (RFC 4180)"
SAYS_ERRORS = False

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(answer: Answer, style: Style) -> str:
    """Every table with its header, an empty line between two. A cell a spreadsheet would run begins with a quote."""
    out = io.StringIO()
    for position, table in enumerate(block for block in answer.blocks if isinstance(block, Table)):
        if position:
            out.write("\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([_cell(name) for name in table.columns])
        writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue() or "\n"


def _cell(text: str) -> str:
    """Harmless: control characters are spelled out, and what looks like a formula is a text (OWASP: CSV injection)."""
    shown = neutral(text)
    return f"'{shown}" if shown.startswith(_FORMULA) and not _number(shown) else shown


def _number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal()
