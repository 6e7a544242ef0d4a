"""What actions there are: their access levels, and the types of resources they are about.

They come from AWS's Service Authorization Reference (`nephograph.catalog.vocabulary`).
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import msgspec

from nephograph.catalog import vocabulary as known
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


_VARIABLE = re.compile(r"\$\{[^}]*\}")


def prefixes() -> tuple[str, ...]:
    """The prefixes of all services, sorted."""
    return known.vocabulary().acting


@functools.cache
def service(prefix: str) -> Service | None:
    """The service of a prefix (`s3`), None when there is no such one."""
    said = known.vocabulary().service(prefix)
    if said is None or not said.actions:
        return None
    actions = tuple(
        Action(
            f"{said.prefix}:{one.name}", known.LEVELS[one.level], tuple(sorted({target.type for target in one.targets}))
        )
        for one in said.actions.values()
    )
    return Service(said.prefix, actions, {name: _VARIABLE.sub("*", type_.arn) for name, type_ in said.types.items()})


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
