"""Which policies a principal of the estate holds: its own, its groups', its boundary.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

from __future__ import annotations

from nephograph.engines.identity.managed import is_managed, managed_policy
from nephograph.engines.identity.statement import Place, Policy, read_policy
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_NOUNS = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}


def called(resource: Resource) -> str:
    """A principal in words: `role shop-app`."""
    return f"{_NOUNS.get(resource.kind, resource.kind)} {resource.label or resource.address}"


def identity_policies(estate: Estate, holder: Resource) -> tuple[Policy, ...]:
    """Inline and managed policies of a user, role or group, and of the groups a user is in."""
    policies = [*_inline(holder), *_managed(estate, holder)]
    if holder.kind == "aws_iam_user":
        for group in estate.targets(holder.urn, "member_of"):
            policies += identity_policies(estate, group)
        groups = holder.get("groups")
        missing = estate.missing(holder.urn, "groups")
        if isinstance(groups, Unknown):
            missing = missing or [str(groups)]
        place = Place(f"{called(holder)}: groups", holder, ("groups",))
        policies += [Policy(place, unknown=f"which group {called(holder)} is in: {why}") for why in missing]
    return tuple(policies)


def _inline(holder: Resource) -> list[Policy]:
    said = holder.get("inline_policies")
    if isinstance(said, Unknown):
        place = Place(f"{called(holder)}: inline policies", holder, ("inline_policies",))
        return [Policy(place, unknown=f"inline policies of {called(holder)}: {said}")]
    policies: list[Policy] = []
    for position, entry in enumerate(said or ()):
        path = ("inline_policies", position)
        if isinstance(entry, Unknown):
            place = Place(f"{called(holder)}: inline policy", holder, path)
            policies.append(Policy(place, unknown=f"an inline policy of {called(holder)}: {entry}"))
            continue
        name = entry.get("name")
        words = (
            f'{called(holder)}: inline policy "{name}"' if isinstance(name, str) else f"{called(holder)}: inline policy"
        )
        policies.append(read_policy(entry.get("document"), Place(words, holder, (*path, "document"))))
    return policies


def _managed(estate: Estate, holder: Resource) -> list[Policy]:
    return _referred(estate, holder, "managed_policies", "has_policy", f"held by {called(holder)}")


def boundary_of(estate: Estate, holder: Resource) -> Policy | None:
    """The permissions boundary of a user or role, or None."""
    found = _referred(estate, holder, "boundary", "bounded_by", f"boundary of {called(holder)}")
    return found[0] if found else None


def _referred(estate: Estate, holder: Resource, field: str, edge: str, how: str) -> list[Policy]:
    """The policies a reference field leads to. A reference without an edge is AWS's own policy, or not known."""
    policies: list[Policy] = []
    linked: set[tuple[str | int, ...]] = set()
    seen: set[str] = set()
    anonymous = 0
    for one in estate.outgoing(holder.urn, edge):
        linked.add(one.path)
        anonymous += not one.path
        if one.target in seen:
            continue
        seen.add(one.target)
        target = estate.resources.get(one.target)
        if target is None or target.kind != "aws_iam_policy":
            words = f"policy {target.address if target else one.target} ({how})"
            policies.append(Policy(Place(words, holder, (field,)), unknown=f"content of {words} is not in the data"))
            continue
        place = Place(f"policy {target.label or target.address} ({how})", target, ("document",))
        if target.get("aws_managed") is True:
            # Nobody here can change what AWS wrote: what can be changed is who has it.
            place = Place(place.words, holder, one.path or (field,), whole=True)
        policies.append(read_policy(target.get("document"), place))
    said = holder.get(field)
    entries = list(enumerate(said)) if isinstance(said, list) else [] if said is None else [(-1, said)]
    for position, entry in entries:
        path = (field,) if position < 0 else (field, position)
        if path in linked:
            continue
        if isinstance(entry, str):
            own = estate.by_arn(entry)
            if own is not None and own.urn in seen:
                continue
            if is_managed(entry):
                policies.append(managed_policy(entry, how, holder, path))
                continue
        elif anonymous:
            anonymous -= 1  # an edge that does not say where it was written stands for one unresolved reference
            continue
        words = f"policy {entry} ({how})"
        policies.append(Policy(Place(words, holder, path), unknown=f"content of {words} is not in the data"))
    return policies
