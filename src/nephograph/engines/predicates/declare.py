"""How a predicate is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.verdict import YES, Evidence, Verdict

if TYPE_CHECKING:
    from nephograph.engines.facts import EstateFacts

Args = Sequence[str | None]
"""The arguments of a query; None is a free one."""

Finder = Callable[["EstateFacts", Args], Iterable[Fact]]


class Predicate(msgspec.Struct, frozen=True):
    """A predicate: its name, how many arguments it takes, what it means, and how its facts are found."""

    name: str
    arity: int
    meaning: str
    find: Finder


def predicate(arity: int) -> Callable[[Finder], Predicate]:
    """Declare the function as a predicate of its name; its docstring says what the predicate means."""

    def declare(function: Finder) -> Predicate:
        return Predicate(function.__name__, arity, (function.__doc__ or "").strip(), function)

    return declare


def bound(facts: EstateFacts, arg: str | None, among: Sequence[Resource]) -> Iterator[Resource]:
    """The resources an argument may stand for: the one it names, or all of `among` when it is free."""
    if arg is None:
        yield from among
        return
    resource = facts.resource(arg)
    if resource is not None and resource in among:
        yield resource


def fact(name: str, *args: str, verdict: Verdict = YES) -> Fact:
    """A ground fact."""
    return Fact(name, args, verdict)


def evidence(text: str, resource: Resource, *path: str | int) -> Evidence:
    """Evidence at a field of a resource."""
    return Evidence.at(text, resource, path)


def name(resource: Resource) -> str:
    """How evidence names a resource: what people call it, and what it is."""
    return resource.label or resource.address
