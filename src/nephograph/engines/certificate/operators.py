"""What each condition operator compares: one value of the policy with one value of the request.

A comparison answers True, False, or None where AWS's documentation does not say (a value that is not a number, a date,
an address, an ARN). Source: IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import decimal
import functools
import ipaddress
import re
from collections.abc import Callable

import msgspec

from nephograph.engines.certificate.glob import Glob, Token, Wild

Compare = Callable[[list[Token], str], bool | None]
"""The tokens of the policy's value and the request's value -> whether they match, None when nobody says."""


class Operator(msgspec.Struct, frozen=True):
    """A comparison. `negated`: the request's value must match none of the policy's.

    `wild`: `*` and `?` of the policy's value are wildcards. `variables`: policy variables may stand in it; None where
    two of AWS's pages contradict each other.
    """

    compare: Compare
    negated: bool = False
    wild: bool = False
    variables: bool | None = False


def _plain(tokens: list[Token]) -> str:
    return "".join(token.value if isinstance(token, Wild) else token for token in tokens)


def _equal(tokens: list[Token], value: str) -> bool:
    return _plain(tokens) == value


def _equal_folded(tokens: list[Token], value: str) -> bool:
    return _plain(tokens).lower() == value.lower()


def _like(tokens: list[Token], value: str) -> bool:
    return Glob(tokens).matches(value)


def _number(text: str) -> decimal.Decimal | None:
    try:
        found = decimal.Decimal(text.strip())
    except decimal.InvalidOperation:
        return None
    return found if found.is_finite() else None


_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d\d:?\d\d)?)?)?)?"
)
_EPOCH = re.compile(r"-?\d{5,}(?:\.\d+)?")


@functools.lru_cache(maxsize=1024)
def moment(text: str) -> decimal.Decimal | None:
    """Seconds since 1970 of a date (one of W3C's forms of ISO 8601, UTC where it names no zone) or of epoch seconds."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return decimal.Decimal(text)
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        at = datetime.datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None
    seconds = (at - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)
    if zone and zone not in "Zz":
        digits = zone[1:].replace(":", "")
        seconds -= (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)
    return decimal.Decimal(seconds) + (decimal.Decimal(f"0.{fraction}") if fraction else 0)


def _ordered(
    read: Callable[[str], decimal.Decimal | None], holds: Callable[[decimal.Decimal, decimal.Decimal], bool]
) -> Compare:
    """`holds(value of the request, value of the policy)`."""

    def compare(tokens: list[Token], value: str) -> bool | None:
        wanted, got = read(_plain(tokens)), read(value)
        return None if wanted is None or got is None else holds(got, wanted)

    return compare


def _bool(tokens: list[Token], value: str) -> bool | None:
    wanted, got = _plain(tokens).lower(), value.lower()
    if wanted not in ("true", "false") or got not in ("true", "false"):
        return None
    return wanted == got


def _binary(tokens: list[Token], value: str) -> bool | None:
    """Both sides are base64; they are compared byte for byte."""
    try:
        return base64.b64decode(_plain(tokens), validate=True) == base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def _address(tokens: list[Token], value: str) -> bool | None:
    """An address without a prefix is one address."""
    try:
        network = ipaddress.ip_network(_plain(tokens).strip(), strict=False)
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        return None
    return network.version == address.version and address in network


def _arn(tokens: list[Token], value: str) -> bool | None:
    """Each of the six parts between colons is compared by itself; only the last may hold colons."""
    wanted = split_arn(tokens)
    if wanted is None:
        return None if any(isinstance(token, Wild) for token in tokens) else False
    parts = value.split(":", 5)
    if len(parts) != 6:
        return False
    return all(Glob(want).matches(part) for want, part in zip(wanted, parts, strict=True))


def split_arn(tokens: list[Token]) -> list[list[Token]] | None:
    """The six parts of a pattern, None when it has fewer."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if isinstance(token, Wild):
            parts[-1].append(token)
            continue
        pieces = token.split(":", 6 - len(parts))
        parts[-1].append(pieces[0])
        parts += [[piece] for piece in pieces[1:]]
    return parts if len(parts) == 6 else None


_POSITIVE = {
    "StringEquals": Operator(_equal, variables=True),
    "StringEqualsIgnoreCase": Operator(_equal_folded, variables=True),
    "StringLike": Operator(_like, wild=True, variables=True),
    "ArnEquals": Operator(_arn, wild=True, variables=True),
    "ArnLike": Operator(_arn, wild=True, variables=True),
    "Bool": Operator(_bool, variables=None),
    "BinaryEquals": Operator(_binary),
    "IpAddress": Operator(_address),
}

_ORDER: dict[str, Callable[[decimal.Decimal, decimal.Decimal], bool]] = {
    "Equals": lambda got, wanted: got == wanted,
    "LessThan": lambda got, wanted: got < wanted,
    "LessThanEquals": lambda got, wanted: got <= wanted,
    "GreaterThan": lambda got, wanted: got > wanted,
    "GreaterThanEquals": lambda got, wanted: got >= wanted,
}

_NEGATIVES = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NotIpAddress": "IpAddress",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
}


def _all() -> dict[str, tuple[str, Operator]]:
    positive = dict(_POSITIVE)
    for name, holds in _ORDER.items():
        positive[f"Numeric{name}"] = Operator(_ordered(_number, holds))
        positive[f"Date{name}"] = Operator(_ordered(moment, holds))
    found = {name.lower(): (name, operator) for name, operator in positive.items()}
    for name, base in _NEGATIVES.items():
        found[name.lower()] = (base, msgspec.structs.replace(positive[base], negated=True))
    return found


OPERATORS = _all()
"""By lower-case name: the name of the positive comparison, and the operator."""
