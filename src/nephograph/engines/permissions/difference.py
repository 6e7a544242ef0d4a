"""What one set of policies grants that another did not: rectangles, each with a concrete request.

A rectangle is only told when a request was found for which the new set says yes and the old one did not, or when what
decides it is not in the data (then it depends, on what is named).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from nephograph.engines.permissions import services
from nephograph.engines.permissions.abroad import Abroad, abroad
from nephograph.engines.permissions.access import Difference, NewAccess, differs, merged, parts
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import UNKNOWN, Context
from nephograph.engines.permissions.diagram import FALSE
from nephograph.engines.permissions.document import Policy
from nephograph.engines.permissions.effective import Effective, Permissions
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import answer
from nephograph.engines.permissions.glob import Elements, Group, elements, literal
from nephograph.engines.permissions.policyset import PolicySet
from nephograph.engines.permissions.replay import policies_of, request_of
from nephograph.engines.permissions.solve import Found, Solver, partition_of, regions
from nephograph.engines.permissions.universe import Action
from nephograph.engines.permissions.who import ANONYMOUS, Who, who

_RETRIES = 12
_SHOWN_PATHS = 8
_MOST_ENTITIES = 300
_ORDER = {"permissions management": 0, "write": 1, "tagging": 2, "read": 3, "list": 4}


def difference(old: PolicySet, new: PolicySet) -> Difference:
    """What `new` grants that `old` does not."""
    return _Comparison(old, new).run()


class _Comparison:
    def __init__(self, old: PolicySet, new: PolicySet) -> None:
        self.old = Engine(old)
        self.new = Engine(new, beside=self.old)
        self.diagram = self.new.diagram
        self.universe = self.new.universe
        self.universe.refine()
        self.solver = Solver(self.diagram, self.new.questions)
        self._effective = (Effective(self.old), Effective(self.new))
        self._searched: dict[tuple[Any, ...], Abroad] = {}
        self._apart: dict[tuple[str, str, str], None] = {}
        self.result = Difference()

    def run(self) -> Difference:
        """Principals first, then resources whose own policies are others now."""
        for arn in self.new.set.entities:
            one = who(arn)
            assert one is not None
            self._principal(one)
        for arn in self.new.set.entities:
            one = who(arn)
            assert one is not None
            if self._restricted_otherwise(one.account):
                self._unlocked(one)
        for name, service, arn in list(self._apart):
            one = who(name)
            assert one is not None
            holding = self.new.set.holdings.get(arn) or self.old.set.holdings[arn]
            self._at_resource(one, service, self.universe.service(service).every, arn, holding.account)
        for arn in self.new.set.holdings:
            self._resource(arn)
        for name in sorted(self.universe.approximated):
            self.result.gaps.append(f"{name}: patterns of actions are too many to tell all future actions apart")
        return self.result

    def _permissions(self, side: int, engine: Engine, one: Who) -> Permissions:
        if engine.set.behind(one) is None:
            return Permissions({}, {})
        return self._effective[side].permissions(engine.klass(one))

    def _principal(self, one: Who) -> None:
        before = self._permissions(0, self.old, one)
        after = self._permissions(1, self.new, one)
        far = self._far(one)
        for service in after.services():
            rows = list(differs(self.diagram, before.of(service), after.of(service)))
            for bits, when in merged(rows):
                self._rectangle(one, service, bits, self._with_facts(one, when))
            if rows:
                self._apart |= dict.fromkeys((one.spelled, service, arn) for arn in far.get(service, ()))

    def _far(self, one: Who) -> dict[str, list[str]]:
        """Resources of other accounts whose policies are known, by the service that asks for them."""
        found: dict[str, list[str]] = defaultdict(list)
        for arn, holding in self.new.set.holdings.items():
            if holding.policies and holding.account != one.account:
                found[_service_of(arn)].append(arn)
        return found

    def _with_facts(self, one: Who, when: int) -> int:
        """The function with what is known of the principal put in. What resources decide stays."""
        return self._decided(when, self.new.facts(one))

    def _decided(self, when: int, situation: Context) -> int:
        """The function with conditions answered by what is known."""
        questions = self.new.questions

        def value(number: int) -> bool | None:
            question = questions.question(number)
            return answer(question, "", situation) if isinstance(question, Comparison) else None

        return self.diagram.restricted(when, value, {})

    def _rectangle(self, one: Who, service: str, bits: int, when: int) -> None:
        if when == FALSE:
            return
        by_shape: dict[tuple[str, ...] | None, list[Action]] = defaultdict(list)
        for action in self.universe.in_words(service, bits):
            if not services.needs_nothing(service, action.name.lower()):
                by_shape[action.shapes].append(action)
        certain: list[Action] = []
        told: NewAccess | None = None
        for shapes, actions in by_shape.items():
            actions.sort(key=lambda a: (not a.exists, _ORDER.get(a.level, 5), a.name))
            made = self._witness(one, service, actions[0], shapes, when)
            if made is None:
                continue
            if self._has_policy(made.request["resource"]):
                # The policy of that resource may have given some of the actions already.
                actions = [a for a in actions if self._witness(one, service, a, shapes, when) is not None]
            if made.depends_on:
                self.result.found.append(msgspec.structs.replace(made, actions=tuple(actions)))
                continue
            certain += actions
            told = told or made
        if told is not None:
            certain.sort(key=lambda a: (not a.exists, a.name))
            self.result.found.append(msgspec.structs.replace(told, actions=tuple(certain)))

    def _has_policy(self, resource: str) -> bool:
        holders = (self.old.set.holder(resource), self.new.set.holder(resource))
        return any(one is not None and one.policies for one in holders)

    def _witness(
        self, one: Who, service: str, action: Action, shapes: tuple[str, ...] | None, when: int
    ) -> NewAccess | None:
        """A request for one action: at home first, then on resources of other accounts."""
        for foreign in (False, True):
            besides: list[Group] = []
            for _ in range(_RETRIES):
                there = self._found(one, when, shapes, besides, foreign)
                if there.found is None:
                    if not there.complete:
                        self.result.gaps.append(
                            f"{one.spelled}: {action.spelled}: no request was found, nor that none is"
                        )
                    break
                made = self._told(one, service, action, when, there.found, there.account)
                if made is not None:
                    return made
                besides.append((self._beside(one, service, there.found.resource), False))
        return None

    def _beside(self, one: Who, service: str, resource: str) -> tuple[Elements, ...]:
        """What a policy of the resource decides otherwise: looked at by itself, and left out of the search."""
        holding = self.new.set.holder(resource) or self.old.set.holder(resource)
        if holding is None:
            return (literal(resource),)
        self._apart[one.spelled, service, holding.arn] = None
        return (literal(holding.arn), elements(f"{holding.arn}/*"))

    def _found(
        self, one: Who, when: int, shapes: tuple[str, ...] | None, besides: list[Group], foreign: bool
    ) -> Abroad:
        """A request at home (then no account is told, the resource may have one that is known), or abroad."""
        key = (when, shapes, one.spelled, foreign)
        found = self._searched.get(key) if not besides else None
        if found is None:
            if foreign:
                found = abroad(self.new, self.solver, one, when, shapes, besides)
            else:
                known = Context(self.new.known(one, "*", one.account), UNKNOWN, self.new.facts(one).absent)
                areas = regions(shapes, one.account, partition=partition_of(one.spelled))
                search = self.solver.search(when, [[*area, *besides] for area in areas], known)
                found = Abroad(search.found, "", search.complete)
            if not besides:
                self._searched[key] = found
        return found

    def _told(
        self, one: Who, service: str, action: Action, when: int, found: Found, account: str = ""
    ) -> NewAccess | None:
        """The request judged by all layers on both sides; None when it was allowed before, or is not now.

        `account` owns the resource where nobody knows better.
        """
        resource = found.resource
        owner = self.new.owner(one, resource, "" if self.new.set.holder(resource) else account)
        context = dict(found.context)
        after = self.new.can(one.spelled, action.spelled, resource, owner, context)
        owned = self.old.owner(one, resource, "" if self.old.set.holder(resource) else account)
        before = self.old.can(one.spelled, action.spelled, resource, owned, context)
        if before.effect == "allowed":
            return None
        unseen = self.new.set.holder(resource) is None
        depends: tuple[str, ...] = ()
        if after.effect == "allowed":
            depends = before.depends_on if before.effect == "depends" else ()
        elif after.effect == "depends":
            depends = after.depends_on
        elif unseen and owner != one.account:
            depends = (f"whether the policy of {resource}, which belongs to account {owner}, lets {one.spelled} in",)
        elif unseen and services.entered_by_policy(service, resource):
            depends = (f"whether the policy of {resource} lets account {owner} decide",)
        else:
            return None
        told = list(itertools.islice(parts(self.new, when), _SHOWN_PATHS + 1))
        return NewAccess(
            principal=one.spelled,
            service=service,
            actions=(action,),
            parts=tuple(told[:_SHOWN_PATHS]),
            more_parts=len(told) > _SHOWN_PATHS,
            request=request_of(self.new, one, action.spelled, resource, owner, found.context),
            request_before=request_of(self.old, one, action.spelled, resource, owned, found.context),
            before=policies_of(self.old, one, action.spelled, resource, owned),
            after=policies_of(self.new, one, action.spelled, resource, owner),
            depends_on=depends,
        )

    def _content(self, engine: Engine, numbers: Iterable[int]) -> list[Policy]:
        return [engine.set.policies[number] for number in numbers]

    def _rcp(self, engine: Engine, account: str) -> list[list[Policy]]:
        found = engine.set.accounts.get(account)
        return [self._content(engine, level) for level in found.rcp] if found else []

    def _restricted_otherwise(self, account: str) -> bool:
        """Do other resource control policies bear on the resources of an account now?"""
        return self._rcp(self.old, account) != self._rcp(self.new, account)

    def _unlocked(self, one: Who) -> None:
        """What resource control policies that are others now let a principal do in its own account."""
        permissions = self._permissions(1, self.new, one)
        for service in permissions.services():
            if service not in services.RCP_SERVICES or service in ("kms", "sts"):
                continue  # keys and roles are looked at with their own policies
            bits = 0
            for some, _ in permissions.of(service):
                bits |= some
            self._search_with_all(one, service, bits, f"arn:aws:{service}:::", one.account, None)

    def _resource(self, arn: str) -> None:
        """A resource whose own policy, or whose account's, is another now: for everybody whom the new one means."""
        here, there = self.new.set.holdings[arn], self.old.set.holdings.get(arn)
        now = self._content(self.new, here.policies)
        same = there is not None and there.account == here.account and there.tags == here.tags
        if same and now == self._content(self.old, there.policies) and not self._restricted_otherwise(here.account):  # type: ignore[union-attr]
            return
        service = _service_of(arn)
        names = self._meant(now)
        if len(names) > _MOST_ENTITIES:
            self.result.gaps.append(
                f"{arn}: only {_MOST_ENTITIES} of {len(names)} principals its policy means were asked"
            )
        bits = 0
        for policy in now:
            for statement in policy.statements:
                if not statement.deny:
                    bits |= self.universe.bits(service, statement.actions)
        if any(policy.unknown for policy in now):
            bits = self.universe.service(service).every
        for name in names[:_MOST_ENTITIES]:
            one = who(name)
            if one is not None:
                self._at_resource(one, service, bits, arn, here.account)

    def _at_resource(self, one: Who, service: str, bits: int, arn: str, owner: str) -> None:
        fixed: Group = ((literal(arn), elements(f"{arn}/?*")) if service == "s3" else (literal(arn),), True)
        self._search_with_all(one, service, bits, arn, owner, fixed)

    def _search_with_all(self, one: Who, service: str, bits: int, arn: str, owner: str, fixed: Group | None) -> None:
        """Compare what all layers say together: on one resource, or (`fixed` None) on all without a policy."""
        groups: dict[tuple[int, tuple[str, ...] | None], list[Action]] = defaultdict(list)
        known = Context(self.new.known(one, arn, owner), UNKNOWN, self.new.facts(one).absent)
        for bit, action in enumerate(self.universe.service(service).actions):
            if not bits >> bit & 1 or services.needs_nothing(service, action.name.lower()):
                continue
            when = self.diagram.without(
                self._allowed(self.new, one, service, bit, arn, owner),
                self._allowed(self.old, one, service, bit, arn, owner),
            )
            if when != FALSE:
                groups[when, action.shapes].append(action)
        for (when, shapes), actions in groups.items():
            areas = regions(shapes, owner, partition=partition_of(arn)) if service != "sts" or fixed is None else [[]]
            more: list[Group] = [fixed] if fixed is not None else []
            actions.sort(key=lambda a: (not a.exists, _ORDER.get(a.level, 5), a.name))
            for _ in range(_RETRIES):
                search = self.solver.search(when, [[*area, *more] for area in areas], known)
                if search.found is None:
                    break
                made = self._told(one, service, actions[0], when, search.found)
                if made is not None:
                    if not self._known(made):
                        self.result.found.append(msgspec.structs.replace(made, actions=tuple(actions)))
                    break
                if fixed is not None:
                    more.append(((literal(search.found.resource),), False))
                else:
                    more.append((self._beside(one, service, search.found.resource), False))

    def _known(self, made: NewAccess) -> bool:
        """Was the action told already for certain, from the principal's side or for another resource alike?"""
        return any(
            made.principal == one.principal
            and made.actions[0] in one.actions
            and (made.request == one.request or (not one.depends_on and one.parts == made.parts))
            for one in self.result.found
        )

    def _allowed(self, engine: Engine, one: Who, service: str, bit: int, arn: str, owner: str) -> int:
        """When one side allows an action on a resource whose account and tags it knows."""
        holding = engine.set.holder(arn)
        owner = holding.account if holding else owner
        allowed, denied = engine.function(one, service, bit, arn, owner)
        # What a side knows of the resource is not what the other does: the same condition may be another answer.
        return self._decided(self.diagram.without(allowed, denied), engine.situation(one, arn, owner, None))

    def _meant(self, policies: Iterable[Policy]) -> list[str]:
        """Principals that allowing statements mean: by name, all of an account, everybody."""
        found: dict[str, None] = {}
        for statement in (one for policy in policies for one in policy.statements if not one.deny):
            entries = statement.principals.entries if statement.principals is not None else ()
            if statement.principals is not None and statement.principals.excluded:
                entries = (("*", "*"),)
            for kind, value in entries:
                if value == "*" and kind in ("*", "AWS"):
                    found[ANONYMOUS] = None
                    found |= dict.fromkeys(self.new.set.entities)
                    continue
                one = who(f"arn:aws:iam::{value}:root" if value.isdigit() else value)
                if one is None:
                    continue
                found[one.spelled] = None
                if one.kind == "root":
                    found |= dict.fromkeys(arn for arn in self.new.set.entities if f"::{one.account}:" in arn)
        return list(found)


def _service_of(arn: str) -> str:
    """The service whose actions a resource's policy decides: a role's decides who enters it."""
    service = arn.split(":", 3)[2] if arn.count(":") >= 5 else ""
    return "sts" if service == "iam" and ":role/" in arn else service
