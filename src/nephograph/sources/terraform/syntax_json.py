"""Terraform's JSON syntax as the same nodes that the native syntax has, with the offsets of the JSON text.

Rules: https://developer.hashicorp.com/terraform/language/syntax/json and the HCL JSON syntax specification
(https://github.com/hashicorp/hcl/blob/main/json/spec.md). What JSON leaves open is decided by the schema of a block
there. Terraform's own blocks have theirs here. A provider's schema is not at hand, so in a body of a provider:
a list of objects is a list of blocks; an object is an argument, unless it holds `dynamic`, or stands in a block whose
objects are all blocks (a provider configuration, a policy document); everything else is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from nephograph.sources.terraform.json_values import NotJson, Value, read_json
from nephograph.sources.terraform.syntax import Parsed, SyntaxProblem, parse_expression, parse_template
from nephograph.sources.terraform.templates import Node
from nephograph.sources.terraform.values import nfc

_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "check": 1}
"""How many labels stand before the body of a top-level block; of all others none."""

_COMMENT = "//"
_LITERAL = {"variable": {"default"}, "module": {"source", "version"}, "provider": {"alias", "version"}}
_REFERENCE = {
    "resource": {"provider", "depends_on"},
    "data": {"provider", "depends_on"},
    "ephemeral": {"provider", "depends_on"},
    "module": {"depends_on", "providers"},
    "variable": {"type"},
    "output": {"depends_on"},
    "moved": {"from", "to"},
    "import": {"to", "provider"},
    "removed": {"from"},
    "lifecycle": {"ignore_changes", "replace_triggered_by"},
    "dynamic": {"iterator"},
}
"""Arguments whose strings are no templates but names, written in quotes because JSON has nothing else."""

_META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection", "timeouts"})
_OWN_BLOCKS = {
    "variable": frozenset({"validation"}),
    "output": frozenset({"precondition"}),
    "check": frozenset({"data", "assert"}),
    "lifecycle": frozenset({"precondition", "postcondition"}),
    "terraform": frozenset({"backend", "cloud", "required_providers", "provider_meta"}),
    "removed": frozenset({"lifecycle", "provisioner"}),
    "cloud": frozenset({"workspaces"}),
    "locals": frozenset(),
    "module": frozenset(),
    "moved": frozenset(),
    "import": frozenset(),
}
"""The nested blocks of Terraform's own blocks; all other properties there are arguments."""

_NESTED_LABELS = {"provisioner": 1, "dynamic": 1, "data": 2, "backend": 1, "provider_meta": 1}
_ALL_BLOCKS = frozenset({"provider", "aws_iam_policy_document"})
"""Bodies of providers in which every object is a block: no argument of theirs is a map."""


def parse_json(text: str) -> Parsed:
    """Parse a file of configuration in JSON. Comments are the strings under `//` keys."""
    try:
        value = read_json(text)
    except NotJson as error:
        position = min(error.position, max(0, len(text) - 1))
        return Parsed(
            ("body", 0, len(text), ()),
            (SyntaxProblem(position, position + 1, error.message, block="the whole file", help="Correct the JSON."),),
            (),
        )
    reader = _Reader(text)
    items = tuple(reader.top(value))
    return Parsed(("body", 0, len(text), items), tuple(reader.problems), tuple(sorted(reader.comments)))


class _Reader:
    """One file under way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[SyntaxProblem] = []
        self.comments: list[tuple[int, int]] = []

    # -- blocks ----------------------------------------------------------------------------------------------------

    def top(self, value: Value) -> Iterator[Node]:
        """The top-level blocks."""
        for body in self._bodies(value, "a file of configuration"):
            for key, content in self._properties(body):
                yield from self._blocks(key[3], key, content, (), _LABELS.get(key[3], 0))

    def _blocks(
        self, type: str, key: Value, value: Value, labels: tuple[Value, ...], left: int, whole: bool = False
    ) -> Iterator[Node]:
        """The blocks below a property: first the labels, one object deep each, then the bodies.

        `whole` says that every object inside is a block.
        """
        what = " ".join((type, *(label[3] for label in labels)))
        for body in self._bodies(value, what):
            if left:
                for label, content in self._properties(body):
                    yield from self._blocks(type, label, content, (*labels, label), left - 1, whole)
                continue
            # A body of its own is told by its key, one of several in a list by its opening bracket.
            start, head_end = (key[1], key[2]) if body is value else (body[1], body[1] + 1)
            named = tuple((label[1], label[2], label[3]) for label in labels)
            all_blocks = whole or type in _ALL_BLOCKS or (type == "data" and labels[0][3] in _ALL_BLOCKS)
            yield ("block", start, body[2], type, named, self._body(body, type, all_blocks), head_end)

    def _bodies(self, value: Value, what: str) -> Iterator[Value]:
        """The objects that a value stands for: itself, or the elements of a list."""
        for one in value[3] if value[0] == "array" else (value,):
            if one[0] == "object":
                yield one
            elif one[0] != "null":
                self._wrong(one, f"Expected an object with the content of {what}, not {_NAMES[one[0]]}.")

    def _properties(self, body: Value) -> Iterator[tuple[Value, Value]]:
        for key, value in body[3]:
            if key[3] != _COMMENT:
                yield key, value
            elif value[0] == "string":
                self.comments.append((value[1] + 1, value[2] - 1))

    def _body(self, body: Value, kind: str, whole: bool) -> Node:
        items: list[Node] = []
        seen: set[str] = set()
        for key, value in self._properties(body):
            name = key[3]
            if _is_block(name, value, kind, whole):
                items.extend(self._blocks(name, key, value, (), _NESTED_LABELS.get(name, 0), whole))
            elif name in seen:
                self._wrong(key, f"The argument {name} is set twice in the same block; the first one stands.")
            else:
                seen.add(name)
                items.append(("attr", key[1], value[2], name, self._argument(kind, name, value)))
        return ("body", body[1] + 1, body[2] - 1, tuple(items))

    # -- expressions -----------------------------------------------------------------------------------------------

    def _argument(self, kind: str, name: str, value: Value) -> Node:
        if name in _LITERAL.get(kind, ()):
            return self._expression(value, self._literal)
        if name in _REFERENCE.get(kind, ()):
            return self._expression(value, self._reference)
        return self._expression(value, self._template)

    def _expression(self, value: Value, text: Callable[[Value], Node]) -> Node:
        kind, start, end, content = value
        if kind == "string":
            return text(value)
        if kind == "array":
            return ("tuple", start, end, tuple(self._expression(one, text) for one in content))
        if kind == "object":
            keys = self._literal if text == self._reference else text
            return ("object", start, end, tuple((keys(key), self._expression(one, text)) for key, one in content))
        return ("lit", start, end, content)

    def _literal(self, value: Value) -> Node:
        return ("lit", value[1], value[2], nfc(value[3]))

    def _template(self, value: Value) -> Node:
        if "${" not in value[3] and "%{" not in value[3]:
            return self._literal(value)
        return self._parsed(value, parse_template(value[3]))

    def _reference(self, value: Value) -> Node:
        content = value[3]
        if content.startswith("${"):
            return self._template(value)
        return self._parsed(value, parse_expression(content))

    def _parsed(self, value: Value, node: Node | SyntaxProblem) -> Node:
        """A node of a string's content, moved to where the string stands in the file."""
        _, start, end, content = value
        raw = self.text[start + 1 : end - 1]
        at: Callable[[int], int]
        if len(raw) == len(content):
            at = (start + 1).__add__
        else:
            at = _places(raw, start + 1).__getitem__
        if isinstance(node, SyntaxProblem):
            first, last = at(min(node.start, len(content))), at(min(node.end, len(content)))
            self.problems.append(SyntaxProblem(first, max(last, first + 1), node.message, node.expected, node.help))
            return ("broken", start, end)
        moved = _moved(node, at)
        # The node as a whole is the JSON value, quotes and all, so that it can be replaced.
        return (moved[0], start, end, *moved[3:])

    def _wrong(self, value: Value, message: str) -> None:
        self.problems.append(SyntaxProblem(value[1], value[2], message, help="See the JSON configuration syntax."))


_NAMES = {"string": "a string", "number": "a number", "bool": "a bool", "null": "null", "array": "a list"}


def _is_block(name: str, value: Value, kind: str, whole: bool) -> bool:
    """Whether a property of a body of the kind is a nested block."""
    if kind in _OWN_BLOCKS:
        return name in _OWN_BLOCKS[kind]
    if kind == "dynamic":
        return name == "content"
    if name == "dynamic" or name in _META_BLOCKS:
        return True
    if value[0] == "array":
        return bool(value[3]) and all(one[0] == "object" for one in value[3])
    return value[0] == "object" and (whole or any(key[3] == "dynamic" for key, _ in value[3]))


_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|.", re.DOTALL)


def _places(raw: str, base: int) -> list[int]:
    """Where each character of a string's content stands, and the position behind the last one."""
    places = [base + match.start() for match in _ESCAPE.finditer(raw)]
    return [*places, base + len(raw)]


def _moved(item: Any, at: Callable[[int], int]) -> Any:
    """A node with its offsets, and those of everything in it, moved."""
    if type(item) is not tuple or not item:
        return item
    if type(item[0]) is str and len(item) > 2 and type(item[1]) is int and type(item[2]) is int:
        if item[0] in ("ref", "get"):
            # Steps may look like a node: x.name[0][1].
            steps = tuple(_moved(step, at) for step in item[4])
            return (item[0], at(item[1]), at(item[2]), _moved(item[3], at), steps)
        return (item[0], at(item[1]), at(item[2]), *(_moved(part, at) for part in item[3:]))
    return tuple(_moved(part, at) for part in item)
