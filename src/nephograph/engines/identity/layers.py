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


class Level(msgspec.Struct, frozen=True):
    """One level of an organization: its root, a unit, an account. `policies` are those attached to the level itself."""

    name: str
    policies: tuple[Policy, ...] = ()


Chain = tuple[Level, ...]
"""The levels that bear on one account, the root first. () is no organization, or an exempt account."""


class Ceiling(msgspec.Struct, frozen=True):
    """Policies of an organization over an account: every level has to allow, nothing of it grants.

    Where it is not known which account is meant there is one chain for each that it could be; `unsure` says so.
    """

    kind: str
    chains: tuple[Chain, ...]
    unsure: str = ""

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy of every level."""
        return tuple(policy for chain in self.chains for level in chain for policy in level.policies)


class Layers(msgspec.Struct, frozen=True):
    """The policies of one question. `boundary` is None for a principal without one, `session` for a session without.

    `scp` and `rcp` are None where no organization's policies bear on the request, `endpoint` where it passes none.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    resource: tuple[Policy, ...] = ()
    kind: ResourceKind = "ordinary"
    guard: Guard | None = None
    holder: str = ""
    """How to call the principal in evidence."""
    owner: str = ""
    """How to call the resource in evidence."""
    session: Policy | None = None
    scp: Ceiling | None = None
    rcp: Ceiling | None = None
    endpoint: Policy | None = None

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy of every layer."""
        single = tuple(one for one in (self.boundary, self.session, self.endpoint) if one is not None)
        above = tuple(policy for one in (self.scp, self.rcp) if one is not None for policy in one.policies)
        return (*self.identity, *single, *self.resource, *above)


class Outcome(msgspec.Struct, frozen=True):
    """What one layer says: does a statement allow, does a statement deny?"""

    allow: Verdict
    deny: Verdict


OPEN_DOOR = Outcome(YES, NO)
"""A layer that is not there: it limits nothing."""


class Outcomes(msgspec.Struct, frozen=True):
    """What each layer says of one request. The resource's policies grant in three ways: see `match.Named`."""

    identity: Outcome
    boundary: Outcome
    session: Outcome
    scp: Outcome
    rcp: Outcome
    endpoint: Outcome
    direct: Verdict
    by_role: Verdict
    by_account: Verdict
    resource_deny: Verdict

    @property
    def resource(self) -> Outcome:
        """The resource's own policies, whichever way they grant."""
        return Outcome(_either((self.direct, self.by_role, self.by_account)), self.resource_deny)


def outcomes(layers: Layers, request: Request) -> Outcomes:
    """What each layer says by itself."""
    direct, by_role, by_account, denied = _resource(layers, request)
    return Outcomes(
        _identity(layers.identity, request),
        _limit(layers.boundary, request),
        _limit(layers.session, request),
        _ceiling(layers.scp, request),
        _ceiling(layers.rcp, request),
        _endpoint(layers.endpoint, request),
        direct,
        by_role,
        by_account,
        denied,
    )


def decide(layers: Layers, request: Request) -> Verdict:
    """Is the request allowed? An explicit deny in any layer wins; else the layers must grant it together."""
    return combined(layers, request, outcomes(layers, request))


def combined(layers: Layers, request: Request, found: Outcomes) -> Verdict:
    """What the layers come to."""
    several = (found.scp, found.rcp, found.endpoint, found.identity, found.boundary, found.session)
    deny = any_of((*(one.deny for one in several), found.resource_deny))
    if deny.answer == "yes":
        return Verdict("no", deny.because)
    above = all_of((found.scp.allow, found.rcp.allow, found.endpoint.allow))
    grant = _under(above, granted(layers, request, found))
    if grant.answer == "no":
        return _once(grant)
    if deny.answer == "no":
        return _once(grant)
    left_open = tuple(_unless(reason) for reason in deny.depends_on)
    return _once(all_of((grant, negate(Verdict(deny.answer, deny.because, left_open)))))


def _under(above: Verdict, grant: Verdict) -> Verdict:
    """A grant below the ceilings; those that let it through are not worth telling beside what grants."""
    return grant if above.answer == "yes" else all_of((above, grant))


def _unless(reason: str) -> str:
    return f"unless {reason[3:]}" if reason.startswith("if ") else reason


def granted(layers: Layers, request: Request, found: Outcomes) -> Verdict:
    """Does somebody grant the request, whatever the organization and an endpoint say? No deny is asked here."""
    principal = request.principal
    if principal.kind == "anonymous" and layers.kind != "ordinary":
        return Verdict("no", (Evidence(f"{layers.owner} takes signed requests only"),))
    if not principal.signed:
        return found.direct
    limits = _once(all_of((found.boundary.allow, found.session.allow)))
    limited = all_of((found.identity.allow, limits))
    within = _within(layers.kind, limited, limits, (found.direct, found.by_role, found.by_account))
    across = all_of((_either((found.direct, found.by_role, found.by_account)), limited))
    same = same_account(principal.account, request.account)
    if same.answer == "yes":
        return within
    if same.answer == "no":
        return across
    if within.answer == across.answer:
        return Verdict(within.answer, within.because, tuple(dict.fromkeys(within.depends_on + across.depends_on)))
    return depends(*same.depends_on, because=within.because)


def _within(
    kind: ResourceKind, limited: Verdict, limits: Verdict, resource: tuple[Verdict, Verdict, Verdict]
) -> Verdict:
    """One account: either side is enough, but boundary and session still limit what is granted to a role's ARN.

    The policy of a KMS key and the trust policy of a role must allow; what they give to the account is passed on by
    identity policies.
    """
    direct, by_role, by_account = resource
    options = [] if kind != "ordinary" else [limited]
    options += [direct, all_of((by_role, limits))]
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


def _limit(policy: Policy | None, request: Request) -> Outcome:
    """A boundary or a session policy grants nothing; it limits what identity policies grant.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    """
    return OPEN_DOOR if policy is None else _limited(_outcome(_applying((policy,), request), request), policy, request)


def _limited(found: Outcome, policy: Policy, request: Request) -> Outcome:
    if found.allow.answer != "no":
        return found
    text = f"{policy.place.words} does not allow {request.action} on {_shown(request.arn)}"
    return Outcome(Verdict("no", (policy.place.evidence(text),)), found.deny)


def _endpoint(policy: Policy | None, request: Request) -> Outcome:
    """The policy of the endpoint that the request passes names principals, and limits whatever is granted.

    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    if policy is None:
        return OPEN_DOOR
    applying = _applying((policy,), request)

    def named(statement: Statement) -> Verdict:
        return names(statement, request.principal).at_all

    found = Outcome(_allowed(applying, request, named), _denied(applying, request, named))
    return _limited(found, policy, request)


def _ceiling(ceiling: Ceiling | None, request: Request) -> Outcome:
    """Every level has to allow, and none may deny; where several accounts could be meant, all must agree.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """
    if ceiling is None:
        return OPEN_DOOR
    found = [_levels(ceiling.kind, chain, request) for chain in ceiling.chains]
    return Outcome(_agreed([o.allow for o in found], ceiling.unsure), _agreed([o.deny for o in found], ceiling.unsure))


def _agreed(verdicts: Sequence[Verdict], unsure: str) -> Verdict:
    answers = {verdict.answer for verdict in verdicts}
    if len(answers) == 1 and (answers != {"depends"} or len(verdicts) == 1):
        return verdicts[0]
    because = tuple(fact for verdict in verdicts for fact in verdict.because)
    reasons = tuple(reason for verdict in verdicts for reason in verdict.depends_on)
    return depends(*reasons, *([unsure] if unsure else []), because=because)


def _levels(kind: str, chain: Chain, request: Request) -> Outcome:
    levels = [level_outcome(kind, level, request) for level in chain]
    return Outcome(all_of(one.allow for one in levels), any_of(one.deny for one in levels))


def level_outcome(kind: str, level: Level, request: Request) -> Outcome:
    """What the policies of one level say together: one of them has to allow."""
    applying = _applying(level.policies, request)

    def named(statement: Statement) -> Verdict:
        return YES if statement.principals is None else names(statement, request.principal).at_all

    found = Outcome(_allowed(applying, request, named), _denied(applying, request, named))
    if found.allow.answer != "no":
        return found
    text = f"no {kind} of {level.name} allows {request.action} on {_shown(request.arn)}"
    where = next((policy.place for policy in level.policies if policy.place.resource is not None), None)
    fact = where.evidence(text) if where else Evidence(text)
    return Outcome(Verdict("no", (fact,)), found.deny)


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
