"""What the management account of an organization may do to the others."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.request import same_account
from nephograph.engines.identity.trust import ASSUME
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, all_of, depends, yes

_ROLE = "OrganizationAccountAccessRole"
_STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com"


@predicate(2)
def opens_member(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal, of the management account, may become administrator of a member by the role AWS makes in it.

    Accounts that joined by invitation have no such role; that it was kept is not in the data.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
    """
    for who, member, account in _members(facts, args):
        if member.get("joined_method") == "INVITED":
            continue
        partition = member.arn.split(":")[1]
        arn = f"arn:{partition}:iam::{account.removeprefix('account ')}:role/{_ROLE}"
        may = facts.identity.can(who, ASSUME, arn).verdict
        if may.possible:
            told = f"whether {_ROLE} is in account {name(member)}, and still trusts the management account"
            on = dict.fromkeys((told, *(one for one in may.depends_on if _ROLE not in one)))
            yield fact("opens_member", who.urn, account, verdict=depends(*on, because=may.because))


@predicate(2)
def deploys_into(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal is of the management account, which deploys stack sets into the member account.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
    """
    organizations = facts.resources("aws_organizations_organization")
    for who, member, account in _members(facts, args):
        verdict = depends("whether stack sets have trusted access to the organization")
        for organization in organizations:
            trusted = organization.get("trusted_services")
            if isinstance(trusted, list) and _STACK_SETS in trusted:
                at = trusted.index(_STACK_SETS)
                text = f"stack sets have trusted access to the organization of {name(member)}"
                verdict = yes(evidence(text, organization, "trusted_services", at))
        yield fact("deploys_into", who.urn, account, verdict=verdict)


def _members(facts: EstateFacts, args: Args) -> Iterator[tuple[Resource, Resource, str]]:
    """Principals of a management account, its member accounts, and how those are called."""
    members = facts.resources("aws_organizations_account")
    for who in bound(facts, args[0], facts.identity.principals()) if members else ():
        for member in members:
            account = f"account {member.arn.rpartition('/')[2]}"
            if args[1] in (None, account) and same_account(who.scope.account, member.scope.account).answer == "yes":
                yield who, member, account


@predicate(2)
def limits_others(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal is of the account that manages the service control policy, and the policy is attached somewhere."""
    policies = facts.resources("aws_organizations_policy")
    for policy in bound(facts, args[1], policies):
        if policy.get("type") != "SERVICE_CONTROL_POLICY" or not policy.get("targets"):
            continue
        verdict: Verdict = yes(evidence(f"service control policy {name(policy)} is attached", policy, "targets"))
        if isinstance(policy.get("targets"), Unknown):
            verdict = depends(f"what service control policy {name(policy)} is attached to")
        for who in bound(facts, args[0], facts.identity.principals()):
            same = same_account(who.scope.account, policy.scope.account)
            if same.possible:
                yield fact("limits_others", who.urn, policy.urn, verdict=all_of((verdict, same)))
