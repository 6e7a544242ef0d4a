"""Plain data with unknown values as JSON text, and back, without loss.

What JSON (or a column of text) cannot say — an `Unknown`, an integer of more than 64 bits, a float that is not
finite, a text with half a surrogate pair — reads as null in the JSON and stands *aside*, under its path. So the JSON
can be queried as it is, and both together are exact. Keys are texts; a tuple comes back as a list.
"""

from __future__ import annotations

import json
import math
from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.model.value import Unknown

_SORTED = msgspec.json.Encoder(order="deterministic")
_AS_IS = msgspec.json.Encoder()
_MARK = '"reason":"'
"""Every encoded `Unknown` holds this, so data without it (and without null) needs no second look."""

Aside = list[tuple[Path, Any]]
"""What JSON cannot say, with its path: an Unknown, an int, a float or a str."""


class Flat(msgspec.Struct, frozen=True, gc=False):
    """Data as text: `json`, what stands aside of it as JSON ("" for nothing), and (path, reason) of what is unknown."""

    json: str
    aside: str = ""
    unknown: tuple[tuple[str, str], ...] = ()


def flatten(data: Any, ordered: bool = True) -> Flat:
    """Data as JSON and what has to stand aside; keys sorted unless `ordered` is False. Never raises for plain data."""
    encoder = _SORTED if ordered else _AS_IS
    try:
        text = encoder.encode(data).decode()
        if _MARK not in text and "null" not in text:
            return Flat(text)
    except (UnicodeEncodeError, OverflowError):
        pass
    aside: Aside = []
    plain = _plain(data, (), aside)
    unknown = tuple((dotted(path), str(value.reason)) for path, value in aside if isinstance(value, Unknown))
    return Flat(encoder.encode(plain).decode(), _said(aside) if aside else "", unknown)


def restore(text: str, aside: str = "") -> Any:
    """The data that `flatten` was given."""
    data = msgspec.json.decode(text)
    for tag, path, said in json.loads(aside) if aside else ():
        data = _put(data, path, _read(tag, said))
    return data


def dotted(path: Path) -> str:
    """A path as people write it: `ingress.0.cidr`."""
    return ".".join(clean(str(part)) for part in path)


def clean(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair is written as its escape."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def _plain(value: Any, path: Path, aside: Aside) -> Any:
    """A copy without what JSON cannot say; that is added to `aside`."""
    if isinstance(value, dict):
        if all(isinstance(name, str) and clean(name) == name for name in value):
            return {name: _plain(child, (*path, name), aside) for name, child in value.items()}
        aside.append((path, value))
        return None
    if isinstance(value, list | tuple):
        return [_plain(child, (*path, position), aside) for position, child in enumerate(value)]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if -(1 << 63) <= value < 1 << 63:
            return value
    elif isinstance(value, float):
        if math.isfinite(value):
            return value
    elif isinstance(value, str):
        if clean(value) == value:
            return value
    elif not isinstance(value, Unknown):
        raise TypeError(f"{type(value).__name__} is no plain data")
    aside.append((path, value))
    return None


def _said(aside: Aside) -> str:
    """As ASCII JSON: Python's own module keeps halves of surrogate pairs and big integers."""
    return json.dumps([_tagged(path, value) for path, value in aside], separators=(",", ":"), sort_keys=True)


def _tagged(path: Path, value: Any) -> list[Any]:
    if isinstance(value, Unknown):
        return ["unknown", path, msgspec.to_builtins(value)]
    if isinstance(value, int):
        return ["int", path, hex(value)]
    if isinstance(value, float):
        return ["float", path, repr(value)]
    if isinstance(value, dict):
        inner: Aside = []
        pairs = [
            [_key(name), _plain(child, (position,), inner)] for position, (name, child) in enumerate(value.items())
        ]
        return ["keys", path, [pairs, [_tagged(p, v) for p, v in inner]]]
    return ["text", path, value]


def _key(name: Any) -> Any:
    return name if isinstance(name, str | bool | int | float) or name is None else str(name)


def _read(tag: str, said: Any) -> Any:
    match tag:
        case "unknown":
            return msgspec.convert(said, Unknown)
        case "int":
            return int(said, 16)
        case "float":
            return float(said)
        case "keys":
            pairs, inner = said
            children = [child for _, child in pairs]
            for kind, path, what in inner:
                children = _put(children, path, _read(kind, what))
            return {name: child for (name, _), child in zip(pairs, children, strict=True)}
        case _:
            return said


def _put(data: Any, path: list[Any], value: Any) -> Any:
    if not path:
        return value
    into = data
    for part in path[:-1]:
        into = into[part]
    into[path[-1]] = value
    return data
