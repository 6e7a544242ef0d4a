"""Changes that end a step of an attack: which field to edit how, and what that costs. One file a service."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from nephograph.library.changes.declare import Change


@functools.cache
def changes() -> tuple[Change, ...]:
    """Every declared change, in the order of its file."""
    package = importlib.import_module(__name__)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name != "declare"]
    return tuple(change for module in modules for change in module.CHANGES)
