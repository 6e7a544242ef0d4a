"""What keeps backups and audit logs from being deleted, and where audit logs are."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, all_of, depends, no, yes


@predicate(1)
def keeps_audit_logs(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """A trail writes the audit log into the bucket or log group."""
    for kind in ("aws_s3_bucket", "aws_cloudwatch_log_group"):
        for store in bound(facts, args[0], facts.resources(kind)):
            for trail in facts.holders(store, "logs_to", "aws_cloudtrail"):
                proof = evidence(f"trail {name(trail)} writes to {name(store)}", trail)
                yield fact("keeps_audit_logs", store.urn, verdict=yes(proof))
                break


@predicate(1)
def overwritten_for_good(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The bucket keeps no older versions: who deletes an object there deletes it for good.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
    """
    for bucket in bound(facts, args[0], facts.resources("aws_s3_bucket")):
        said = bucket.get("versioning")
        if isinstance(said, Unknown):
            verdict = depends(f"whether {name(bucket)} keeps older versions ({said})")
        elif said == "Enabled":
            verdict = no(evidence(f"{name(bucket)} keeps older versions", bucket, "versioning"))
        else:
            verdict = yes(evidence(f"{name(bucket)} keeps no older versions", bucket, "versioning"))
        yield fact("overwritten_for_good", bucket.urn, verdict=verdict)


@predicate(1)
def keeps_versions(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The bucket keeps older versions of its objects; MFA delete asks for a second factor to delete them.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
    """
    for bucket in bound(facts, args[0], facts.resources("aws_s3_bucket")):
        if bucket.get("versioning") == "Enabled" and bucket.get("mfa_delete") is not True:
            proof = evidence(f"{name(bucket)} keeps older versions, which can be deleted", bucket, "versioning")
            yield fact("keeps_versions", bucket.urn, verdict=yes(proof))


@predicate(1)
def unlocked(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """No lock keeps what the bucket or the backup vault holds.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
    """
    for kind, field in (("aws_s3_bucket", "object_lock"), ("aws_backup_vault", "lock")):
        for store in bound(facts, args[0], facts.resources(kind)):
            yield fact("unlocked", store.urn, verdict=_unlocked(store, field))


def _unlocked(store: Resource, field: str) -> Verdict:
    said = store.get(field)
    if isinstance(said, Unknown):
        return depends(f"whether {name(store)} is locked ({said})")
    if said and not (isinstance(said, dict) and False in (said.get("enabled"), said.get("locked"))):
        return no(evidence(f"{name(store)} is locked", store, field))
    return yes(evidence(f"{name(store)} has no lock", store, field))


_DELETE = "backup:DeleteRecoveryPoint"


@predicate(2)
def can_delete_backups(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may delete recovery points of the vault: by its own policies, and the vault's says no otherwise.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
    https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
    """
    assert args[0] is not None, "who deletes is always said"
    for vault in bound(facts, args[1], facts.resources("aws_backup_vault")):
        verdict = facts.can(args[0], _DELETE, "*").verdict
        if verdict.possible and vault.get("policy") is not None:
            verdict = all_of((verdict, facts.can(args[0], _DELETE, vault).verdict))
        yield fact("can_delete_backups", args[0], vault.urn, verdict=verdict)
