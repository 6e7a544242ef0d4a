"""The value of what a template writes, for one stack and under what is taken for granted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.cloudformation.conditions import Assumed, Truth, truth
from nephograph.sources.cloudformation.nodes import Node
from nephograph.sources.cloudformation.texts import joined

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.stack import Stack

BUDGET = 1_000_000
"""Values that are evaluated for one stack."""

MAX_CHAIN = 60
"""Conditions that lead to one another."""

_DYNAMIC = re.compile(r"\{\{resolve:([\w-]+):([^{}]*)\}\}")


class Absent:
    """What `AWS::NoValue` stands for: the property, or the element, is not there."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = Absent()


class Evaluator:
    """Evaluates nodes of a stack's template. Nothing is executed and nothing outside the tree is read."""

    def __init__(self, stack: Stack, assumed: Assumed | None = None) -> None:
        self.stack = stack
        self.assumed = assumed or Assumed()
        self._conditions: dict[str, Truth] = {}
        self._open: set[str] = set()

    def value(self, node: Node) -> Any:
        """Plain data, with `Unknown` where a value is not known; ABSENT for what is not there."""
        value: Any = node.value
        if type(value) is str:
            return _dynamic(value) if "{{resolve:" in value else value
        if type(value) is not dict and type(value) is not list:
            return value
        self.stack.spent += 1
        if self.stack.spent > BUDGET:
            return Unknown(Reason.BUDGET, f"more than {BUDGET:,} values in one template")
        if isinstance(value, list):
            elements = (self.value(child) for child in value)
            return [element for element in elements if element is not ABSENT]
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self.called(name, argument, node)
        found = {}
        for name, child in value.items():
            if name.startswith("Fn::"):
                self.called(name, child, node)
                continue
            element = self.value(child)
            if element is not ABSENT:
                found[name] = element
        return found

    def known(self, node: Node) -> Any:
        """The value, None for what is not there."""
        value = self.value(node)
        return None if value is ABSENT else value

    def called(self, name: str, argument: Node, node: Node) -> Any:
        """The value of a function. A condition where a value belongs is its truth."""
        from nephograph.sources.cloudformation.functions import CONDITIONS, FUNCTIONS

        if name in CONDITIONS:
            return truth(self, node)
        function = FUNCTIONS.get(name)
        if function is None:
            self.stack.not_evaluated(name, node)
            return Unknown(Reason.NOT_EVALUATED, name)
        return function(self, argument, node)

    def condition(self, name: str) -> Truth:
        """The truth of a condition of the template, by what is taken for granted first."""
        if name in self.assumed.conditions:
            return self.assumed.conditions[name]
        if name not in self._conditions:
            node = self.stack.conditions.get(name)
            if node is None:
                return Unknown(Reason.INVALID, f"the template has no condition {name}")
            if name in self._open:
                return Unknown(Reason.CYCLE, f"condition {name}")
            if len(self._open) > MAX_CHAIN:
                return Unknown(Reason.BUDGET, f"more than {MAX_CHAIN} conditions in a row")
            self._open.add(name)
            found = truth(self, node)
            self._open.discard(name)
            if isinstance(found, Unknown) and found.reason not in (Reason.CYCLE, Reason.INVALID):
                found = Unknown(found.reason, f"condition {name} ({found.detail or found.symbol})")
            self._conditions[name] = found
        return self._conditions[name]

    def reference(self, name: str) -> Any:
        """What `Ref` of a name gives."""
        stack = self.stack
        if name in self.assumed.parameters:
            known = stack.parameter(name)
            return self.assumed.parameters[name] if isinstance(known, Unknown) else known
        if name in stack.parameters:
            return stack.parameter(name)
        if name.startswith("AWS::"):
            return ABSENT if name == "AWS::NoValue" else stack.pseudo(name)
        return self.attribute(name, "Ref")

    def attribute(self, name: str, attribute: str) -> Any:
        """What `Fn::GetAtt` (or `Ref`, as attribute "Ref") of a resource gives."""
        stack = self.stack
        if name not in stack.resources:
            return Unknown(Reason.INVALID, f"the template has no {name}")
        if attribute.startswith("Outputs.") and (child := stack.child(name)) is not None:
            return child.output(attribute.removeprefix("Outputs."))
        if attribute.startswith("Outputs."):
            return Unknown(Reason.ABSENT_MODULE, f"{stack.prefix}{name}.{attribute}")
        if (guard := stack.guard(name)) is not None and self.condition(guard) is False:
            return Unknown(Reason.INVALID, f"{name} does not exist where condition {guard} does not hold")
        written = stack.resources[name].get("Properties", attribute)
        if written is not None and attribute != "Ref":
            # What a property says and what its attribute of the same name gives is one thing of the resource's schema.
            return self.property(name, attribute, written)
        return Unknown(Reason.AFTER_APPLY, ref=Ref(stack.prefix + name, (attribute,)))

    def property(self, name: str, attribute: str, node: Node) -> Any:
        """The value that a property of another resource is written with."""
        key = f"{name}.{attribute}"
        asked = self.stack.asked
        if key in asked:
            return Unknown(Reason.CYCLE, key)
        asked.add(key)
        value = self.stack.evaluator(name).known(node) if len(asked) <= MAX_CHAIN else None
        asked.discard(key)
        if value is None:
            return Unknown(Reason.AFTER_APPLY, ref=Ref(self.stack.prefix + name, (attribute,)))
        return value


def _dynamic(text: str) -> Any:
    """A text with dynamic references: what they stand for is read when the stack is made.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
    """
    pieces: list[Any] = []
    position = 0
    for found in _DYNAMIC.finditer(text):
        pieces.append(text[position : found.start()])
        pieces.append(Unknown(Reason.DATA_SOURCE, f"{{{{resolve:{found[1]}:{found[2]}}}}}"))
        position = found.end()
    pieces.append(text[position:])
    return joined(pieces)
