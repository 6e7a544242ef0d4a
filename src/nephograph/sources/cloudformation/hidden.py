"""Texts of a template that are never shown: literals below names of credentials, in whichever arm of a condition."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.sources.cloudformation.nodes import Node, function_of
from nephograph.sources.credentials import names_secret

_NAMES = frozenset({"Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::FindInMap", "Fn::Transform"})
"""Functions whose texts name things, and are no values."""

_SHORTEST = 4
_POINTS = ("{{resolve:", "arn:", "alias/", "ssm:")
_WORDS = frozenset({"true", "false", "null"})


def credentials(node: Node) -> Iterator[str]:
    """Every text that is written in the tree as a credential."""
    stack = [node]
    while stack:
        one = stack.pop()
        for name, child in one.entries():
            if names_secret(name):
                yield from _literals(child)
            stack.append(child)
        if isinstance(one.value, list):
            stack.extend(one.value)


def _literals(node: Node) -> Iterator[str]:
    """The texts that a value may be made of; what leads to another place, or names it, is none."""
    stack = [node]
    while stack:
        one = stack.pop()
        function = function_of(one)
        if function in _NAMES:
            continue
        if function == "Fn::If":
            _, *arms = one.value[function].items()
            stack.extend(arms)
        elif isinstance(one.value, dict):
            stack.extend(one.value.values())
        elif isinstance(one.value, list):
            stack.extend(one.value)
        elif isinstance(one.value, str) and _is_written(one.value):
            yield one.value


def _is_written(text: str) -> bool:
    return len(text) >= _SHORTEST and text not in _WORDS and "${" not in text and not text.startswith(_POINTS)
