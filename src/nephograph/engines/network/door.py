"""What the doors of every kind share: the answer of one door, and how a kind finds its file."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import NamedTuple, Protocol, cast

from nephograph.engines.network.view import View
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence

Refusals = Callable[[], list[Evidence]]
"""What keeps the internet out, worked out when somebody asks."""


class Door(NamedTuple):
    """How the internet reaches one resource, and what keeps it out where it does not."""

    exposures: list[Exposure]
    refusals: list[Refusals]


def shut(*because: Evidence) -> Door:
    """A door nothing passes."""
    return Door([], [lambda: list(because)])


class Finder(Protocol):
    """The `door` function of a kind's file."""

    def __call__(self, view: View, resource: Resource) -> Door:
        """How the internet reaches the resource."""


@functools.cache
def kinds() -> frozenset[str]:
    """The kinds that can face the internet."""
    import nephograph.engines.network.doors as room

    return frozenset(module.name for module in pkgutil.iter_modules(room.__path__))


@functools.cache
def finder(kind: str) -> Finder | None:
    """The door function of a kind; None for a kind no packet is sent to."""
    if kind not in kinds():
        return None
    return cast(Finder, importlib.import_module(f"nephograph.engines.network.doors.{kind}").door)
