"""Service control and resource control policies: which policies of an organization bear on which account.

Every level from the root to the account has to allow. The management account's principals and resources are exempt, and
so are service-linked roles.
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from nephograph.engines.identity.layers import Ceiling, Chain, Level
from nephograph.engines.identity.request import Principal, same_account
from nephograph.engines.identity.statement import Place, Policy, Statement, read_policy
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown, is_unknown
from nephograph.model.verdict import Verdict

Type = Literal["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]

_FIELDS: dict[Type, str] = {
    "SERVICE_CONTROL_POLICY": "service_control_policies",
    "RESOURCE_CONTROL_POLICY": "resource_control_policies",
}
_WORDS: dict[Type, str] = {
    "SERVICE_CONTROL_POLICY": "service control policy",
    "RESOURCE_CONTROL_POLICY": "resource control policy",
}
_FULL: dict[Type, tuple[str, str]] = {
    "SERVICE_CONTROL_POLICY": ("p-FullAWSAccess", "FullAWSAccess"),
    "RESOURCE_CONTROL_POLICY": ("p-RCPFullAWSAccess", "RCPFullAWSAccess"),
}
"""AWS's own policies, which allow everything: id and name."""

_ORGANIZATION, _UNIT = "aws_organizations_organization", "aws_organizations_organizational_unit"
_ACCOUNT, _POLICY = "aws_organizations_account", "aws_organizations_policy"

_LISTED = (
    "aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch "
    "cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend "
    "comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose "
    "fis fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications "
    "opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager "
    "servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 "
    "workspaces xray"
)

RCP_SERVICES = frozenset(_LISTED.split())
"""Services whose resources RCPs bear on, as the page on RCPs lists them (September 2026)."""

MEMBERS = ("user", "role", "account", "external")
"""Principals that belong to an account."""

_DEEPEST = 16
"""Levels that are followed; AWS allows a root, five levels of units, and the account."""

_ALTERNATIVES = 64
"""Accounts that could be meant, and that are tried; with more, only those that differ in policies matter anyway."""


class Organization:
    """The organization of an estate, where one is in the data. Chains of levels are worked out once an account."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._policies = estate.of_kind(_POLICY)
        self._ceilings: dict[tuple[Type, str], Ceiling | None] = {}
        self._not_said: dict[str, None] = {}

    @property
    def present(self) -> bool:
        """Is an organization, or a part of one, in the data?"""
        return any(self._estate.of_kind(kind) for kind in (_ORGANIZATION, _UNIT, _ACCOUNT, _POLICY))

    def not_said(self) -> tuple[str, ...]:
        """What answers so far took for granted because the data of the organization does not say it."""
        return tuple(self._not_said)

    def over_principal(self, principal: Principal) -> Ceiling | None:
        """The service control policies that bear on a principal's requests."""
        if principal.kind not in MEMBERS or is_service_linked(principal.arn):
            return None
        return self._over("SERVICE_CONTROL_POLICY", principal.account)

    def over_resource(
        self, principal: Principal, account: str, action: str, resource: Resource | None
    ) -> Ceiling | None:
        """The resource control policies that bear on a request to a resource of an account."""
        service = action.lower().partition(":")[0]
        if is_service_linked(principal.arn) or service not in RCP_SERVICES:
            return None
        if action.lower() == "kms:retiregrant" or (resource is not None and _is_exempt(resource)):
            return None
        return self._over("RESOURCE_CONTROL_POLICY", account)

    def _over(self, type_: Type, account: str) -> Ceiling | None:
        if not self.present:
            return None
        if (type_, account) not in self._ceilings:
            self._ceilings[type_, account] = self._ceiling(type_, account)
        return self._ceilings[type_, account]

    def _ceiling(self, type_: Type, account: str) -> Ceiling | None:
        if self._is_off(type_) or not self._is_said(type_):
            return None
        possible: list[tuple[Verdict, Chain]] = [(same, ()) for same in self._managed_by(account)]
        for member in self._estate.of_kind(_ACCOUNT):
            if any(managed.answer == "yes" for managed in self._managed_by(_number(member))):
                continue  # the management account itself is listed, too
            same = same_account(_number(member), account)
            if same.answer != "no":
                possible.append((same, self._chain(type_, member)))
        sure = next((chain for same, chain in possible if same.answer == "yes"), None)
        if sure is not None:
            return Ceiling(_WORDS[type_], (sure,)) if sure else None
        chains = list(dict.fromkeys(chain for _, chain in possible if chain))[:_ALTERNATIVES]
        if not chains:
            if account:
                self._not_said[f"account {account} is in no organization of the data"] = None
            return None
        unsure = f"which account of the organization {account or 'an unnamed account'} is, if any"
        return Ceiling(_WORDS[type_], ((), *chains), unsure)

    def _is_said(self, type_: Type) -> bool:
        """Does the data hold a policy of the type, or a level that lists one?"""
        levels = (one for kind in (_ORGANIZATION, _UNIT, _ACCOUNT) for one in self._estate.of_kind(kind))
        listed = (one.get(_FIELDS[type_]) for one in levels)
        return any(_is_of(p, type_) for p in self._policies) or any(isinstance(x, list) and x for x in listed)

    def _is_off(self, type_: Type) -> bool:
        """Is the type of policy switched off? Then no level has one; so an attached one shows that it is on."""
        organizations = self._estate.of_kind(_ORGANIZATION)
        types = [one.get("policy_types") for one in organizations]
        return bool(types) and all(isinstance(said, list) and type_ not in said for said in types)

    def _managed_by(self, account: str) -> Iterator[Verdict]:
        """Is the account the management account? It is the one in which code makes the organization.

        https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html
        """
        for one in self._estate.of_kind(_ORGANIZATION):
            said = one.get("management_account")
            linked = self._estate.targets(one.urn, "managed_by", _ACCOUNT)
            if linked:
                yield same_account(_number(linked[0]), account)
            elif isinstance(said, str):
                yield same_account(said, account)
            else:
                yield same_account(one.scope.account, account)

    def _chain(self, type_: Type, member: Resource) -> Chain:
        """The levels of an account, the root first."""
        levels: list[Level] = []
        thing: Resource | None = member
        for _ in range(_DEEPEST):
            if thing is None:
                break
            levels.append(self._level(type_, thing))
            thing = self._above(thing)
        return tuple(reversed(levels))

    def _above(self, thing: Resource) -> Resource | None:
        """The parent of a unit or account. Without one that is known, the organization's root."""
        if thing.kind == _ORGANIZATION:
            return None
        parents = [p for p in self._estate.holders(thing.urn, "contains") if p.kind in (_UNIT, _ORGANIZATION)]
        if parents:
            return parents[0]
        said = thing.get("parent")
        if said is not None:
            self._not_said[f"what {_called(thing)} is in, and the policies there: {_why(said)}"] = None
        # Every account is below the root, whatever lies between.
        return next(iter(self._estate.of_kind(_ORGANIZATION)), None)

    def _level(self, type_: Type, thing: Resource) -> Level:
        name = _called(thing)
        said = thing.get(_FIELDS[type_])
        listed = isinstance(said, list) and not any(map(is_unknown, said))
        attached = [p for p in self._estate.targets(thing.urn, "has_policy", _POLICY) if _is_of(p, type_)]
        policies = [self._policy(type_, policy, name) for policy in dict.fromkeys(attached)]
        policies += list(self._unlinked(type_, thing, said, attached))
        id_, full = _FULL[type_]
        told = listed or any(p.get("id") == id_ and isinstance(p.get("targets"), list) for p in self._policies)
        if not told or type_ == "RESOURCE_CONTROL_POLICY":
            # Attached to everything as soon as the type is on. That of RCPs stays; taking the other off leaves no
            # trace in code.
            policies.append(_everything(full, name))
        if not listed:
            policies += list(self._perhaps(type_, name, attached))
            if isinstance(said, Unknown) and not attached:
                self._not_said[f"{_WORDS[type_]} of {name}: {_why(said)}"] = None
        return Level(name, tuple(policies))

    def _policy(self, type_: Type, policy: Resource, level: str) -> Policy:
        document = policy.get("document")
        id_, full = _FULL[type_]
        if policy.get("id") == id_ and not isinstance(document, dict):
            return _everything(full, level)
        words = f"{_WORDS[type_]} {policy.label or policy.address} (of {level})"
        return read_policy(document, Place(words, policy, ("document",)))

    def _unlinked(self, type_: Type, thing: Resource, said: object, attached: Iterable[Resource]) -> Iterator[Policy]:
        """Policies that the level lists and that are not in the data themselves."""
        if not isinstance(said, list):
            return
        known = {policy.get("id") for policy in attached}
        id_, full = _FULL[type_]
        for position, entry in enumerate(said):
            if entry == id_:
                if id_ not in known:
                    yield _everything(full, _called(thing))
            elif entry not in known and not any(
                edge.path == (_FIELDS[type_], position) for edge in self._estate.outgoing(thing.urn, "has_policy")
            ):
                words = f"{_WORDS[type_]} {entry} (of {_called(thing)})"
                place = Place(words, thing, (_FIELDS[type_], position))
                yield Policy(place, unknown=f"content of {words} is not in the data")

    def _perhaps(self, type_: Type, level: str, attached: Iterable[Resource]) -> Iterator[Policy]:
        """Policies of which it is not known what they are attached to: their denies may count here."""
        certain = {policy.urn for policy in attached}
        for policy in self._policies:
            if policy.urn in certain or not _is_of(policy, type_):
                continue
            why = self._open_targets(policy)
            if why:
                whether = f"whether {_WORDS[type_]} {policy.label or policy.address} is attached to {level}: {why}"
                yield _only_perhaps(self._policy(type_, policy, level), whether)

    def _open_targets(self, policy: Resource) -> str:
        """Why it is not known what a policy is attached to, "" when it is."""
        targets = policy.get("targets")
        if isinstance(targets, Unknown):
            return _why(targets)
        missing = self._estate.missing(policy.urn, "targets")
        # An id that is written out names something; only what is not known can be this level.
        return next((_why(one) for one in targets or () if isinstance(one, Unknown) and missing), "")


def is_service_linked(arn: str) -> bool:
    """Is it a role that belongs to a service, which no policy of an organization restricts?

    https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
    """
    return ":role/aws-service-role/" in arn


def _is_exempt(resource: Resource) -> bool:
    """Keys that AWS manages, and service-linked roles, which services enter whatever an RCP says."""
    aws_key = resource.kind == "aws_kms_key" and resource.get("manager") == "AWS"
    return aws_key or is_service_linked(resource.arn)


def _is_of(policy: Resource, type_: Type) -> bool:
    said = policy.get("type")
    return said == type_ or isinstance(said, Unknown)


def _number(member: Resource) -> str:
    """The number of a member account; the last step of its ARN where the number is a symbol."""
    said = member.get("id")
    return said if isinstance(said, str) else member.arn.rpartition("/")[2]


def _called(thing: Resource) -> str:
    if thing.kind == _ORGANIZATION:
        return "the root"
    noun = "account" if thing.kind == _ACCOUNT else "unit"
    return f"{noun} {thing.label or thing.address}"


def _why(said: object) -> str:
    return str(said)


def _everything(name: str, level: str) -> Policy:
    place = Place(f"AWS managed policy {name} (of {level})")
    return Policy(place, (Statement(place, 0, "Allow"),))


def _only_perhaps(policy: Policy, whether: str) -> Policy:
    """The policy with its denies left open. It may not be there, so nothing it allows counts."""
    if policy.unknown:
        return policy
    denies = tuple(msgspec.structs.replace(s, problem=whether) for s in policy.statements if s.effect != "Allow")
    return msgspec.structs.replace(policy, statements=denies)
