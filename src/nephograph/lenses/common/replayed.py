"""Answers decided again by the certificate, a second evaluator that shares no code with the one that gave them.

A yes needs a request that the certificate allows: the organization engine looks for one, its resource and the keys of
its context included. A no must not be allowed by the certificate with everything open that is not known. What depends
claims nothing. What is said in access control lists, or of policies whose content is not known, cannot be replayed: it
is counted, and said why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.identity import Identity
from nephograph.engines.identity.condition import Known as Given
from nephograph.engines.identity.scope import is_object_action
from nephograph.engines.permissions.context import ABSENT, UNKNOWN, Context, Known
from nephograph.engines.permissions.diagram import FALSE
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.estates import translated
from nephograph.engines.permissions.glob import Group, elements, literal
from nephograph.engines.permissions.granting import AS_STATEMENTS
from nephograph.engines.permissions.policyset import Account, Entity
from nephograph.engines.permissions.replay import policies_of, request_of
from nephograph.engines.permissions.solve import Search, Solver, partition_of, regions
from nephograph.engines.permissions.who import Who, who
from nephograph.estate.graph import Estate
from nephograph.model.errors import Problem
from nephograph.model.facts import Decision

_STRANGER = "arn:aws:iam::000000000000:role/stranger"
_FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_RETRIES = 4
_SHOWN = 3


class Outcome(msgspec.Struct, frozen=True):
    """What replaying one decision came to; `why` it could not be, or what the certificate says instead."""

    kind: Literal["agrees", "contradicts", "not replayed"]
    why: str = ""
    request: dict[str, Any] | None = None


class _NotReplayedError(Exception):
    """A decision is about something that policies and requests do not hold."""


class Replayer:
    """The policies of one estate as the certificate takes them. `given` are keys that a question came with."""

    def __init__(self, estate: Estate, identity: Identity, given: Mapping[str, Given] | None = None) -> None:
        self._estate = estate
        self._identity = identity
        self._given: dict[str, Known] = {
            key.lower(): ABSENT if value is None else value if isinstance(value, tuple) else UNKNOWN
            for key, value in (given or {}).items()
        }
        self._names = translated(estate)
        policies = self._names.set
        policies.account(Account("000000000000", organization="o-stranger"))
        policies.entity(Entity(_STRANGER, (policies.policy(_FULL),), (), None))
        self._engine = Engine(policies)
        self._solver = Solver(self._engine.diagram, self._engine.questions)

    def replay(self, decision: Decision) -> Outcome:
        """Decide a decision again."""
        try:
            one, resource, areas = self._named(decision)
            if decision.verdict.answer == "yes":
                return self._yes(one, decision.action, resource, areas)
            if decision.verdict.answer == "no":
                return self._no(one, decision.action, resource)
        except _NotReplayedError as why:
            return Outcome("not replayed", str(why))
        return Outcome("not replayed", "what depends claims nothing")

    def _named(self, decision: Decision) -> tuple[Who, str, list[list[Group]]]:
        word = decision.principal
        entity = self._estate.resources.get(word)
        spelled = {"stranger": _STRANGER}.get(word, word.removeprefix("service:").removeprefix("federated:"))
        one = who(self._names.text(entity.arn if entity is not None else spelled))
        if one is None:
            raise _NotReplayedError("an account, or a name without an ARN, is no principal of a request")
        found = self._identity.resource(decision.resource) if decision.resource != "*" else None
        arn = self._names.text(found.arn if found is not None and decision.resource == found.urn else decision.resource)
        if arn == "*":
            return one, arn, []
        if not arn.startswith("arn:"):
            raise _NotReplayedError("the resource has no ARN that is known")
        if found is not None:
            if found.kind == "aws_s3_access_point":
                raise _NotReplayedError("two policies decide at an access point")
            held = (s for policy in self._identity.own_policies(found) for s in policy.statements)
            if found.kind not in AS_STATEMENTS and any(one.synthetic for one in held):
                raise _NotReplayedError("the resource grants in other forms than a policy")
            if (
                found.kind == "aws_s3_bucket"
                and is_object_action(decision.action)
                and arn == self._names.text(found.arn)
            ):
                return one, arn, [[((elements(f"{arn}/?*"),), True)]]
        return one, arn, [[((literal(arn),), True)]]

    def _situation(self, one: Who, resource: str, owner: str) -> Context:
        known = self._engine.situation(one, resource, owner, None)
        return known.over({key: value for key, value in self._given.items() if key not in known.keys})

    def _yes(self, one: Who, action: str, resource: str, areas: list[list[Group]]) -> Outcome:
        engine = self._engine
        service, bit = engine.action(action)
        owner = engine.owner(one, resource)
        allowed, denied = engine.function(one, service, bit, resource, owner)
        when = engine.diagram.without(allowed, denied)
        if when == FALSE:
            return self._told(one, action, resource, owner, {}, "denied by every policy that is known")
        known = self._situation(one, resource, owner)
        shapes = engine.universe.action(service, bit).shapes
        areas = areas or regions(shapes, owner, partition=partition_of(one.spelled))
        besides: list[Group] = []
        for _ in range(_RETRIES):
            search: Search = self._solver.search(when, [[*area, *besides] for area in areas], known)
            if search.found is None:
                if besides or not search.complete or resource == "*":
                    raise _NotReplayedError("no request was found for it, nor that there is none")
                return self._told(one, action, resource, owner, {}, "no request is allowed")
            if search.found.open:
                raise _NotReplayedError(f"open here: {search.found.open[0][0]}")
            at = search.found.resource
            outcome = self._told(one, action, at, engine.owner(one, at), search.found.context, "")
            if outcome.kind == "agrees" or resource != "*":
                return outcome
            besides.append(((literal(at), elements(f"{at}/*")), False))
        raise _NotReplayedError("the policies of the resources that were tried decide otherwise")

    def _told(
        self, one: Who, action: str, resource: str, owner: str, chosen: Mapping[str, tuple[str, ...]], why: str
    ) -> Outcome:
        """The certificate's word on one request."""
        policies = policies_of(self._engine, one, action, resource, owner)
        if policies is None:
            raise _NotReplayedError("the content of a policy is not known")
        if one.has_policies and self._engine.set.behind(one) is None:
            raise _NotReplayedError(f"the policies of {one.spelled} are not in the data")
        said = {key: value for key, value in self._given.items() if isinstance(value, tuple)}
        request = request_of(self._engine, one, action, resource, owner, {**said, **chosen})
        decision = decide(Request(**request), Policies(**policies))
        if decision.effect == "allowed":
            return Outcome("agrees", request=request)
        told = why or f"{decision.effect.replace('_', ' ')}: {'; '.join(decision.because[:_SHOWN])}"
        return Outcome("contradicts", told, request)

    def _no(self, one: Who, action: str, resource: str) -> Outcome:
        """Nothing that is not known is taken for granted; then the certificate must not say yes."""
        owner = self._engine.owner(one, resource)
        policies = policies_of(self._engine, one, action, resource, owner)
        if policies is None or (one.has_policies and self._engine.set.behind(one) is None):
            raise _NotReplayedError("the content of a policy is not known")
        found = self._engine.can(one.spelled, action, resource, owner)
        if found.effect != "allowed":
            return Outcome("agrees")
        request = request_of(self._engine, one, action, resource, owner, {})
        if not decide(Request(**request), Policies(**policies)).allowed:
            return Outcome("agrees")
        return Outcome("contradicts", "yes, whatever is not known", request)


class Replayed(msgspec.Struct):
    """What replaying many decisions came to."""

    problems: tuple[Problem, ...] = ()
    agreed: int = 0
    reasons: dict[str, int] = {}

    @property
    def words(self) -> str:
        """One sentence for people."""
        left = sum(self.reasons.values())
        said = f"Replayed by a second evaluator: {self.agreed} agree, {len(self.problems)} contradict"
        why = "; ".join(f"{count} × {reason}" for reason, count in list(self.reasons.items())[:_SHOWN])
        return f"{said}, {left} could not be ({why})." if left else f"{said}."

    def data(self) -> dict[str, Any]:
        """The same for programs."""
        return {"agree": self.agreed, "contradict": len(self.problems), "not_replayed": dict(self.reasons)}


def replayed(
    estate: Estate, identity: Identity, decisions: Iterable[Decision], given: Mapping[str, Given] | None = None
) -> Replayed:
    """Every decision decided again; a contradiction is a problem, which makes the answer fail."""
    replayer = Replayer(estate, identity, given)
    problems: list[Problem] = []
    agreed = 0
    reasons: Counter[str] = Counter()
    for decision in decisions:
        outcome = replayer.replay(decision)
        if outcome.kind == "agrees":
            agreed += 1
        elif outcome.kind == "not replayed":
            reasons[outcome.why] += 1
        else:
            what = f"{decision.action} on {decision.resource} by {decision.principal}"
            message = f"two evaluators contradict each other on {what}: one says {decision.verdict.answer}, the other "
            problems.append(
                Problem("internal", message + outcome.why, "this is a bug; please report the policies with the request")
            )
    return Replayed(tuple(problems), agreed, dict(reasons.most_common()))
