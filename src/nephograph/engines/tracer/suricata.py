"""Addresses and ports of stateful rules: `any`, ranges, lists in brackets, `!` for all but, `$NAME` for a variable.

Sources: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-how-to-provide-rules.html,
https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

DEEPEST = 8
"""Variables that name variables."""

Sets = Mapping[str, object]
"""What each `$NAME` stands for: a list of texts, or a value that is not known."""


def sets_of(ground: Ground, firewall: Resource, policy: Resource, group: Resource) -> Sets:
    """The variables of a rule group. A policy overrides HOME_NET; without either it is the firewall's own VPC."""
    vpc = ground.vpc(firewall)
    found: dict[str, object] = {}
    if vpc is not None:
        found["HOME_NET"] = vpc.get("cidrs")
    for resource, field in ((policy, "address_sets"), (group, "address_sets"), (group, "port_sets")):
        items = resource.get(field)
        for item in items if isinstance(items, list) else [items]:
            said = item.get("name") if isinstance(item, dict) else item
            if isinstance(said, Unknown):
                # Any variable may be meant, those that stand for something without being said, too.
                found = dict.fromkeys((*found, "HOME_NET", "EXTERNAL_NET"), said)
            elif isinstance(said, str):
                found[said.lstrip("$")] = item.get("values")
    found.setdefault("EXTERNAL_NET", ["!$HOME_NET"])
    return found


class _Asked(NamedTuple):
    """A number of a packet that something of a rule is about; `one` tells whether a single value covers it."""

    walker: Walker
    at: Symbol
    what: str
    sets: Sets
    one: Callable[[str], bool | None]

    def perhaps(self, said: str) -> bool:
        """Nobody knows whether it does. (The same words may cover one number and not another.)"""
        return self.walker.course.perhaps(f"whether {said} of {self.what}", self.at)


def address_matches(walker: Walker, text: Any, at: Symbol, what: str, sets: Sets) -> bool:
    """Does the address of a packet meet what a rule says?"""

    def one(said: str) -> bool | None:
        parsed = network(said)
        if parsed is None:
            return None
        return parsed[0] == walker.packet.version and walker.course.within(at, parsed[1], parsed[2])

    return _said(text, _Asked(walker, at, f"{what} covers the address", sets, one))


def port_matches(walker: Walker, text: Any, port: Symbol, what: str, sets: Sets) -> bool:
    """Does the port of a packet meet what a rule says? `80`, `1024:`, `:1023`, `8000:8100`."""

    def one(said: str) -> bool | None:
        low, colon, high = said.partition(":")
        if not all(part.isdigit() or (colon and not part) for part in (low, high or low)):
            return None
        first = int(low) if low else 0
        last = (int(high) if high else 65535) if colon else first
        return walker.course.within(port, first, last)

    return _said(text, _Asked(walker, port, f"{what} covers the port", sets, one))


def _said(text: Any, asked: _Asked) -> bool:
    return asked.perhaps(f"what is not known ({text})") if isinstance(text, Unknown) else _matches(text or "any", asked)


def _matches(text: Any, asked: _Asked, depth: int = 0) -> bool:
    said = str(text).strip()
    if said.lower() == "any":
        return True
    if said.startswith("!"):
        return not _matches(said[1:], asked, depth)
    inner = _inner(said, asked.sets) if depth < DEEPEST else None
    if inner is not None:
        wanted = [part for part in inner if not part.startswith("!")]
        unwanted = [part[1:] for part in inner if part.startswith("!")]
        there = not wanted or any(_matches(part, asked, depth + 1) for part in wanted)
        return there and not any(_matches(part, asked, depth + 1) for part in unwanted)
    found = asked.one(said)
    return asked.perhaps(said) if found is None else found


def _inner(said: str, sets: Sets) -> list[str] | None:
    """What a list or a variable holds; None for a single value, and for a variable nobody knows."""
    if said.startswith("[") and said.endswith("]"):
        return list(_parts(said[1:-1]))
    if said.startswith(("$", "@")):
        values = sets.get(said[1:])
        if isinstance(values, Unknown) or not isinstance(values, list):
            return None
        return [str(v) for v in values] if all(isinstance(v, str) for v in values) else None
    return None


def _parts(text: str) -> Iterator[str]:
    """The elements of a list; lists may hold lists."""
    depth, part = 0, ""
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += letter
    if part.strip():
        yield part.strip()
