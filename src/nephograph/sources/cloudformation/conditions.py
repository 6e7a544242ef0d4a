"""Conditions in three values, and what follows from taking one for true.

A resource under a condition exists only where the condition holds: what its properties say is read as if it did, so
that `Fn::If` over the same condition is decided although nobody knows the parameter behind it.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.model.value import Reason, Unknown
from nephograph.sources.cloudformation.nodes import Node, text_of
from nephograph.sources.cloudformation.texts import derived, said

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.evaluate import Evaluator

Truth = bool | Unknown


class Assumed(msgspec.Struct, frozen=True):
    """What is taken for granted: conditions by name, and texts that parameters must then have."""

    conditions: dict[str, bool] = {}
    parameters: dict[str, str] = {}


def truth(run: Evaluator, node: Node) -> Truth:
    """The value of a condition function, or of the name of a condition."""
    value = node.value
    if isinstance(value, str) and value in run.stack.conditions:
        return run.condition(value)
    if not isinstance(value, dict) or len(value) != 1:
        return _bool(run.value(node))
    ((function, argument),) = value.items()
    operands = list(argument.items())
    match function:
        case "Condition":
            return run.condition(argument.text or "")
        case "Fn::Not" if len(operands) == 1:
            inner = truth(run, operands[0])
            return inner if isinstance(inner, Unknown) else not inner
        case "Fn::And":
            return _joined([truth(run, one) for one in operands], False)
        case "Fn::Or":
            return _joined([truth(run, one) for one in operands], True)
        case "Fn::Equals" if len(operands) == 2:
            return equal(run, *operands)
        case "Fn::Not" | "Fn::Equals":
            return Unknown(Reason.INVALID, f"{function} needs another number of values")
    return _bool(run.value(node))


def _bool(value: Any) -> Truth:
    if isinstance(value, bool | Unknown):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return Unknown(Reason.INVALID, f"{said(value)} is no condition")


def _joined(values: list[Truth], decisive: bool) -> Truth:
    """Kleene's and (`decisive` False) and or (True)."""
    if any(value is decisive for value in values):
        return decisive
    return next((value for value in values if isinstance(value, Unknown)), not decisive)


def equal(run: Evaluator, left: Node, right: Node) -> Truth:
    """Equality as CloudFormation has it: of texts, whatever they were written as."""
    one, other = run.known(left), run.known(right)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        if one == other and isinstance(one, Unknown) and one.reason in (Reason.NO_VALUE, Reason.NOT_SEEN):
            return True
        for node, value in ((left, other), (right, one)):
            # A parameter that may not have the value cannot be equal to it.
            allowed = run.stack.allowed(_parameter(node))
            if allowed is not None and isinstance(value, str | int | float) and _text(value) not in allowed:
                return False
        return derived(f"{said(one)} = {said(other)}", one, other)
    return bool(_text(one) == _text(other))


def _text(value: Any) -> Any:
    return value if isinstance(value, dict | list | None) else text_of(value)


def _parameter(node: Node) -> str:
    value = node.value
    if isinstance(value, dict) and value.keys() == {"Ref"}:
        return value["Ref"].text or ""
    return ""


def assume(run: Evaluator, name: str, holds: bool) -> Assumed:
    """What must be so where a condition holds (or does not)."""
    conditions = dict(run.assumed.conditions)
    parameters = dict(run.assumed.parameters)

    def follow(node: Node, holds: bool, depth: int) -> None:
        value = node.value
        if depth > 50 or not isinstance(value, dict) or len(value) != 1:
            return
        ((function, argument),) = value.items()
        operands = list(argument.items())
        if function == "Condition" and argument.text:
            known(argument.text, holds, depth)
        elif function == "Fn::Not" and len(operands) == 1:
            follow(operands[0], not holds, depth + 1)
        elif (function == "Fn::And" and holds) or (function == "Fn::Or" and not holds):
            for one in operands:
                follow(one, holds, depth + 1)
        elif function == "Fn::Equals" and holds and len(operands) == 2:
            for one, other in (operands, reversed(operands)):
                if (parameter := _parameter(one)) in run.stack.parameters and not isinstance(other.value, dict | list):
                    parameters.setdefault(parameter, text_of(other.value))

    def known(name: str, holds: bool, depth: int) -> None:
        if name not in conditions and name in run.stack.conditions:
            conditions[name] = holds
            follow(run.stack.conditions[name], holds, depth + 1)

    known(name, holds, 0)
    return Assumed(conditions, parameters)
