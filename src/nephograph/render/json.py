"""The envelope as JSON: the stable, versioned form for machines. Lossless and deterministic, two spaces a level."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from nephograph.model.answer import Answer
from nephograph.model.edit import Fix
from nephograph.model.verdict import Evidence
from nephograph.render._style import Style
from nephograph.render._text import is_control

DESCRIPTION = "the whole answer as JSON, for machines"

_FIRST = ("schema", "command", "snapshot", "verdict", "depends_on", "coverage", "errors", "findings", "paths")
_BEYOND_ASCII = re.compile("[^\x00-\x7e]")


def render(answer: Answer, style: Style) -> str:
    """The envelope; characters that can steer a terminal or reorder text are written as \\u escapes."""
    fields = msgspec.to_builtins(answer, enc_hook=_plain)
    own = fields.pop("data")
    ordered = {name: fields[name] for name in _FIRST} | own | fields
    return encode(ordered)


def _plain(value: Any) -> Any:
    return value.plain() if isinstance(value, Evidence | Fix) else str(value)


def encode(data: dict[str, Any]) -> str:
    """Builtin data as indented JSON text with a newline at its end."""
    try:
        raw = msgspec.json.encode(data)
    except UnicodeEncodeError:
        raw = msgspec.json.encode(_without_surrogates(data))
    text = msgspec.json.format(raw, indent=2).decode()
    return _BEYOND_ASCII.sub(_escaped, text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    char = found.group()
    if not is_control(char):
        return char
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[index] << 8 | units[index + 1]:04x}" for index in range(0, len(units), 2))


def _without_surrogates(value: Any) -> Any:
    """UTF-8 has no form for a lone surrogate (what a broken byte of a file name reads as); its code is spelled out."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
