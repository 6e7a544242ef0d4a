"""The fixpoint: everything an attacker can come to have, and every move that gives it, semi-naively."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from nephograph.engines.paths.program import Binding, Rule, ground, is_variable, match, next_atom, prepare
from nephograph.model.facts import Fact
from nephograph.model.rule import Atom, StepRule
from nephograph.model.verdict import Verdict, all_of, any_of

MOVES = 500_000
"""Rule applications that are kept; a closure that would need more is cut, and says so."""

_FEW = 32
"""A class of things with at most so many members is gone through one by one."""

_RANK = {"yes": 0, "depends": 1}


class Queries(Protocol):
    """What the closure asks of the engines (a part of `model.facts.Facts`)."""

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """Every fact of a predicate that matches; None is a free argument."""


class Remembered:
    """Answers of the engines kept for several closures over one estate: each question is asked once."""

    def __init__(self, source: Queries) -> None:
        self._source = source
        self._known: dict[tuple[str, tuple[str | None, ...]], tuple[Fact, ...]] = {}

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """See `Queries`."""
        key = predicate, tuple(args)
        if key not in self._known:
            self._known[key] = tuple(self._source.query(predicate, args))
        return self._known[key]


class Way(NamedTuple):
    """One way to make a move: the values of all variables and the facts they rest on, in the order of the body."""

    binding: Binding
    facts: tuple[Fact, ...]

    @property
    def verdict(self) -> Verdict:
        """All facts together."""
        return all_of(fact.verdict for fact in self.facts)


class MoveKey(NamedTuple):
    """What makes two rule applications the same move: the same rule, arrow, premises and yield."""

    rule: str
    source: str
    target: str
    head: Atom
    premises: tuple[Atom, ...]

    @property
    def text(self) -> tuple[str, ...]:
        """The key as words, for a fixed order."""
        return self.rule, self.source, self.target, str(self.head), *(str(premise) for premise in self.premises)


class Move(NamedTuple):
    """A rule applied: from its premises to its head, in one or several ways (another port, another policy).

    `ways` holds only the best-proven ones: where one is certain, the uncertain ones are left out.
    """

    key: MoveKey
    step: StepRule
    ways: tuple[Way, ...]
    verdict: Verdict

    @property
    def head(self) -> Atom:
        """What the move yields."""
        return self.key.head

    @property
    def premises(self) -> tuple[Atom, ...]:
        """What the attacker has to have before."""
        return self.key.premises


class Closure(NamedTuple):
    """Every derived atom is the head of a move; `cut` says what was left out when a bound was met ("" when nothing)."""

    moves: tuple[Move, ...]
    cut: str = ""

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Everything the attacker can come to have, in the order of its text."""
        return tuple(sorted({move.head for move in self.moves}, key=str))


class _Facts:
    """Answers of the engines, asked once each, in a fixed order."""

    def __init__(self, source: Queries) -> None:
        self._source = source
        self._known: dict[tuple[str, tuple[str | None, ...]], tuple[Fact, ...]] = {}

    def matching(self, atom: Atom, binding: dict[str, str]) -> Iterator[tuple[Fact, dict[str, str]]]:
        """Facts that are not refuted and fit, each with the binding it makes."""
        args = tuple(binding.get(t) if is_variable(t) else t for t in atom.terms)
        for fact in self._asked(atom.predicate, args):
            found = match(atom, fact.args, binding)
            if found is not None:
                yield fact, found

    def few(self, atom: Atom) -> bool:
        """Is this a class of few things (`is_secret`, `managed_by_ssm`)? The class is asked once for all."""
        return len(atom.terms) == 1 and len(self._asked(atom.predicate, (None,))) <= _FEW

    def _asked(self, predicate: str, args: tuple[str | None, ...]) -> tuple[Fact, ...]:
        key = (predicate, args)
        if key not in self._known:
            self._known[key] = _ordered(self._source.query(predicate, args))
        return self._known[key]


def _ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Possible facts, one for each tuple of arguments (the best proven), in the order of their arguments."""
    by_args: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.verdict.possible:
            by_args[fact.args].append(fact)
    # Only where there is a choice is it asked how good a fact is: that reads the places of its evidence.
    return tuple(same[0] if len(same := by_args[args]) == 1 else min(same, key=_goodness) for args in sorted(by_args))


def _goodness(fact: Fact) -> tuple[int, tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    verdict = fact.verdict
    because = tuple((e.text, e.subject, str(e.location or "")) for e in verdict.because)
    return _RANK[verdict.answer], verdict.depends_on, because


def close(rules: Sequence[StepRule], facts: Queries, limit: int = MOVES) -> Closure:
    """The closure of the rules over the facts.

    Raises ValueError for rules that cannot be evaluated (see `prepare`), and KeyError from `facts` for a predicate
    nobody answers. The result does not depend on the order of rules or of facts.
    """
    program = prepare(rules)
    asked = _Facts(facts)
    ways: dict[MoveKey, dict[Binding, Way]] = defaultdict(dict)
    steps = {rule.step.name: rule.step for rule in program.rules}
    known: dict[str, dict[Atom, None]] = defaultdict(dict)
    fresh: dict[str, dict[Atom, None]] = defaultdict(dict)
    count = 0

    def keep(rule: Rule, found: _Found) -> None:
        nonlocal count
        step, binding = rule.step, found.binding
        head = ground(step.then, binding)
        premises = tuple(dict.fromkeys(ground(premise, binding) for premise in rule.premises))
        if head in premises:
            return  # gives nothing that was not there
        key = MoveKey(
            step.name, binding.get(step.source, step.source), binding.get(step.target, step.target), head, premises
        )
        values = tuple(sorted(binding.items()))
        if values not in ways[key]:
            ways[key][values] = Way(values, found.facts(rule))
            count += 1
        if head not in known[head.predicate]:
            known[head.predicate][head] = None
            fresh[head.predicate][head] = None

    for rule in program.rules:
        if not rule.premises:
            for found in _join(rule.conditions, _Found({}, {}), asked, {}):
                if count < limit:
                    keep(rule, found)
    while any(fresh.values()) and count < limit:
        delta, fresh = fresh, defaultdict(dict)
        for rule in program.rules:
            # A snapshot, because the rule may add to what it reads; the next round sees the additions.
            others = rule.premises if len(rule.premises) > 1 else ()
            snapshot = {premise.predicate: tuple(known[premise.predicate]) for premise in others}
            for position, premise in enumerate(rule.premises):
                rest = (*rule.premises[:position], *rule.premises[position + 1 :], *rule.conditions)
                for atom in delta[premise.predicate]:
                    start = match(premise, atom.terms, {})
                    for found in _join(rest, _Found(start, {}), asked, snapshot) if start is not None else ():
                        if count < limit:
                            keep(rule, found)
    moves = [_move(key, steps[key.rule], found.values()) for key, found in ways.items()]
    cut = f"attack paths: more than {limit} steps are possible; the rest was not followed" if count >= limit else ""
    return Closure(tuple(sorted(moves, key=lambda move: move.key.text)), cut)


class _Found(NamedTuple):
    """A body on the way to being joined: its variables so far, and the fact each condition was met by."""

    binding: dict[str, str]
    met: dict[Atom, Fact]

    def facts(self, rule: Rule) -> tuple[Fact, ...]:
        """The facts in the order of the body."""
        return tuple(dict.fromkeys(self.met[condition] for condition in rule.conditions))


def _join(
    atoms: Sequence[Atom], so_far: _Found, asked: _Facts, derived: dict[str, tuple[Atom, ...]]
) -> Iterator[_Found]:
    """Every binding that makes all atoms true, most bound atom first."""
    if not atoms:
        yield so_far
        return
    chosen = next_atom(atoms, so_far.binding, lambda atom: atom.predicate not in derived and asked.few(atom))
    rest = (*atoms[:chosen], *atoms[chosen + 1 :])
    atom = atoms[chosen]
    if atom.predicate in derived:
        for candidate in derived[atom.predicate]:
            binding = match(atom, candidate.terms, so_far.binding)
            if binding is not None:
                yield from _join(rest, _Found(binding, so_far.met), asked, derived)
    else:
        for fact, binding in asked.matching(atom, so_far.binding):
            yield from _join(rest, _Found(binding, {**so_far.met, atom: fact}), asked, derived)


def _move(key: MoveKey, step: StepRule, ways: Iterable[Way]) -> Move:
    ordered = sorted(ways, key=lambda way: way.binding)
    certain = [way for way in ordered if way.verdict.answer == "yes"]
    kept = tuple(certain or ordered)
    verdict = any_of(way.verdict for way in kept)
    return Move(key, step, kept, verdict)
