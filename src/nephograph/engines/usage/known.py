"""What actions there are: access levels, the types of resources they take, and how ARNs of a type are written.

The table is data (`actions.json`, written by scripts/usage_actions.py): AWS's Service Authorization Reference.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable, Iterator

import msgspec

from nephograph.engines.usage.wild import glob


class Action(msgspec.Struct, frozen=True):
    """One action: `s3:GetObject`, its access level, the types of resources it has to be granted on, and may be."""

    name: str
    level: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class Service(msgspec.Struct, frozen=True):
    """One service: its actions by their names in lower case, and the ARN template of each resource type."""

    prefix: str
    actions: dict[str, Action]
    types: dict[str, str]


class _Said(msgspec.Struct):
    types: dict[str, str]
    actions: dict[str, str]


class _Table(msgspec.Struct):
    services: dict[str, _Said]


@functools.cache
def _table() -> dict[str, _Said]:
    data = importlib.resources.files(__package__).joinpath("actions.json").read_bytes()
    return msgspec.json.decode(data, type=_Table).services


@functools.cache
def service(prefix: str) -> Service | None:
    """The service of a prefix (`s3`), None when there is no such one."""
    said = _table().get(prefix)
    if said is None:
        return None
    actions: dict[str, Action] = {}
    for key, names in said.actions.items():
        level, required, optional = key.split("|")
        for name in names.split():
            types = tuple(filter(None, required.split(","))), tuple(filter(None, optional.split(",")))
            actions[name.lower()] = Action(f"{prefix}:{name}", level, *types)
    return Service(prefix, actions, said.types)


def action(name: str) -> Action | None:
    """The action of that name (`s3:getobject`, in any case), None when there is no such one."""
    prefix, _, rest = name.partition(":")
    found = service(prefix.lower())
    return found.actions.get(rest.lower()) if found else None


def level(name: str) -> str:
    """Its access level: Read, List, Write, Tagging, Permissions management, or "" for an action nobody knows."""
    found = action(name)
    return found.level if found else ""


def matching(patterns: Iterable[str]) -> Iterator[Action]:
    """Every action that some of the patterns (`s3:Get*`, `*`) name, each once."""
    seen: set[str] = set()
    for one in patterns:
        prefix, colon, rest = one.lower().partition(":")
        if not colon:
            prefix, rest = ("*", "*") if prefix.strip("*") == "" and prefix else (prefix, "")
        prefixes = [prefix] if not {"*", "?"} & set(prefix) else [p for p in _table() if glob(prefix, p)]
        for each in prefixes:
            found = service(each)
            for name, known in found.actions.items() if found else ():
                if known.name not in seen and glob(rest, name):
                    seen.add(known.name)
                    yield known


def covers(patterns: Iterable[str], name: str) -> bool:
    """Do some patterns of an Action element name the action?"""
    lower = name.lower()
    return any(glob(one.lower(), lower) for one in patterns)
