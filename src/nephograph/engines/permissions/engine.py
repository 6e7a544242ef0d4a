"""Decisions for one request, and the functions they come from: all layers of policies, put together as AWS does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from nephograph.engines.permissions import services
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import UNKNOWN, Context, Known, closed
from nephograph.engines.permissions.diagram import FALSE, TRUE, Diagram
from nephograph.engines.permissions.formulas import Open, Questions, answer, applies
from nephograph.engines.permissions.layers import Layer, Layers
from nephograph.engines.permissions.policyset import Entity, PolicySet, principal_facts, resource_facts
from nephograph.engines.permissions.universe import Universe
from nephograph.engines.permissions.who import Way, Who, who

Effect = Literal["allowed", "implicitly_denied", "explicitly_denied", "depends"]

_ARN_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_KEPT = 1 << 14
"""Principals whose facts and classes are kept."""
_TAGS = ("aws:principaltag/",)
ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9_-]+")
"""How an action is spelled."""


class Answer(msgspec.Struct, frozen=True):
    """One decision. `residual` is the function that is left when the effect depends; `depends_on` says it in words."""

    effect: Effect
    residual: int = FALSE
    depends_on: tuple[str, ...] = ()


class Klass(msgspec.Struct, frozen=True):
    """What principals with the same permissions have in common: instances of their policies, layer by layer.

    None: the layer has no say. `scp` are levels; an empty level allows nothing. A user and a role that hold the same
    are two classes: policies of resources may tell them apart.
    """

    identity: Layer | None = None
    boundary: Layer | None = None
    session: Layer | None = None
    scp: tuple[Layer, ...] | None = None
    kind: str = ""


class Sides(msgspec.Struct, frozen=True):
    """What the principal's own layers say of one action: functions. `denied` is of all of them together."""

    identity: int
    boundary: int
    session: int
    scp: int
    denied: int


class Engine:
    """Permissions of one `PolicySet`. An engine made `beside` another shares its functions, so that both compare."""

    def __init__(self, policies: PolicySet, beside: Engine | None = None) -> None:
        self.set = policies
        self.universe: Universe = beside.universe if beside else Universe()
        self.diagram: Diagram = beside.diagram if beside else Diagram()
        self.questions: Questions = beside.questions if beside else Questions()
        self.layers = Layers(self.diagram, self.questions, self.universe)
        self._facts: dict[str, Context] = {}
        self._classes: dict[tuple[str, Layer], Klass] = {}
        self._whens: dict[int, dict[tuple[int, tuple[bool | None, ...]], int]] = {}
        self._actions: dict[str, tuple[str, int]] = {}
        for policy in policies.policies:
            for statement in policy.statements:
                self.universe.learn(statement.actions)

    def facts(self, one: Who) -> Context:
        """What is known of a principal; everything else is not known."""
        found = self._facts.get(one.spelled)
        if found is None:
            if len(self._facts) >= _KEPT:
                self._facts.clear()
            entity = self.set.behind(one)
            keys = principal_facts(one, entity, self.set.accounts.get(one.account))
            tagged = entity is not None and entity.tags is not None
            found = self._facts[one.spelled] = Context(keys, UNKNOWN, _TAGS if tagged else ())
        return found

    def klass(self, one: Who, session: Layer = ()) -> Klass:
        """The class of a principal; `session` are policies (numbers) its session was opened with."""
        key = (one.spelled, session)
        found = self._classes.get(key)
        if found is None:
            if len(self._classes) >= _KEPT:
                self._classes.clear()
            found = self._classes[key] = self.klass_of(one, self.set.behind(one), session)
        return found

    def klass_of(self, one: Who, entity: Entity | None, session: Layer = ()) -> Klass:
        """The class of a principal that has an entity's policies (None: they are not known)."""
        if not one.signed:
            return Klass()
        facts = self.facts(one)
        account = self.set.accounts.get(one.account)
        # Nothing of an organization limits roles that are linked to a service: they are classes of their own.
        scp: tuple[Layer, ...] | None = None
        if not one.service_linked:
            scp = tuple(self._instances(level, facts) for level in (account.scp if account is not None else ()))
        if not one.has_policies:
            return Klass(scp=scp)
        held = entity.policies if entity else (self._unseen(one),)
        # A federated user whose session has no policy may do nothing that no resource grants it.
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        opened = bool(session) or one.kind == "federated-user"
        return Klass(
            self._instances(held, facts),
            self._instances(entity.boundary, facts) if entity and entity.boundary else None,
            self._instances(session, facts) if opened else None,
            scp,
            one.kind,
        )

    def _unseen(self, one: Who) -> int:
        return self.set.unknown_policy(f"the policies of {one.spelled} are not in the data")

    def _instances(self, policies: Iterable[int], facts: Context) -> Layer:
        found = {self.layers.instance(number, self.set.policies[number], facts) for number in policies}
        return tuple(sorted(found))

    def replaced(self, number: int) -> None:
        """A policy has other content now: drop what came from the old one."""
        self.layers.replaced(number)
        self._classes.clear()
        self._whens.pop(number, None)

    def renewed(self, klass: Klass, number: int) -> Klass:
        """A class one of whose policies, which asks nothing of the principal, has been replaced."""
        new = self.layers.instance(number, self.set.policies[number], Context({}, UNKNOWN))

        def layer(old: Layer | None) -> Layer | None:
            if old is None or not any(self.layers.instances[one].policy == number for one in old):
                return old
            return tuple(sorted({new if self.layers.instances[one].policy == number else one for one in old}))

        scp = None if klass.scp is None else tuple(level for old in klass.scp if (level := layer(old)) is not None)
        return Klass(layer(klass.identity), layer(klass.boundary), layer(klass.session), scp, klass.kind)

    def action(self, spelled: str) -> tuple[str, int]:
        """(service, bit) of an action. Raises ValueError for what is none."""
        found = self._actions.get(spelled)
        if found is None:
            if not ACTION.fullmatch(spelled):
                raise ValueError(f"{spelled} is no action")
            service, _, name = spelled.partition(":")
            service = service.lower()
            if name.lower() not in self.universe.service(service).bit:
                self.universe.add(service, name)
                self.layers.forget(service)
            found = self._actions[spelled] = (service, self.universe.service(service).bit[name.lower()])
        return found

    def sides(self, klass: Klass, service: str, bit: int) -> Sides:
        """What the layers of a class say of an action."""
        at, diagram = self.layers.at, self.diagram
        values: list[int] = []
        denied = FALSE
        for layer in (klass.identity, klass.boundary, klass.session):
            allow, deny = at(layer, service, bit) if layer is not None else (TRUE, FALSE)
            values.append(allow)
            denied = diagram.either(denied, deny)
        scp = TRUE
        for level in klass.scp or ():
            allow, deny = at(level, service, bit)
            scp = diagram.both(scp, allow)
            denied = diagram.either(denied, deny)
        return Sides(values[0], values[1], values[2], scp, denied)

    def heard(
        self, policies: Iterable[int], one: Who, bounded: bool, service: str, bit: int
    ) -> tuple[dict[Way, int], int]:
        """What policies that name principals say: (way -> when it grants, when it denies)."""
        ways: dict[Way, int] = {"direct": FALSE, "entity": FALSE, "account": FALSE}
        denied = FALSE
        diagram = self.diagram
        for number in policies:
            policy = self.set.policies[number]
            if policy.unknown:
                instance = self.layers.instances[self.layers.instance(number, policy, self.facts(one))]
                assert instance.unknown is not None
                ways["direct"] = diagram.either(ways["direct"], instance.unknown[0])
                denied = diagram.either(denied, instance.unknown[1])
            for index, statement in enumerate(policy.statements):
                if not self.universe.bits(service, statement.actions) >> bit & 1:
                    continue
                assert statement.principals is not None
                means = statement.principals.means(one, statement.deny, bounded)
                if not means:
                    continue
                when = self._when(number, index, one)
                for way, clauses in means.items():
                    here = diagram.both(when, diagram.any_of(self._clause(clause) for clause in clauses))
                    if statement.deny:
                        denied = diagram.either(denied, here)
                    else:
                        ways[way] = diagram.either(ways[way], here)
        return ways, denied

    def _clause(self, clause: tuple[tuple[str, bool], ...]) -> int:
        found = TRUE
        for words, wanted in clause:
            asked = self.diagram.node(self.questions.number(Open(words)), FALSE, TRUE)
            found = self.diagram.both(found, asked if wanted else self.diagram.negation(asked))
        return found

    def _when(self, number: int, index: int, one: Who) -> int:
        policy = self.set.policies[number]
        reads = self.layers.reads(number, policy)
        facts = self.facts(one)
        truths = tuple(comparison.holds(facts) for comparison in reads)
        kept = self._whens.setdefault(number, {})
        found = kept.get((index, truths))
        if found is None:
            decided: dict[Comparison, bool] = {c: t for c, t in zip(reads, truths, strict=True) if t is not None}
            found = applies(self.diagram, self.questions, policy.statements[index], decided)
            kept[index, truths] = found
        return found

    def function(
        self,
        one: Who,
        service: str,
        bit: int,
        resource: str,
        owner: str,
        session: Layer = (),
        endpoint: Layer = (),
    ) -> tuple[int, int]:
        """(when somebody grants the request and no limit stands against it, when it is denied explicitly).

        `resource` is an ARN, or any ARN of a region whose policies and account are the same.
        """
        diagram = self.diagram
        klass = self.klass(one, session)
        name = self.universe.action(service, bit).name.lower()
        if one.signed and services.needs_nothing(service, name):
            return TRUE, FALSE
        bounded = klass.boundary is not None
        holding = self.set.holder(resource)
        sides = self.sides(klass, service, bit)
        ways, denied = self.heard(holding.policies if holding else (), one, bounded, service, bit)
        denied = diagram.either(denied, sides.denied)
        limits = sides.scp
        owning = self.set.accounts.get(owner)
        if owning is not None and not one.service_linked and services.restricted_by_rcp(service, name, resource):
            for level in owning.rcp:
                denied = diagram.either(denied, self.heard(level, one, bounded, service, bit)[1])
        if endpoint:
            passes, stops = self.heard(endpoint, one, bounded, service, bit)
            limits = diagram.both(limits, diagram.any_of(passes.values()))
            denied = diagram.either(denied, stops)
        granted = self._granted(one, klass, sides, ways, (service, name, resource), owner)
        return diagram.both(granted, limits), denied

    def _granted(
        self, one: Who, klass: Klass, sides: Sides, ways: Mapping[Way, int], asked: tuple[str, str, str], owner: str
    ) -> int:
        service, name, resource = asked
        diagram = self.diagram
        direct, entity, account = ways["direct"], ways["entity"], ways["account"]
        if not one.signed:
            return FALSE if one.kind == "anonymous" and not services.unsigned(service, name) else direct
        ceiling = diagram.both(sides.boundary, sides.session)
        own = diagram.both(sides.identity, ceiling)
        if one.account != owner:
            return diagram.both(diagram.any_of((direct, entity, account)), own)
        if one.kind == "user" and klass.session is not None:
            # A grant to the ARN of a session's user is limited by what the session was opened with.
            direct, entity = FALSE, diagram.either(direct, entity)
        within = diagram.either(direct, diagram.both(entity, ceiling))
        if services.entered_by_policy(service, resource):
            return diagram.either(within, diagram.both(account, own))
        return diagram.either(within, own)

    def known(self, one: Who, resource: str, owner: str) -> dict[str, Known]:
        """Keys of a request that follow from who asks and of what."""
        return {
            **self.facts(one).keys,
            **resource_facts(self.set.holder(resource), owner, self.set.accounts.get(owner)),
        }

    def owner(self, one: Who, resource: str, said: str = "") -> str:
        """The account of a resource: as it is said, else its holder's, the ARN's, or the principal's own."""
        if said:
            return said
        holding = self.set.holder(resource)
        if holding is not None:
            return holding.account
        found = _ARN_ACCOUNT.match(resource)
        return found[1] if found else one.account

    def can(
        self,
        principal: str,
        action: str,
        resource: str = "*",
        resource_account: str = "",
        context: Mapping[str, Any] | None = None,
        unknown: Iterable[str] = (),
        session: Layer = (),
        endpoint: Layer = (),
    ) -> Answer:
        """May the principal do the action on the resource?

        `context` None: what does not follow from who asks and of what is not known. Else it is closed: what it does not
        list is absent, save what is named in `unknown`. Raises ValueError for what is no principal or no action.
        """
        one = who(principal)
        if one is None:
            raise ValueError(f"{principal} is no principal")
        service, bit = self.action(action)
        owner = self.owner(one, resource, resource_account)
        allowed, denied = self.function(one, service, bit, resource, owner, session, endpoint)
        situation = self.situation(one, resource, owner, context, unknown)
        return self.judged(allowed, denied, resource, situation)

    def situation(
        self, one: Who, resource: str, owner: str, context: Mapping[str, Any] | None, unknown: Iterable[str] = ()
    ) -> Context:
        """The context of a request with what is known put in."""
        known = self.known(one, resource, owner)
        if context is not None:
            return closed(context, unknown).over(known)
        holding = self.set.holder(resource)
        tagged = ("aws:resourcetag/",) if holding is not None and holding.tags is not None else ()
        return Context(known, UNKNOWN, (*self.facts(one).absent, *tagged))

    def judged(self, allowed: int, denied: int, resource: str, situation: Context) -> Answer:
        """What two functions come to for a request."""
        kept: dict[int, int] = {}

        def value(number: int) -> bool | None:
            return answer(self.questions.question(number), resource, situation)

        allows = self.diagram.restricted(allowed, value, kept)
        denies = self.diagram.restricted(denied, value, kept)
        final = self.diagram.without(allows, denies)
        if final == TRUE:
            return Answer("allowed")
        if denies == TRUE or (final == FALSE and allows != FALSE):
            return Answer("explicitly_denied")
        if final == FALSE:
            return Answer("implicitly_denied")
        return Answer("depends", final, tuple(self.words(number) for number in self.diagram.support(final)))

    def words(self, number: int) -> str:
        """A variable in words."""
        question = self.questions.question(number)
        if isinstance(question, Comparison):
            return question.words()
        return question.words if isinstance(question, Open) else f"the resource matches {question.pattern}"
