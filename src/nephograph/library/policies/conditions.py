"""Condition operators and what they compare.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import datetime
import functools
import ipaddress
import re

import msgspec

from nephograph.library.policies.documents import Statement, Test

_COMPARED = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
OPERATORS: dict[str, str] = {
    **{f"String{word}": "String" for word in ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase")},
    **{f"String{word}": "String" for word in ("Like", "NotLike")},
    **{f"Numeric{word}": "Numeric" for word in _COMPARED},
    **{f"Date{word}": "Date" for word in _COMPARED},
    **{f"Arn{word}": "ARN" for word in ("Equals", "NotEquals", "Like", "NotLike")},
    "Bool": "Bool",
    "BinaryEquals": "Binary",
    "IpAddress": "IPAddress",
    "NotIpAddress": "IPAddress",
    "Null": "Null",
}
"""Every operator with the type it compares."""

_BY_NAME = {name.lower(): name for name in OPERATORS}


class Operator(msgspec.Struct, frozen=True):
    """An operator taken apart: its base name, what it compares, its set prefix (in lower case), and IfExists."""

    base: str
    type: str
    quantifier: str = ""
    if_exists: bool = False

    @property
    def negated(self) -> bool:
        """Is it true of what does not match (also when the key is absent)?"""
        return "Not" in self.base


@functools.lru_cache(maxsize=256)
def operator(written: str) -> Operator | None:
    """The operator of that name, without regard to case; None when there is none."""
    low = written.lower()
    quantifier, colon, rest = low.partition(":")
    if not colon:
        quantifier, rest = "", low
    elif quantifier not in ("foranyvalue", "forallvalues"):
        return None
    if rest in _BY_NAME:
        return Operator(_BY_NAME[rest], OPERATORS[_BY_NAME[rest]], quantifier)
    bare = rest.removesuffix("ifexists")
    if bare != rest and bare in _BY_NAME and bare != "null":
        return Operator(_BY_NAME[bare], OPERATORS[_BY_NAME[bare]], quantifier, if_exists=True)
    return None


def fits(value: str, type_: str) -> bool:
    """Is the text a value of this type? A wildcard or variable fits where patterns or variables may stand."""
    match type_:
        case "Bool" | "Null":
            return value.lower() in ("true", "false")
        case "Numeric":
            return _NUMBER.fullmatch(value) is not None
        case "Date":
            return _NUMBER.fullmatch(value) is not None or _is_date(value)
        case "IPAddress":
            return _is_network(value)
        case "ARN":
            return value.startswith(("arn:", "*", "?")) and (value.count(":") >= 5 or "*" in value)
        case _:
            return True


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def _is_date(value: str) -> bool:
    """https://www.w3.org/TR/NOTE-datetime, as AWS's page names it."""
    if re.fullmatch(r"\d{4}(-\d{2})?", value):
        return True
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_network(value: str) -> bool:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True


def narrows(statement: Statement, *keys: str) -> bool:
    """Does a condition demand a value of one of these keys? A symbol in its place may do so, too: then yes.

    `key` may end in `/*`. A negated operator, IfExists and `Null` do not demand anything.
    """
    return statement.open or any(_demands(test, keys) for test in statement.conditions)


def _demands(test: Test, keys: tuple[str, ...]) -> bool:
    how = operator(test.operator)
    low = test.key.lower()
    named = any(low == key.lower() or (key.endswith("*") and low.startswith(key[:-1].lower())) for key in keys)
    if not named or how is None or how.negated or how.if_exists or how.quantifier == "forallvalues":
        return False
    if how.base == "Null":
        return False
    return not any(value.value.strip("*") == "" for value in test.values)
