"""The identity engine: who can do what to which resource, decided one request at a time from AWS's documentation.

What an estate does not hold is in no decision; `assumptions.not_in_the_data` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from nephograph.engines.identity import access_points, grants, holders, public_access
from nephograph.engines.identity.analysis import Explained, analyse
from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.endpoints import endpoint_policy
from nephograph.engines.identity.held import Held
from nephograph.engines.identity.layers import Guard, Layers
from nephograph.engines.identity.organization import Organization
from nephograph.engines.identity.pattern import literal
from nephograph.engines.identity.prospects import beginnings, begins, has_prospect
from nephograph.engines.identity.question import Question
from nephograph.engines.identity.request import ANONYMOUS, STRANGER, Principal, account_of, same_account
from nephograph.engines.identity.scope import is_object_action
from nephograph.engines.identity.sessions import assumed_role
from nephograph.engines.identity.statement import Place, Policy, Statement
from nephograph.estate.graph import Estate, Members
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.value import CLOSE, OPEN
from nephograph.model.verdict import OF_STRANGERS, Verdict, depends

T = TypeVar("T")

_PRINCIPAL_KINDS = ("aws_iam_role", "aws_iam_user")
_OBJECT_READS = ("s3:getobject", "s3:getobjectversion", "s3:getobjectacl", "s3:putobjectacl")


class Identity:
    """Decisions over one estate. Principals are urns, Resources, ARNs, account numbers, `anonymous`, `stranger` or
    `service:NAME`; resources are urns, Resources, ARNs, or `*` for "some resource, or none"."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._entities = frozenset(r.arn for r in estate.resources.values() if r.arn)
        self._found: dict[tuple[str, str], Any] = {}
        self.organization = Organization(estate)
        self._users_and_roles: Members | None = None

    def policies_of(self, principal: Resource | str) -> tuple[Policy, ...]:
        """The identity policies of a user, role or group of the estate; () for anybody else."""
        resource = self._resource(principal) if isinstance(principal, str) else principal
        return () if resource is None else self._identity_of(resource).policies

    def bearing_on(self, principal: Resource | str, resource: Resource | None = None) -> tuple[Policy, ...]:
        """Every policy of every layer that can bear on a principal's requests, to a resource where one is named."""
        who = self.principal(principal)
        found = self.layers(who, resource, "*" if resource is None else _arn_of(resource), "")
        held = self._identity_of(who.resource).policies if who.resource is not None else found.identity
        limits = self._boundary_of(who.resource).policies if who.resource is not None else ()
        ceilings: tuple[Policy, ...] = found.scp.policies if found.scp else ()
        if resource is None:
            return (*held, *limits, *ceilings)
        service = resource.arn.split(":", 3)[2] if resource.arn.count(":") > 2 else ""
        home = account_of(resource.arn) or resource.scope.account
        above = self.organization.over_resource(who, home, f"{service}:*", resource)
        return (*held, *limits, *ceilings, *(above.policies if above else ()), *self._own_of(resource).policies)

    def boundary_of(self, principal: Resource | str) -> Policy | None:
        """The permissions boundary of a user or role, None when it has none."""
        resource = self._resource(principal) if isinstance(principal, str) else principal
        return None if resource is None else next(iter(self._boundary_of(resource).policies), None)

    def own_policies(self, resource: Resource) -> tuple[Policy, ...]:
        """The resource-based policies of a resource (see `grants.own_policies`)."""
        return self._own_of(resource).policies

    def _once(self, what: str, urn: str, find: Callable[..., T], *about: Any) -> T:
        """What is found out of one thing, found out when it is first asked for: an estate does not change."""
        key = (what, urn)
        if key not in self._found:
            self._found[key] = find(*about)
        found: T = self._found[key]
        return found

    def _identity_of(self, holder: Resource) -> Held:
        return self._once("identity policies", holder.urn, self._held_by, holder)

    def _held_by(self, holder: Resource) -> Held:
        return Held(holders.identity_policies(self._estate, holder))

    def _boundary_of(self, holder: Resource) -> Held:
        return self._once("boundary", holder.urn, self._bounding, holder)

    def _bounding(self, holder: Resource) -> Held:
        found = holders.boundary_of(self._estate, holder)
        return Held((found,) if found is not None else ())

    def _own_of(self, resource: Resource) -> Held:
        return self._once("own policies", resource.urn, _own, resource)

    def _guard_of(self, bucket: Resource) -> Guard:
        return self._once("guard", bucket.urn, self._guarding, bucket)

    def _guarding(self, bucket: Resource) -> Guard:
        return public_access.guard_of(self._estate, bucket, self.own_policies(bucket))

    def principals(self) -> Sequence[Resource]:
        """The users and roles of the estate, in urn order."""
        if self._users_and_roles is None:
            found = (r for kind in _PRINCIPAL_KINDS for r in self._estate.of_kind(kind))
            self._users_and_roles = Members(sorted(found, key=lambda r: r.urn))
        return self._users_and_roles

    def can(
        self,
        principal: Resource | str,
        action: str,
        resource: Resource | str,
        given: Mapping[str, Known] | None = None,
    ) -> Decision:
        """May the principal do the action on the resource, with some choice of what a caller chooses?

        An S3 object action asked of a bucket means some object of it, whether it exists or not. `given` sets context
        keys of the request.
        """
        return self.explain(principal, action, resource, given, told=False).decision

    def explain(
        self,
        principal: Resource | str,
        action: str,
        resource: Resource | str,
        given: Mapping[str, Known] | None = None,
        session: Policy | None = None,
        told: bool = True,
    ) -> Explained:
        """The same as `can`, with what each layer says. `session` is the policy the session was made with."""
        who = self.principal(principal)
        target = self._resource(resource) if isinstance(resource, str) else resource
        arn = resource if isinstance(resource, str) and (resource.startswith("arn:") or resource == "*") else ""
        named = arn or (target.urn if target is not None else str(resource))
        if target is None:
            target = self._holder_of(arn)
        if target is None and not arn:
            return Explained(Decision(who.id, action, named, depends(f"{resource} is not in the data")))
        if target is not None and not arn:
            arn = _arn_of(target)
        if target is not None and target.kind == "aws_s3_access_point":
            return self._through(who, action, target, arn, given or {}, session, told)
        return self._asked(who, action, target, arn, named, given or {}, session, told)

    def _asked(
        self,
        who: Principal,
        action: str,
        target: Resource | None,
        arn: str,
        named: str,
        given: Mapping[str, Known],
        session: Policy | None,
        told: bool,
    ) -> Explained:
        layers = self.layers(who, target, arn, action, given, session)
        found = Question(who, action, target, arn, layers, given).answer()
        verdict = self._with_object_acls(found.verdict, who, action, target)
        decision = Decision(who.id, action, named, verdict, found.condition)
        return Explained(decision, analyse(layers, found.request, verdict) if told else None)

    def _through(
        self,
        who: Principal,
        action: str,
        point: Resource,
        arn: str,
        given: Mapping[str, Known],
        session: Policy | None,
        told: bool,
    ) -> Explained:
        """A request through an access point: its policy and its bucket's have to let it pass.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
        """
        door = self._asked(who, action, point, access_points.object_arn(arn, point, action), arn, given, session, told)
        if door.decision.verdict.answer == "no":
            return door
        bucket = next(iter(self._estate.targets(point.urn, "access_point_of", "aws_s3_bucket")), None)
        if bucket is None:
            whether = f"whether the bucket behind {point.label or point.address} lets it pass: it is not in the data"
            return access_points.joined(door, depends(whether))
        behind = access_points.behind(arn, point, bucket)
        keys = {**access_points.context(point), **given}
        inner = self._asked(who, action, bucket, behind, behind, keys, session, told=True)
        return access_points.joined(door, access_points.let_through(inner, who, bucket))

    def candidates(self, principal: Resource | str, action: str, among: Iterable[Resource]) -> list[Resource]:
        """Those of some resources on which the action is not ruled out at first sight; `can` says no for all others.

        For questions about many resources: most of them have nobody who grants anything.
        """
        who = self.principal(principal)
        if who.resource is None:
            some = list(among) if who.signed else [r for r in among if self._may_grant(r, action)]
        elif self._identity_of(who.resource).may_allow(action):
            some = list(among)
        else:
            some = [resource for resource in among if self._may_grant(resource, action)]
        if who.resource is not None and who.account.isdigit() and OPEN not in who.arn:
            held = beginnings(self._identity_of(who.resource).about(action))
            some = [resource for resource in some if self._may_concern(who, action, resource, held)]
        return [resource for resource in some if self._has_prospect(who, action, resource)]

    def _may_concern(self, who: Principal, action: str, resource: Resource, held: tuple[str, ...] | None) -> bool:
        """Could a user or role be granted the action, by how what its policies speak of begins, or by name?

        A part of what `has_prospect` asks that costs next to nothing.
        """
        trusted = resource.kind == "aws_iam_role" and _assumes(action)
        if not trusted and (held is None or begins(_arn_of(resource), held)):
            return True
        if not self._may_grant(resource, action):
            return False
        named = self._own_of(resource).audience(action)
        if named is None or who.arn in named or who.account in named:
            return True
        acls = self._object_acls(who, action, resource)
        return acls is not None and acls.possible

    def _may_grant(self, resource: Resource, action: str) -> bool:
        """Could the resource itself grant the action to anybody, an object of it by its own list included?"""
        return self._own_of(resource).may_allow(action) or _has_object_acls(resource, action)

    def _has_prospect(self, who: Principal, action: str, resource: Resource) -> bool:
        arn = _arn_of(resource)
        layers = self.layers(who, resource, arn, action)
        account = account_of(resource.arn) or resource.scope.account
        objects = resource.kind == "aws_s3_bucket" and is_object_action(action)
        if has_prospect(layers, who, account, literal(f"{arn}/{OPEN}object{CLOSE}" if objects else arn)):
            return True
        acls = self._object_acls(who, action, resource)
        return acls is not None and acls.possible

    def who(self, action: str, resource: Resource | str, given: Mapping[str, Known] | None = None) -> list[Decision]:
        """Everybody of the estate, `anonymous`, `stranger`, and whom the resource's policies name: who can, or may."""
        target = self.resource(resource) if isinstance(resource, str) else resource
        asked: list[Resource | str] = [*self.principals(), ANONYMOUS, STRANGER]
        if target is not None:
            asked += self.named_by(target)
        decisions = [self.can(one, action, resource, given) for one in asked]
        return [one for one in decisions if one.verdict.possible]

    def providers_named_by(self, resource: Resource | str) -> list[str]:
        """The identity providers that a resource's own policies name, as they name them."""
        target = self.resource(resource) if isinstance(resource, str) else resource
        policies = self.own_policies(target) if target is not None else ()
        named = (s.principals.named for p in policies for s in p.statements if s.principals and s.effect != "Deny")
        return list(dict.fromkeys(value for pairs in named for kind, value in pairs if kind == "Federated"))

    def named_by(self, resource: Resource) -> list[str]:
        """Services, and accounts and principals that are not of the estate, whom a resource's own policies name."""
        found: dict[str, None] = {}
        for statement in (s for policy in self.own_policies(resource) for s in policy.statements):
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
        urn = principal if isinstance(principal, str) else principal.urn
        return self._once("principal", urn, self._meant, principal)

    def _meant(self, principal: Resource | str) -> Principal:
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
        session = assumed_role(self._estate, principal)
        return session or Principal("external", principal, principal, principal, account_of(principal))

    def layers(
        self,
        principal: Principal,
        resource: Resource | None,
        arn: str,
        action: str,
        given: Mapping[str, Known] | None = None,
        session: Policy | None = None,
    ) -> Layers:
        """The policies that bear on a question, with the statements that can mean the action."""
        identity: tuple[Policy, ...] = ()
        boundary: Policy | None = None
        if principal.resource is not None:
            identity = self._identity_of(principal.resource).about(action)
            boundary = next(iter(self._boundary_of(principal.resource).about(action)), None)
        elif principal.kind == "stranger":
            place = Place(OF_STRANGERS)
            identity = (Policy(place, (Statement(place, 0, "Allow"),)),)
        elif principal.signed:
            place = Place(f"policies of {principal.name}")
            identity = (Policy(place, unknown=f"policies of {principal.name} are not in the data"),)
        if resource is None:
            own = () if arn == "*" else _unseen(arn)
            layers = Layers(identity, boundary, own, owner=arn)
        else:
            layers = self._owned(identity, boundary, resource, action)
        endpoint = endpoint_policy(self._estate, given or {})
        if session is None and endpoint is None and not self.organization.present:
            return layers
        account = self._account_of(principal, resource, arn)
        return msgspec.structs.replace(
            layers,
            session=session,
            endpoint=endpoint,
            scp=self.organization.over_principal(principal),
            rcp=self.organization.over_resource(principal, account, action, resource),
        )

    def _account_of(self, principal: Principal, resource: Resource | None, arn: str) -> str:
        """The account of what is asked about; "some resource" and what is not in the data are the principal's own."""
        if resource is not None:
            return account_of(resource.arn) or resource.scope.account
        return account_of(arn) or principal.account

    def _owned(self, identity: tuple[Policy, ...], boundary: Policy | None, resource: Resource, action: str) -> Layers:
        name = resource.label or resource.address
        if resource.kind == "aws_iam_role":
            if not _assumes(action):
                return Layers(identity, boundary, owner=f"role {name}")
            return Layers(identity, boundary, self._own_of(resource).about(action), "trust", owner=f"role {name}")
        own = self._own_of(resource).about(action)
        if resource.kind == "aws_kms_key":
            return Layers(identity, boundary, own, "key", owner=f"key {name}")
        if resource.kind == "aws_s3_bucket":
            return Layers(identity, boundary, own, guard=self._guard_of(resource), owner=f"bucket {name}")
        return Layers(identity, boundary, own, owner=name)

    def _with_object_acls(
        self, verdict: Verdict, principal: Principal, action: str, resource: Resource | None
    ) -> Verdict:
        acls = self._object_acls(principal, action, resource) if verdict.answer == "no" else None
        if acls is None or acls.answer == "no" or any(" denies " in fact.text for fact in verdict.because):
            return verdict
        return Verdict("depends", verdict.because, acls.depends_on)

    def _object_acls(self, principal: Principal, action: str, resource: Resource | None) -> Verdict | None:
        """What object access control lists, which are not in the data, leave open for callers from outside."""
        if resource is None or not _has_object_acls(resource, action):
            return None
        outside = not principal.signed or same_account(principal.account, resource.scope.account).answer == "no"
        if principal.kind == "service" or not outside:
            return None
        return self._once("object lists", resource.urn, public_access.object_acls_count, self._estate, resource)

    def resource(self, name: str) -> Resource | None:
        """The resource of a urn or an ARN; the bucket of an object's ARN. None for anything else."""
        return self._resource(name) or self._holder_of(name)

    def _resource(self, name: str) -> Resource | None:
        return self._estate.resources.get(name) or self._estate.by_arn(name)

    def _holder_of(self, arn: str) -> Resource | None:
        """The bucket, or the access point, of an object's ARN."""
        point, inside, _ = arn.partition("/object/")
        if inside and (door := self._estate.by_arn(point)) is not None and door.kind == "aws_s3_access_point":
            return door
        bucket, slash, _ = arn.partition("/")
        found = self._estate.by_arn(bucket) if slash else None
        return found if found is not None and found.kind == "aws_s3_bucket" else None


def _own(resource: Resource) -> Held:
    return Held(grants.own_policies(resource))


def _assumes(action: str) -> bool:
    """Is it asked of a role's trust policy?"""
    return action.lower().startswith(("sts:assumerole", "sts:tagsession", "sts:setsourceidentity"))


def _arn_of(resource: Resource) -> str:
    """The ARN of a resource, a symbol when it has none that is known."""
    return resource.arn or f"{OPEN}ARN of {resource.address}{CLOSE}"


def _has_object_acls(resource: Resource, action: str) -> bool:
    """Is this about objects, each of which may have an access control list of its own?"""
    return resource.kind == "aws_s3_bucket" and action.lower() in _OBJECT_READS


def _unseen(arn: str) -> tuple[Policy, ...]:
    return (Policy(Place(f"policy of {arn}"), unknown=f"{arn} is not in the data, nor is a policy it may have"),)
