"""Finds the kinds by their place: `catalog/<provider>/<rest>.py` declares `<provider>_<rest>`."""

from __future__ import annotations

import functools
import importlib
import os
import pathlib
import pkgutil

import msgspec

from nephograph.catalog.language import Kind, Spelling
from nephograph.model.resource import Class


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


INDEX = "index.json"
"""Which kinds each dialect's types speak of, so that a run imports the kinds it meets and no others.

Written by `make docs` from the kinds themselves. Where a kind's file has another size than the index knows, the index
is not used.
"""

Index = dict[str, dict[str, list[str]]]


class Indexed(msgspec.Struct):
    """What the index holds: dialect → type → names of kinds, and the size of every kind's file."""

    types: Index
    files: dict[str, int]


@functools.cache
def of_code(name: str) -> bool:
    """Is a kind a thing of code alone? It counts for no resource, and that no cloud says it is no difference."""
    return name in kind_names() and (kind(name).of_code or kind(name).cls is Class.CONFIGURATION)


def folder() -> pathlib.Path:
    """Where the kinds are."""
    import nephograph.catalog as room

    return pathlib.Path(next(iter(room.__path__)))


def files() -> dict[str, int]:
    """The size of every kind's file, by its place."""
    found = {}
    for provider in os.scandir(folder()):
        if provider.is_dir():
            for file in os.scandir(provider.path):
                if file.name.endswith(".py") and not file.name.startswith("_"):
                    found[f"{provider.name}/{file.name}"] = file.stat().st_size
    return dict(sorted(found.items()))


def index() -> Index:
    """Dialect → type → names of kinds, by importing every kind. Raises ValueError when two kinds claim one type."""
    table: dict[str, dict[str, list[str]]] = {}
    parts: dict[tuple[str, str], bool] = {}
    for name in kind_names():
        for spelling in kind(name).spellings:
            names = table.setdefault(spelling.dialect, {}).setdefault(spelling.type, [])
            part = parts.setdefault((spelling.dialect, spelling.type), bool(spelling.part_of))
            if names and not (part and spelling.part_of):
                raise ValueError(f"{spelling.type} is spelled by both {names[0]} and {name}")
            names.append(name)
    return {dialect: dict(sorted(types.items())) for dialect, types in sorted(table.items())}


@functools.cache
def _index() -> Index:
    try:
        made = msgspec.json.decode((folder() / INDEX).read_bytes(), type=Indexed)
    except FileNotFoundError:
        return index()
    return made.types if made.files == files() else index()


def spelled(dialect: str, type: str) -> tuple[Kind, Spelling] | None:
    """The kind a dialect's type says, and how; None when the catalog does not know the type."""
    return next(iter(spellings(dialect, type)), None)


@functools.cache
def spellings(dialect: str, type: str) -> tuple[tuple[Kind, Spelling], ...]:
    """Every kind a dialect's type speaks of: more than one only for parts that owners of several kinds may get."""
    names = dict.fromkeys(_index().get(dialect, {}).get(type, ()))
    kinds = [kind(name) for name in names]
    return tuple((k, s) for k in kinds for s in k.spellings if (s.dialect, s.type) == (dialect, type))
