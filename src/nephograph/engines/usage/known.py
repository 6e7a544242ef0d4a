"""What actions there are: access levels, the types of resources they take, and how ARNs of a type are written.

They come from AWS's Service Authorization Reference (`nephograph.catalog.vocabulary`).
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import msgspec

from nephograph.catalog.vocabulary import LEVELS, vocabulary
from nephograph.catalog.vocabulary import Action as Known
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


def prefixes() -> tuple[str, ...]:
    """The prefixes of all services, sorted."""
    return vocabulary().acting


@functools.cache
def service(prefix: str) -> Service | None:
    """The service of a prefix (`s3`), None when there is no such one."""
    said = vocabulary().service(prefix)
    if said is None or not said.actions:
        return None
    actions = {
        name: Action(f"{said.prefix}:{one.name}", LEVELS[one.level], *_types(one)) for name, one in said.actions.items()
    }
    return Service(said.prefix, actions, {name: type_.arn for name, type_ in said.types.items()})


def _types(one: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The types it has to be granted on, and those it may be."""
    required = {target.type for target in one.targets if target.required}
    return tuple(sorted(required)), tuple(sorted({target.type for target in one.targets if not target.required}))


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
        named = [prefix] if not {"*", "?"} & set(prefix) else [p for p in prefixes() if glob(prefix, p)]
        for each in named:
            found = service(each)
            for name, known in found.actions.items() if found else ():
                if known.name not in seen and glob(rest, name):
                    seen.add(known.name)
                    yield known


def covers(patterns: Iterable[str], name: str) -> bool:
    """Do some patterns of an Action element name the action?"""
    lower = name.lower()
    return any(glob(one.lower(), lower) for one in patterns)
