"""Policy variables in a text: `${key}`, `${key, 'default'}`, and the characters `${*}`, `${?}`, `${$}`.

A value that comes out of a variable is text, never a wildcard.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re

from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context
from nephograph.engines.permissions.glob import Element, Elements, elements, literal

_MARK = re.compile(r"\$\{([^{}]*)\}")
_KEY = re.compile(r"\s*([^,']*?)\s*(?:,\s*'(.*)'\s*)?", re.DOTALL)
_CHARACTERS = frozenset("*?$")


class OpenKeyError(Exception):
    """The value of a variable is not known; `key` is its name in lower case."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def present(text: str) -> bool:
    """Is there anything to expand?"""
    return "${" in text


def keys(text: str) -> list[str]:
    """The keys that variables of the text name, in lower case."""
    found = [_KEY.fullmatch(body) for body in _MARK.findall(text) if body not in _CHARACTERS]
    return [match[1].lower() for match in found if match and match[1]]


def stars(text: str) -> str:
    """The text with every variable as `*`; the characters that a variable may spell are `?`."""
    return _MARK.sub(lambda found: "?" if found[1] in _CHARACTERS else "*", text)


def expanded(text: str, context: Context, wild: bool) -> Elements | None:
    """The elements of a text for one request; None when a variable has no value and no default.

    Raises `OpenKeyError` for one whose value is not known. With `wild`, `*` and `?` of the text are wildcards.
    """
    plain = elements if wild else literal
    found: list[Element] = []
    place = 0
    missing = ""
    for mark in _MARK.finditer(text):
        found += plain(text[place : mark.start()])
        place = mark.end()
        value = _value(mark[1], context)
        if value is None:
            return None
        if isinstance(value, OpenKeyError):
            missing = missing or value.key
            continue
        found += value
    if missing:
        raise OpenKeyError(missing)
    return (*found, *plain(text[place:]))


def _value(body: str, context: Context) -> str | OpenKeyError | None:
    if body in _CHARACTERS:
        return body
    match = _KEY.fullmatch(body)
    if match is None or not match[1]:
        return None
    key = match[1].lower()
    value = context.get(key)
    if value is UNKNOWN:
        return OpenKeyError(key)
    if value is ABSENT or value == ():
        default: str | None = match[2]
        return default
    assert isinstance(value, tuple)
    return value[0] if len(value) == 1 else None
