"""Who can do an action on a resource, in a whole organization: by class, with the residual condition of each.

Principals of the resource's own account need one side; everybody else both, so they are only looked at when the
resource's policy names them: one by one, their account, or everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from nephograph.engines.permissions import services
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import UNKNOWN, Context, Known, closed
from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.formulas import Expands, answer
from nephograph.engines.permissions.organization import Organization
from nephograph.engines.permissions.policyset import Policies, is_principal_key, principal_facts, resource_facts
from nephograph.engines.permissions.variables import keys
from nephograph.engines.permissions.who import ANONYMOUS, Who, who

_OF_ORGANIZATION = frozenset({"aws:principalorgid", "aws:principalisawsservice"})
_OF_ACCOUNT = _OF_ORGANIZATION | {"aws:principalaccount", "aws:principaltype"}
"""Facts that all users, or all roles, of an account share."""


_OWNER = frozenset({"aws:resourceaccount", "aws:resourceorgid"})


class Group(msgspec.Struct, frozen=True):
    """Members of a class in one account ("": in every account that is not told apart), under one condition."""

    number: int
    account: str
    residual: int


class WhoCan(msgspec.Struct):
    """An answer. Groups are classes, spelled out only when somebody asks; singles were looked at one by one.

    A residual is a function of what is not known; 1 is always.
    """

    organization: Organization
    groups: list[Group] = []
    singles: list[tuple[str, int]] = []
    apart: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()

    def principals(self) -> Iterator[tuple[str, int]]:
        """(ARN or word, residual) of everybody."""
        for group in self.groups:
            for arn in self._members(group):
                if arn not in self.besides:
                    yield arn, group.residual
        yield from self.singles

    def _members(self, group: Group) -> Iterator[str]:
        by_account = self.organization.by_account
        if group.account:
            yield from by_account[group.account].get(group.number, ())
            return
        for account in self.organization.accounts_of[group.number]:
            if account not in self.apart:
                yield from by_account[account].get(group.number, ())


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
        self._sides: dict[tuple[str, str, bool], tuple[int, int, int]] = {}
        self._personal: dict[int, bool] = {}
        policies = engine.set.policies
        accounts = engine.set.accounts.values()
        rcp = [number for one in accounts if one.id == self.owner or not self.owner for number in self._rcp(one.id)]
        reads = [c for number in (*self.policies, *rcp) for c in engine.layers.reads(number, policies[number])]
        self.reads = {comparison.name for comparison in reads}

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
        accounts = [self.owner, *self._accounts(named)] if self.owner else sorted(self.organization.by_account)
        found = WhoCan(self.organization, besides=frozenset(singly))
        everybody = any(kind in ("*", "AWS") and value == "*" for kind, value in named)
        self.open_to_all = everybody
        others = sorted(self.organization.by_account.keys() - set(accounts))
        if everybody and not self._alike(others):
            accounts, everybody = [*accounts, *others], False
        found.apart = frozenset(accounts)
        for account in dict.fromkeys(accounts):
            for number in self.organization.by_account.get(account, {}):
                self._group(found, number, account)
        if everybody and others:
            for when in self.engine_functions():
                for number in self.organization.index.classes(self.service, self.bit, when):
                    for account in self._alike_accounts(found, number):
                        if any(arn not in found.besides for arn in self.organization.by_account[account][number]):
                            self._group(found, number, account, everywhere=True)
                            break
        for name in singly:
            self._single(found, name)
        return found

    def engine_functions(self) -> list[int]:
        """Functions of the service that may hold for this resource, those that cannot taken out."""
        every = self.organization.index.functions(self.service, self.resource)
        return [when for when in every if self._restricted(when) != FALSE]

    def _alike(self, accounts: list[str]) -> bool:
        """Are these accounts one to the resource's policies?"""
        known = self.engine.set.accounts
        return (
            self.reads <= _OF_ORGANIZATION
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

    def _group(self, found: WhoCan, number: int, account: str, everywhere: bool = False) -> None:
        """The members of a class in an account; `everywhere`: they stand for those of all accounts that are alike."""
        organization, diagram = self.organization, self.engine.diagram
        slices = organization.permissions[number].of(self.service)
        own = next((when for bits, when in slices if bits >> self.bit & 1), FALSE)
        members = organization.by_account[account][number]
        unnamed = next((arn for arn in members if arn not in found.besides), None)
        one = who(unnamed) if unnamed is not None else None
        if one is None:
            return
        if self.reads - _OF_ACCOUNT:
            if own != FALSE or self.open_to_all:
                self._each(found, number, account, None)
            return
        direct, passed, denied = self._other_side(one, organization.classes[number].boundary is not None)
        if account == (self.owner or account):
            granted = diagram.both(passed, own) if self.entered else own
            granted = diagram.either(granted, self._beside(number, direct))
        else:
            granted = diagram.both(diagram.either(direct, passed), own)
        left = diagram.without(self._restricted(granted), self._restricted(denied))
        if left == FALSE:
            return
        if left != TRUE and self._is_personal(left):
            for one_account in self._alike_accounts(found, number) if everywhere else (account,):
                self._each(found, number, one_account, left)
            return
        found.groups.append(Group(number, "" if everywhere else account, left))

    def _alike_accounts(self, found: WhoCan, number: int) -> list[str]:
        return [account for account in self.organization.accounts_of[number] if account not in found.apart]

    def _other_side(self, one: Who, bounded: bool) -> tuple[int, int, int]:
        """What the resource's policies say to somebody whom they do not name: granted, passed on, denied."""
        key = (one.account, one.kind, bounded)
        found = self._sides.get(key)
        if found is None:
            ways, denied = self.engine.heard(self.policies, one, bounded, self.service, self.bit)
            rcp = self._rcp(self.owner or one.account)
            stopped = self.engine.heard(rcp, one, bounded, self.service, self.bit)[1]
            denied = self.engine.diagram.either(denied, stopped)
            found = self._sides[key] = (ways["direct"], ways["account"], denied)
        return found

    def _beside(self, number: int, direct: int) -> int:
        """What a grant to everybody of the own account gives without identity policies."""
        if direct == FALSE:
            return FALSE
        diagram = self.engine.diagram
        sides = self.engine.sides(self.organization.classes[number], self.service, self.bit)
        return diagram.without(diagram.both(direct, sides.scp), sides.denied)

    def _each(self, found: WhoCan, number: int, account: str, left: int | None) -> None:
        """Members one by one: something is asked that differs between them."""
        for arn in self.organization.by_account[account][number]:
            if arn in found.besides:
                continue
            if left is None:
                self._single(found, arn)
                continue
            residual = self.engine.diagram.restricted(left, self._answers(arn), {})
            if residual != FALSE:
                found.singles.append((arn, residual))

    def _single(self, found: WhoCan, name: str) -> None:
        one = who(name)
        if one is None:
            return
        owner = self.owner or one.account
        allowed, denied = self.engine.function(one, self.service, self.bit, self.resource, owner)
        kept: dict[int, int] = {}
        answers = self._answers(name)
        diagram = self.engine.diagram
        left = diagram.without(diagram.restricted(allowed, answers, kept), diagram.restricted(denied, answers, kept))
        if left != FALSE:
            found.singles.append((name, left))

    def _answers(self, name: str) -> Any:
        one = who(name)
        assert one is not None
        entity = self.engine.set.behind(one)
        facts = principal_facts(one, entity, self.engine.set.accounts.get(one.account))
        tagged = ("aws:principaltag/",) if entity is not None and entity.tags is not None else ()
        absent = (*self.open.absent, *tagged)
        known = self._owned(self.owner or one.account)
        situation = Context({**self.open.keys, **facts, **known}, self.open.rest, absent)
        question = self.engine.questions.question
        return lambda number: answer(question(number), self.resource, situation)

    def _restricted(self, when: int) -> int:
        """The function with what follows from the resource and the context put in, nothing of the principal."""
        question = self.engine.questions.question
        return self.engine.diagram.restricted(
            when, lambda number: answer(question(number), self.resource, self.waiting), self._kept
        )

    def _follows(self, key: str) -> bool:
        """Is the key known once it is known who asks?"""
        return is_principal_key(key) or (not self.owner and key in _OWNER)

    def _is_personal(self, when: int) -> bool:
        """Does what is left depend on who asks?"""
        found = self._personal.get(when)
        if found is None:
            found = self._personal[when] = any(
                self._follows(key)
                for number in self.engine.diagram.support(when)
                for key in _reads(self.engine.questions.question(number))
            )
        return found


def _reads(question: Any) -> Iterable[str]:
    if isinstance(question, Comparison):
        return question.reads
    return keys(question.pattern) if isinstance(question, Expands) else ()
