"""All layers of policies that bear on one request, and what they come to.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from nephograph.engines.identity.choice import readable
from nephograph.engines.identity.match import applies, first_cover, names
from nephograph.engines.identity.request import Request, same_account
from nephograph.engines.identity.statement import Policy, Statement
from nephograph.model.verdict import NO, YES, Evidence, Verdict, all_of, any_of, depends, negate

ResourceKind = Literal["ordinary", "key", "trust"]
"""How a resource's own policy counts: KMS keys and roles are only entered by way of it."""

Guard = Callable[[Request, Statement], Verdict]
"""Does a grant of the resource's own policy take effect for this request (S3 block public access)?"""


class Layers(msgspec.Struct, frozen=True):
    """The policies of one question. `boundary` is None for a principal without one."""

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    resource: tuple[Policy, ...] = ()
    kind: ResourceKind = "ordinary"
    guard: Guard | None = None
    holder: str = ""
    """How to call the principal in evidence."""
    owner: str = ""
    """How to call the resource in evidence."""

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy of every layer."""
        return (*self.identity, *((self.boundary,) if self.boundary else ()), *self.resource)


class Outcome(msgspec.Struct, frozen=True):
    """What one layer says: does a statement allow, does a statement deny?"""

    allow: Verdict
    deny: Verdict


def decide(layers: Layers, request: Request) -> Verdict:
    """Is the request allowed? An explicit deny in any layer wins; else the layers must grant it together."""
    identity = _identity(layers.identity, request)
    boundary = _boundary(layers, request)
    direct, by_role, by_account, denied = _resource(layers, request)
    deny = any_of((identity.deny, boundary.deny, denied))
    if deny.answer == "yes":
        return Verdict("no", deny.because)
    grant = _grant(layers, request, identity.allow, boundary.allow, (direct, by_role, by_account))
    if grant.answer == "no":
        return _once(grant)
    if deny.answer == "no":
        return _once(grant)
    left_open = tuple(_unless(reason) for reason in deny.depends_on)
    return _once(all_of((grant, negate(Verdict(deny.answer, deny.because, left_open)))))


def _unless(reason: str) -> str:
    return f"unless {reason[3:]}" if reason.startswith("if ") else reason


def _grant(
    layers: Layers, request: Request, identity: Verdict, boundary: Verdict, resource: tuple[Verdict, Verdict, Verdict]
) -> Verdict:
    principal = request.principal
    direct, by_role, by_account = resource
    if principal.kind == "anonymous" and layers.kind != "ordinary":
        return Verdict("no", (Evidence(f"{layers.owner} takes signed requests only"),))
    if not principal.signed:
        return direct
    limited = all_of((identity, boundary))
    within = _within(layers.kind, limited, boundary, resource)
    across = all_of((_either((direct, by_role, by_account)), limited))
    same = same_account(principal.account, request.account)
    if same.answer == "yes":
        return within
    if same.answer == "no":
        return across
    if within.answer == across.answer:
        return Verdict(within.answer, within.because, tuple(dict.fromkeys(within.depends_on + across.depends_on)))
    return depends(*same.depends_on, because=within.because)


def _within(
    kind: ResourceKind, limited: Verdict, boundary: Verdict, resource: tuple[Verdict, Verdict, Verdict]
) -> Verdict:
    """One account: either side is enough, but a boundary still limits what is granted to a role's ARN.

    The policy of a KMS key and the trust policy of a role must allow; what they give to the account is passed on by
    identity policies.
    """
    direct, by_role, by_account = resource
    options = [] if kind != "ordinary" else [limited]
    options += [direct, all_of((by_role, boundary))]
    if kind != "ordinary":
        options.append(all_of((by_account, limited)))
    return _either(options)


def _identity(policies: Iterable[Policy], request: Request) -> Outcome:
    held = tuple(policies)
    found = _outcome(_applying(held, request), request)
    if found.allow.answer == "no":
        who, what = request.principal.name, f"{request.action} on {_shown(request.arn)}"
        text = f"no statement of the {len(held)} policies of {who} allows {what}"
        return Outcome(Verdict("no", (Evidence(text, request.principal.id),)), found.deny)
    return found


def _boundary(layers: Layers, request: Request) -> Outcome:
    """A boundary grants nothing; it limits what identity policies grant.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    if layers.boundary is None:
        return Outcome(YES, NO)
    found = _outcome(_applying((layers.boundary,), request), request)
    if found.allow.answer == "no":
        place = layers.boundary.place
        text = f"{place.words} does not allow {request.action} on {_shown(request.arn)}"
        return Outcome(Verdict("no", (place.evidence(text),)), found.deny)
    return found


def _outcome(applying: Sequence[Applying], request: Request) -> Outcome:
    """What statements come to that mean whoever holds them."""
    return Outcome(_allowed(applying, request, lambda _: YES), _denied(applying, request, lambda _: YES))


def _resource(layers: Layers, request: Request) -> tuple[Verdict, Verdict, Verdict, Verdict]:
    """The resource's own policies: (granted directly, to the role, to the account, denied)."""
    principal = request.principal
    guard = layers.guard or (lambda request, statement: YES)
    applying = _applying(layers.resource, request)
    ways: list[Verdict] = []
    for way in ("direct", "role", "account"):

        def granted(statement: Statement, way: str = way) -> Verdict:
            verdict: Verdict = getattr(names(statement, principal), way)
            return verdict if verdict.answer == "no" else all_of((verdict, guard(request, statement)))

        ways.append(_allowed(applying, request, granted))
    denied = _denied(applying, request, lambda statement: _denied_to(layers, request, statement))
    if all(way.answer == "no" for way in ways):
        blocked = tuple(dict.fromkeys(e for way in ways for e in way.because))
        text = f"nothing on {layers.owner} allows {request.action} to {principal.name}"
        owner = layers.resource[0].place.resource if layers.resource else None
        ways[0] = Verdict("no", blocked or (Evidence(text, owner.urn if owner else ""),))
    return ways[0], ways[1], ways[2], denied


def _denied_to(layers: Layers, request: Request, statement: Statement) -> Verdict:
    """A deny names its principals in any way; NotPrincipal denies whoever has a permissions boundary in any case.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    if statement.principals and statement.principals.negated and layers.boundary is not None:
        return YES
    return names(statement, request.principal).at_all


Applying = tuple[Policy | Statement, Verdict]
"""What may bear on a request: a statement and whether it applies, or a policy of unknown content, which may."""

Named = Callable[[Statement], Verdict]
"""Does a statement mean the caller?"""


def _applying(policies: Iterable[Policy], request: Request) -> list[Applying]:
    """Statements that apply to the request, or may, and policies that are not known, in order."""
    found: list[Applying] = []
    for policy in policies:
        if policy.unknown:
            found.append((policy, depends(policy.unknown, because=(policy.place.evidence(policy.unknown),))))
        for statement in policy.statements:
            match = applies(statement, request)
            if match.answer != "no":
                found.append((statement, match))
    return found


def _allowed(applying: Iterable[Applying], request: Request, named: Named) -> Verdict:
    """Does a statement allow the caller?"""
    found: list[tuple[Statement | None, Verdict]] = []
    for said, match in applying:
        if isinstance(said, Policy):
            found.append((None, match))
        elif said.effect != "Deny":
            who = named(said)
            verdict = all_of((match, who))
            if verdict.answer != "no":
                found.append((said, verdict))
            elif who.because:
                found.append((None, who))  # granted, and taken back by a guard that says so
    return _any_told(found, ("allows", "may allow"), request)


def _denied(applying: Iterable[Applying], request: Request, named: Named) -> Verdict:
    """Does a statement deny the caller?"""
    found: list[tuple[Statement | None, Verdict]] = []
    for said, match in applying:
        if isinstance(said, Policy):
            found.append((None, match))
        elif said.effect != "Allow":
            verdict = all_of((match, named(said)))
            if verdict.answer != "no":
                found.append((said, verdict))
    return _any_told(found, ("denies", "may deny"), request)


def _any_told(found: list[tuple[Statement | None, Verdict]], verbs: tuple[str, str], request: Request) -> Verdict:
    """Any of the verdicts, each with its statement as evidence: one that is certain is told alone."""
    if not found:
        return NO
    deciding = next(([one] for one in found if one[1].answer == "yes"), found)
    return any_of(verdict if said is None else _told(said, verbs, verdict, request) for said, verdict in deciding)


def _told(statement: Statement, verbs: tuple[str, str], verdict: Verdict, request: Request) -> Verdict:
    """The verdict with the statement as evidence."""
    verb = verbs[1] if statement.problem else verbs[0]
    text = f"{statement.name} {verb} {request.action} on {_shown(first_cover(statement, request))}"
    return Verdict(verdict.answer, (statement.evidence(text), *verdict.because), verdict.depends_on)


def _shown(arn: str) -> str:
    """An ARN in evidence; the stand-ins of a region are the wildcards they came from."""
    return "any resource" if arn == "*" else readable(arn)


def _either(options: Iterable[Verdict]) -> Verdict:
    """Any of several ways; the ways that are closed are told only when all are."""
    every = list(options)
    return any_of([one for one in every if one.answer != "no"] or every)


def _once(verdict: Verdict) -> Verdict:
    """The verdict with each fact told once."""
    return Verdict(verdict.answer, tuple(dict.fromkeys(verdict.because)), verdict.depends_on)
