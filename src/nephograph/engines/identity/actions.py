"""What actions there are: their access levels, and the types of resources they are about.

The table is data (`actions.json`, written by scripts/iam_actions.py): AWS's Service Authorization Reference.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable

import msgspec

from nephograph.engines.identity.pattern import literal, matches, pattern

LEVELS = ("Permissions management", "Write", "Tagging", "Read", "List")
"""Access levels as AWS names them, the weightiest first."""


class Action(msgspec.Struct, frozen=True):
    """One action: `s3:GetObject`, its access level, and the types of resources it takes (() for none)."""

    name: str
    level: str
    types: tuple[str, ...] = ()


class Service(msgspec.Struct, frozen=True):
    """One service by its prefix: its actions, and the ARN pattern of each resource type."""

    prefix: str
    actions: tuple[Action, ...]
    types: dict[str, str]


@functools.cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    data = importlib.resources.files(__package__).joinpath("actions.json").read_bytes()
    services: dict[str, dict[str, dict[str, str]]] = msgspec.json.decode(data)["services"]
    return services


def prefixes() -> tuple[str, ...]:
    """The prefixes of all services, sorted."""
    return tuple(_table())


@functools.cache
def service(prefix: str) -> Service | None:
    """The service of a prefix (`s3`), None when there is no such one."""
    said = _table().get(prefix)
    if said is None:
        return None
    actions = tuple(
        Action(f"{prefix}:{name}", _level(key.partition("|")[0]), tuple(filter(None, key.partition("|")[2].split(","))))
        for key, names in said["actions"].items()
        for name in names.split()
    )
    return Service(prefix, actions, said["types"])


def _level(said: str) -> str:
    """An action that is several things counts as the weightiest but plain writing: tagging is a write, too."""
    levels = [part.strip() for part in said.split(",")]
    return min(levels, key=lambda level: (level == "Write" and len(levels) > 1, level not in LEVELS))


def named(patterns: Iterable[str]) -> list[Service]:
    """The services whose actions some of the patterns (`s3:Get*`, `*`) can name."""
    wanted = list(patterns)
    if any(":" not in one or "*" in one.partition(":")[0] or "?" in one.partition(":")[0] for one in wanted):
        found = [service(prefix) for prefix in prefixes()]
    else:
        found = [service(prefix) for prefix in dict.fromkeys(one.partition(":")[0].lower() for one in wanted)]
    return [one for one in found if one is not None]


def about(arn: str) -> tuple[Action, ...]:
    """The actions that take a resource of this ARN, or what lies in it: the objects of a bucket."""
    parts = arn.split(":", 3)
    found = service(parts[2]) if len(parts) == 4 else None
    if found is None:
        return ()
    types = {name for name, wanted in found.types.items() if _is_of(arn, wanted)}
    # A type whose name says nothing (`arn:aws:ec2:*:*:*/*`) stands for what no other type is.
    types = {name for name in types if any(map(str.isalpha, found.types[name].split(":", 5)[5]))} or types
    return tuple(action for action in found.actions if types & set(action.types))


def _is_of(arn: str, wanted: str) -> bool:
    if wanted.startswith("arn:*:s3:::"):
        return wanted.count("/") <= 1 and arn.count("/") == 0  # a bucket, and its objects
    return matches(pattern(wanted), literal(arn)) != "no"
