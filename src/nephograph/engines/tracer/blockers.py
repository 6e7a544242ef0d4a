"""All minimal sets of blockers of a question that is answered with no, each blocker with its smallest edit.

A set is found by walking: what ends the packet is mended on a copy of the estate, the packet is walked again, until it
arrives. Then every edit the answer can do without is taken out. So every set flips the verdict: so it was made.
"""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.edits import AnyEdit, apply
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Drop, Hop, Walk
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.question import Candidate, Question, Reach, Traced, candidates, put, trace
from nephograph.engines.tracer.remedies import Remedy, remedies
from nephograph.estate.graph import Estate

DEEPEST, MOST_TRACES, MOST_SETS = 7, 160, 24
"""Blockers of one set, traces of one search, sets of one answer. What is beyond is said, not left out silently."""


class Blocker(NamedTuple):
    """One thing in the way. `edit` None when no single edit of the estate would do."""

    hop: Hop
    drop: Drop
    edit: Remedy | None


class Blocked(NamedTuple):
    """The sets, smallest first; `more` when the search was cut short."""

    sets: tuple[tuple[Blocker, ...], ...]
    more: bool
    traces: int = 0


class _Search:
    def __init__(self, estate: Estate, question: Question) -> None:
        self.estate = estate
        self.question = question
        self.left = MOST_TRACES
        self.found: list[tuple[Blocker, ...]] = []
        self.stuck: list[tuple[Blocker, ...]] = []
        self.seen: set[frozenset[str]] = set()

    def go(self, key: _Key, protocol: str, chain: tuple[Blocker, ...]) -> None:
        """Walk on from a chain of mended blockers."""
        if self.left <= 0 or len(chain) > DEEPEST or len(self.found) >= 3 * MOST_SETS:
            return
        self.left -= 1
        estate = apply(self.estate, edits_of(chain))
        ground = Ground(estate)
        question = refreshed(ground, self.question)
        candidate = next((c for c in candidates(ground, question) if _key(c) == key), None)
        if candidate is None:
            return
        traced = trace(ground, question, candidate, protocol)
        if traced.judged.verdict != "no":
            self.found.append(chain)
            return
        for walk in _ends(traced):
            self._mend(ground, question, candidate, key, protocol, chain, walk)

    def _mend(
        self,
        ground: Ground,
        question: Question,
        candidate: Candidate,
        key: _Key,
        protocol: str,
        chain: tuple[Blocker, ...],
        walk: Walk,
    ) -> None:
        assert walk.drop is not None
        hop = (walk.back or walk.forward)[-1]
        known = {b.drop.key + ((b.edit.text,) if b.edit else ()) for b in chain}
        ways = [r for r in remedies(ground, walk.drop, candidate, question) if (*walk.drop.key, r.text) not in known]
        if not ways:
            self.stuck.append((*chain, Blocker(hop, walk.drop, None)))
        for remedy in ways:
            longer = (*chain, Blocker(hop, walk.drop, remedy))
            names = frozenset(b.edit.text for b in longer if b.edit)
            mark = frozenset({*names, str(key)})
            if mark not in self.seen:
                self.seen.add(mark)
                self.go(key, protocol, longer)


_Key = tuple[str, str, int, str, bool]


def _key(candidate: Candidate) -> _Key:
    def end(one: End) -> str:
        return one.urn if isinstance(one, Interface) else f"{one.kind} {one.name}"

    door = candidate.door.urn if candidate.door is not None else ""
    return (end(candidate.start), end(candidate.goal), candidate.version, door, candidate.public)


def refreshed(ground: Ground, question: Question) -> Question:
    """The same question about a changed estate: interfaces are looked up anew."""
    import msgspec

    def again(end: End) -> tuple[End, ...]:
        from nephograph.engines.tracer.places import interface_of, interfaces_of

        if isinstance(end, Outside):
            vpc = ground.estate.resources.get(end.vpc.urn) if end.vpc is not None else None
            return (end._replace(vpc=vpc),)
        now = interface_of(ground, end.urn)
        if now is not None:
            return (now,)
        owner = ground.estate.resources.get(end.resource.urn)
        return tuple(interfaces_of(ground, owner)) if owner is not None else ()

    source = tuple(e for end in question.source for e in again(end))
    target = tuple(e for end in question.target for e in again(end))
    return msgspec.structs.replace(question, source=source, target=target)


def _ends(traced: Traced) -> list[Walk]:
    """One walk for each different end, the one that got furthest first."""
    ranked = sorted(traced.cases.walks, key=lambda w: (not w.back, -len(w.forward) - len(w.back)))
    first: dict[tuple[str, str, bool, str], Walk] = {}
    for walk in ranked:
        if walk.drop is not None:
            first.setdefault(walk.drop.key, walk)
    return list(first.values())[:3]


def edits_of(chain: tuple[Blocker, ...]) -> list[AnyEdit]:
    """The edits of a set, in order."""
    return [edit for blocker in chain if blocker.edit for edit in blocker.edit.edits]


def blockers(estate: Estate, question: Question, answer: Reach) -> Blocked:
    """The minimal sets for a question that was answered with no."""
    search = _Search(estate, question)
    best: dict[_Key, Traced] = {}
    for traced in answer.traced:
        key = _key(traced.candidate)
        if key not in best or _preferred(traced.protocol) < _preferred(best[key].protocol):
            best[key] = traced
    for key, traced in best.items():
        search.go(key, traced.protocol, ())
    sets = [_least(estate, question, chain) for chain in search.found]
    sets = [one for one in sets if one]
    if not sets and search.stuck:
        sets = search.stuck
    unique = {frozenset(_name(b) for b in one): one for one in sorted(sets, key=len)}
    least = [one for names, one in unique.items() if not any(other < names for other in unique)]
    least.sort(key=lambda one: (any(b.edit is None for b in one), len(one)))
    cut = search.left <= 0 or len(least) > MOST_SETS
    return Blocked(tuple(least[:MOST_SETS]), cut, MOST_TRACES - search.left)


def _name(blocker: Blocker) -> str:
    return blocker.edit.text if blocker.edit else str(blocker.drop.key)


def _preferred(protocol: str) -> int:
    order = ("tcp", "udp", "icmp", "icmpv6")
    return order.index(protocol) if protocol in order else len(order)


def _least(estate: Estate, question: Question, chain: tuple[Blocker, ...]) -> tuple[Blocker, ...]:
    """The chain without what it can do without."""
    for blocker in chain:
        if len(chain) == 1:
            break
        rest = tuple(b for b in chain if b is not blocker)
        if flips(estate, question, rest):
            chain = rest
    return chain


def flips(estate: Estate, question: Question, chain: tuple[Blocker, ...]) -> bool:
    """Does the question get another answer once the edits are made?"""
    try:
        ground = Ground(apply(estate, edits_of(chain)))
    except (KeyError, IndexError):
        return False
    return put(ground, refreshed(ground, question)).verdict != "no"
