"""The envelope as JSON: the stable, versioned form for machines. Lossless and deterministic, two spaces a level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from nephograph.model.answer import Answer
from nephograph.model.edit import Fix
from nephograph.model.verdict import Evidence
from nephograph.render._style import Style
from nephograph.render._text import is_control

DESCRIPTION = "the whole answer as JSON, for machines"

_FIRST = ("schema", "command", "snapshot", "verdict", "depends_on", "coverage", "errors", "findings", "paths")
_LARGE = ("findings", "paths")
_BATCH = 200
"""Elements of a large list that are in memory at a time: what thousands of findings say is large, written out."""
_BEYOND_ASCII = re.compile("[^\x00-\x7e]")


def render(answer: Answer, style: Style) -> str:
    """The envelope; characters that can steer a terminal or reorder text are written as \\u escapes."""
    return "".join(pieces(answer, style))


def pieces(answer: Answer, style: Style) -> Iterator[str]:
    """The same text, bit by bit."""
    fields = msgspec.to_builtins(msgspec.structs.replace(answer, findings=(), paths=()), enc_hook=_plain)
    own = fields.pop("data")
    text = encode({name: fields[name] for name in _FIRST} | own | fields)
    for name in _LARGE:
        empty = f'\n  "{name}": []'
        before, _, text = text.partition(empty)
        yield before
        yield from _listed(name, getattr(answer, name), empty)
    yield text


def _listed(name: str, elements: Sequence[Any], empty: str) -> Iterator[str]:
    """A list of the envelope as `encode` writes it."""
    if not elements:
        yield empty
        return
    for start in range(0, len(elements), _BATCH):
        batch = encode({name: elements[start : start + _BATCH]})
        opening, closing = f'{{\n  "{name}": [', "\n  ]\n}\n"
        yield f'\n  "{name}": [' if start == 0 else ","
        yield batch[len(opening) : -len(closing)]
    yield "\n  ]"


def _plain(value: Any) -> Any:
    return value.plain() if isinstance(value, Evidence | Fix) else str(value)


def encode(data: dict[str, Any]) -> str:
    """Data as indented JSON text with a newline at its end."""
    try:
        raw = msgspec.json.encode(data, enc_hook=_plain)
    except UnicodeEncodeError:
        raw = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(data, enc_hook=_plain)))
    raw = msgspec.json.format(raw, indent=2)
    return (raw.decode() if raw.isascii() and b"\x7f" not in raw else _BEYOND_ASCII.sub(_escaped, raw.decode())) + "\n"


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
