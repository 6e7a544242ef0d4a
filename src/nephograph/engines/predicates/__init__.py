"""What step rules may ask: predicates over the estate and the engines. One file a subject, found by its place."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from nephograph.engines.predicates.declare import Predicate


@functools.cache
def predicates() -> dict[str, Predicate]:
    """Every predicate by name."""
    found: dict[str, Predicate] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name != "declare":
            loaded = importlib.import_module(f"{__name__}.{module.name}")
            found |= {p.name: p for p in vars(loaded).values() if isinstance(p, Predicate)}
    return found
