"""JSON texts that hold unknown pieces: an Unknown whose parts, read as one text, are still JSON."""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import Any

from nephograph.model.value import Reason, Unknown

_MARK = re.compile("\ue0f0(\\d+)\ue0f1")
"""Characters of the private use area stand for an unknown piece while the text is written."""


def json_text(data: Any, indent: int | None = None) -> str | Unknown:
    """The data as JSON text; unknown pieces become parts of an Unknown, each inside a JSON string.

    Raises RecursionError for data nested deeper than Python's own limit.
    """
    pieces: list[Unknown] = []

    def mark(unknown: Unknown) -> str:
        pieces.append(unknown)
        return f"\ue0f0{len(pieces) - 1}\ue0f1"

    marked = _marked(data, mark)
    if indent is not None:
        text = _indented(marked, "\n", " " * indent)
    else:
        text = json.dumps(marked, separators=(",", ":"), ensure_ascii=False)
    # Go's encoder writes these three so that the text can stand in HTML.
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if not pieces:
        return text
    parts: list[str | Unknown] = []
    position = 0
    for match in _MARK.finditer(text):
        if match.start() > position:
            parts.append(text[position : match.start()])
        parts.append(pieces[int(match.group(1))])
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    reason = pieces[0].reason if pieces else Reason.NOT_EVALUATED
    return Unknown(reason, pieces[0].detail, parts=tuple(parts))


def _indented(data: Any, before: str, step: str) -> str:
    """As `json.dumps` with an indent writes it, which writes that without its fast encoder."""
    if isinstance(data, str):
        return encode_basestring(data)
    inside = before + step
    if isinstance(data, dict) and data:
        entries = [f"{encode_basestring(key)}: {_indented(value, inside, step)}" for key, value in data.items()]
        return f"{{{inside}{f',{inside}'.join(entries)}{before}}}"
    if isinstance(data, list) and data:
        return f"[{inside}{f',{inside}'.join([_indented(value, inside, step) for value in data])}{before}]"
    return json.dumps(data)


def with_symbols(text: Unknown) -> str:
    """A JSON text with unknown pieces as JSON: each piece a symbol. Addresses hold quotes, which are escaped."""
    return "".join(part if isinstance(part, str) else json.dumps(part.symbol)[1:-1] for part in text.parts)


def _marked(data: Any, mark: Any) -> Any:
    if isinstance(data, Unknown):
        if data.parts:
            return "".join(part if isinstance(part, str) else mark(part) for part in data.parts)
        return mark(data)
    if isinstance(data, dict):
        return {str(key): _marked(value, mark) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_marked(value, mark) for value in data]
    return data
