"""Toxic combinations: facts that are harmless one by one and not together. One file each, found by its place."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from nephograph.library.combinations.declare import Combination


@functools.cache
def combinations() -> tuple[Combination, ...]:
    """Every combination, in order of their codes."""
    package = importlib.import_module(__name__)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name != "declare"]
    return tuple(sorted((module.COMBINATION for module in modules), key=lambda one: one.code))
