"""Copies an attacker makes: which volumes and databases can leave the account as a snapshot."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends, no, yes

_STORES = (
    "aws_db_cluster_snapshot",
    "aws_db_instance",
    "aws_db_snapshot",
    "aws_ebs_snapshot",
    "aws_ebs_volume",
    "aws_rds_cluster",
)


@predicate(2)
def can_share_key(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """A snapshot of the store can be read in another account: in clear, or because the principal may hand on its key.

    What AWS's own key encrypts cannot be shared.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/share-encrypted-snapshot.html
    https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
    """
    assert args[0] is not None, "who shares is always said"
    for kind in _STORES:
        for store in bound(facts, args[1], facts.resources(kind)):
            yield fact("can_share_key", args[0], store.urn, verdict=_shareable(facts, args[0], store))


def _shareable(facts: EstateFacts, who: str, store: Resource) -> Verdict:
    keys = facts.attached(store, "encrypted_by")
    if keys:
        return facts.can(who, "kms:CreateGrant", keys[0]).verdict
    encrypted = store.get("encrypted")
    if isinstance(encrypted, Unknown) or isinstance(store.get("kms_key"), Unknown):
        return depends(f"whether {name(store)} is encrypted, and by which key")
    if encrypted:
        return no(evidence(f"AWS's own key encrypts {name(store)}: no snapshot of it can be shared", store, "kms_key"))
    return yes(evidence(f"{name(store)} is not encrypted", store, "encrypted"))


@predicate(1)
def is_recoverable(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The table has point-in-time recovery, which exports need.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.HowItWorks.html
    """
    for table in bound(facts, args[0], facts.resources("aws_dynamodb_table")):
        said = table.get("point_in_time_recovery")
        if isinstance(said, Unknown):
            verdict = depends(f"whether {name(table)} has point-in-time recovery ({said})")
        elif said:
            verdict = yes(evidence(f"{name(table)} has point-in-time recovery", table, "point_in_time_recovery"))
        else:
            continue
        yield fact("is_recoverable", table.urn, verdict=verdict)
