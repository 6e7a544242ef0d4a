"""Grants of identity policies that limits make void: exactly, by statement, each with a request that shows it.

What a principal's own statements deny is no grant. A grant is void where a boundary or a level of the organization does
not allow, or denies, what it allows; whether some resource of another account, or the policy of a resource, grants the
same in another way is another question.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from nephograph.engines.limits.layers import Limit, Limits, Said
from nephograph.engines.permissions import services
from nephograph.engines.permissions.abroad import Abroad, abroad
from nephograph.engines.permissions.access import Part, parts
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import UNKNOWN, Context
from nephograph.engines.permissions.diagram import FALSE
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import Expands, Matches, answer
from nephograph.engines.permissions.layers import Cells
from nephograph.engines.permissions.policyset import Policies, is_principal_key
from nephograph.engines.permissions.replay import request_of
from nephograph.engines.permissions.solve import Found, Search, Solver, partition_of, regions
from nephograph.engines.permissions.universe import Action
from nephograph.engines.permissions.who import Who

_SHOWN_PARTS = 6
_WILD = frozenset("*?$")
_OWNERLESS = ("arn:*:*:*::*",)
_ANYTHING = ("arn:*:*:*:*:*",)


class Blocker(msgspec.Struct, frozen=True):
    """What stands against a grant: a denying statement of a limit, or (`policy` None) that none of it allows."""

    limit: Limit
    policy: int | None = None
    statement: int | None = None


class Void(msgspec.Struct, frozen=True):
    """Actions of one granting statement (`policy`, `statement`) that one blocker makes void, wholly or in part.

    `whole`: nothing of the grant of these actions is left, all limits taken together (of a resource control policy: at
    resources of the principal's own account). `parts` tell the void part of the first action, `more_parts` that there
    are others. `request` is one that the grant allows and the blocker stops; `granted` and `limited` are the policies
    that decide it without and with the limits (None: the content of a granting one is not known). `depends_on` is empty
    when it is certain.
    """

    principal: str
    policy: int
    statement: int
    blocker: Blocker
    actions: tuple[Action, ...]
    whole: bool
    parts: tuple[Part, ...]
    more_parts: bool
    request: dict[str, Any]
    granted: dict[str, Any] | None
    limited: dict[str, Any] | None
    depends_on: tuple[str, ...] = ()


class Voids(msgspec.Struct):
    """All void grants of some principals. `grants` counts granting statements; `gaps` name what was not decided."""

    found: list[Void] = []
    grants: int = 0
    gaps: list[str] = []


def voids(engine: Engine, one: Who) -> Voids:
    """What the limits of a user or role take from its identity policies."""
    return _Principal(engine, one).run()


class _Atom(msgspec.Struct, frozen=True):
    """Actions about which no layer makes a difference: when they are denied at home, and what each limit says."""

    bits: int
    own_denies: int
    said: tuple[tuple[Said, int, int], ...]


class _Grant(msgspec.Struct, frozen=True):
    policy: int
    statement: int
    bits: int
    when: int


class _Principal:
    def __init__(self, engine: Engine, one: Who) -> None:
        self.engine = engine
        self.diagram = engine.diagram
        self.one = one
        self.klass = engine.klass(one)
        self.limits = Limits(engine, one)
        self.solver = Solver(engine.diagram, engine.questions)
        self.home = Context(engine.known(one, "*", one.account), UNKNOWN, engine.facts(one).absent)
        self.away = Context(engine.facts(one).keys, UNKNOWN, engine.facts(one).absent)
        self._searched: dict[tuple[int, tuple[str, ...] | None, bool], Search] = {}
        self._restricted: dict[frozenset[str], dict[int, int]] = {}
        self.result = Voids()

    def run(self) -> Voids:
        """Service by service."""
        instances = [self.engine.layers.instances[number] for number in self.klass.identity or ()]
        self.result.grants = sum(not e.statement.deny for one in instances for e in one.entries)
        self.result.gaps += [
            f"{self.one.spelled}: {self.engine.set.policies[one.policy].unknown}"
            for one in instances
            if one.unknown is not None
        ]
        if not self.limits:
            return self.result
        wide = any(not entry.statement.deny for one in instances for entry in one.wide)
        narrow = dict.fromkeys(name for one in instances for name in sorted(one.narrow))
        for service in self.engine.universe.names if wide else narrow:
            grants = list(self._grants(service))
            if grants:
                self._service(service, grants)
        return self.result

    def _grants(self, service: str) -> Iterator[_Grant]:
        engine = self.engine
        for number in self.klass.identity or ():
            one = engine.layers.instances[number]
            statements = engine.set.policies[one.policy].statements
            for entry in (*one.narrow.get(service, ()), *one.wide):
                if not entry.statement.deny:
                    bits = engine.universe.bits(service, entry.statement.actions)
                    yield _Grant(one.policy, statements.index(entry.statement), bits, entry.when)

    def _service(self, service: str, grants: list[_Grant]) -> None:
        known = sum(
            1 << bit
            for bit, action in enumerate(self.engine.universe.service(service).actions)
            if action.exists and not services.needs_nothing(service, action.name.lower())
        )
        atoms = self._atoms(service, known)
        for grant in grants:
            for atom in atoms:
                if atom.bits & grant.bits:
                    self._atom(service, grant, atom)

    def _atoms(self, service: str, known: int) -> list[_Atom]:
        own = self.engine.layers.cells(self.klass.identity or (), service)
        found = [_Atom(bits & known, deny, ()) for bits, _, deny in own if bits & known]
        for said in self.limits.of(service):
            found = [
                _Atom(atom.bits & bits, atom.own_denies, (*atom.said, (said, allow, deny)))
                for atom in found
                for bits, allow, deny in _complete(said.cells, atom.bits)
                if atom.bits & bits
            ]
        return found

    def _atom(self, service: str, grant: _Grant, atom: _Atom) -> None:
        """What limits take of one grant of some actions."""
        diagram = self.diagram
        granted = self._decided(diagram.without(grant.when, atom.own_denies))
        bits = atom.bits & grant.bits
        taken: list[tuple[Blocker, int, int]] = []
        left_home = left_away = granted
        for said, allow, deny in atom.said:
            blocked = self._decided(diagram.either(diagram.negation(allow), deny))
            if diagram.both(granted, blocked) == FALSE:
                continue
            left_home = diagram.without(left_home, blocked)
            if said.limit.layer != "rcp":
                left_away = diagram.without(left_away, blocked)
            silent = diagram.both(granted, self._decided(diagram.negation(allow)))
            if silent != FALSE:
                taken.append((Blocker(said.limit), bits, silent))
            for stop in said.stops:
                here = diagram.both(granted, self._decided(stop.when))
                if stop.bits & bits and here != FALSE:
                    taken.append((Blocker(said.limit, stop.policy, stop.statement), stop.bits & bits, here))
        for blocker, some, when in taken:
            at_home = blocker.limit.layer == "rcp"
            for shapes, actions in self._by_shapes(service, some).items():
                there = self._found(when, shapes, at_home)
                if there.found is None:
                    if not there.complete:
                        self.result.gaps.append(
                            f"{self.one.spelled}: {actions[0].spelled}: no request was found, nor that none is"
                        )
                    continue
                whole = self._none(left_home, shapes, False) and (at_home or self._none(left_away, shapes, True))
                self._told(grant, blocker, actions, whole, when, there.found, there.account)

    def _found(self, when: int, shapes: tuple[str, ...] | None, at_home: bool) -> Abroad:
        """A request for which a function holds: at home, else (not `at_home`) to another account."""
        search = self._search(when, shapes, False)
        if search.found is not None or at_home:
            return Abroad(search.found, self.one.account, search.complete)
        anywhere = self._search(when, shapes, True)
        if anywhere.found is None:
            return Abroad(None, "", search.complete and anywhere.complete)
        return abroad(self.engine, self.solver, self.one, when, shapes)

    def _by_shapes(self, service: str, bits: int) -> dict[tuple[str, ...] | None, list[Action]]:
        found: dict[tuple[str, ...] | None, list[Action]] = {}
        for action in self.engine.universe.in_words(service, bits):
            found.setdefault(action.shapes, []).append(action)
        return found

    def _decided(self, when: int) -> int:
        """The function with conditions answered by what is known of the principal."""
        questions, facts = self.engine.questions, self.engine.facts(self.one)

        def value(number: int) -> bool | None:
            question = questions.question(number)
            return answer(question, "", facts) if isinstance(question, Comparison) else None

        return self.diagram.restricted(when, value, {})

    def _none(self, when: int, shapes: tuple[str, ...] | None, away: bool) -> bool:
        """Is no request left for certain?"""
        if when == FALSE:
            return True
        search = self._search(when, shapes, away)
        return search.found is None and search.complete

    def _search(self, when: int, shapes: tuple[str, ...] | None, away: bool) -> Search:
        when = self._about(when, shapes)
        if when == FALSE:
            return Search()
        if shapes and not self._asks_resource(when):
            shapes = _ANYTHING if any(one.split(":")[4] == "*" for one in shapes) else _OWNERLESS
        key = (when, shapes, away)
        found = self._searched.get(key)
        if found is None:
            areas = regions(shapes, self.one.account, away, partition_of(self.one.spelled))
            found = self._searched[key] = self.solver.search(when, areas, self.away if away else self.home)
        return found

    def _asks_resource(self, when: int) -> bool:
        """Does it matter to the function which resource it is?"""
        asked = (self.engine.questions.question(number) for number in self.diagram.support(when))
        return any(isinstance(one, Matches | Expands) for one in asked)

    def _about(self, when: int, shapes: tuple[str, ...] | None) -> int:
        """The function of resources of some types: a pattern that names another service does not meet them."""
        if not shapes:
            return when
        meant = frozenset(one.split(":")[2] for one in shapes)
        kept = self._restricted.setdefault(meant, {})
        questions = self.engine.questions

        def value(number: int) -> bool | None:
            question = questions.question(number)
            if not isinstance(question, Matches | Expands):
                return None
            parts = question.pattern.split(":", 3)
            named = len(parts) == 4 and parts[0] == "arn" and not _WILD.intersection(parts[1] + parts[2])
            return False if named and parts[2] not in meant and "*" not in meant else None

        return self.diagram.restricted(when, value, kept)

    def _told(
        self, grant: _Grant, blocker: Blocker, actions: list[Action], whole: bool, when: int, found: Found, owner: str
    ) -> None:
        engine, one = self.engine, self.one
        resource = found.resource
        told = list(itertools.islice(parts(engine, when), _SHOWN_PARTS + 1))
        depends = [question for question, _ in found.open]
        depends += [f"{key} of {one.spelled}" for key in found.context if is_principal_key(key)]
        granted, limited = self._policies(owner)
        self.result.found.append(
            Void(
                principal=one.spelled,
                policy=grant.policy,
                statement=grant.statement,
                blocker=blocker,
                actions=tuple(actions),
                whole=whole,
                parts=tuple(told[:_SHOWN_PARTS]),
                more_parts=len(told) > _SHOWN_PARTS,
                request=request_of(engine, one, actions[0].spelled, resource, owner, found.context),
                granted=granted,
                limited=limited,
                depends_on=tuple(dict.fromkeys(depends)),
            )
        )

    def _policies(self, owner: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """What decides a request without and with the limits; a limit whose content is not known is left out."""
        policies, one = self.engine.set, self.one
        entity = policies.behind(one)
        identity = self._documents(entity.policies if entity else ())
        if identity is None:
            return None, None
        account, owning = policies.accounts.get(one.account), policies.accounts.get(owner)
        granted = {"identity": identity, **_let_in(one)}
        limited = {
            **granted,
            "boundary": self._documents(entity.boundary if entity else ()) or [],
            "scp": self._levels(account.scp if account is not None else ()),
            "rcp": self._levels(owning.rcp if owning is not None else ()),
        }
        return granted, limited

    def _levels(self, levels: Iterable[Policies]) -> list[list[Any]]:
        return [found for level in levels if (found := self._documents(level)) is not None]

    def _documents(self, numbers: Policies) -> list[Any] | None:
        kept = self.engine.set.documents or {}
        return [kept[number] for number in numbers] if all(number in kept for number in numbers) else None


def _let_in(one: Who) -> dict[str, Any]:
    """A policy of the resource that leaves it to the principal's account: the grant is looked at by itself."""
    statement = {"Effect": "Allow", "Principal": {"AWS": one.account}, "Action": "*", "Resource": "*"}
    return {"resource": {"Version": "2012-10-17", "Statement": statement}}


def _complete(cells: Cells, bits: int) -> Cells:
    """The cells, and what none of them holds: neither allowed nor denied."""
    for some, _, _ in cells:
        bits &= ~some
    return (*cells, (bits, FALSE, FALSE)) if bits else cells
