"""JSON text to nested tuples with offsets, so that configuration in JSON keeps its places. It never recurses deeply.

    ("null" | "bool" | "number" | "string", start, end, value)
    ("array", start, end, (value, …))
    ("object", start, end, ((key, value), …))    key: a "string"; a key that comes twice stands twice

Start and end are character offsets, a string's with its quotes. https://www.rfc-editor.org/rfc/rfc8259
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any

Value = tuple[Any, ...]

MAX_DEPTH = 150
_DECODER = JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][+-]?[0-9]{1,4}(?![0-9]))?")
_HALF = re.compile("[\ud800-\udfff]")
_WORDS = {"true": ("bool", True), "false": ("bool", False), "null": ("null", None)}


class NotJson(ValueError):  # noqa: N818 - says what it is
    """The text is not JSON; `position` is the offset where it stops being so."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


def read_json(text: str) -> Value:
    """The one value of a text. Raises `NotJson`."""
    value, end = _value(text, _blank(text, 0), 0)
    end = _blank(text, end)
    if end < len(text):
        raise NotJson("Expected the end of the file.", end)
    return value


def _blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _value(text: str, start: int, depth: int) -> tuple[Value, int]:
    char = text[start : start + 1]
    if char == '"':
        value = _string(text, start)
        return value, value[2]
    if char == "{" or char == "[":
        if depth >= MAX_DEPTH:
            raise NotJson(f"The values nest more than {MAX_DEPTH} deep.", start)
        return (_object if char == "{" else _array)(text, start, depth + 1)
    for word, (kind, meaning) in _WORDS.items():
        if text.startswith(word, start):
            end = start + len(word)
            return (kind, start, end, meaning), end
    match = _NUMBER.match(text, start)
    if match is None:
        raise NotJson("Expected a value.", start)
    return ("number", start, match.end(), _number(match, start)), match.end()


def _number(match: re.Match[str], start: int) -> int | float:
    written = match.group()
    try:
        number = float(written) if match[1] or match[2] else int(written)
    except ValueError:
        raise NotJson("The number is too long.", start) from None
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        return int(number)
    if number in (float("inf"), float("-inf")):
        raise NotJson("The number is too large.", start)
    return number


def _string(text: str, start: int) -> Value:
    try:
        content, end = _DECODER.raw_decode(text, start)
    except JSONDecodeError as error:
        raise NotJson(f"{error.msg}.", error.pos) from None
    # Half of a pair stands for no character; it could not be written anywhere.
    return ("string", start, end, content if content.isascii() else _HALF.sub("\ufffd", content))


def _object(text: str, start: int, depth: int) -> tuple[Value, int]:
    entries: list[tuple[Value, Value]] = []
    position = _blank(text, start + 1)
    while text[position : position + 1] != "}" or entries:
        if text[position : position + 1] != '"':
            raise NotJson("Expected a key in quotes.", position)
        key = _string(text, position)
        position = _blank(text, key[2])
        if text[position : position + 1] != ":":
            raise NotJson("Expected a colon behind the key.", position)
        value, position = _value(text, _blank(text, position + 1), depth)
        entries.append((key, value))
        position = _blank(text, position)
        if text[position : position + 1] != ",":
            break
        position = _blank(text, position + 1)
    if text[position : position + 1] != "}":
        raise NotJson("Expected a comma or the } that closes this object.", position)
    return ("object", start, position + 1, tuple(entries)), position + 1


def _array(text: str, start: int, depth: int) -> tuple[Value, int]:
    items: list[Value] = []
    position = _blank(text, start + 1)
    while text[position : position + 1] != "]" or items:
        value, position = _value(text, position, depth)
        items.append(value)
        position = _blank(text, position)
        if text[position : position + 1] != ",":
            break
        position = _blank(text, position + 1)
    if text[position : position + 1] != "]":
        raise NotJson("Expected a comma or the ] that closes this list.", position)
    return ("array", start, position + 1, tuple(items)), position + 1
