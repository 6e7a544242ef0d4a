"""Copies of data that are shared outside: snapshots and images."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.accounts import is_ones_own
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, all_of, depends, yes

_COPIES = ("aws_ami", "aws_db_cluster_snapshot", "aws_db_snapshot", "aws_ebs_snapshot")


@predicate(1)
def shared_with_everybody(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Any AWS account may copy the snapshot or image. One that is encrypted cannot be shared so.

    https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
    """
    for copy in _copies(facts, args[0]):
        for position, account in _listed(copy):
            if account == "all":
                proof = evidence(f"{name(copy)} is shared with everybody", copy, "shared_with", position)
                encrypted = copy.get("encrypted")
                if isinstance(encrypted, Unknown):
                    verdict = depends(f"whether {name(copy)} is encrypted ({encrypted})", because=(proof,))
                else:
                    verdict = NO if encrypted else yes(proof)
                yield fact("shared_with_everybody", copy.urn, verdict=verdict)
        # Where the list is there, it says more than the flag, which only sums it up.
        if copy.kind == "aws_ami" and copy.get("public") is True and not isinstance(copy.get("shared_with"), list):
            proof = evidence(f"{name(copy)} is public", copy, "public")
            yield fact("shared_with_everybody", copy.urn, verdict=yes(proof))


@predicate(2)
def shared_with_account(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """An account that is not in the estate may copy the snapshot or image, and may use the key of it."""
    for copy in _copies(facts, args[0]):
        for position, account in _listed(copy):
            if account == "all" or args[1] not in (None, f"account {account}"):
                continue
            own = is_ones_own(facts, account)
            proof = evidence(f"{name(copy)} is shared with account {account}", copy, "shared_with", position)
            if own.answer != "yes":
                stranger = depends(*own.depends_on) if own.answer == "depends" else yes()
                verdict = all_of((yes(proof), stranger, _readable(facts, copy, account)))
                yield fact("shared_with_account", copy.urn, f"account {account}", verdict=verdict)


def _copies(facts: EstateFacts, arg: str | None) -> Iterator[Resource]:
    for kind in _COPIES:
        yield from bound(facts, arg, facts.resources(kind))


def _listed(copy: Resource) -> list[tuple[int, str]]:
    said = copy.get("shared_with")
    return [(at, one) for at, one in enumerate(said) if isinstance(one, str)] if isinstance(said, list) else []


def _readable(facts: EstateFacts, copy: Resource, account: str) -> Verdict:
    """Can the account read it: it is not encrypted, or its key lets the account decrypt? AWS's own keys never do.

    https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html#share-kms-key
    """
    keys = facts.attached(copy, "encrypted_by")
    if keys:
        return facts.identity.can(account, "kms:Decrypt", keys[0]).verdict
    encrypted = copy.get("encrypted")
    if isinstance(encrypted, Unknown) or copy.kind == "aws_ami":
        return depends(f"whether {name(copy)} is encrypted")
    return NO if encrypted else yes(evidence(f"{name(copy)} is not encrypted", copy, "encrypted"))
