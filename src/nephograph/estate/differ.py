"""The difference between two estates: what is there on one side only, and what a resource says differently.

Three-valued: where one side does not know a value, the two may or may not differ, and that is said.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from nephograph.catalog.language import Field
from nephograph.catalog.registry import kind, kind_names
from nephograph.estate.graph import Estate
from nephograph.estate.match import Moved, Pair, match
from nephograph.estate.names import fill
from nephograph.estate.sayings import REAL
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import CLOSE, OPEN, Unknown, has_symbol, unknowns


class FieldChange(msgspec.Struct, frozen=True):
    """One field that differs. `decided` is False where one side does not know: they may be equal.

    `before` and `after` are None where nothing is said. An element of a list that is on one side only stands under the
    list's path with "+" or "-" behind it.
    """

    path: Path
    before: Any
    after: Any
    decided: bool = True


class ResourceChange(msgspec.Struct, frozen=True):
    """One entity on both sides, and what differs. `pair.reason` says why both are one."""

    before: Resource
    after: Resource
    pair: Pair
    fields: tuple[FieldChange, ...]

    @property
    def decided(self) -> bool:
        """At least one field differs for certain."""
        return any(field.decided for field in self.fields)

    @property
    def moved(self) -> bool:
        """It is written at another address, where an address is a place in code."""
        both_code = self.before.said not in REAL and self.after.said not in REAL
        return both_code and (self.before.root, self.before.address) != (self.after.root, self.after.address)


class Differences(msgspec.Struct):
    """Everything in which two estates differ; `same` counts the entities that do not."""

    added: list[Resource]
    removed: list[Resource]
    changed: list[ResourceChange]
    undecided: list[ResourceChange]
    moved: list[ResourceChange]
    same: int


def differences(before: Estate, after: Estate, moved: Sequence[Moved] = ()) -> Differences:
    """Compare two estates. `moved` are moved blocks of the later one."""
    paired = match(before, after, moved)
    old, new = _Speaker(before), _Speaker(after)
    for pair in paired.pairs:
        old.marks[pair.before] = new.marks[pair.after] = pair.after
        for estate, urn in ((before, pair.before), (after, pair.after)):
            for attribute, name in _names(estate.resources[urn]):
                old.names[pair.after, attribute] = new.names[pair.after, attribute] = name
    found = Differences(
        added=[after.resources[urn] for urn in paired.only_after],
        removed=[before.resources[urn] for urn in paired.only_before],
        changed=[],
        undecided=[],
        moved=[],
        same=0,
    )
    for pair in sorted(paired.pairs, key=lambda p: p.after):
        one, other = before.resources[pair.before], after.resources[pair.after]
        change = ResourceChange(one, other, pair, tuple(_compared(one, other, old, new)))
        if change.moved:
            found.moved.append(change)
        if change.decided:
            found.changed.append(change)
        elif change.fields:
            found.undecided.append(change)
        else:
            found.same += 1
    return found


def _names(resource: Resource) -> Iterator[tuple[str, str]]:
    """What is known of what the provider calls it: where one side knows it, it is known."""
    known = kind(resource.kind) if resource.kind in kind_names() else None
    given = resource.config.get("id")
    if given is None and known is not None and known.id:
        given = fill(known.id, known, resource.config, resource.scope, resource.address)
    for attribute, name in (("id", given), ("arn", resource.arn)):
        if isinstance(name, str) and name and not has_symbol(name):
            yield attribute, name


def _compared(one: Resource, other: Resource, old: _Speaker, new: _Speaker) -> Iterator[FieldChange]:
    if (one.existence is None) != (other.existence is None):
        yield FieldChange(("existence",), one.existence, other.existence, decided=False)
    # What the provider fills in stands in what is real, and not in what somebody writes.
    silent = ("before" if one.said not in REAL else "", "after" if other.said not in REAL else "")
    if (one.said in REAL) == (other.said in REAL):
        silent = ("", "")
    mute = _mute(other.kind) if not one.said == other.said == "code" else frozenset()
    for name in dict.fromkeys((*one.config, *other.config)):
        if name in mute:
            continue
        values = (old.say(one, (name,), one.config.get(name)), new.say(other, (name,), other.config.get(name)))
        yield from _differ((name,), *values, silent)


@functools.cache
def _mute(name: str) -> frozenset[str]:
    """Fields of a kind that only code has: nothing else can be compared by them."""

    def only_code(field: Field) -> bool:
        return field.code_only or (bool(field.fields) and all(map(only_code, field.fields.values())))

    known = kind(name).fields if name in kind_names() else {}
    return frozenset(field for field, type_ in known.items() if only_code(type_))


Silent = tuple[Literal["before", ""] | str, Literal["after", ""] | str]


def _differ(path: Path, old: Any, new: Any, silent: Silent) -> Iterator[FieldChange]:
    if old == new or (old in _NOTHING and new in _NOTHING):
        return
    if isinstance(old, Unknown) or isinstance(new, Unknown) or _fits(old, new) or _fits(new, old):
        yield FieldChange(path, old, new, decided=False)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _differ((*path, name), old.get(name), new.get(name), silent)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(path, old, new, silent)
    else:
        filled_in = (old in _NOTHING and "before" in silent) or (new in _NOTHING and "after" in silent)
        yield FieldChange(path, old, new, decided=not filled_in)


_NOTHING: tuple[Any, ...] = (None, [], {})


def _lists(path: Path, old: list[Any], new: list[Any], silent: Silent) -> Iterator[FieldChange]:
    """Lists of the normal form have no order that matters: what counts is what they hold."""
    gone, came = Counter(map(_key, old)), Counter(map(_key, new))
    gone, came = gone - came, came - gone
    if not gone and not came:
        return
    lost, won = _elements(old, gone), _elements(new, came)
    if any(isinstance(element, Unknown) for element in (*lost, *won)):
        yield FieldChange(path, old, new, decided=False)
        return
    for element in list(lost):
        # Elements that may be one and the same, for all that is known, are compared to each other.
        for other in won:
            changes = list(_differ((*path, new.index(other)), element, other, silent))
            if not any(change.decided for change in changes):
                yield from changes
                lost.remove(element)
                won.remove(other)
                break
    if len(lost) == len(won) == 1 and isinstance(lost[0], dict) and isinstance(won[0], dict):
        yield from _differ((*path, new.index(won[0])), lost[0], won[0], silent)
    else:
        doubtful = any(True for element in (*lost, *won) for _ in unknowns(element))
        yield from (FieldChange((*path, "-"), element, None, not doubtful) for element in lost)
        yield from (FieldChange((*path, "+"), None, element, not doubtful) for element in won)


def _elements(elements: list[Any], wanted: Counter[str]) -> list[Any]:
    left, found = Counter(wanted), []
    for element in elements:
        key = _key(element)
        if left[key]:
            left[key] -= 1
            found.append(element)
    return found


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def _fits(pattern: Any, text: Any) -> bool:
    """Could a text with unknown pieces be that other text?"""
    if not isinstance(pattern, str) or not isinstance(text, str) or not has_symbol(pattern):
        return False
    pieces = [".*" if piece.startswith(OPEN) else re.escape(piece) for piece in _PIECES.split(pattern)]
    return re.fullmatch("".join(pieces), text, re.DOTALL) is not None


_PIECES = re.compile(f"({OPEN}[^{OPEN}{CLOSE}]*{CLOSE})")
_LISTED = ("Action", "NotAction", "Resource", "NotResource")


class _Speaker:
    """Says values of one estate in words that both sides share: an entity is called by the mark of its pair."""

    def __init__(self, estate: Estate) -> None:
        self.marks: dict[str, str] = {}
        self.names: dict[tuple[str, str], str] = {}
        """(mark, attribute) → what it reads as, where that is known."""
        self._places = {(r.root, r.address): r.urn for r in estate.resources.values()}
        self._ends = {(edge.said_by, edge.path): edge for edge in estate.edges if edge.path}

    def say(self, resource: Resource, path: Path, value: Any) -> Any:
        """The value with entities by their marks, and policies in one form."""
        edge = self._ends.get((resource.urn, path))
        if edge is not None:
            other = edge.target if edge.source == resource.urn else edge.source
            if other in self.marks:
                return f"→ {self.marks[other]}"
        if isinstance(value, Unknown):
            if value.ref is None and not value.parts:
                return value
            text = self._named(value.symbol, resource.root)
            return text if text != value.symbol else value
        if isinstance(value, str):
            return self._named(value, resource.root) if has_symbol(value) else value
        if isinstance(value, list):
            return [self.say(resource, (*path, position), element) for position, element in enumerate(value)]
        if isinstance(value, dict):
            said = {name: self.say(resource, (*path, name), child) for name, child in value.items()}
            return _policy(said) if isinstance(said.get("Statement"), list) else said
        return value

    def _named(self, text: str, root: str) -> str:
        """A text whose symbols name entities by their marks; what names none keeps its words."""

        def name(found: re.Match[str]) -> str:
            content = found.group(1)[1:-1]
            where, _, inner = content.partition("//")
            place, content = (where, inner) if inner else (root, content)
            address, _, attribute = content.rpartition(".")
            mark = self.marks.get(self._places.get((place, address), ""))
            if not mark:
                return found.group(1)
            # A mark may itself have an unknown piece (its account): symbols do not nest.
            return (
                self.names.get((mark, attribute))
                or f"{OPEN}{mark.replace(OPEN, '').replace(CLOSE, '')}.{attribute}{CLOSE}"
            )

        return _PIECES.sub(name, text)


def _policy(policy: dict[str, Any]) -> dict[str, Any]:
    """A policy in one form: one action and a list of one action say the same, and order says nothing."""
    statements = [_statement(s) if isinstance(s, dict) else s for s in policy["Statement"]]
    return {**policy, "Statement": sorted(statements, key=_key)}


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    said = dict(statement)
    for name in _LISTED:
        if name in said:
            said[name] = _listed(said[name])
    for name in ("Principal", "NotPrincipal"):
        if isinstance(said.get(name), dict):
            said[name] = {kind: _listed(value) for kind, value in said[name].items()}
    if isinstance(said.get("Condition"), dict):
        said["Condition"] = {
            operator: {key: _listed(value) for key, value in keys.items()} if isinstance(keys, dict) else keys
            for operator, keys in said["Condition"].items()
        }
    return said


def _listed(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value
    values = value if isinstance(value, list) else [value]
    return sorted(("true" if v is True else "false" if v is False else v for v in values), key=_key)
