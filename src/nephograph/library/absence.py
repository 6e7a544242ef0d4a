"""Whether a field says anything: what refers to another resource does, even where its value is not known yet."""

from __future__ import annotations

import re

from nephograph.library.sdk import test
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import Evidence, Verdict, negate, no


def unset(resource: Resource, *path: str | int, says: str) -> Verdict:
    """Is nothing said (null, "", an empty list, false)? Depends when that is not known.

    The id or ARN of a resource that is yet to be made is not known and is something all the same; so is a text of
    which a piece is not known, what a module that is not here hands out, and what is one of a few values that all say
    something. `says` is the evidence in words; `{value}` in it is replaced by the value.
    """
    data = resource.get(*path)
    if isinstance(data, Unknown) and _is_something(data):
        return no(Evidence.at(says.replace("{value}", _named(data)), resource, path))
    return test(resource, *path, when=lambda value: not value, says=says)


def given(resource: Resource, *path: str | int, says: str) -> Verdict:
    """Is anything said? The contrary of `unset`."""
    return negate(unset(resource, *path, says=says))


def is_anything(resource: Resource, *path: str | int) -> bool:
    """Is nothing at all known of a field? Of several checks of one field, one alone then asks about it."""
    data = resource.get(*path)
    return isinstance(data, Unknown) and not data.among


def _named(data: Unknown) -> str:
    if data.among:
        return " or ".join(_named(one) if isinstance(one, Unknown) else str(one) for one in data.among)
    return str(data.ref or data.symbol)


def _is_something(data: Unknown) -> bool:
    if data.among:
        return all(_is_something(one) if isinstance(one, Unknown) else bool(one) for one in data.among)
    if data.reason is Reason.ABSENT_MODULE:
        return _OUTPUT.fullmatch(data.detail) is not None
    return bool(data.parts) or (data.ref is not None and data.reason in (Reason.AFTER_APPLY, Reason.DATA_SOURCE))


_OUTPUT = re.compile(r"(.*\.)?module\.[\w-]+(\[[^]]*\])?\.[\w-]+")
"""An output of a module, and no attribute of one of its resources."""
