"""What an attacker comes for: atoms that are the end of a path, and how bad each is. One file a sort of loss."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from nephograph.library.losses.declare import Loss


@functools.cache
def losses() -> tuple[Loss, ...]:
    """Every declared loss, in the order of its file; those of named kinds first."""
    package = importlib.import_module(__name__)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names if name != "declare"]
    found = [loss for module in modules for loss in module.LOSSES]
    return tuple(sorted(found, key=lambda loss: not loss.kinds))


@functools.cache
def ends() -> frozenset[str]:
    """The predicates that end a path."""
    return frozenset(loss.predicate for loss in losses())


def loss_of(predicate: str, kind: str) -> Loss | None:
    """The loss that an atom about a resource of this kind ("" for an account) is; None when it is none."""
    for loss in losses():
        if loss.predicate == predicate and (not loss.kinds or kind in loss.kinds):
            return loss
    return None


def verb(predicate: str) -> str:
    """What deriving an atom means for its first argument, in a word or two: `acts as`, `reads`, `destroys`."""
    if predicate == "has":
        return "acts as"
    return next((loss.verb for loss in losses() if loss.predicate == predicate), "reaches")
