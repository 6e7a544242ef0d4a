"""Condition blocks over a request context in which a key is known, known to be absent, or not known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import msgspec

from nephograph.engines.identity import compare
from nephograph.engines.identity.pattern import NoValueError, Tokens, literal
from nephograph.engines.identity.statement import Test
from nephograph.model.value import CLOSE, OPEN
from nephograph.model.verdict import NO, YES, Verdict, all_of, any_of, depends, negate


class NotKnown(msgspec.Struct, frozen=True):
    """A key whose value is not known. `present` is True when the request is sure to carry it."""

    present: bool = False


Known = tuple[str, ...] | None | NotKnown
"""The values of a key in the request; None: the request does not carry it."""

MAYBE = NotKnown()
PRESENT = NotKnown(present=True)


class Context:
    """The keys of a request. Names are not case-sensitive; a key that is not listed is not known at all.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """

    def __init__(self, keys: Mapping[str, Known]) -> None:
        self._keys = {name.lower(): known for name, known in keys.items()}

    def get(self, key: str) -> Known:
        """What is known of a key."""
        return self._keys.get(key.lower(), MAYBE)

    def having(self, keys: Mapping[str, Known]) -> Context:
        """This context with some keys known otherwise."""
        return Context({**self._keys, **{name.lower(): known for name, known in keys.items()}}) if keys else self

    def variable(self, name: str) -> Tokens | None:
        """The tokens a policy variable stands for: `key`, or `key, 'default'`. None when it has no value.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
        """
        key, _, rest = name.partition(",")
        default = rest.strip()
        known = self.get(key.strip())
        if known is None or known == ():
            quoted = len(default) >= 2 and default[0] == default[-1] == "'"
            return literal(default[1:-1]) if quoted else None
        if isinstance(known, NotKnown) or len(known) != 1:
            return (unknown_value(key.strip()),)
        return literal(known[0])


def unknown_value(key: str) -> str:
    """The symbol of a key's value; a character for private use keeps it apart from the symbols of a source."""
    # (symbols do not nest: a key may hold one)
    return f"{OPEN}\uf8ff{key.lower().replace(OPEN, '(').replace(CLOSE, ')')}{CLOSE}"


NO_PUBLIC_ADDRESS = "192.0.2.0"
"""Stands for a source that is in no private range: an address reserved for documentation (RFC 5737)."""


def _never_a_source(test: Test, base: str) -> bool:
    """Does the condition speak of private ranges only? `aws:SourceIp` holds public addresses alone.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    """
    if test.key.lower() != "aws:sourceip" or base not in ("ipaddress", "notipaddress"):
        return False
    try:
        networks = [ipaddress.ip_network(value, strict=False) for value in test.values]
    except ValueError:
        return False
    return bool(networks) and all(n.is_private and n.num_addresses < 2**30 and not _documented(n) for n in networks)


def _documented(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    """Ranges reserved for documentation count as private and stand for public ones in examples."""
    reserved = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
    return any(network.overlaps(r) for r in map(ipaddress.ip_network, reserved) if r.version == network.version)


def holds(test: Test, context: Context, variables: bool = True) -> Verdict:
    """Is the condition true of the request? What is left open is in `depends_on`, in words."""
    setwise, base, if_exists = _operator(test.operator)
    if base == "null":
        return _null(test, context)
    if base not in compare.OPERATORS:
        return depends(f"condition operator {test.operator} is not one of AWS's")
    known = context.get(test.key)
    if not isinstance(known, NotKnown):
        return _known(test, setwise, base, if_exists, known, context, variables)
    one_value = NO_PUBLIC_ADDRESS if _never_a_source(test, base) else unknown_value(test.key)
    outcomes = [_known(test, setwise, base, if_exists, (one_value,), context, variables)]
    if not known.present:
        outcomes.append(_known(test, setwise, base, if_exists, None, context, variables))
    if setwise:
        # An unknown number of values: none, some that match, some that do not.
        outcomes.append(YES if setwise == "forallvalues" else NO)
    answers = {outcome.answer for outcome in outcomes}
    if answers == {"yes"} or answers == {"no"}:
        return outcomes[0]
    return depends(f"if {describe(test)}")


def _operator(name: str) -> tuple[str, str, bool]:
    """(set operator or "", base operator, IfExists), all in lower case."""
    setwise, colon, rest = name.lower().rpartition(":")
    if colon and setwise not in ("forallvalues", "foranyvalue"):
        return "", name.lower(), False
    base = rest.removesuffix("ifexists")
    return setwise, base, base != rest


def _null(test: Test, context: Context) -> Verdict:
    """`Null` asks whether the key is absent (true) or there with a value (false)."""
    known = context.get(test.key)
    verdicts: list[Verdict] = []
    for value in test.values:
        if value.lower() not in ("true", "false"):
            verdicts.append(depends(f"if {describe(test)}"))
        elif isinstance(known, NotKnown):
            wanted_absent = value.lower() == "true"
            verdicts.append((NO if wanted_absent else YES) if known.present else depends(f"if {describe(test)}"))
        else:
            absent = known is None or known == ()
            verdicts.append(YES if absent == (value.lower() == "true") else NO)
    return any_of(verdicts)


def _known(
    test: Test,
    setwise: str,
    base: str,
    if_exists: bool,
    values: tuple[str, ...] | None,
    context: Context,
    variables: bool,
) -> Verdict:
    """The condition with the key's values given (None: absent)."""
    comparator, negated = compare.OPERATORS[base]
    if values is None and if_exists:
        return YES
    if setwise and (values is None or all(value == "" for value in values)):
        # An empty set: ForAllValues is true of it, ForAnyValue is not, whatever the operator.
        return YES if setwise == "forallvalues" else NO
    if values is None:
        return YES if negated else NO

    def one(value: str) -> Verdict:
        """Does this value match one of the condition's values?"""
        return any_of(_compared(comparator, value, wanted, context, variables) for wanted in test.values)

    if setwise == "forallvalues":
        verdict = all_of(negate(one(v)) if negated else one(v) for v in values)
    elif setwise == "foranyvalue":
        verdict = any_of(negate(one(v)) if negated else one(v) for v in values)
    else:
        matched = any_of(map(one, values))
        verdict = negate(matched) if negated else matched
    return depends(f"if {describe(test)}") if verdict.answer == "depends" else verdict


def _compared(comparator: compare.Comparator, value: str, wanted: str, context: Context, variables: bool) -> Verdict:
    try:
        answer = comparator(value, wanted, context.variable if variables else None)
    except NoValueError:
        return NO  # nothing equals, or is like, a variable without a value
    return {"yes": YES, "no": NO}.get(answer) or depends(wanted)


_WORDS = {
    "stringequals": "is",
    "stringnotequals": "is not",
    "stringequalsignorecase": "is (in any case)",
    "stringnotequalsignorecase": "is not (in any case)",
    "stringlike": "is like",
    "stringnotlike": "is not like",
    "arnequals": "is like",
    "arnlike": "is like",
    "arnnotequals": "is not like",
    "arnnotlike": "is not like",
    "numericequals": "is",
    "numericnotequals": "is not",
    "numericlessthan": "is less than",
    "numericlessthanequals": "is at most",
    "numericgreaterthan": "is more than",
    "numericgreaterthanequals": "is at least",
    "dateequals": "is",
    "datenotequals": "is not",
    "datelessthan": "is before",
    "datelessthanequals": "is not after",
    "dategreaterthan": "is after",
    "dategreaterthanequals": "is not before",
    "bool": "is",
    "binaryequals": "is",
    "ipaddress": "is in",
    "notipaddress": "is not in",
}


def describe(test: Test) -> str:
    """The condition in words: `aws:SourceIp is in 10.0.0.0/8 or 192.168.0.0/16`."""
    setwise, base, if_exists = _operator(test.operator)
    values = " or ".join(test.values)
    if base == "null":
        return f"the request carries {'no ' if values.lower() == 'true' else ''}{test.key}"
    subject = {"forallvalues": f"every {test.key}", "foranyvalue": f"some {test.key}"}.get(setwise, test.key)
    tail = " (or is absent)" if if_exists else ""
    return f"{subject} {_WORDS.get(base, test.operator)} {values}{tail}"
