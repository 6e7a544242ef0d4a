"""Documented ways by which a principal becomes another one, or administrator. One file a path, found by its place.

Each is data: step rules over predicates, which the engines decide on effective permissions. What a boundary, a service
control policy, a deny or a condition takes away is not there, and the path with it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable

import msgspec

from nephograph.library.escalations.declare import Escalation
from nephograph.library.registry import step_rules
from nephograph.model.rule import StepRule


@functools.cache
def escalations() -> tuple[Escalation, ...]:
    """Every documented path, in order of their ids."""
    found: list[Escalation] = []
    for provider in pkgutil.iter_modules(__path__):
        if provider.ispkg:
            package = importlib.import_module(f"{__name__}.{provider.name}")
            for module in pkgutil.iter_modules(package.__path__):
                loaded = importlib.import_module(f"{package.__name__}.{module.name}")
                title = (loaded.__doc__ or "").partition("\n")[0].rstrip(".")
                found.append(msgspec.structs.replace(loaded.ESCALATION, title=title))
    return tuple(sorted(found, key=lambda escalation: escalation.id))


def escalation_rules() -> tuple[StepRule, ...]:
    """The rules of all paths, each once. A rule of the name of a step says that step, perhaps more exactly."""
    rules = {rule.name: rule for escalation in escalations() for rule in escalation.rules}
    return tuple(rules[name] for name in sorted(rules))


def attack_rules(asked: Iterable[str] = ()) -> tuple[StepRule, ...]:
    """All step rules together with those of the paths: where both say one step, the path's, which may be more exact.

    Ways in that are followed on request only are left out, save those of the words that are `asked` for.
    """
    words = {"", *asked}
    rules = {rule.name: rule for rule in (*step_rules(), *escalation_rules()) if rule.on_request in words}
    return tuple(rules[name] for name in sorted(rules))


@functools.cache
def requested() -> frozenset[str]:
    """The words by which ways in are asked for that are followed on request only."""
    return frozenset(rule.on_request for rule in step_rules() if rule.on_request)
