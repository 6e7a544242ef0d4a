"""Who can do an action on a resource, in a whole organization: by class, with the residual condition of each.

Principals of the resource's own account need one side; everybody else both, so they are only looked at when the
resource's policy names them: one by one, their account, or everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from nephograph.engines.permissions import services
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import UNKNOWN, Context, Known, closed
from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.formulas import Expands, answer
from nephograph.engines.permissions.organization import Organization
from nephograph.engines.permissions.policyset import Policies, is_principal_key, resource_facts
from nephograph.engines.permissions.variables import keys
from nephograph.engines.permissions.who import ANONYMOUS, Who, who

_OF_ORGANIZATION = frozenset({"aws:principalorgid", "aws:principalisawsservice"})
_OF_ACCOUNT = _OF_ORGANIZATION | {"aws:principalaccount", "aws:principaltype"}
"""Facts that all users, or all roles, of an account share."""


_NOBODY = "nobody-in-particular"
_OWNER = frozenset({"aws:resourceaccount", "aws:resourceorgid"})


class Group(msgspec.Struct, frozen=True):
    """The members of a class in one account whom no policy tells apart, under one condition."""

    number: int
    account: str
    residual: int


class Everywhere(msgspec.Struct, frozen=True):
    """All who have a function of the action, in every account that is not told apart, under one condition.

    `personal`: what is left of it still depends on who asks, and is worked out for each when principals are listed.
    """

    when: int
    residual: int
    personal: bool


class WhoCan(msgspec.Struct):
    """An answer. Groups are classes, spelled out only when somebody asks; singles were looked at one by one.

    A residual is a function of what is not known; 1 is always. It speaks of the organization as it was when it was
    asked: list its principals before changing anything.
    """

    question: _Question
    groups: list[Group] = []
    everywhere: list[Everywhere] = []
    singles: list[tuple[str, int]] = []
    apart: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()

    def principals(self) -> Iterator[tuple[str, int]]:
        """(ARN or word, residual) of everybody."""
        by_account = self.question.organization.by_account
        for group in self.groups:
            for arn in by_account[group.account][group.number]:
                if arn not in self.besides:
                    yield arn, group.residual
        for wide in self.everywhere:
            for arn in self._members(wide.when):
                residual = self.question.left_to(arn, wide.residual) if wide.personal else wide.residual
                if residual != FALSE:
                    yield arn, residual
        yield from self.singles

    def _members(self, when: int) -> Iterator[str]:
        organization, question = self.question.organization, self.question
        for number in organization.index.classes(question.service, question.bit, when):
            for account in organization.accounts_of[number]:
                if account not in self.apart:
                    yield from (a for a in organization.by_account[account][number] if a not in self.besides)


def who_can(organization: Organization, action: str, resource: str, context: Mapping[str, Any] | None = None) -> WhoCan:
    """Everybody who can do the action on the resource, or may. `context` None: not known; else closed.

    Users and roles of the organization, and whom the resource's policy names beside them (services, identity
    providers, `anonymous`). Raises ValueError for what is no action.
    """
    return _Question(organization, action, resource, context).answer()


class _Waiting(Context):
    """A context in which the facts about the principal are not known yet."""

    __slots__ = ()

    def get(self, key: str) -> Known:
        return UNKNOWN if is_principal_key(key) else super().get(key)


class _WaitingForOwner(_Waiting):
    """The account of the resource is not known yet, either: it is that of whoever asks."""

    __slots__ = ()

    def get(self, key: str) -> Known:
        return UNKNOWN if key in _OWNER else super().get(key)


class _Question:
    def __init__(
        self, organization: Organization, action: str, resource: str, context: Mapping[str, Any] | None
    ) -> None:
        self.organization = organization
        self.engine = engine = organization.engine
        self.service, self.bit = organization.action(action)
        self.name = action.partition(":")[2].lower()
        self.resource = resource
        holding = engine.set.holder(resource)
        self.policies: Policies = holding.policies if holding else ()
        self.owner = engine.owner(Who("anonymous", ANONYMOUS), resource)
        self.needs_nothing = services.needs_nothing(self.service, self.name)
        self.restricted = services.restricted_by_rcp(self.service, self.name, resource)
        self.holding = holding
        self.known = self._owned(self.owner)
        self.said = None if context is None else closed(context)
        tagged = ("aws:resourcetag/",) if holding is not None and holding.tags is not None else ()
        self.open = Context({}, UNKNOWN, tagged) if self.said is None else self.said
        self.waiting = (_Waiting if self.owner else _WaitingForOwner)(
            {**self.open.keys, **self.known}, self.open.rest, self.open.absent
        )
        self.entered = services.entered_by_policy(self.service, resource)
        self.open_to_all = False
        self._kept: dict[int, int] = {}
        self._sides: dict[tuple[Any, ...], tuple[int, int, int, int]] = {}
        self._personal: dict[int, tuple[str, ...]] = {}
        self._shares: dict[tuple[Any, ...], int] = {}
        policies = engine.set.policies
        accounts = engine.set.accounts.values()
        rcp = [number for one in accounts if one.id == self.owner or not self.owner for number in self._rcp(one.id)]
        reads = (c for number in (*self.policies, *rcp) for c in engine.layers.reads(number, policies[number]))
        self.reads = tuple(dict.fromkeys(reads))
        self.tells_apart = any(comparison.name not in _OF_ACCOUNT for comparison in self.reads)

    def _owned(self, owner: str) -> dict[str, Known]:
        return resource_facts(self.holding, owner, self.engine.set.accounts.get(owner)) if owner else {}

    def _rcp(self, owner: str) -> Policies:
        account = self.engine.set.accounts.get(owner)
        if account is None or not self.restricted:
            return ()
        return tuple(number for level in account.rcp for number in level)

    def answer(self) -> WhoCan:
        """Everybody, group by group. Where the resource tells no account, each asks for one of its own."""
        named = list(self._named())
        singly = self._singly(named)
        own = [self.owner] if self.owner and not self.needs_nothing else sorted(self.organization.by_account)
        accounts = [*own, *self._accounts(named)]
        found = WhoCan(self, besides=frozenset(singly))
        everybody = any(kind in ("*", "AWS") and value == "*" for kind, value in named)
        self.open_to_all = everybody
        others = sorted(self.organization.by_account.keys() - set(accounts))
        if everybody and not self._alike(others):
            accounts, others = [*accounts, *others], []
        found.apart = frozenset(accounts)
        for account in dict.fromkeys(accounts):
            for number in self.organization.by_account.get(account, {}):
                self._group(found, number, account)
        if everybody and others:
            self._everywhere(found, others)
        for name in singly:
            residual = self._single(name)
            if residual != FALSE:
                found.singles.append((name, residual))
        return found

    def _everywhere(self, found: WhoCan, accounts: list[str]) -> None:
        """Everybody of accounts that are all the same to the resource's policies: function by function."""
        diagram = self.engine.diagram
        sides: set[tuple[int, int, int, int]] = set()
        for account in accounts:
            ones = [who(f"arn:aws:iam::{account}:role/{_NOBODY}")]
            if self.organization.has_linked:
                ones.append(who(f"arn:aws:iam::{account}:role/aws-service-role/{_NOBODY}"))
            sides = {self._other_side(one, bounded) for one in ones if one for bounded in (False, True)}
            break
        if len(sides) > 1:
            # A NotPrincipal tells those with a boundary apart, an RCP roles that are linked to a service.
            for account in accounts:
                for number in self.organization.by_account[account]:
                    self._group(found, number, account)
            found.apart = frozenset((*found.apart, *accounts))
            return
        *ways, denied = sides.pop()
        lets, stops = self._restricted(diagram.any_of(ways)), self._restricted(denied)
        for when in self.organization.index.functions(self.service, self.resource):
            left = diagram.without(diagram.both(lets, self._restricted(when)), stops)
            if left != FALSE and self.organization.index.has(self.service, self.bit, when):
                found.everywhere.append(Everywhere(when, left, left != TRUE and bool(self._personal_keys(left))))

    def _alike(self, accounts: list[str]) -> bool:
        """Are these accounts one to the resource's policies?"""
        known = self.engine.set.accounts
        return (
            all(one.name in _OF_ORGANIZATION for one in self.reads)
            and len({known[a].organization if a in known else None for a in accounts}) <= 1
        )

    def _named(self) -> Iterator[tuple[str, str]]:
        for number in self.policies:
            policy = self.engine.set.policies[number]
            if policy.unknown:
                yield "*", "*"
            for statement in policy.statements:
                if self.engine.universe.bits(self.service, statement.actions) >> self.bit & 1:
                    assert statement.principals is not None
                    yield from statement.principals.entries
                    if statement.principals.excluded or any(
                        k == "CanonicalUser" for k, _ in statement.principals.entries
                    ):
                        yield "*", "*"  # whose canonical id it is, nobody here knows

    def _singly(self, named: Iterable[tuple[str, str]]) -> dict[str, None]:
        """Principals that a statement names by themselves, and those without an account."""
        found: dict[str, None] = {}
        for _, value in named:
            if value == "*":
                found[ANONYMOUS] = None
                continue
            one = who(value)
            if one is not None and one.kind != "root":
                found[value] = None
        return found

    def _accounts(self, named: Iterable[tuple[str, str]]) -> dict[str, None]:
        """Accounts that a statement names."""
        roots = (who(f"arn:aws:iam::{value}:root" if value.isdigit() else value) for _, value in named)
        return {one.account: None for one in roots if one is not None and one.kind == "root"}

    def _group(self, found: WhoCan, number: int, account: str) -> None:
        """The members of a class in an account, apart by what the resource's policies ask of them."""
        slices = self.organization.permissions[number].of(self.service)
        own = next((when for bits, when in slices if bits >> self.bit & 1), FALSE)
        if own == FALSE and not self.open_to_all and not self.needs_nothing:
            return
        members = self.organization.by_account[account][number]
        if not self.tells_apart:
            unnamed = next((arn for arn in members if arn not in found.besides), None)
            if unnamed is not None:
                self._put(found, number, account, self._left(number, account, own, unnamed), None)
            return
        alike: dict[Any, list[str]] = {}
        for arn in members:
            if arn not in found.besides:
                alike.setdefault(self._truths(arn), []).append(arn)
        for some in alike.values():
            self._put(found, number, account, self._left(number, account, own, some[0]), some)

    def _left(self, number: int, account: str, own: int, arn: str) -> int:
        """When members of a class in an account, one of whom is given, can."""
        one = who(arn)
        assert one is not None
        if self.needs_nothing:
            return TRUE
        diagram = self.engine.diagram
        bounded = self.organization.classes[number].boundary is not None
        direct, entity, passed, denied = self._other_side(one, bounded)
        if account == (self.owner or account):
            granted = diagram.both(passed, own) if self.entered else own
            granted = diagram.either(granted, self._beside(number, direct, entity))
        else:
            granted = diagram.both(diagram.any_of((direct, entity, passed)), own)
        return diagram.without(self._restricted(granted), self._restricted(denied))

    def _put(self, found: WhoCan, number: int, account: str, left: int, some: list[str] | None) -> None:
        """Add what is left to the answer: of the class, or of some of its members."""
        if left == FALSE:
            return
        if left == TRUE or not self._personal_keys(left):
            if some is None:
                found.groups.append(Group(number, account, left))
            else:
                found.singles += [(arn, left) for arn in some]
            return
        for arn in self.organization.by_account[account][number] if some is None else some:
            if arn not in found.besides:
                residual = self.left_to(arn, left)
                if residual != FALSE:
                    found.singles.append((arn, residual))

    def _truths(self, arn: str) -> tuple[bool | None, ...]:
        """What a principal answers to the resource's policies."""
        one = who(arn)
        assert one is not None
        facts = self.engine.facts(one)
        return tuple(comparison.holds(facts) for comparison in self.reads)

    def _other_side(self, one: Who, bounded: bool) -> tuple[int, int, int, int]:
        """What the resource's policies say to whom they do not name: granted, to its role, passed on, denied."""
        truths = self._truths(one.spelled) if self.tells_apart else ()
        key = (one.account, one.kind, one.service_linked, bounded, truths)
        found = self._sides.get(key)
        if found is None:
            ways, denied = self.engine.heard(self.policies, one, bounded, self.service, self.bit)
            rcp = () if one.service_linked else self._rcp(self.owner or one.account)
            stopped = self.engine.heard(rcp, one, bounded, self.service, self.bit)[1]
            denied = self.engine.diagram.either(denied, stopped)
            found = self._sides[key] = (ways["direct"], ways["entity"], ways["account"], denied)
        return found

    def _beside(self, number: int, direct: int, entity: int) -> int:
        """What a grant to everybody of the own account gives without identity policies."""
        if direct == FALSE and entity == FALSE:
            return FALSE
        diagram = self.engine.diagram
        sides = self.engine.sides(self.organization.classes[number], self.service, self.bit)
        entity = diagram.all_of((entity, sides.boundary, sides.session))
        return diagram.without(diagram.both(diagram.either(direct, entity), sides.scp), sides.denied)

    def _single(self, name: str) -> int:
        """When one principal can, everything that is known of it put in."""
        one = who(name)
        if one is None:
            return FALSE
        owner = self.owner or one.account
        allowed, denied = self.engine.function(one, self.service, self.bit, self.resource, owner)
        kept: dict[int, int] = {}
        answers = self._answers(one)
        diagram = self.engine.diagram
        return diagram.without(diagram.restricted(allowed, answers, kept), diagram.restricted(denied, answers, kept))

    def left_to(self, arn: str, left: int) -> int:
        """What is left of a function for one principal; those who do not differ in what it asks share the answer."""
        one = who(arn)
        assert one is not None
        facts = self.engine.facts(one)
        key = (left, *(facts.get(name) if name not in _OWNER else one.account for name in self._personal_keys(left)))
        found = self._shares.get(key)
        if found is None:
            found = self._shares[key] = self.engine.diagram.restricted(left, self._answers(one), {})
        return found

    def _answers(self, one: Who) -> Callable[[int], bool | None]:
        facts = self.engine.facts(one)
        known = self._owned(self.owner or one.account)
        absent = (*self.open.absent, *facts.absent)
        situation = Context({**self.open.keys, **facts.keys, **known}, self.open.rest, absent)
        question = self.engine.questions.question
        return lambda number: answer(question(number), self.resource, situation)

    def _restricted(self, when: int) -> int:
        """The function with what follows from the resource and the context put in, nothing of the principal."""
        found = self._kept.get(when)
        if found is None:
            question = self.engine.questions.question
            found = self.engine.diagram.restricted(
                when, lambda number: answer(question(number), self.resource, self.waiting), self._kept
            )
        return found

    def _personal_keys(self, when: int) -> tuple[str, ...]:
        """The keys of a function that are known once it is known who asks."""
        found = self._personal.get(when)
        if found is None:
            asked = (self.engine.questions.question(number) for number in self.engine.diagram.support(when))
            reads = dict.fromkeys(key for question in asked for key in _reads(question))
            found = tuple(key for key in reads if is_principal_key(key) or (not self.owner and key in _OWNER))
            self._personal[when] = found
        return found


def _reads(question: Any) -> Iterable[str]:
    if isinstance(question, Comparison):
        return question.reads
    return keys(question.pattern) if isinstance(question, Expands) else ()
