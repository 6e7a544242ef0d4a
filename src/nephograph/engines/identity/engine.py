"""The identity engine: who can do what to which resource, decided one request at a time from AWS's documentation.

Not in the data, and therefore not in any decision: service control and resource control policies, session policies,
VPC endpoint policies, KMS grants, access points (`NOT_COVERED`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import msgspec

from nephograph.engines.identity import grants, holders, public_access, scope
from nephograph.engines.identity.choice import LIMIT, Choice, Option, choices, fixed, is_stand_in
from nephograph.engines.identity.condition import Context, Known
from nephograph.engines.identity.layers import Layers, decide
from nephograph.engines.identity.match import covers_action
from nephograph.engines.identity.request import (
    ANONYMOUS,
    STRANGER,
    Principal,
    Request,
    account_of,
    base_context,
    same_account,
)
from nephograph.engines.identity.scope import Region, Regions
from nephograph.engines.identity.statement import Place, Policy, Statement, Test
from nephograph.estate.graph import Estate
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.value import CLOSE, OPEN
from nephograph.model.verdict import Verdict, any_of, depends

NOT_COVERED = (
    "service control policies",
    "resource control policies",
    "session policies",
    "VPC endpoint policies",
    "KMS grants",
    "S3 access points",
)
"""Kinds of policies that bear on requests and that no source of this estate says."""

_PRINCIPAL_KINDS = ("aws_iam_role", "aws_iam_user")
_OBJECT_READS = ("s3:getobject", "s3:getobjectversion", "s3:getobjectacl", "s3:putobjectacl")


class Identity:
    """Decisions over one estate. Principals are urns, Resources, ARNs, account numbers, `anonymous`, `stranger` or
    `service:NAME`; resources are urns, Resources, ARNs, or `*` for "some resource, or none"."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._identity: dict[str, tuple[Policy, ...]] = {}
        self._entities = frozenset(r.arn for r in estate.resources.values() if r.arn)

    def policies_of(self, principal: Resource | str) -> tuple[Policy, ...]:
        """The identity policies of a user, role or group of the estate; () for anybody else."""
        resource = self._resource(principal) if isinstance(principal, str) else principal
        if resource is None:
            return ()
        if resource.urn not in self._identity:
            self._identity[resource.urn] = holders.identity_policies(self._estate, resource)
        return self._identity[resource.urn]

    def boundary_of(self, principal: Resource | str) -> Policy | None:
        """The permissions boundary of a user or role, None when it has none."""
        resource = self._resource(principal) if isinstance(principal, str) else principal
        return None if resource is None else holders.boundary_of(self._estate, resource)

    def principals(self) -> list[Resource]:
        """The users and roles of the estate, in urn order."""
        found = [r for kind in _PRINCIPAL_KINDS for r in self._estate.of_kind(kind)]
        return sorted(found, key=lambda r: r.urn)

    def can(
        self,
        principal: Resource | str,
        action: str,
        resource: Resource | str,
        given: dict[str, Known] | None = None,
    ) -> Decision:
        """May the principal do the action on the resource, with some choice of what a caller chooses?

        An S3 object action asked of a bucket means some object of it, whether it exists or not. `given` sets context
        keys of the request.
        """
        who = self.principal(principal)
        target = self._resource(resource) if isinstance(resource, str) else resource
        arn = resource if isinstance(resource, str) and (target is None or ":" in resource[:4]) else ""
        named = target.urn if target is not None and not arn.startswith("arn:") else str(resource)
        if target is None and isinstance(resource, str):
            target = self._holder_of(resource)
        asked = _Question(self, who, action, target, arn if arn.startswith("arn:") or arn == "*" else "", given or {})
        if target is None and not asked.arn:
            return Decision(who.id, action, named, depends(f"{resource} is not in the data"))
        verdict, condition = asked.answer()
        return Decision(who.id, action, named, verdict, condition)

    def who(self, action: str, resource: Resource | str) -> list[Decision]:
        """Everybody of the estate, `anonymous`, `stranger`, and whom the resource's policies name: who can, or may."""
        target = self._resource(resource) if isinstance(resource, str) else resource
        asked: list[Resource | str] = [*self.principals(), ANONYMOUS, STRANGER]
        if target is not None:
            asked += self.named_by(target)
        decisions = [self.can(one, action, resource) for one in asked]
        return [one for one in decisions if one.verdict.possible]

    def named_by(self, resource: Resource) -> list[str]:
        """Services, and accounts and principals that are not of the estate, whom a resource's own policies name."""
        found: dict[str, None] = {}
        for statement in (s for policy in grants.own_policies(resource) for s in policy.statements):
            if statement.principals is None or statement.principals.negated or statement.effect == "Deny":
                continue
            for kind, value in statement.principals.named:
                if kind == "Service":
                    found[f"service:{value}"] = None
                elif kind == "AWS" and value.startswith("arn:") and self._estate.by_arn(value) is None:
                    root = value.endswith(":root")
                    found[account_of(value) if root else value] = None
                elif kind == "AWS" and value.isdigit():
                    found[value] = None
        home = resource.scope.account
        return [name for name in found if same_account(name, home).answer != "yes" and name]

    def principal(self, principal: Resource | str) -> Principal:
        """The principal a word or resource stands for."""
        return msgspec.structs.replace(self._principal(principal), entities=self._entities)

    def _principal(self, principal: Resource | str) -> Principal:
        resource = self._resource(principal) if isinstance(principal, str) else principal
        if resource is not None:
            kind = "user" if resource.kind == "aws_iam_user" else "role"
            account = account_of(resource.arn) or resource.scope.account
            name = resource.label or resource.address
            return Principal("user" if kind == "user" else "role", resource.urn, name, resource.arn, account, resource)
        assert isinstance(principal, str)
        if principal == ANONYMOUS:
            return Principal("anonymous", ANONYMOUS, "anybody on the internet")
        if principal == STRANGER:
            arn = "arn:aws:iam::stranger:role/⟨name a stranger chooses⟩"
            return Principal("stranger", STRANGER, "any AWS account", arn, "stranger")
        if principal.startswith("service:"):
            return Principal("service", principal, principal.removeprefix("service:"))
        if principal.endswith(".amazonaws.com"):
            return Principal("service", principal, principal)
        if principal.startswith("federated:"):
            provider = principal.removeprefix("federated:")
            return Principal("federated", principal, provider, provider)
        if principal.isdigit():
            return Principal("account", principal, f"account {principal}", "", principal)
        return Principal("external", principal, principal, principal, account_of(principal))

    def layers(self, principal: Principal, resource: Resource | None, arn: str, action: str) -> Layers:
        """The policies that bear on a question."""
        identity: tuple[Policy, ...] = ()
        boundary: Policy | None = None
        if principal.resource is not None:
            identity = self.policies_of(principal.resource)
            boundary = self.boundary_of(principal.resource)
        elif principal.kind in ("account", "external"):
            place = Place(f"policies of {principal.name}")
            identity = (Policy(place, unknown=f"policies of {principal.name} are not in the data"),)
        elif principal.kind == "stranger":
            place = Place("a policy that strangers write for themselves")
            identity = (Policy(place, (Statement(place, 0, "Allow"),)),)
        if resource is None:
            own = () if arn == "*" else _unseen(arn)
            return Layers(identity, boundary, own, owner=arn)
        return self._owned(identity, boundary, resource, action)

    def _owned(self, identity: tuple[Policy, ...], boundary: Policy | None, resource: Resource, action: str) -> Layers:
        name = resource.label or resource.address
        if resource.kind == "aws_iam_role":
            assumes = action.lower().startswith(("sts:assumerole", "sts:tagsession", "sts:setsourceidentity"))
            if not assumes:
                return Layers(identity, boundary, owner=f"role {name}")
            return Layers(identity, boundary, grants.own_policies(resource), "trust", owner=f"role {name}")
        own = grants.own_policies(resource)
        if resource.kind == "aws_kms_key":
            return Layers(identity, boundary, own, "key", owner=f"key {name}")
        if resource.kind == "aws_s3_bucket":
            guard = public_access.guard_of(self._estate, resource, own)
            return Layers(identity, boundary, own, guard=guard, owner=f"bucket {name}")
        return Layers(identity, boundary, own, owner=name)

    def object_acls(self, principal: Principal, action: str, resource: Resource | None) -> Verdict | None:
        """What object access control lists, which are not in the data, leave open for callers from outside."""
        if resource is None or resource.kind != "aws_s3_bucket" or action.lower() not in _OBJECT_READS:
            return None
        outside = not principal.signed or same_account(principal.account, resource.scope.account).answer == "no"
        if principal.kind == "service" or not outside:
            return None
        return public_access.object_acls_count(self._estate, resource)

    def _resource(self, name: str) -> Resource | None:
        return self._estate.resources.get(name) or self._estate.by_arn(name)

    def _holder_of(self, arn: str) -> Resource | None:
        """The bucket of an object's ARN."""
        bucket, slash, _ = arn.partition("/")
        found = self._estate.by_arn(bucket) if slash else None
        return found if found is not None and found.kind == "aws_s3_bucket" else None


def _unseen(arn: str) -> tuple[Policy, ...]:
    return (Policy(Place(f"policy of {arn}"), unknown=f"{arn} is not in the data, nor is a policy it may have"),)


class _Question:
    """One question: a principal, an action, and one resource or a set of them."""

    def __init__(
        self,
        engine: Identity,
        principal: Principal,
        action: str,
        resource: Resource | None,
        arn: str,
        given: dict[str, Known],
    ) -> None:
        self._engine = engine
        self._principal = principal
        self._action = action
        self._resource = resource
        self.arn = arn
        if resource is not None and not arn:
            self.arn = resource.arn or f"{OPEN}ARN of {resource.address}{CLOSE}"
        self._objects = (
            resource is not None
            and resource.kind == "aws_s3_bucket"
            and scope.is_object_action(action)
            and self.arn == resource.arn
        )
        self._given = given
        self._anywhere = self.arn == "*"

    def answer(self) -> tuple[Verdict, tuple[str, ...]]:
        """The verdict, and what has to hold of the request."""
        layers = _about(self._engine.layers(self._principal, self._resource, self.arn, self._action), self._action)
        context = self._context(layers)
        if not self._objects and not self._anywhere:
            return self._with_object_acls(*self._at(layers, self.arn, context, ""))
        if self._anywhere:
            whole, condition = self._at(layers, "*", context, "")
            if whole.answer == "yes":
                return whole, condition
        prefix = "" if self._anywhere else f"{self.arn}/"
        found = scope.regions(prefix, (*layers.identity, *layers.resource), context)
        return self._with_object_acls(*self._somewhere(layers, found, context))

    def _somewhere(self, layers: Layers, found: Regions, context: Context) -> tuple[Verdict, tuple[str, ...]]:
        """Is some resource of a set allowed? The whole set first, then the parts that statements single out."""
        verdict, condition = self._at(layers, found.whole.arn, context, "")
        if verdict.answer != "depends":
            return verdict, condition
        outcomes: list[Verdict] = []
        for region in (found.whole, *found.parts):
            for arn, words in ((region.arn, _under(region)), (region.witness, _within(region))):
                part, said = self._at(layers, arn, context, words)
                if part.answer == "yes":
                    return part, said
                if arn == region.arn and region is not found.whole:
                    outcomes.append(part)
                    if part.answer == "depends":
                        verdict, condition = _better(verdict, condition, part, said)
        if found.covering and all(outcome.answer == "no" for outcome in outcomes):
            return any_of(outcomes) if outcomes else Verdict("no", verdict.because), ()
        return verdict, condition

    def _at(self, layers: Layers, arn: str, context: Context, words: str) -> tuple[Verdict, tuple[str, ...]]:
        """One resource, over the choices of the caller."""
        account = self._account(arn)
        tests = list(_tests(layers))
        chosen = choices([t for t in tests if t.key not in self._given], self._principal, context)
        plain = self._elsewhere(arn, decide(layers, self._request(arn, account, context)))
        if plain.answer != "depends" or not chosen:
            return plain, (*((words,) if words else ()), *_residual(plain))
        complete = all(choice.complete for choice in chosen)
        open_verdicts: list[Verdict] = []
        combinations = itertools.islice(itertools.product(*(c.options for c in chosen)), LIMIT + 1)
        for number, combination in enumerate(combinations):
            if number == LIMIT:
                complete = False
                break
            options = dict(zip((c.key for c in chosen), combination, strict=True))
            asked = self._request(arn, account, context.having(_known(options)))
            verdict = self._elsewhere(arn, decide(layers, asked))
            needs = [option.needs for option in combination if option.needs]
            if verdict.answer == "yes" and needs:
                verdict = depends(*needs, because=verdict.because)
            if verdict.answer == "yes":
                said = _choices_said(chosen, combination)
                return verdict, (*((words,) if words else ()), *said)
            if verdict.answer == "depends":
                open_verdicts.append(verdict)
        if not open_verdicts and complete:
            return Verdict("no", plain.because), ()
        best = min(open_verdicts, key=lambda v: len(v.depends_on), default=plain)
        return best, (*((words,) if words else ()), *_residual(best))

    def _request(self, arn: str, account: str, context: Context) -> Request:
        owner = self._resource.arn if self._resource is not None else ""
        return Request(self._principal, self._action, arn, account, context, owner)

    def _account(self, arn: str) -> str:
        if self._resource is not None:
            return account_of(self._resource.arn) or self._resource.scope.account
        # "Some resource" is one of the principal's own account.
        return self._principal.account if self._anywhere else account_of(arn) or self._principal.account

    def _elsewhere(self, arn: str, verdict: Verdict) -> Verdict:
        """Asked of "some resource", what a statement names in another account also takes that account's consent."""
        account = account_of(arn) if self._anywhere and arn != "*" else ""
        if verdict.answer != "yes" or not account or is_stand_in(account):
            return verdict
        if same_account(account, self._principal.account).answer == "yes":
            return verdict
        return depends(f"whether account {account} grants it too", because=verdict.because)

    def _context(self, layers: Layers) -> Context:
        account = self._account(self.arn)
        keys = base_context(self._principal, account, self._resource)
        keys |= fixed(_tests(layers), self._principal)
        return Context(keys).having(self._given)

    def _with_object_acls(self, verdict: Verdict, condition: tuple[str, ...]) -> tuple[Verdict, tuple[str, ...]]:
        if verdict.answer != "no":
            return verdict, condition
        acls = self._engine.object_acls(self._principal, self._action, self._resource)
        if acls is None or acls.answer == "no" or _explicitly_denied(verdict):
            return verdict, condition
        return Verdict("depends", verdict.because, acls.depends_on), condition


def _explicitly_denied(verdict: Verdict) -> bool:
    return any(" denies " in evidence.text for evidence in verdict.because)


def _about(layers: Layers, action: str) -> Layers:
    """The layers with only those statements that can mean the action."""

    def kept(policy: Policy) -> Policy:
        statements = tuple(s for s in policy.statements if covers_action(s, action).answer != "no")
        return msgspec.structs.replace(policy, statements=statements)

    return msgspec.structs.replace(
        layers,
        identity=tuple(map(kept, layers.identity)),
        boundary=kept(layers.boundary) if layers.boundary else None,
        resource=tuple(map(kept, layers.resource)),
    )


def _tests(layers: Layers) -> Iterable[Test]:
    """Every condition of every layer."""
    return (test for policy in layers.policies for statement in policy.statements for test in statement.conditions)


def _known(options: dict[str, Option]) -> dict[str, Known]:
    return {key: option.known for key, option in options.items()}


def _choices_said(chosen: Sequence[Choice], combination: Sequence[Option]) -> tuple[str, ...]:
    """The choices worth saying: those that policies name."""
    said = (option.words for _, option in zip(chosen, combination, strict=True) if option.words)
    return tuple(words for words in said if not words.endswith(("policies name", "left out")))


def _residual(verdict: Verdict) -> tuple[str, ...]:
    """What has to hold of the request, among what a verdict depends on."""
    return tuple(reason for reason in verdict.depends_on if reason.startswith(("if ", "unless ")))


def _better(
    verdict: Verdict, condition: tuple[str, ...], other: Verdict, said: tuple[str, ...]
) -> tuple[Verdict, tuple[str, ...]]:
    """Of two open answers the one with fewer questions."""
    return (other, said) if len(other.depends_on) < len(verdict.depends_on) else (verdict, condition)


def _under(region: Region) -> str:
    if not region.words:
        return ""
    kind = "resources" if region.words.startswith(("arn:", "*")) else "objects"
    return f"for {kind} {'under' if region.words.endswith('*') else 'named'} {region.words}"


def _within(region: Region) -> str:
    words = _under(region)
    return f"{words}, outside of what is denied" if words else "for objects outside of what is denied"
