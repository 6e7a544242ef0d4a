"""Condition operators: what a value of a policy asks of a value of the request.

A test of one value answers True, False, or None where AWS's pages do not say (a text that is no number …).
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import base64
import binascii
import datetime
import functools
import ipaddress
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import msgspec

from nephograph.engines.permissions.glob import (
    ONE_IN_PART,
    STAR_IN_PART,
    Any_,
    Elements,
    automaton,
    folded,
)

Family = Literal["text", "number", "date", "bool", "binary", "address"]


class Operator(msgspec.Struct, frozen=True):
    """`negated`: the request's value must meet none of the policy's. `wild`: `*` and `?` are wildcards.

    `variables`: policy variables may stand in it; None where two of AWS's pages contradict each other.
    `relation` orders numbers and dates: ==, <, <=, >, >=.
    """

    name: str
    family: Family
    negated: bool = False
    wild: bool = False
    folds: bool = False
    arn: bool = False
    variables: bool | None = False
    relation: str = ""


_TEXTS = (
    ("StringEquals", "StringNotEquals", Operator("=", "text", variables=True)),
    (
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        Operator("= (any case)", "text", folds=True, variables=True),
    ),
    ("StringLike", "StringNotLike", Operator("like", "text", wild=True, variables=True)),
    ("ArnEquals", "ArnNotEquals", Operator("like", "text", wild=True, arn=True, variables=True)),
    ("ArnLike", "ArnNotLike", Operator("like", "text", wild=True, arn=True, variables=True)),
    ("Bool", "", Operator("=", "bool", variables=None)),
    ("BinaryEquals", "", Operator("=", "binary")),
    ("IpAddress", "NotIpAddress", Operator("in", "address")),
)
_RELATIONS = {"Equals": "==", "LessThan": "<", "LessThanEquals": "<=", "GreaterThan": ">", "GreaterThanEquals": ">="}


def _all() -> dict[str, Operator]:
    found: dict[str, Operator] = {}
    for name, negative, operator in _TEXTS:
        found[name.lower()] = operator
        if negative:
            found[negative.lower()] = msgspec.structs.replace(operator, negated=True)
    families: tuple[tuple[str, Family], ...] = (("Numeric", "number"), ("Date", "date"))
    for prefix, family in families:
        for name, relation in _RELATIONS.items():
            found[f"{prefix}{name}".lower()] = Operator(relation, family, relation=relation)
        found[f"{prefix}NotEquals".lower()] = Operator("==", family, negated=True, relation="==")
    return found


OPERATORS = _all()
"""By name in lower case, without set operators and IfExists."""


def shape(operator: Operator, pattern: Elements) -> Elements | bool | None:
    """What a value of the family `text` has to look like; False: nothing does, None: nobody says what does."""
    if operator.arn:
        return _parts(pattern)
    return folded(pattern) if operator.folds else pattern


def _parts(pattern: Elements) -> Elements | bool | None:
    """Each of the six parts of an ARN is compared by itself: wildcards of the first five pass no colon."""
    found: list[str | frozenset[str] | Any_] = []
    colons = 0
    for one in pattern:
        if one == ":" and colons < 5:
            colons += 1
        if isinstance(one, Any_) and colons < 5:
            one = STAR_IN_PART if one.many else ONE_IN_PART
        found.append(one)
    if colons < 5:
        return None if any(isinstance(one, Any_) for one in pattern) else False
    return tuple(found)


def meets(operator: Operator, pattern: Elements, value: str) -> bool | None:
    """Does a value of the request meet a value of the policy (given as elements)?"""
    if operator.family == "text":
        wanted = shape(operator, pattern)
        return wanted if wanted is None or isinstance(wanted, bool) else automaton(wanted).accepts(value)
    return _plain_test(operator, text_of(pattern), value)


def text_of(pattern: Elements) -> str:
    """The elements as the text they were, for operators without wildcards."""
    return "".join("*" if isinstance(o, Any_) and o.many else "?" if isinstance(o, Any_) else str(o) for o in pattern)


_COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "==": lambda got, wanted: got == wanted,
    "<": lambda got, wanted: got < wanted,
    "<=": lambda got, wanted: got <= wanted,
    ">": lambda got, wanted: got > wanted,
    ">=": lambda got, wanted: got >= wanted,
}


def _plain_test(operator: Operator, wanted: str, value: str) -> bool | None:
    if operator.family == "bool":
        both = (wanted.lower(), value.lower())
        return both[0] == both[1] if all(one in ("true", "false") for one in both) else None
    if operator.family == "address":
        return _within(wanted, value)
    if operator.family == "binary":
        left, right = _bytes(wanted), _bytes(value)
        return None if left is None or right is None else left == right
    read = moment if operator.family == "date" else number
    limit, got = read(wanted), read(value)
    return None if limit is None or got is None else _COMPARED[operator.relation](got, limit)


def _within(wanted: str, value: str) -> bool | None:
    try:
        network = ipaddress.ip_network(wanted.strip(), strict=False)
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        return None
    return address.version == network.version and address in network


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


_NUMBER = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?")


@functools.lru_cache(maxsize=4096)
def number(text: str) -> Fraction | None:
    """A decimal number, None when the text is none."""
    text = text.strip()
    return Fraction(text) if _NUMBER.fullmatch(text) else None


_DATE = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d)"
    r"(?:[Tt ](?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,](?P<f>\d{1,9}))?)?\s*(?P<z>[Zz]|[+-]\d\d:?\d\d)?)?)?)?"
)
_EPOCH = re.compile(r"-?\d{5,18}(?:\.\d{1,9})?")


@functools.lru_cache(maxsize=4096)
def moment(text: str) -> Fraction | None:
    """Seconds since 1970: of an ISO 8601 date (UTC where it names no zone) or of epoch seconds."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return Fraction(text)
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    numbers = [int(found[part] or least) for part, least in zip("ymdHMS", (1, 1, 1, 0, 0, 0), strict=True)]
    try:
        day = datetime.datetime(*numbers, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    seconds = Fraction((day - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) // datetime.timedelta(seconds=1))
    if found["f"]:
        seconds += Fraction(int(found["f"]), 10 ** len(found["f"]))
    zone = found["z"]
    if zone and zone not in "Zz":
        offset = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
        seconds += offset if zone[0] == "-" else -offset
    return seconds
