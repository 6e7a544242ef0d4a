"""What stops working without what: one file a service, found by its place."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from nephograph.library.dependencies.declare import Need


@functools.cache
def needs() -> tuple[Need, ...]:
    """Every need that is declared, in the order of its file."""
    package = importlib.import_module(__name__)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name != "declare"]
    return tuple(need for module in modules for need in module.NEEDS)
