"""JSON texts that hold unknown pieces: an Unknown whose parts, read as one text, are still JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

from nephograph.model.value import Unknown

_TEXTS = frozenset({str})


def json_text(data: Any, indent: int | None = None) -> str | Unknown:
    """The data as JSON text; unknown pieces become parts of an Unknown, each inside a JSON string, keys too.

    Raises RecursionError for data nested deeper than Python's own limit.
    """
    pieces: list[str | Unknown] = []
    _write(data, "\n" if indent is not None else "", " " * (indent or 0), ": " if indent is not None else ":", pieces)
    unknown = [piece for piece in pieces if isinstance(piece, Unknown)]
    if not unknown:
        return _escaped("".join(pieces))  # type: ignore[arg-type]
    parts: list[str | Unknown] = []
    known: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            known.append(piece)
            continue
        if known:
            parts.append(_escaped("".join(known)))
            known = []
        parts.append(piece)
    parts.append(_escaped("".join(known)))
    return Unknown(unknown[0].reason, unknown[0].detail, parts=tuple(part for part in parts if part != ""))


_IN_HTML = re.compile("[&<>\u2028\u2029]")


def _escaped(text: str) -> str:
    """Go's encoder writes these so that the text can stand in HTML."""
    return _IN_HTML.sub(lambda found: f"\\u{ord(found.group()):04x}", text) if _IN_HTML.search(text) else text


def _write(data: Any, before: str, step: str, colon: str, out: list[str | Unknown]) -> None:
    """Append the text of some data: as `json.dumps` writes it, and unknown pieces as what they are."""
    if isinstance(data, str):
        out.append(encode_basestring(data))
    elif isinstance(data, Unknown):
        out.append('"')
        parts = data.parts or (data,)
        out.extend([encode_basestring(part)[1:-1] if isinstance(part, str) else part for part in parts])
        out.append('"')
    elif isinstance(data, dict) and data:
        inside = before + step
        separator = f"{{{inside}"
        for key, value in data.items():
            if isinstance(key, Unknown):
                out.append(separator)
                _write(key, inside, step, colon, out)
                out.append(colon)
            else:
                out.append(f"{separator}{encode_basestring(str(key))}{colon}")
            _write(value, inside, step, colon, out)
            separator = f",{inside}"
        out.append(f"{before}}}")
    elif isinstance(data, list | tuple) and data:
        inside = before + step
        if _TEXTS.issuperset(map(type, data)):
            out.append(f"[{inside}{f',{inside}'.join(map(encode_basestring, data))}{before}]")
            return
        separator = f"[{inside}"
        for value in data:
            out.append(separator)
            _write(value, inside, step, colon, out)
            separator = f",{inside}"
        out.append(f"{before}]")
    else:
        out.append(json.dumps(data))


def all_differ(keys: Iterable[str | Unknown]) -> bool:
    """Can no two of the keys be one and the same, whatever is unknown of them?"""
    found = list(keys)
    opened = [key for key in found if isinstance(key, Unknown)]
    if len(opened) > _MOST_OPEN:
        return False
    return all(_differ(key, other) for key in opened for other in found if other is not key)


_MOST_OPEN = 32


def _differ(key: Unknown, other: str | Unknown) -> bool:
    parts = key.parts
    if not parts or (isinstance(other, Unknown) and not other.parts):
        return False
    first, last = (other.parts[0], other.parts[-1]) if isinstance(other, Unknown) else (other, other)
    heads = isinstance(parts[0], str) and isinstance(first, str)
    tails = isinstance(parts[-1], str) and isinstance(last, str)
    return (heads and not _begin_alike(str(parts[0]), str(first))) or (
        tails and not _begin_alike(str(parts[-1])[::-1], str(last)[::-1])
    )


def _begin_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def with_symbols(text: Unknown) -> str:
    """A JSON text with unknown pieces as JSON: each piece a symbol. Addresses hold quotes, which are escaped."""
    return "".join(part if isinstance(part, str) else json.dumps(part.symbol)[1:-1] for part in text.parts)
