"""Where the elements of a JSON text stand, when that text is written in a heredoc or in quotes."""

from __future__ import annotations

import json
import re

from nephograph.model.span import Path

MAX_TEXT = 1_000_000
MAX_DEPTH = 64

_BLANK = re.compile(r"\s*")
_SCALAR = re.compile(r"[^\s,\]\}\{\[\"]+")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}

Range = tuple[int, int]


class _NotJson(ValueError):  # noqa: N818 - never leaves this file
    """The text stops being JSON."""


def json_places(text: str) -> dict[Path, Range]:
    """The range of every element of a JSON text by its path; {} when the text is not JSON.

    `${…}` inside a string counts as text of the string, elsewhere as a value.
    """
    if len(text) > MAX_TEXT:
        return {}
    found: dict[Path, Range] = {}
    try:
        _value(text, _blank(text, 0), (), found)
    except (_NotJson, IndexError):
        return {}
    return found


def unescaped(text: str) -> tuple[str, list[int]]:
    """The content of a quoted string with simple escapes resolved, and for each character where it stands.

    The list has one entry more than the text: the position behind the last character.
    """
    out: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(text):
        places.append(position)
        char = text[position]
        if char == "\\" and position + 1 < len(text) and text[position + 1] not in "uU":
            out.append(_ESCAPES.get(text[position + 1], text[position + 1]))
            position += 2
        else:
            out.append(char)
            position += 1
    places.append(position)
    return "".join(out), places


def _blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _value(text: str, position: int, path: Path, found: dict[Path, Range]) -> int:
    """Read the value at `position`, note its range, return where it ends."""
    if len(path) > MAX_DEPTH:
        raise _NotJson
    start = position
    char = text[position]
    if char == '"':
        position = _string(text, position)
    elif char == "{":
        position = _object(text, position, path, found)
    elif char == "[":
        position = _array(text, position, path, found)
    elif text.startswith("${", position):
        position = _interpolation(text, position)
    else:
        match = _SCALAR.match(text, position)
        if match is None:
            raise _NotJson
        position = match.end()
    found[path] = (start, position)
    return position


def _object(text: str, position: int, path: Path, found: dict[Path, Range]) -> int:
    position = _blank(text, position + 1)
    while text[position] != "}":
        if text[position] != '"':
            raise _NotJson
        end = _string(text, position)
        key = _key(text[position:end])
        position = _blank(text, end)
        if text[position] != ":":
            raise _NotJson
        position = _blank(text, _value(text, _blank(text, position + 1), (*path, key), found))
        if text[position] == ",":
            position = _blank(text, position + 1)
        elif text[position] != "}":
            raise _NotJson
    return position + 1


def _key(quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        # An interpolation may hold quotes of its own.
        return quoted[1:-1]


def _array(text: str, position: int, path: Path, found: dict[Path, Range]) -> int:
    position = _blank(text, position + 1)
    index = 0
    while text[position] != "]":
        position = _blank(text, _value(text, position, (*path, index), found))
        index += 1
        if text[position] == ",":
            position = _blank(text, position + 1)
        elif text[position] != "]":
            raise _NotJson
    return position + 1


def _string(text: str, position: int) -> int:
    position += 1
    while text[position] != '"':
        if text[position] == "\\":
            position += 2
        elif text.startswith("${", position):
            position = _interpolation(text, position)
        else:
            position += 1
    return position + 1


def _interpolation(text: str, position: int) -> int:
    depth = 0
    while True:
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
