"""Everything that is reached from the internet without a VPC: found by the files of `published/`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import cast

from nephograph.engines.network.view import View
from nephograph.estate.graph import Estate
from nephograph.model.facts import Exposure
from nephograph.model.resource import Resource


@functools.cache
def published_kinds() -> tuple[str, ...]:
    """The kinds AWS publishes."""
    import nephograph.engines.network.published as room

    return tuple(sorted(m.name for m in pkgutil.iter_modules(room.__path__) if not m.name.startswith("_")))


def published(estate: Estate) -> list[Exposure]:
    """What is reached through them, kind by kind, in the order of the estate."""
    view = View(estate)
    found: list[Exposure] = []
    for kind in published_kinds():
        module = importlib.import_module(f"nephograph.engines.network.published.{kind}")
        ask = cast(Callable[[View, Resource], list[Exposure]], module.published)
        for resource in estate.of_kind(kind):
            found += ask(view, resource)
    return found
