"""Strings. Positions and lengths count characters as people see them (grapheme clusters), as Terraform does."""

from __future__ import annotations

import unicodedata
from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.functions.registry import function, unknown_call
from nephograph.sources.terraform.values import MAX_TEXT, EvaluationError, Exhausted, joined

_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}


def graphemes(text: str) -> list[str]:
    """The text as characters with their combining marks, joined emoji and flags together."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    out: list[str] = []
    for char in text:
        if out and (
            unicodedata.category(char) in ("Mn", "Me", "Mc")
            or char in _JOINERS
            or "\U0001f3fb" <= char <= "\U0001f3ff"
            or out[-1][-1] == "\u200d"
            or (char == "\n" and out[-1] == "\r")
            or (_is_flag(char) and len(out[-1]) == 1 and _is_flag(out[-1]))
        ):
            out[-1] += char
        else:
            out.append(char)
    return out


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _cased(text: str, upper: bool) -> str:
    if text.isascii():
        return text.upper() if upper else text.lower()
    # One character stays one character: ß has no other case.
    changed = ((char, char.upper() if upper else char.lower()) for char in text)
    return "".join(new if len(new) == 1 else char if upper else new[0] for char, new in changed)


@function("chomp(string)")
def chomp(text: str) -> str:
    """Without the line ends at its end."""
    return text.rstrip("\r\n")


@function("endswith(string, string)")
def endswith(text: str, suffix: str) -> bool:
    """Whether the text ends so."""
    return text.endswith(suffix)


@function("startswith(string, string)")
def startswith(text: str, prefix: str) -> bool:
    """Whether the text starts so."""
    return text.startswith(prefix)


@function("strcontains(string, string)")
def strcontains(text: str, part: str) -> bool:
    """Whether the part is in the text."""
    return part in text


@function("indent(int, string)")
def indent(width: int, text: str) -> str:
    """Spaces before every line but the first."""
    if width < 0:
        raise EvaluationError("the width must not be negative")
    if width * text.count("\n") > MAX_TEXT:
        raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
    return text.replace("\n", "\n" + " " * width)


@function("join(string, strings*)", unknowns="all")
def join(separator: Any, *lists: Any) -> Any:
    """The elements of the lists with a separator between them; known pieces stay known."""
    if not lists:
        raise EvaluationError("at least one list is needed")
    if any(isinstance(value, Unknown) for value in (separator, *lists)):
        return unknown_call("join", [separator, *lists])
    pieces: list[Any] = []
    for item in (item for value in lists for item in value):
        if item is None:
            raise EvaluationError("an element is null")
        pieces += (separator, item) if pieces else (item,)
    return joined(pieces)


@function("lower(string)")
def lower(text: str) -> str:
    """In small letters."""
    return _cased(text, upper=False)


@function("upper(string)")
def upper(text: str) -> str:
    """In capital letters."""
    return _cased(text, upper=True)


@function("split(string, string)")
def split(separator: str, text: str) -> list[str]:
    """The pieces between separators; an empty separator parts every character."""
    return text.split(separator) if separator else list(text)


@function("strrev(string)")
def strrev(text: str) -> str:
    """The characters from last to first."""
    return "".join(reversed(graphemes(text)))


@function("substr(string, int, int)")
def substr(text: str, offset: int, length: int) -> str:
    """A piece; a negative offset counts from the end, a negative length takes all the rest."""
    chars = graphemes(text)
    start = offset if offset >= 0 else max(0, len(chars) + offset)
    # From a negative offset on, Terraform takes a length of 0 as all the rest, too.
    return "".join(chars[start:] if length < 0 or (length == 0 and offset < 0) else chars[start : start + length])


@function("title(string)")
def title(text: str) -> str:
    """The first letter of each word as a capital."""
    out = []
    before = " "
    for char in text:
        out.append(_titled(char) if _separates(before) else char)
        before = char
    return "".join(out)


def _titled(char: str) -> str:
    changed = char.title()
    return changed if len(changed) == 1 else char


def _separates(char: str) -> bool:
    if char.isascii():
        return not (char.isalnum() or char == "_")
    return char.isspace()


@function("trim(string, string)")
def trim(text: str, chars: str) -> str:
    """Without any of the characters at both ends."""
    return text.strip(chars) if chars else text


@function("trimprefix(string, string)")
def trimprefix(text: str, prefix: str) -> str:
    """Without the prefix."""
    return text.removeprefix(prefix)


@function("trimsuffix(string, string)")
def trimsuffix(text: str, suffix: str) -> str:
    """Without the suffix."""
    return text.removesuffix(suffix)


@function("trimspace(string)")
def trimspace(text: str) -> str:
    """Without blanks at both ends."""
    return text.strip()
