"""Which content filters of a guardrail act, on what is asked and on what is answered.

A filter acts on a side where it has a strength, is switched on, and blocks what it finds.
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailContentFilterConfig.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import test
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of, any_of


def filters_in(guardrail: Resource, type_: str = "") -> Verdict:
    """Does a filter (of this type) act on what models are asked?"""
    return any_of(_acting(guardrail, "input", type_))


def filters_out(guardrail: Resource, type_: str = "") -> Verdict:
    """Does a filter (of this type) act on what models answer?"""
    return any_of(_acting(guardrail, "output", type_))


def _acting(guardrail: Resource, side: str, type_: str) -> Iterator[Verdict]:
    for at in elements(guardrail, "filters"):
        yield all_of(
            (
                test(guardrail, *at, "type", when=lambda said: not type_ or said == type_, says="its type is {value}"),
                _is(guardrail, at, f"{side}_strength", "NONE"),
                _is(guardrail, at, f"{side}_action", "NONE"),
                _is(guardrail, at, f"{side}_enabled", False),
            )
        )


def _is(guardrail: Resource, at: tuple[str | int, ...], name: str, off: object) -> Verdict:
    """Does a part of a filter say something else than that it does nothing?"""
    said = f"{name} is {{value}}"
    return test(guardrail, *at, name, when=lambda value: value is not None and value != off, says=said)
