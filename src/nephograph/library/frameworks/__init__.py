"""Frameworks of compliance as data: one TOML file each, `library/frameworks/<id>.toml`.

A control names the topics it is about, and a check the topics it is about (`library/topics/`): neither knows the other.
Words are our own; a framework's text is its owner's.
"""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Iterable
from typing import Literal

import msgspec

How = Literal["automated", "partly", "manual"]


class Control(msgspec.Struct, frozen=True):
    """One control. `how` far checks decide it, and `why` no further; a manual one is about no topic.

    `kinds` narrow it to kinds that begin so (`aws_s3`), where a framework speaks of one service.
    """

    id: str
    says: str
    how: How
    why: str
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def asks(self, topics: Iterable[str], kind: str) -> bool:
        """Does something about these topics, on a resource of this kind, speak of the control?"""
        return (not self.kinds or kind.startswith(self.kinds)) and not set(self.topics).isdisjoint(topics)


class Framework(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A framework with its controls in order; `source` is its owner's page."""

    id: str
    title: str
    source: str
    about: str
    controls: tuple[Control, ...]

    @property
    def topics(self) -> frozenset[str]:
        """Every topic one of its controls is about."""
        return frozenset(topic for control in self.controls for topic in control.topics)


@functools.cache
def frameworks() -> tuple[str, ...]:
    """The ids of all frameworks, sorted."""
    folder = importlib.resources.files(__name__)
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


@functools.cache
def framework(name: str) -> Framework:
    """A framework by its id. Raises KeyError when there is none, and `msgspec.ValidationError` for a malformed file."""
    if name not in frameworks():
        raise KeyError(name)
    text = (importlib.resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Framework)
