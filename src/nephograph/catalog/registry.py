"""Finds the kinds by their place: `catalog/<provider>/<rest>.py` declares `<provider>_<rest>`."""

from __future__ import annotations

import functools
import importlib
import pkgutil

import msgspec

from nephograph.catalog.language import Kind, Spelling


@functools.cache
def kind_names() -> tuple[str, ...]:
    """The names of every kind, sorted, without importing their files."""
    import nephograph.catalog as room

    names = []
    for provider in pkgutil.iter_modules(room.__path__):
        if provider.ispkg:
            package = importlib.import_module(f"{room.__name__}.{provider.name}")
            names += [f"{provider.name}_{m.name}" for m in pkgutil.iter_modules(package.__path__) if m.name[0] != "_"]
    return tuple(sorted(names))


@functools.cache
def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError when there is none."""
    if name not in kind_names():
        raise KeyError(name)
    provider, _, rest = name.partition("_")
    module = importlib.import_module(f"nephograph.catalog.{provider}.{rest}")
    declared: Kind = module.KIND
    return msgspec.structs.replace(declared, name=name)


@functools.cache
def _spellings() -> dict[tuple[str, str], tuple[tuple[str, Spelling], ...]]:
    table: dict[tuple[str, str], tuple[tuple[str, Spelling], ...]] = {}
    for name in kind_names():
        for spelling in kind(name).spellings:
            key = (spelling.dialect, spelling.type)
            others = table.get(key, ())
            if others and not (spelling.part_of and others[0][1].part_of):
                raise ValueError(f"{spelling.type} is spelled by both {others[0][0]} and {name}")
            table[key] = (*others, (name, spelling))
    return table


def spelled(dialect: str, type: str) -> tuple[Kind, Spelling] | None:
    """The kind a dialect's type says, and how; None when the catalog does not know the type."""
    return next(iter(spellings(dialect, type)), None)


def spellings(dialect: str, type: str) -> tuple[tuple[Kind, Spelling], ...]:
    """Every kind a dialect's type speaks of: more than one only for parts that owners of several kinds may get."""
    return tuple((kind(name), spelling) for name, spelling in _spellings().get((dialect, type), ()))
