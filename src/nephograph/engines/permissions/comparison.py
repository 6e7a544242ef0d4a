"""One key under one operator of a Condition element, as a question to a context: yes, no, or not known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from nephograph.engines.permissions import variables
from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context, Values
from nephograph.engines.permissions.glob import elements, literal
from nephograph.engines.permissions.operators import OPERATORS, Operator, meets

Quantifier = Literal["", "all", "any"]

_QUANTIFIERS: dict[str, Quantifier] = {"forallvalues": "all", "foranyvalue": "any"}


class Comparison(msgspec.Struct, frozen=True):
    """`said` is the operator as it is written, `key` the key as it is written; the values are alternatives.

    `expands`: the document is of a version that knows policy variables.
    """

    said: str
    key: str
    values: tuple[str, ...]
    expands: bool = True

    @property
    def name(self) -> str:
        """The key in lower case."""
        return self.key.lower()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every key the answer depends on, in lower case."""
        found = [self.name]
        if self.expands:
            found += [key for value in self.values if variables.present(value) for key in variables.keys(value)]
        return tuple(dict.fromkeys(found))

    def holds(self, context: Context) -> bool | None:
        """Is it true of the request? None: not known, or AWS does not say."""
        quantifier, operator, if_exists = parsed(self.said)
        found = context.get(self.name)
        if operator is None:
            return self._null(None if found is UNKNOWN else found in (ABSENT, ()))
        if found is UNKNOWN:
            return None
        values: Values = () if found is ABSENT else found  # type: ignore[assignment]
        if quantifier:
            if not values and if_exists:
                return True
            if all(value == "" for value in values):
                values = ()
            answers = [self.one(operator, value, context) for value in values]
            return _all(answers) if quantifier == "all" else _any(answers)
        if not values:
            return True if if_exists else operator.negated
        return self.one(operator, values[0], context) if len(values) == 1 else None

    def _null(self, absent: bool | None) -> bool | None:
        wanted = {value.lower() == "true" for value in self.values}
        if wanted == {True, False}:
            return True
        return None if absent is None else absent in wanted

    def one(self, operator: Operator, value: str, context: Context) -> bool | None:
        """One value of the request against all of the policy's; under a negation it has to meet none."""
        answer = _any([self._meets(operator, wanted, value, context) for wanted in self.values])
        return answer if answer is None or not operator.negated else not answer

    def _meets(self, operator: Operator, wanted: str, value: str, context: Context) -> bool | None:
        if self.expands and operator.variables is not False and variables.present(wanted):
            if operator.variables is None:
                return None
            try:
                pattern = variables.expanded(wanted, context, operator.wild)
            except variables.OpenKeyError:
                return None
            return False if pattern is None else meets(operator, pattern, value)
        return _fixed(operator, wanted, value)

    def words(self) -> str:
        """How people read it: `aws:SourceIp in 10.0.0.0/8 or 192.0.2.0/24`."""
        quantifier, operator, if_exists = parsed(self.said)
        if operator is None:
            return f"{self.key} is {'absent' if self._null(True) else 'present'}"
        subject = {"all": f"every {self.key}", "any": f"some {self.key}", "": self.key}[quantifier]
        verb = f"not {operator.name}" if operator.negated else operator.name
        return f"{subject} {verb} {' or '.join(self.values)}{' (or absent)' if if_exists else ''}"


@functools.lru_cache(maxsize=1 << 16)
def _fixed(operator: Operator, wanted: str, value: str) -> bool | None:
    return meets(operator, elements(wanted) if operator.wild else literal(wanted), value)


@functools.lru_cache(maxsize=4096)
def parsed(said: str) -> tuple[Quantifier, Operator | None, bool]:
    """Set operator, comparison (None for Null), IfExists. Raises KeyError for what is no operator of AWS's."""
    head, colon, rest = said.lower().partition(":")
    quantifier = _QUANTIFIERS[head] if colon else ""
    name = rest if colon else head
    if name == "null" and not quantifier:
        return "", None, False
    return quantifier, OPERATORS[name.removesuffix("ifexists")], name.endswith("ifexists")


def _any(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _all(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True
