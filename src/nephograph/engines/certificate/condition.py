"""The Condition element: which comparisons it asks for, and what they come to for one request.

Source: IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html and
reference_policies_condition-single-vs-multi-valued-context-keys.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from nephograph.engines.certificate import variables
from nephograph.engines.certificate.context import Context, Presence, spelled
from nephograph.engines.certificate.formula import Atom, Formula, conjunction, disjunction, negation
from nephograph.engines.certificate.glob import Token, tokens
from nephograph.engines.certificate.malformed import MalformedPolicyError, Path, texts
from nephograph.engines.certificate.operators import OPERATORS, Operator

Quantifier = Literal["", "all", "any"]

_QUANTIFIERS: dict[str, Quantifier] = {"forallvalues": "all", "foranyvalue": "any"}
_SHOWN = 4


class Comparison(msgspec.Struct, frozen=True):
    """One key under one operator. `operator` is None for Null, whose values say whether the key has to be absent."""

    said: str
    key: str
    values: tuple[str, ...]
    base: str = ""
    operator: Operator | None = None
    quantifier: Quantifier = ""
    if_exists: bool = False

    def holds(self, context: Context, has_variables: bool) -> Formula:
        """What the comparison comes to for a request; `has_variables`: the document's version knows variables."""
        found = context.get(self.key)
        absent: Formula = found is Presence.ABSENT or found == ()
        if found is Presence.UNKNOWN:
            absent = Atom(f"{self.key} is absent", self.key.lower(), presence=True)
        if self.operator is None:
            return disjunction(absent if value == "true" else negation(absent) for value in self.values)
        if found is Presence.UNKNOWN:
            return self._open(absent)
        if self.quantifier:
            # An empty text is an empty set, and so is a key that is not there.
            given = () if isinstance(found, Presence) or all(value == "" for value in found) else found
            judge = conjunction if self.quantifier == "all" else disjunction
            if not given and self.if_exists and absent is True:
                return True
            return judge(self._one(value, context, has_variables) for value in given)
        if absent is True:
            return True if self.if_exists else self.operator.negated
        assert not isinstance(found, Presence)
        if len(found) > 1:
            # Without a set operator; a negation is the negation of whatever the comparison comes to.
            why = f"AWS does not say how {self.base} compares the {len(found)} values of {self._text()}"
            hit = Atom(why, f"{self.base} on {self.key}")
            return negation(hit) if self.operator.negated else hit
        return self._one(found[0], context, has_variables)

    def _open(self, absent: Formula) -> Formula:
        assert self.operator is not None
        matched: Formula = Atom(self._text(), self.key.lower())
        if self.quantifier:
            # A set that is not known: only the whole question is one.
            question: Formula = Atom(
                f"{self._quantified()} {self._text(negated=True)}", f"{self.quantifier} {self.key}"
            )
            if self.quantifier == "all" or self.if_exists:
                return disjunction([absent, question])
            return conjunction([negation(absent), question])
        if self.operator.negated:
            return negation(matched)
        return disjunction([absent, matched]) if self.if_exists else matched

    def _one(self, value: str, context: Context, has_variables: bool) -> Formula:
        """One value of the request against all of the policy's: they are alternatives; under a negation, none."""
        assert self.operator is not None
        hit = disjunction(self._pair(wanted, value, context, has_variables) for wanted in self.values)
        return negation(hit) if self.operator.negated else hit

    def _pair(self, wanted: str, value: str, context: Context, has_variables: bool) -> Formula:
        operator = self.operator
        assert operator is not None
        parts: list[Token]
        if has_variables and operator.variables is not False and variables.has_variables(wanted):
            if operator.variables is None:
                return Atom(f"AWS's pages contradict each other on variables in {self.said}", f"{self.said} {wanted}")
            try:
                parts = variables.expand(wanted, context, operator.wild)
            except variables.Unresolved:
                return False
            except variables.Open as missing:
                return Atom(f"{self.key} ({value}) {_verb(self.base)} {wanted}", missing.key.lower())
        else:
            parts = tokens(wanted) if operator.wild else [wanted]
        answer = operator.compare(parts, value)
        if answer is None:
            return Atom(
                f"AWS does not say whether {self.base} holds of {value!r} and {wanted!r}", f"{self.key} {wanted}"
            )
        return answer

    def _text(self, negated: bool = False) -> str:
        shown = ", ".join(self.values[:_SHOWN]) + (", …" if len(self.values) > _SHOWN else "")
        word = "not " if negated and self.operator and self.operator.negated else ""
        return f"{self.key} {word}{_verb(self.base)} {shown}"

    def _quantified(self) -> str:
        return "every value of" if self.quantifier == "all" else "some value of"


_VERBS = {
    "StringEquals": "=",
    "StringEqualsIgnoreCase": "= (ignoring case)",
    "StringLike": "like",
    "ArnEquals": "like",
    "ArnLike": "like",
    "Bool": "=",
    "BinaryEquals": "=",
    "IpAddress": "in",
    "NumericEquals": "=",
    "DateEquals": "=",
    "LessThan": "<",
    "LessThanEquals": "<=",
    "GreaterThan": ">",
    "GreaterThanEquals": ">=",
}


def _verb(base: str) -> str:
    return _VERBS.get(base) or _VERBS[base.removeprefix("Numeric").removeprefix("Date")]


def read(block: Any, at: Path) -> tuple[Comparison, ...]:
    """The comparisons of a Condition element. Raises `MalformedPolicyError` for what AWS would refuse."""
    if not isinstance(block, Mapping):
        raise MalformedPolicyError("a Condition must be an object of operators", at)
    found: list[Comparison] = []
    for said, keys in block.items():
        if not isinstance(keys, Mapping):
            raise MalformedPolicyError(f"{said} must be an object of context keys", (*at, said))
        for key, values in keys.items():
            found.append(_comparison(str(said), str(key), values, (*at, said, key), (*at, said)))
    return tuple(found)


def _comparison(said: str, key: str, values: Any, at: Path, operator_at: Path) -> Comparison:
    wanted = texts(values, at, "a condition value", plain=spelled)
    head, colon, rest = said.partition(":")
    name = (rest if colon else head).lower()
    quantifier = _QUANTIFIERS.get(head.lower(), "") if colon else ""
    if colon and not quantifier:
        raise MalformedPolicyError(f"{head} is no set operator", operator_at, "use ForAllValues or ForAnyValue")
    if name == "null" and not quantifier:
        asked = tuple(value.lower() for value in wanted)
        if not all(value in ("true", "false") for value in asked):
            raise MalformedPolicyError("Null takes true or false", at)
        return Comparison(said, key, asked)
    if_exists = name.endswith("ifexists")
    base = OPERATORS.get(name.removesuffix("ifexists"))
    if base is None:
        raise MalformedPolicyError(f"{said} is no condition operator", operator_at, "AWS refuses such a policy")
    return Comparison(said, key, wanted, base[0], base[1], quantifier, if_exists)
