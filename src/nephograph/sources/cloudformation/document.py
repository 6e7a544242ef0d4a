"""A resource of a stack as the catalog reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Unknown
from nephograph.sources.cloudformation.nodes import Node
from nephograph.sources.cloudformation.stack import Stack
from nephograph.sources.credentials import without_secrets

DIALECT = "cloudformation"


def _hidden(value: Any, kept: Any) -> Iterator[str]:
    """The texts that were not kept: YAML needs no quotes, so that a line alone does not tell a credential."""
    if value is kept:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and isinstance(kept, dict):
        for name, child in value.items():
            yield from _hidden(child, kept.get(name))
    elif isinstance(value, list) and isinstance(kept, list):
        for child, other in zip(value, kept, strict=True):
            yield from _hidden(child, other)


class CloudFormationDocument:
    """One resource; implements `model.source.Document`. `existence` is why it is not known whether it exists."""

    __slots__ = ("_attributes", "existence", "name", "node", "stack")

    def __init__(self, stack: Stack, name: str, node: Node, existence: Unknown | None) -> None:
        self.stack = stack
        self.name = name
        self.node = node
        self.existence = existence
        self._attributes: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<{self.root}: {self.address}>"

    @property
    def dialect(self) -> str:
        """Always `cloudformation`."""
        return DIALECT

    @property
    def type(self) -> str:
        """The resource type."""
        return str(self.node.value["Type"].value)

    @property
    def said(self) -> Said:
        """Always `code`."""
        return "code"

    @property
    def root(self) -> str:
        """The template that its stack, or the group of stacks it shares exports with, is named by."""
        return self.stack.root

    @property
    def address(self) -> str:
        """The logical name, behind those of the stacks it is nested in."""
        return self.stack.prefix + self.name

    @property
    def scope(self) -> Scope:
        """Account and region of the stack."""
        return self.stack.scope

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The properties, evaluated, without credentials; computed once."""
        if self._attributes is None:
            node = self.node.get("Properties")
            value = self.stack.evaluator(self.name).known(node) if node is not None else None
            self._attributes = without_secrets(value) if isinstance(value, dict) else {}
            for secret in _hidden(value, self._attributes):
                self.stack.tree.texts.hide(secret)
        return self._attributes

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The resources of the stack that are made before it."""
        node = self.node.get("DependsOn")
        return tuple(one.text for one in node.items() if one.text) if node is not None else ()

    @property
    def deletion_policy(self) -> str:
        """What becomes of it when the stack is deleted: "" where nothing is written."""
        node = self.node.get("DeletionPolicy")
        value = self.stack.evaluator(self.name).known(node) if node is not None else ""
        return value if isinstance(value, str) else ""

    def origin(self, path: Path) -> Origin | None:
        """Where the value at `path` was written, with the chain of what made it what it is."""
        from nephograph.sources.cloudformation.origins import origin

        return origin(self, path)
