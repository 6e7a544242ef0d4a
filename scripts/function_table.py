"""Writes the table of functions in docs/semantics/terraform.md: what is evaluated, and how it compares with Terraform.

    python scripts/function_table.py

Generated from the code (which functions there are) and the corpus of recorded answers of `terraform console` (how many
expressions use each, and in which of them ours differs). A test holds the page to it.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from nephograph.model.value import Reason, Unknown  # noqa: E402
from nephograph.sources.terraform.functions import registry  # noqa: E402
from tests.sources.terraform.console import CORPUS, agrees, run  # noqa: E402

PAGE = ROOT / "docs" / "semantics" / "terraform.md"
BEGIN, END = "<!-- functions: begin -->\n", "<!-- functions: end -->\n"
SAMPLES = {
    "base64gzip": 'base64gzip("a")',
    "bcrypt": 'bcrypt("a")',
    "plantimestamp": "plantimestamp()",
    "rsadecrypt": 'rsadecrypt("a", "b")',
    "sensitive": 'sensitive("a")',
    "timestamp": "timestamp()",
    "uuid": "uuid()",
}
"""Calls of those whose value no expression has."""


def table() -> str:
    """The table as Markdown."""
    recorded = json.loads(CORPUS.read_text())
    uses: dict[str, list[str]] = {}
    for text in recorded:
        for name in set(re.findall(r"(?<![\w:.])\w+(?=\()", text)):
            uses.setdefault(name, []).append(text)
    rows = ["| function | recorded expressions | against `terraform console` |", "|---|---|---|"]
    for name in registry.names():
        if name.startswith("modelled::"):
            continue
        asked = uses.get(name, [])
        differ = [text for text in asked if not agrees(text, recorded[text])]
        rows.append(f"| `{name}` | {len(asked) or ''} | {verdict(name, asked, differ)} |")
    return "\n".join(rows) + "\n"


def verdict(name: str, asked: list[str], differ: list[str]) -> str:
    """What a person may rely on."""
    if name in SAMPLES:
        value = run(SAMPLES[name])
        assert isinstance(value, Unknown)
        said = {
            Reason.AFTER_APPLY: "not evaluated: known after apply only",
            Reason.SENSITIVE: "evaluated, and its value is not handed out",
        }
        return said.get(value.reason, "not evaluated, and named")
    if "::" in name:
        return "a provider's function: no console has it without the provider; tested by itself"
    if not differ:
        return "equal"
    return "equal but for " + ", ".join(f"`{text}`".replace("|", "\\|") for text in differ)


def page(text: str) -> str:
    """The page with the table written anew."""
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:begin] + table() + text[end:]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
