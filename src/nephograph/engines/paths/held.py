"""What an attacker who holds something comes to hold: the closure from given starts instead of from the outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nephograph.engines.paths.closure import Closure, Move, Queries, close
from nephograph.engines.paths.proofs import Best, Graph
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.rule import Atom, StepRule, atom
from nephograph.model.verdict import Evidence, depends, yes

HELD = "held"
"""The rule by which the closure starts."""

_START = StepRule(
    name=HELD,
    when=(atom("held", "?thing"),),
    then=atom("has", "?thing"),
    source="?thing",
    target="?thing",
    says="{thing}",
    label="",
)

_OWNED = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html"

_OWNER = (
    StepRule(
        name="held-account",
        when=(atom("held_account", "?account"),),
        then=atom("admin", "?account"),
        source="?account",
        target="?account",
        says="{account}",
        label="",
    ),
    StepRule(
        name="owner-becomes",
        when=(atom("admin", "?account"), atom("in_account", "?account", "?principal")),
        then=atom("has", "?principal"),
        source="?account",
        target="?principal",
        says="whoever administers {account} gives itself the rights of {principal}",
        label="administers",
        techniques=("T1098",),
        references=(_OWNED,),
    ),
    StepRule(
        name="owner-reads",
        when=(atom("admin", "?account"), atom("stored_in", "?account", "?store")),
        then=atom("reads", "?store"),
        source="?account",
        target="?store",
        says="whoever administers {account} reads {store}",
        label="administers",
        techniques=("T1530",),
        references=(_OWNED,),
    ),
)

INSIDER = "insider"
"""The rule by which a path starts at something that somebody is said to hold."""


def holding(urn: str, number: int = 0) -> StepRule:
    """The rule of an attacker who holds this thing from the start, as the first step of a path."""
    return StepRule(
        name=INSIDER if number == 0 else f"{INSIDER}-{number}",
        when=(atom("same", urn, "?thing"),),
        then=atom("has", "?thing"),
        source=INSIDER,
        target="?thing",
        says="somebody holds {thing}",
        label="holds",
        techniques=("T1078.004",),
    )


STORES = (Class.OBJECT_STORAGE, Class.SECRET, Class.DATABASE, Class.FILE_STORAGE, Class.BLOCK_STORAGE, Class.BACKUP)
"""Classes of things that hold data."""

_PRINCIPALS = ("aws_iam_role", "aws_iam_user")


class Starts(NamedTuple):
    """Urns of what is held, and accounts (`account 111122223333`) that are administered."""

    things: tuple[str, ...]
    accounts: tuple[str, ...] = ()


class _Asked:
    """The facts, with what is held, and with what an account holds."""

    def __init__(self, facts: Queries, starts: Starts, resources: Sequence[Resource]) -> None:
        self._facts = facts
        self._starts = starts
        self._principals = [r for r in resources if r.kind in _PRINCIPALS]
        self._stores = [r for r in resources if r.cls in STORES]

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """See `engines.paths.closure.Queries`."""
        match predicate:
            case "held":
                return [Fact("held", (urn,), yes()) for urn in self._starts.things if args[0] in (None, urn)]
            case "held_account":
                return [Fact("held_account", (one,), yes()) for one in self._starts.accounts if args[0] in (None, one)]
            case "in_account":
                return [fact for fact in _in_account("in_account", self._principals) if _fits(fact, args)]
            case "stored_in":
                return [fact for fact in _in_account("stored_in", self._stores) if _fits(fact, args)]
            case _:
                return self._facts.query(predicate, args)


def _in_account(predicate: str, resources: Sequence[Resource]) -> Iterable[Fact]:
    for one in resources:
        name = one.label or one.address
        if one.scope.account:
            proof = Evidence.at(f"{name} is in account {one.scope.account}", one, ())
            yield Fact(predicate, (f"account {one.scope.account}", one.urn), yes(proof))
        else:
            yield Fact(predicate, ("account ", one.urn), depends(f"the account of {name}"))


def _fits(fact: Fact, args: Sequence[str | None]) -> bool:
    return all(wanted in (None, said) for wanted, said in zip(args, fact.args, strict=True))


class Held(NamedTuple):
    """The closure of what is held, its graph, and the best proof of everything that follows."""

    closure: Closure
    graph: Graph
    best: Best

    def proof(self, reached: Atom) -> list[Move]:
        """The moves that lead to an atom, from what is held; the start itself is left out."""
        found = self.best.proof(self.best.move[reached]) or []
        return [move for move in found if not is_start(move)]

    def steps(self, reached: Atom) -> int:
        """How many moves the simplest proof takes."""
        return len(self.proof(reached))


def is_start(move: Move) -> bool:
    """Is this no step, but what was given?"""
    return move.key.rule in (HELD, "held-account")


def onward(rules: Sequence[StepRule]) -> list[StepRule]:
    """The rules that an attacker can use who holds something and knows nothing of what the outside reaches.

    Left out are those that enter from the outside (they need nothing held), and those that need what only they give.
    """
    derived = {"has", *(rule.then.predicate for rule in rules)}
    needs = {rule.name: {atom.predicate for atom in rule.when} & derived for rule in rules}
    left = [rule for rule in rules if needs[rule.name]]
    while True:
        given = {"has", "admin", *(rule.then.predicate for rule in left)}
        usable = [rule for rule in left if needs[rule.name] <= given]
        if len(usable) == len(left):
            return usable
        left = usable


def close_from(rules: Sequence[StepRule], facts: Queries, starts: Starts, resources: Sequence[Resource]) -> Held:
    """Everything that follows from what is held, by the rules that need something held.

    What anybody reaches from the outside is left out: it is no consequence of the start.
    """
    closure = close([*onward(rules), _START, *_OWNER], _Asked(facts, starts, resources))
    graph = Graph(closure.moves)
    return Held(closure, graph, graph.best(graph.entries))
