"""Policy variables: `${key}`, `${key, 'default'}`, and the literal characters `${*}`, `${?}`, `${$}`.

A value that comes out of a variable is text, never a wildcard. Variables exist in documents of version 2012-10-17 only;
in older ones they are read as they stand. Source: IAM/latest/UserGuide/reference_policies_variables.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nephograph.engines.certificate.context import Context, Presence
from nephograph.engines.certificate.glob import Token, tokens

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_BODY = re.compile(r"\s*([^,']*?)\s*(?:,\s*'(.*)'\s*)?", re.DOTALL)
_CHARACTERS = {"*": "*", "?": "?", "$": "$"}


class Unresolved(Exception):  # noqa: N818 - an outcome, not a failure
    """A variable has no value: what it stands in matches nothing."""


class Open(Exception):  # noqa: N818 - an outcome, not a failure
    """A variable's value is not known; `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def has_variables(text: str) -> bool:
    """Is there anything to expand? Cheap, asked once when a document is read."""
    return "${" in text


def names(text: str) -> list[str]:
    """The keys that the variables of a text name."""
    return [_BODY.fullmatch(body)[1] for body in _VARIABLE.findall(text) if body not in _CHARACTERS and _known(body)]  # type: ignore[index]


def _known(body: str) -> bool:
    return _BODY.fullmatch(body) is not None


def expand(text: str, context: Context, wild: bool) -> list[Token]:
    """The tokens of a policy text for one request. With `wild`, `*` and `?` of the text itself are wildcards.

    Raises `Unresolved` for a variable without a value and without a default, `Open` for one whose value is not known.
    """
    plain: Callable[[str], list[Token]] = tokens if wild else lambda part: [part] if part else []
    out: list[Token] = []
    place = 0
    for found in _VARIABLE.finditer(text):
        out += plain(text[place : found.start()])
        out.append(_value(found[1], context))
        place = found.end()
    return out + plain(text[place:])


def _value(body: str, context: Context) -> str:
    if body in _CHARACTERS:
        return _CHARACTERS[body]
    parts = _BODY.fullmatch(body)
    if parts is None or not parts[1]:
        raise Unresolved
    value = context.single(parts[1])
    if value is Presence.UNKNOWN:
        raise Open(parts[1])
    if value is None:
        raise Unresolved
    if isinstance(value, Presence):
        if parts[2] is None:
            raise Unresolved
        return str(parts[2])
    return value


def as_stars(text: str) -> str:
    """The pattern of everything the text could become: a star for every variable."""
    return _VARIABLE.sub("*", text)
