"""Ends that stand for many interfaces: those between which no rule tells are asked once, for all of them.

Two interfaces are alike when they sit in one subnet, in the same groups, are named by the same things, say the same of
themselves, and no address written anywhere lies between theirs. Then every rule decides alike for both.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from nephograph.engines.tracer.alternatives import all_of, best_of, doubt, sorted_out
from nephograph.engines.tracer.came import End
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Answered

FEW = 64
"""Up to so many pairs of ends everybody is asked by itself."""
MOST = 1000
"""Pairs of ends that are traced."""
_OWN = ("id", "arn", "name", "names", "tags", "private_dns_name", "mac_address", "description", "attachment_id")
"""Fields that say which one it is, and that no rule of packets looks at."""


Alike = dict[str, tuple[End, ...]]
"""Everybody an end was asked for, itself first; by the end's key."""


class Asked(NamedTuple):
    """What was asked: the question with one end for all that are alike, and how many pairs nobody looked at."""

    question: Question
    sources: Alike
    targets: Alike
    left: int
    pairs: int


def put_for_all(ground: Ground, question: Question) -> tuple[Reach, Asked]:
    """Ask for all ends. Where there are too many pairs, a `no` is none: the answer says how many were looked at."""
    asked = thinned(ground, question)
    found = put(ground, asked.question)
    if asked.left:
        said = f"{asked.left} of {asked.pairs} pairs of ends, which were not looked at: name narrower ends"
        if found.verdict == "yes":
            found = msgspec.structs.replace(found, assumptions=(*found.assumptions, f"nothing of {said}"))
        else:
            found = msgspec.structs.replace(found, verdict="depends", depends_on=(*found.depends_on, said))
    return found, asked


def thinned(ground: Ground, question: Question) -> Asked:
    """A question of at most `MOST` pairs."""
    pairs = len(question.source) * len(question.target)
    if pairs <= FEW:
        return Asked(question, _each(question.source), _each(question.target), 0, pairs)
    cuts = _cuts(ground, (*question.source, *question.target))
    sources, targets = (_classes(ground, ends, cuts) for ends in (question.source, question.target))
    starts, goals = ([ends[0] for ends in alike.values()] for alike in (sources, targets))
    while len(starts) * len(goals) > MOST:
        longer, other = (starts, goals) if len(starts) > len(goals) else (goals, starts)
        del longer[max(1, MOST // len(other)) :]
    sources, targets = (
        {key(end): alike[key(end)] for end in kept} for alike, kept in ((sources, starts), (targets, goals))
    )
    seen = sum(map(len, sources.values())) * sum(map(len, targets.values()))
    # Two of one class may be each other's ends: one of them asks another one.
    heads = {key(end) for end in goals}
    starts += [ends[1] for head, ends in sources.items() if head in heads and len(ends) > 1]
    narrow = msgspec.structs.replace(question, source=tuple(starts), target=tuple(goals))
    return Asked(narrow, sources, targets, pairs - seen, pairs)


def _each(ends: Sequence[End]) -> Alike:
    return {key(end): (end,) for end in ends}


def _classes(ground: Ground, ends: Sequence[End], cuts: dict[int, list[int]]) -> Alike:
    found: dict[Hashable, list[End]] = {}
    for end in ends:
        found.setdefault(_alike(ground, end, cuts), []).append(end)
    return {key(alike[0]): tuple(alike) for alike in found.values()}


def key(end: End) -> str:
    """What tells an end from every other one."""
    return end.urn if isinstance(end, Interface) else str(end)


def _alike(ground: Ground, end: End, cuts: dict[int, list[int]]) -> Hashable:
    """What rules can tell an end by."""
    if not isinstance(end, Interface) or doubt(end) or end.doubt:
        return key(end)
    own = [end.resource, *([end.eni] if end.eni is not None and end.eni is not end.resource else [])]
    return (
        end.subnet.urn if end.subnet is not None else "",
        *(part for resource in own for part in _of_resource(ground, resource, {one.urn for one in own}, cuts)),
    )


def _of_resource(ground: Ground, resource: Resource, own: set[str], cuts: dict[int, list[int]]) -> Iterator[Hashable]:
    yield resource.kind
    yield str(resource.existence) if resource.existence is not None else ""
    yield frozenset((field, _said(value, cuts)) for field, value in resource.config.items() if field not in _OWN)
    outgoing = ground.estate.outgoing(resource.urn)
    yield frozenset((edge.kind, edge.target) for edge in outgoing if edge.target not in own)
    incoming = ground.estate.incoming(resource.urn)
    yield frozenset((edge.kind, edge.source, edge.path) for edge in incoming if edge.source not in own)


def _said(value: Any, cuts: dict[int, list[int]]) -> Hashable:
    """A value, an address as the place it has among all addresses that are written."""
    if isinstance(value, dict):
        return frozenset((key, _said(one, cuts)) for key, one in value.items() if key not in _OWN)
    if isinstance(value, list):
        return tuple(_said(one, cuts) for one in value)
    if isinstance(value, Unknown):
        return str(value)
    parsed = network(value)
    if parsed is not None and parsed[1] == parsed[2]:
        return parsed[0], bisect.bisect_right(cuts[parsed[0]], parsed[1])
    return value if isinstance(value, Hashable) else repr(value)


def _cuts(ground: Ground, ends: Sequence[End]) -> dict[int, list[int]]:
    """Where ranges that are written begin and end, by version. Addresses the ends' own kinds have are none's rule."""
    kinds = {r.kind for end in ends if isinstance(end, Interface) for r in (end.resource, end.eni) if r is not None}
    found: dict[int, set[int]] = {4: set(), 6: set()}
    for resource in ground.estate.resources.values():
        own = resource.kind in kinds
        text_of_rules = resource.kind.startswith("aws_networkfirewall")
        pending: list[Any] = [resource.config]
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                pending += value.values()
            elif isinstance(value, list):
                pending += value
            elif isinstance(value, str) and ("/" in value or not own):
                for text in _RANGES.findall(value) if text_of_rules else [value] if value[:1] in _BEGINS else ():
                    parsed = network(text)
                    if parsed is not None:
                        found[parsed[0]] |= {parsed[1], parsed[2] + 1}
    return {version: sorted(values) for version, values in found.items()}


def each(found: Reach) -> list[tuple[End, End, Answered]]:
    """The answer for every pair of ends that was traced: yes first, else in the order they were asked for."""
    groups = sorted_out(found.traced, lambda one: (one.candidate.start, one.candidate.goal))
    told = []
    for cases in groups:
        first = cases[0][0].candidate
        told.append((first.start, first.goal, all_of([best_of([t.judged.verdict for t in case]) for case in cases])))
    return sorted(told, key=lambda one: ("yes", "depends", "no").index(one[2]))


_BEGINS = frozenset("0123456789abcdefABCDEF:")
_RANGES = re.compile(r"[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]*(?:/[0-9]+)?")
"""Addresses in the text of firewall rules."""
