"""Statements and documents: grouped by service, sorted, valid, and each document within AWS's limit.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (managed policies: 6,144 characters, white
space not counted)
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

LIMIT = 6144
VERSION = "2012-10-17"

Statement = dict[str, Any]
Document = dict[str, Any]


class Need(msgspec.Struct, frozen=True):
    """One action, the patterns it is to be allowed on, and the Condition it is to be allowed under (as JSON text)."""

    action: str
    resources: tuple[str, ...]
    condition: str = "{}"


def statements(needs: Iterable[Need]) -> list[Statement]:
    """The needs as Allow statements: one for each service, set of resources and condition."""
    grouped: dict[tuple[str, str, tuple[str, ...]], set[str]] = defaultdict(set)
    for need in needs:
        grouped[need.action.partition(":")[0], need.condition, tuple(sorted(need.resources))].add(need.action)
    found: list[Statement] = []
    for (_, condition, resources), actions in sorted(grouped.items(), key=lambda one: (one[0][0], sorted(one[1]))):
        said: Statement = {"Effect": "Allow", "Action": _one_or_many(sorted(actions))}
        said["Resource"] = _one_or_many(resources)
        if condition != "{}":
            said["Condition"] = json.loads(condition)
        found.append(said)
    return found


def documents(said: Sequence[Statement], limit: int = LIMIT) -> list[Document]:
    """The statements in as few documents as their order allows, none longer than the limit.

    A statement that is too long for a document of its own is parted by its resources, then by its actions.
    """
    found: list[Document] = []
    for statement in (part for one in said for part in _parted(one, limit)):
        last = found[-1] if found else None
        if last is not None and size({**last, "Statement": [*last["Statement"], statement]}) <= limit:
            last["Statement"].append(statement)
        else:
            found.append({"Version": VERSION, "Statement": [statement]})
    return found


def size(document: Mapping[str, Any]) -> int:
    """Characters as AWS counts them: without white space."""
    return sum(not letter.isspace() for letter in json.dumps(document, ensure_ascii=False))


def _parted(statement: Statement, limit: int) -> list[Statement]:
    if size({"Version": VERSION, "Statement": [statement]}) <= limit:
        return [statement]
    for name in ("Resource", "Action"):
        many = statement.get(name)
        if isinstance(many, list) and len(many) > 1 and statement["Effect"] == "Allow":
            half = len(many) // 2
            parts = [{**statement, name: _one_or_many(many[:half])}, {**statement, name: _one_or_many(many[half:])}]
            return [piece for part in parts for piece in _parted(part, limit)]
    return [statement]


def _one_or_many(texts: Sequence[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)
