"""The comparisons behind condition operators: one value of the request with one value of the policy, three-valued.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Callable

from nephograph.engines.identity.pattern import Resolver, folded, literal, match_arn, matches, pattern
from nephograph.model.value import has_symbol
from nephograph.model.verdict import Answered

Comparator = Callable[[str, str, Resolver | None], Answered]
"""(value in the request, value in the policy, policy variables or None) -> does it match?"""


def _answer(truth: bool) -> Answered:
    return "yes" if truth else "no"


def _equals(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return matches(pattern(wanted, resolve, wild=False), literal(value))


def _equals_in_any_case(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return matches(folded(pattern(wanted, resolve, wild=False)), folded(literal(value)))


def _like(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return matches(pattern(wanted, resolve), literal(value))


def _arn(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return match_arn(pattern(wanted, resolve), literal(value))


def _bool(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return _equals_in_any_case(value, wanted, resolve)


def _binary(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    return matches(literal(wanted), literal(value))


def _numeric(check: Callable[[float, float], bool]) -> Comparator:
    def compare(value: str, wanted: str, resolve: Resolver | None) -> Answered:
        left, right = _number(value), _number(wanted)
        return "depends" if left is None or right is None else _answer(check(left, right))

    return compare


def _date(check: Callable[[float, float], bool]) -> Comparator:
    def compare(value: str, wanted: str, resolve: Resolver | None) -> Answered:
        left, right = _moment(value), _moment(wanted)
        return "depends" if left is None or right is None else _answer(check(left, right))

    return compare


def _number(text: str) -> float | None:
    """A number, or None for a symbol and for what AWS would not take."""
    if has_symbol(text):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _moment(text: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 date or of epoch seconds. A date without a zone is UTC."""
    number = _number(text)
    if number is not None and not (len(text) == 4 and text.isdigit()):
        return number
    if has_symbol(text):
        return None
    spelled = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        moment = datetime.datetime.fromisoformat(spelled)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).timestamp()


def _address(value: str, wanted: str, resolve: Resolver | None) -> Answered:
    """Is the address in the range? A range without a prefix length is one address."""
    try:
        network = ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return "depends"
    if has_symbol(value):
        return "depends"
    try:
        # A value may itself be a range (a caller somewhere inside): inside, outside, or partly.
        caller = ipaddress.ip_network(value, strict=False)
    except ValueError:
        return "depends"
    if isinstance(caller, ipaddress.IPv4Network) and isinstance(network, ipaddress.IPv4Network):
        return "yes" if caller.subnet_of(network) else "depends" if caller.overlaps(network) else "no"
    if isinstance(caller, ipaddress.IPv6Network) and isinstance(network, ipaddress.IPv6Network):
        return "yes" if caller.subnet_of(network) else "depends" if caller.overlaps(network) else "no"
    return "no"


_ORDER: dict[str, tuple[Callable[[float, float], bool], bool]] = {
    "equals": (lambda a, b: a == b, False),
    "notequals": (lambda a, b: a == b, True),
    "lessthan": (lambda a, b: a < b, False),
    "lessthanequals": (lambda a, b: a <= b, False),
    "greaterthan": (lambda a, b: a > b, False),
    "greaterthanequals": (lambda a, b: a >= b, False),
}

OPERATORS: dict[str, tuple[Comparator, bool]] = {
    "stringequals": (_equals, False),
    "stringnotequals": (_equals, True),
    "stringequalsignorecase": (_equals_in_any_case, False),
    "stringnotequalsignorecase": (_equals_in_any_case, True),
    "stringlike": (_like, False),
    "stringnotlike": (_like, True),
    "arnequals": (_arn, False),
    "arnlike": (_arn, False),
    "arnnotequals": (_arn, True),
    "arnnotlike": (_arn, True),
    "bool": (_bool, False),
    "binaryequals": (_binary, False),
    "ipaddress": (_address, False),
    "notipaddress": (_address, True),
    **{f"numeric{name}": (_numeric(check), negated) for name, (check, negated) in _ORDER.items()},
    **{f"date{name}": (_date(check), negated) for name, (check, negated) in _ORDER.items()},
}
"""Lower-case operator -> (comparison, whether the operator is true where the comparison is not)."""
