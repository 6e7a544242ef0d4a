"""Numbers."""

from __future__ import annotations

import math
from typing import Any

from nephograph.sources.terraform.functions.registry import function
from nephograph.sources.terraform.values import EvaluationError, exact, number_of, to_number

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@function("abs(number)")
def abs_(value: int | float) -> int | float:
    """The number without its sign."""
    return abs(value)


@function("ceil(number)")
def ceil(value: int | float) -> int:
    """The next whole number above."""
    return math.ceil(value)


@function("floor(number)")
def floor(value: int | float) -> int:
    """The next whole number below."""
    return math.floor(value)


@function("signum(int)")
def signum(value: int) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


@function("max(number*)")
def max_(*values: int | float) -> int | float:
    """The greatest."""
    if not values:
        raise EvaluationError("at least one number is needed")
    return max(values)


@function("min(number*)")
def min_(*values: int | float) -> int | float:
    """The smallest."""
    if not values:
        raise EvaluationError("at least one number is needed")
    return min(values)


@function("log(number, number)")
def log(value: int | float, base: int | float) -> int | float:
    """The logarithm to a base."""
    try:
        return number_of(math.log(value) / math.log(base))
    except (ValueError, ZeroDivisionError):
        raise EvaluationError("the logarithm is not defined") from None


@function("pow(number, number)")
def pow_(value: int | float, power: int | float) -> int | float:
    """A power, in floating point as Terraform computes it."""
    try:
        result = math.pow(value, power)
    except ValueError:
        raise EvaluationError("the power is not a real number") from None
    # Terraform takes the shortest decimal that names the floating point number.
    return number_of(exact(result)) if math.isfinite(result) else number_of(result)


@function("parseint(any, int)")
def parseint(text: Any, base: int) -> int:
    """A whole number written in a base from 2 to 62."""
    if not isinstance(text, str):
        raise EvaluationError("a string is required")
    if not 2 <= base <= 62:
        raise EvaluationError("the base must be between 2 and 62")
    digits = text[1:] if text[:1] in ("-", "+") else text
    lower = digits.lower() if base <= 36 else digits
    allowed = _DIGITS[:base]
    if not lower or len(lower) > 1200 or any(digit not in allowed for digit in lower):
        raise EvaluationError(f"the string is not a whole number in base {base}")
    value = 0
    for digit in lower:
        value = value * base + allowed.index(digit)
    return int(number_of(-value if text[0] == "-" else value))


@function("sum(list)")
def sum_(items: list[Any]) -> int | float:
    """The numbers added up."""
    if not items:
        raise EvaluationError("the list is empty")
    if None in items:
        raise EvaluationError("an element is null")
    return number_of(sum(exact(to_number(item)) for item in items))
