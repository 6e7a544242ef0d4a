"""Sensitive values: evaluated like any other, and never handed out.

A `Secret` is an `Unknown`: whatever does not know better treats it as a value that is not known, so that nothing can
leak by being forgotten. The evaluator opens it, computes, and closes the result again, which is how Terraform lets
the mark spread. What leaves the source is the plain `Unknown(SENSITIVE)` of `public`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.open_keys import OpenKeys
from nephograph.sources.terraform.values import clip, describe


class Hidden:
    """Holds a value out of sight: it has no text and is equal to itself only."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "…"


class Secret(Unknown, frozen=True):
    """A sensitive value. `parts` are what may be seen of a text; `hidden` holds all of it."""

    hidden: Hidden = Hidden(None)


def secret(value: Any, detail: str, parts: tuple[str | Unknown, ...] = ()) -> Any:
    """A value marked sensitive. null says nothing, and what is not known anyway stays what it is."""
    if value is None or isinstance(value, Unknown):
        # (what it may be, and the detail that tells it, are not to be shown either)
        if isinstance(value, Unknown) and (value.among or type(value) is OpenKeys):
            return Unknown(value.reason, clip(detail))
        return value
    return Secret(Reason.SENSITIVE, clip(detail), None, parts, hidden=Hidden(revealed(value)))


def concealed(value: Any, shown: object) -> Any:
    """A value that was computed from sensitive ones. `shown` is what the same computation gave without them."""
    if isinstance(shown, Unknown):
        return shown if isinstance(value, Unknown) else secret(value, describe(shown), shown.parts)
    return secret(value, describe(shown))


def revealed(value: Any) -> Any:
    """The value with everything sensitive in it in the clear: for computing, never for showing."""
    if type(value) is Secret:
        return revealed(value.hidden.value)
    if type(value) is dict:
        return {key: revealed(element) for key, element in value.items()} if has_secret(value) else value
    if isinstance(value, list):
        return type(value)([revealed(element) for element in value]) if has_secret(value) else value
    return value


def has_secret(value: Any) -> bool:
    """True when the value is sensitive, or anything in it."""
    if type(value) is Secret:
        return True
    if type(value) is dict:
        return any(has_secret(element) for element in value.values())
    return isinstance(value, list) and any(has_secret(element) for element in value)


def public(value: Unknown) -> Unknown:
    """An unknown value as it may leave the source: without what is hidden in it."""
    if type(value) is not Unknown or any(isinstance(part, Unknown) for part in (*value.parts, *value.among)):
        parts = tuple(public(part) if isinstance(part, Unknown) else part for part in value.parts)
        among = tuple(public(one) if isinstance(one, Unknown) else one for one in value.among)
        return Unknown(value.reason, value.detail, value.ref, parts, among)
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Unknown):
        yield from (one for one in value.among if isinstance(one, str))
    elif isinstance(value, dict | list):
        inside: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for element in inside:
            yield from texts_in(element)
