"""The things a dump speaks of, in the making: an object of an answer until its owner, account and region are known."""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.catalog.language import Kind, Spelling
from nephograph.model.span import Path
from nephograph.sources.awscli.answers import Answer
from nephograph.sources.awscli.operations import Operation, Way
from nephograph.sources.awscli.places import Place


class Thing(msgspec.Struct, eq=False):
    """One object of an answer.

    `type` is the type of its document, `ways` who reads it (none for what the catalog does not know). `asked` are the
    request parameters, None where they cannot be told. `owner` is the thing it is a part of, or another answer about
    the same one. `own` is the account and region that it tells of itself.
    """

    answer: Answer
    operation: Operation | None
    type: str
    ways: tuple[Way, ...]
    attributes: dict[str, Any]
    place: Path
    asked: dict[str, str | None] = {}
    owner: Thing | None = None
    own: Place = ("", None)

    @property
    def spelling(self) -> Spelling | None:
        """How the first of its kinds reads it."""
        return self.ways[0].spelling if self.ways else None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Its kinds; the kinds of its owner for a part."""
        return tuple(way.kind for way in self.ways)

    @property
    def part_of(self) -> str:
        """The attribute that names its owner; "" for a thing of its own."""
        return self.spelling.part_of if self.spelling else ""

    @property
    def name(self) -> str:
        """What tells it from others of its type; "" when nothing does."""
        spelling = self.spelling
        said = {**self.attributes, **{name: value for name, value in self.asked.items() if value is not None}}
        if spelling is None:
            return next((v for n in _ENDS for k, v in said.items() if k.endswith(n) and isinstance(v, str)), "")
        if not (spelling.key or spelling.part_of) and spelling.items.endswith("*"):
            return ""  # what was asked for tells the objects of one answer not apart: their place does
        names = dict.fromkeys((spelling.key, *spelling.asks, spelling.part_of))
        found = [str(said[name]) for name in names if isinstance(said.get(name), str | int)]
        return found[0] if spelling.key and found else "/".join(found)


_ENDS = ("Arn", "arn", "Id", "id", "Name", "name", "Value")
"""How the names of attributes end that name a thing of an unknown kind, the best first."""
