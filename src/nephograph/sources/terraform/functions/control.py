"""Functions that decide whether an expression works at all: try, can."""

from __future__ import annotations

from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import Context, function
from nephograph.sources.terraform.secrets import Secret
from nephograph.sources.terraform.syntax import Node
from nephograph.sources.terraform.values import EvaluationError, derived, describe


def _certain(value: Any) -> bool:
    """Whether an expression that gave this value cannot fail once everything is known.

    A reference to an attribute of a resource exists by the resource's schema; other unknown values may turn out to
    lack what is asked of them.
    """
    if not isinstance(value, Unknown) or type(value) is Secret:
        return True
    return bool(value.parts) or (value.ref is not None and value.reason is Reason.AFTER_APPLY)


@function("try(any|null*)", lazy=True)
def try_(context: Context, arguments: tuple[Node, ...]) -> Any:
    """The first argument that does not fail."""
    if not arguments:
        raise EvaluationError("at least one argument is needed")
    for position, argument in enumerate(arguments):
        value, failed = context.run.attempt(argument)
        if failed:
            continue
        if _certain(value) or position == len(arguments) - 1:
            return value
        return derived(f"try({describe(value)}, …)", value)
    raise EvaluationError("no argument can be evaluated")


@function("can(any|null)", lazy=True)
def can(context: Context, arguments: tuple[Node, ...]) -> Any:
    """Whether the argument does not fail."""
    if len(arguments) != 1:
        raise EvaluationError("one argument is needed")
    value, failed = context.run.attempt(arguments[0])
    if failed:
        return False
    return True if _certain(value) else derived(f"can({describe(value)})", value)
