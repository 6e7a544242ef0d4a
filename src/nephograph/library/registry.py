"""Finds checks and step rules by their place. A check is imported only when its provider and service are present."""

from __future__ import annotations

import functools
import importlib
import keyword
import os
import pkgutil
from collections.abc import Collection, Iterable, Iterator

from nephograph.catalog.registry import kind, kind_names
from nephograph.library.docstring import Prose, parse
from nephograph.library.sdk import Check, code_of
from nephograph.model.rule import StepRule

_CHECKS = "nephograph.library.checks"
_STEPS = "nephograph.library.steps"


def checks_for(kinds: Iterable[str]) -> list[Check]:
    """The checks of the services that these kinds belong to, for these kinds, in order of their codes."""
    present = set(kinds)
    places = {place for name in present & set(kind_names()) for place in _folders(name)}
    found = [check for provider, service in sorted(places) for check in _in_folder(f"{_CHECKS}.{provider}.{service}")]
    return sorted((check for check in found if kinds_of(check, present)), key=lambda check: check.code)


def kinds_of(check: Check, present: Collection[str]) -> list[str]:
    """Which of these kinds the check looks at: its own, or every one of its provider with a field of its type."""
    if not check.field:
        return [check.kind] if check.kind in present else []
    ours = f"{check.kind.partition('_')[0]}_"
    known = set(kind_names())
    return sorted(n for n in present if n.startswith(ours) and n in known and check.field in _field_types(n))


_AT_HOME = {"policy": "iam"}
"""The folder of the checks that look at every field of a type, whichever kind has it."""


def _folders(name: str) -> Iterator[tuple[str, str]]:
    """Where checks of this kind stand: (provider, folder of its service), and the homes of the fields it has."""
    provider = name.partition("_")[0]
    yield provider, folder(kind(name).service)
    for type_, home in _AT_HOME.items():
        if type_ in _field_types(name):
            yield provider, home


@functools.cache
def _field_types(name: str) -> frozenset[str]:
    """The types of all fields of a kind, at any depth."""
    found, waiting = set(), [kind(name).fields]
    while waiting:
        for field in waiting.pop().values():
            found.add(field.type)
            waiting.append(field.fields)
    return frozenset(found)


def folder(service: str) -> str:
    """The folder of a service's checks: its name as Python can say it (`lambda_`, `execute_api`)."""
    return f"{service}_" if keyword.iskeyword(service) else service.replace("-", "_")


def all_checks() -> list[Check]:
    """Every check there is, in order of their codes."""
    return checks_for(kind_names())


@functools.cache
def codes() -> frozenset[str]:
    """The codes of every check there is, by the names of their files: none is imported."""
    room = importlib.import_module(_CHECKS)
    found = set()
    for base in room.__path__:
        for folder_, _, names in os.walk(base):
            place = os.path.relpath(folder_, base).replace(os.sep, ".")
            found |= {code_of(f"{place}.{n[:-3]}") for n in names if n.endswith(".py") and n != "__init__.py"}
    return frozenset(found)


def prose(check: Check) -> Prose:
    """What the check's docstring says."""
    return check.written or _written(check.module)


@functools.cache
def _written(module: str) -> Prose:
    """What a module's docstring says: taken apart once, however many findings show it."""
    return parse(importlib.import_module(module).__doc__ or "")


def step_rules() -> list[StepRule]:
    """Every step rule, in order of their names."""
    package = importlib.import_module(_STEPS)
    modules = (importlib.import_module(f"{_STEPS}.{m.name}") for m in pkgutil.iter_modules(package.__path__))
    rules: list[StepRule] = [rule for module in modules for rule in module.STEPS]
    return sorted(rules, key=lambda rule: rule.name)


def _in_folder(package: str) -> Iterator[Check]:
    try:
        place = importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name is not None and package.startswith(error.name):
            return  # no check of that service yet
        raise
    for module in pkgutil.iter_modules(place.__path__):
        loaded = importlib.import_module(f"{package}.{module.name}")
        yield from (value for value in vars(loaded).values() if isinstance(value, Check))
