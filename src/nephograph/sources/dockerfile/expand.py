"""Words of an instruction and the variables in them, three-valued.

`${name}`, `$name`, `${name:-word}`, `${name:+word}`, `${name-word}`, `${name+word}` are replaced as Docker does; a
pattern (`${name#…}`) is not evaluated and says so. What is not known stays a piece of an Unknown.
https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import msgspec

from nephograph.model.value import Reason, Unknown

Text = str | Unknown
Lookup = Callable[[str], "Text | None"]
"""The value of a variable: None when nothing sets it."""

_NAME = re.compile(r"[A-Za-z_]\w*|[0-9]+|[@*#]")
_PARAMETER = re.compile(r"([A-Za-z_]\w*)(:?[-+?]|##?|%%?|//?)?")
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(.*))?$", re.DOTALL)
MAX_DEPTH = 16
MAX_TEXT = 65_536
MAX_PIECES = 256
"""What one word may grow to, in characters and in pieces: variables that double each other end here."""


class Word(msgspec.Struct, frozen=True):
    """A word as it is written, with its range in the instruction's text."""

    raw: str
    start: int
    end: int


def words(text: str, escape: str, start: int = 0) -> list[Word]:
    """The words of a text; quotes and escapes keep blanks inside a word, and stay in it."""
    found: list[Word] = []
    quote, begin, at = "", -1, start
    while at < len(text):
        char = text[at]
        if quote:
            if char == escape and quote == '"':
                at += 1
            elif char == quote:
                quote = ""
        elif char in " \t":
            if begin >= 0:
                found.append(Word(text[begin:at], begin, at))
                begin = -1
        else:
            if begin < 0:
                begin = at
            if char == escape:
                at += 1
            elif char in "\"'":
                quote = char
        at += 1
    if begin >= 0:
        found.append(Word(text[begin:], begin, len(text)))
    return found


def flags(text: str, escape: str) -> tuple[dict[str, Word], int]:
    """The leading `--name=value` words by name (the value's range), and where the rest begins."""
    found: dict[str, Word] = {}
    behind = 0
    for word in words(text, escape):
        match = _FLAG.match(word.raw)
        if match is None:
            return found, word.start
        value = match[2] or ""
        found.setdefault(match[1], Word(value, word.end - len(value), word.end))
        behind = word.end
    return found, behind


def exec_form(text: str) -> list[str] | None:
    """The texts of a JSON list; None for anything else, which Docker takes for the shell form."""
    if not text.lstrip().startswith("["):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def expand(raw: str, lookup: Lookup, escape: str, depth: int = 0) -> Text:
    """A word without its quotes and with its variables replaced."""
    pieces: list[Text] = []
    plain: list[str] = []

    def put(value: Text) -> None:
        if isinstance(value, str):
            plain.append(value)
            return
        if plain:
            pieces.append("".join(plain))
            plain.clear()
        pieces.extend(value.parts or (value,))

    quote, at = "", 0
    while at < len(raw):
        char = raw[at]
        if char == quote:
            quote = ""
        elif quote != "'" and char == escape and at + 1 < len(raw):
            at += 1
            kept = quote == '"' and raw[at] not in f'"${escape}'
            plain.append(char + raw[at] if kept else raw[at])
        elif not quote and char in "\"'":
            quote = char
        elif quote != "'" and char == "$":
            value, at = _variable(raw, at, lookup, escape, depth)
            put(value)
            continue
        else:
            plain.append(char)
        at += 1
    if sum(map(len, plain)) + sum(len(one) for one in pieces if isinstance(one, str)) > MAX_TEXT:
        return Unknown(Reason.BUDGET, raw[:80])
    if not pieces:
        return "".join(plain)
    if len(pieces) > MAX_PIECES:
        return Unknown(Reason.BUDGET, raw[:80])
    if plain:
        pieces.append("".join(plain))
    if len(pieces) == 1:
        return pieces[0]
    first = next(piece for piece in pieces if isinstance(piece, Unknown))
    return Unknown(first.reason, first.detail, parts=tuple(pieces))


def _variable(raw: str, at: int, lookup: Lookup, escape: str, depth: int) -> tuple[Text, int]:
    """The value of the variable that begins at a dollar sign, and where the text goes on."""
    if raw.startswith("${", at):
        end = _closing(raw, at + 2)
        if end < 0:
            return raw[at:], len(raw)
        return _parameter(raw[at + 2 : end], lookup, escape, depth), end + 1
    match = _NAME.match(raw, at + 1)
    if match is None:
        return "$", at + 1
    value = lookup(match.group())
    return "" if value is None else value, match.end()


def _closing(raw: str, at: int) -> int:
    depth = 1
    while at < len(raw):
        if raw[at] == "{" and raw[at - 1] == "$":
            depth += 1
        elif raw[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return -1


def _parameter(inside: str, lookup: Lookup, escape: str, depth: int) -> Text:
    match = _PARAMETER.match(inside)
    if match is None or depth >= MAX_DEPTH:
        return Unknown(Reason.NOT_EVALUATED, f"${{{inside[:80]}}}")
    name, sign = match[1], match[2] or ""
    value = lookup(name)
    if not sign:
        return "" if value is None else value
    if sign[0] in "#%/":
        return Unknown(Reason.NOT_EVALUATED, f"${{{inside[:80]}}}")
    word = expand(inside[match.end() :], lookup, escape, depth + 1)
    if isinstance(value, Unknown):
        # Whether it is set is not known, and so which of the two stands there.
        return value if sign.endswith("?") else Unknown(value.reason, value.detail)
    there = value is not None and (value != "" or not sign.startswith(":"))
    if sign.endswith("+"):
        return word if there else ""
    return value if there and value is not None else word if sign.endswith("-") else ""
