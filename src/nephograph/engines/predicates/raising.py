"""Who becomes administrator when policies are rewritten, and what a principal holds that can be rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.administrators import is_administrator
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.engines.predicates.trust import may_rewrite, unbounded
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, all_of, any_of, depends, yes


@predicate(2)
def can_grow(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal is not administrator yet, and no boundary limits it: with more policies it is, of this account.

    A permissions boundary stays a ceiling whatever policies are added
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
    """
    for who in bound(facts, args[0], facts.identity.principals()):
        account = _account(who)
        if args[1] in (None, account) and not _is_administrator(facts, who):
            verdict = unbounded(facts, who)
            if verdict.possible:
                yield fact("can_grow", who.urn, account, verdict=verdict)


@predicate(1)
def lesser(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal is not administrator: by becoming somebody else of its account it may win something."""
    for who in bound(facts, args[0], facts.identity.principals()):
        if not _is_administrator(facts, who):
            yield fact("lesser", who.urn, verdict=yes(evidence(f"{name(who)} is not administrator", who)))


@predicate(3)
def can_raise(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The target is another principal that can grow (`can_grow`): who rewrites its policies and becomes it is
    administrator of this account."""
    principal, target, account = args
    for grown in facts.query("can_grow", (target, account)):
        for who in bound(facts, principal, facts.identity.principals()):
            if who.urn != grown.args[0]:
                yield fact("can_raise", who.urn, *grown.args, verdict=grown.verdict)


@predicate(3)
def can_rewrite(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may add any permission to a role, user or group by this action: attach a policy, or write one."""
    principal, action, target = args
    assert action is not None, "which action is always said"
    kind = next((kind for word, kind in _HOLDERS.items() if word in action), "")
    for who in bound(facts, principal, facts.identity.principals()):
        targets = list(bound(facts, target, facts.resources(kind)))
        for one in facts.identity.candidates(who, action, targets):
            yield fact("can_rewrite", who.urn, action, one.urn, verdict=may_rewrite(facts, who, action, one))


_HOLDERS = {"RolePolicy": "aws_iam_role", "UserPolicy": "aws_iam_user", "GroupPolicy": "aws_iam_group"}


@predicate(2)
def holds_policy(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The customer managed policy gives the principal permissions: it is attached to it, or to a group it is in."""
    for who in bound(facts, args[0], facts.identity.principals()):
        holders = [who, *facts.attached(who, "member_of", "aws_iam_group")]
        seen: set[str] = set()
        for holder in holders:
            for policy in facts.attached(holder, "has_policy", "aws_iam_policy"):
                if policy.urn in seen or args[1] not in (None, policy.urn) or policy.get("aws_managed") is True:
                    continue
                seen.add(policy.urn)
                through = "" if holder is who else f", which {name(who)} is in"
                proof = evidence(f"policy {name(policy)} is attached to {name(holder)}{through}", holder)
                yield fact("holds_policy", who.urn, policy.urn, verdict=yes(proof))


@predicate(2)
def member_of(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The user is in the group."""
    for user in bound(facts, args[0], facts.resources("aws_iam_user")):
        for group in facts.attached(user, "member_of", "aws_iam_group"):
            if args[1] in (None, group.urn):
                proof = evidence(f"user {name(user)} is in group {name(group)}", user, "groups")
                yield fact("member_of", user.urn, group.urn, verdict=yes(proof))


@predicate(2)
def group_administers(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The policies of the group allow everything in this account."""
    for group in bound(facts, args[0], facts.resources("aws_iam_group")):
        account = _account(group)
        if args[1] in (None, account):
            yield fact("group_administers", group.urn, account, verdict=is_administrator(facts.identity, group).verdict)


@predicate(1)
def may_get_access_key(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The user has fewer than two access keys, so that one more can be made.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    for user in bound(facts, args[0], facts.resources("aws_iam_user")):
        sure, unsure = _keys(facts, user)
        if len(sure) < 2:
            proof = evidence(f"user {name(user)} has {len(sure)} of 2 access keys", user)
            verdict = yes(proof)
            if len(sure) + len(unsure) >= 2:
                verdict = depends(f"whether {unsure[0].address} exists: {unsure[0].existence}", because=(proof,))
            yield fact("may_get_access_key", user.urn, verdict=verdict)


@predicate(1)
def has_two_access_keys(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The user has as many access keys as a user may have: one has to go before another is made.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    for user in bound(facts, args[0], facts.resources("aws_iam_user")):
        sure, unsure = _keys(facts, user)
        proof = evidence(f"user {name(user)} has two access keys", user)
        if len(sure) >= 2:
            yield fact("has_two_access_keys", user.urn, verdict=yes(proof))
        elif len(sure) + len(unsure) >= 2:
            verdict = depends(f"whether {unsure[0].address} exists: {unsure[0].existence}", because=(proof,))
            yield fact("has_two_access_keys", user.urn, verdict=verdict)


def _keys(facts: EstateFacts, user: Resource) -> tuple[list[Resource], list[Resource]]:
    """The access keys that are there, and those of which that is not known."""
    keys = facts.holders(user, "key_of", "aws_iam_access_key")
    return [k for k in keys if k.existence is None], [k for k in keys if k.existence is not None]


@predicate(1)
def has_password(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The user has a password for the console."""
    yield from _with_password("has_password", facts, args, there=True)


@predicate(1)
def has_no_password(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The user has no password for the console yet."""
    yield from _with_password("has_no_password", facts, args, there=False)


def _with_password(predicate: str, facts: EstateFacts, args: Args, there: bool) -> Iterator[Fact]:
    for user in bound(facts, args[0], facts.resources("aws_iam_user")):
        said = user.get("console_access")
        if isinstance(said, Unknown):
            yield fact(predicate, user.urn, verdict=depends(f"whether {name(user)} has a password ({said})"))
        elif bool(said) is there:
            proof = evidence(f"user {name(user)} has {'a' if there else 'no'} password", user, "console_access")
            yield fact(predicate, user.urn, verdict=yes(proof))


@predicate(2)
def launches_as(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Instances that start from the launch template hold the role, whichever version is the default.

    That something starts them is known where an Auto Scaling group follows the default or latest version
    (https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html); else it depends on that.
    """
    for template in bound(facts, args[0], facts.resources("aws_launch_template")):
        used = _used(facts, template)
        for profile in facts.attached(template, "has_instance_profile"):
            for role in facts.attached(profile, "has_role"):
                if args[1] in (None, role.urn):
                    proof = evidence(f"launch template {name(template)} gives role {name(role)}", template, "versions")
                    verdict = all_of((yes(proof), used))
                    yield fact("launches_as", template.urn, role.urn, verdict=verdict)


def _used(facts: EstateFacts, template: Resource) -> Verdict:
    verdicts = [depends(f"whether something starts instances from launch template {name(template)}")]
    for group in facts.holders(template, "made_from", "aws_autoscaling_group"):
        version = group.get("launch_template_version")
        if version in (None, "", "$Default", "$Latest"):
            field = "launch_template_version"
            verdicts.append(yes(evidence(f"{name(group)} starts its {version or '$Default'} version", group, field)))
    return any_of(verdicts)


def _account(resource: Resource) -> str:
    return f"account {resource.scope.account}"


def _is_administrator(facts: EstateFacts, who: Resource) -> bool:
    return any(one.verdict.answer == "yes" for one in facts.query("administrator", (who.urn, None)))
