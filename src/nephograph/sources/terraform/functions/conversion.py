"""Conversions between types, and the marks on values."""

from __future__ import annotations

from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import Context, function
from nephograph.sources.terraform.secrets import Secret, revealed, secret
from nephograph.sources.terraform.values import (
    EvaluationError,
    SetValue,
    clip,
    describe,
    text_of,
    to_bool,
    to_number,
    type_name,
    unified,
    unique,
)


@function("tostring(any|null)", unknowns="all")
def tostring(value: Any) -> Any:
    """A primitive as a string."""
    return value if value is None or isinstance(value, Unknown) else text_of(value)


@function("tonumber(any|null)", unknowns="all")
def tonumber(value: Any) -> Any:
    """A number, or a string that holds one."""
    return value if value is None or isinstance(value, Unknown) else to_number(value)


@function("tobool(any|null)", unknowns="all")
def tobool(value: Any) -> Any:
    """A bool, or a string that holds one."""
    return value if value is None or isinstance(value, Unknown) else to_bool(value)


@function("tolist(any|null)", unknowns="all")
def tolist(value: Any) -> Any:
    """A list of one element type."""
    if value is None or isinstance(value, Unknown):
        return value
    if not isinstance(value, list):
        raise EvaluationError(f"{type_name(value)} cannot become a list")
    return list(value) if isinstance(value, SetValue) else unified(value)


@function("toset(any|null)", unknowns="elements", follows=True)
def toset(value: Any) -> Any:
    """A set of one element type."""
    if value is None or isinstance(value, SetValue):
        return value
    if not isinstance(value, list):
        raise EvaluationError(f"{type_name(value)} cannot become a set")
    return unique(value)


@function("tomap(any|null)", unknowns="all")
def tomap(value: Any) -> Any:
    """A map of one element type."""
    if value is None or isinstance(value, Unknown):
        return value
    if not isinstance(value, dict):
        raise EvaluationError(f"{type_name(value)} cannot become a map")
    return dict(zip(value, unified(value.values()), strict=True))


@function("sensitive(any|null)", unknowns="all", context=True, spreads=False)
def sensitive(context: Context, value: Any) -> Any:
    """The value, which is not shown from here on."""
    context.run.scope.hide(revealed(value))
    return secret(value, "sensitive(…)")


@function("nonsensitive(any|null)", unknowns="all", spreads=False)
def nonsensitive(value: Any) -> Any:
    """The value without the mark."""
    return revealed(value)


@function("ephemeralasnull(any|null)", unknowns="all")
def ephemeralasnull(value: Any) -> Any:
    """The value; ephemeral values are never known here."""
    return value


@function("issensitive(any|null)", unknowns="all", spreads=False)
def issensitive(value: Any) -> bool | Unknown:
    """Whether the value has the mark; of a value that is not known, or not here, nobody can say."""
    if type(value) is Secret or not isinstance(value, Unknown):
        return type(value) is Secret
    return Unknown(Reason.NOT_EVALUATED, clip(f"issensitive({describe(value)})"))
