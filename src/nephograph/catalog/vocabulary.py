"""AWS's vocabulary of IAM: services, their actions, resource types and condition keys.

`vocabulary.bin` is written by `scripts/vocabulary.py`; a service is unpacked when somebody asks for it (ec2, the
largest, in 3 ms). Names are found without regard to case, as IAM does.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

GLOBAL = "aws"
"""The prefix of the condition keys that belong to no service."""

LEVELS = {"R": "Read", "L": "List", "W": "Write", "T": "Tagging", "P": "Permissions management"}
"""Access levels. An action that is several things counts as what it is beside a write: tagging is a write, too."""


class Target(msgspec.Struct, frozen=True):
    """A resource type an action can be granted on, whether it must be, and the keys that then stand in the request."""

    type: str
    required: bool
    keys: tuple[str, ...]


class Action(msgspec.Struct, frozen=True):
    """One action. No `targets`: it is granted on `*` alone. `depends` are actions AWS asks for beside it."""

    name: str
    level: str
    targets: tuple[Target, ...]
    keys: tuple[str, ...]
    depends: tuple[str, ...]


class ResourceType(msgspec.Struct, frozen=True):
    """One type of resource: its ARN as a template (`arn:${Partition}:s3:::${BucketName}`) and its condition keys."""

    name: str
    arn: str
    keys: tuple[str, ...]


class Key(msgspec.Struct, frozen=True):
    """One condition key: `type` is String, Bool, Numeric, Date, IPAddress, ARN, or an ArrayOf one of them."""

    name: str
    type: str

    @property
    def many(self) -> bool:
        """May a request hold several values of it?"""
        return self.type.startswith("ArrayOf")


class Service(msgspec.Struct, frozen=True):
    """What goes under one prefix: actions and keys by their lower-case names, resource types by name.

    Keys that AWS writes with a placeholder (`aws:RequestTag/${TagKey}`) are also in `open_keys`, with their pattern.
    """

    prefix: str
    title: str
    actions: Mapping[str, Action]
    types: Mapping[str, ResourceType]
    keys: Mapping[str, Key]
    open_keys: tuple[tuple[re.Pattern[str], Key], ...]
    everywhere: tuple[str, ...] = ()
    """Of the global prefix alone: the keys that any action's request may hold."""


class Vocabulary:
    """All of it. Use `vocabulary()`."""

    def __init__(self, data: bytes) -> None:
        head, _, self._body = data.partition(b"\n")
        said = msgspec.json.decode(head)
        self.source: str = said["source"]
        self.version: str = said["version"]
        self.date: str = said["date"]
        self.licence: str = said["licence"]
        self._places: dict[str, list[int]] = said["services"]
        self._read: dict[str, Service] = {}

    @functools.cached_property
    def acting(self) -> tuple[str, ...]:
        """The prefixes of services that have actions, sorted. Nothing is unpacked for it."""
        return tuple(prefix for prefix, (_, _, actions) in self._places.items() if actions)

    @functools.cached_property
    def services(self) -> tuple[str, ...]:
        """Every prefix that has actions or condition keys of its own, sorted."""
        return tuple(self._places)

    def service(self, prefix: str) -> Service | None:
        """What goes under a prefix; None when AWS has no such service."""
        low = prefix.lower()
        if low not in self._read:
            if low not in self._places:
                return None
            start, length, _ = self._places[low]
            self._read[low] = _service(low, zlib.decompress(self._body[start : start + length]))
        return self._read[low]

    def action(self, name: str) -> Action | None:
        """The action `service:Name`."""
        prefix, _, rest = name.partition(":")
        service = self.service(prefix)
        return service.actions.get(rest.lower()) if service else None

    def key(self, name: str) -> Key | None:
        """The condition key of that name: `aws:RequestTag/team` is `aws:RequestTag/${TagKey}`."""
        low = name.lower()
        service = self.service(low.partition(":")[0])
        if service is None:
            return None
        if low in service.keys:
            return service.keys[low]
        return next((key for pattern, key in service.open_keys if pattern.fullmatch(low)), None)

    def keys_of(self, service: Service, action: Action) -> frozenset[str]:
        """The condition keys a request of this action may hold, beside the global ones."""
        found = set(action.keys)
        for target in action.targets:
            found.update(target.keys)
            found.update(service.types[target.type].keys if target.type in service.types else ())
        return frozenset(found)

    @functools.cached_property
    def global_keys(self) -> frozenset[str]:
        """The keys a request of any action may hold."""
        known = self.service(GLOBAL)
        assert known is not None, "the vocabulary holds the global keys"
        return frozenset(known.everywhere)


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package."""
    return Vocabulary((importlib.resources.files("nephograph.catalog") / "vocabulary.bin").read_bytes())


def nearest(word: str, known: Iterable[str], cutoff: float = 0.75, most: int = 3) -> tuple[str, ...]:
    """The known words most like this one, best first, without regard to case."""
    written = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower()[:128], written, n=most, cutoff=cutoff)
    return tuple(written[name] for name in close)


def _service(prefix: str, text: bytes) -> Service:
    said: dict[str, Any] = msgspec.json.decode(text)
    used: list[str] = said["used"]

    def keys(numbers: list[int]) -> tuple[str, ...]:
        return tuple(used[number] for number in numbers)

    own = [Key(name, type_) for name, type_ in said["keys"]]
    return Service(
        prefix,
        said["title"],
        {
            name.lower(): Action(
                name, level, tuple(Target(t, bool(must), keys(of)) for t, must, of in on), keys(of_all), tuple(more)
            )
            for name, level, on, of_all, more in said["actions"]
        },
        {name: ResourceType(name, arn, keys(of)) for name, arn, of in said["types"]},
        {key.name.lower(): key for key in own},
        tuple((_open(key.name), key) for key in own if _HOLE.search(key.name)),
        tuple(used) if prefix == GLOBAL else (),
    )


_HOLE = re.compile(r"\$\{[^}]*\}")


def _open(name: str) -> re.Pattern[str]:
    """The pattern of a key with placeholders, in lower case; a placeholder stands for at least one character."""
    return re.compile(".+".join(re.escape(part) for part in _HOLE.split(name.lower())), re.DOTALL)
