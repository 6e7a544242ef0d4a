"""Rules of S3 buckets in the words of each dialect: lifecycle, replication and notifications."""

from collections.abc import Callable

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Reader, flag, items, mapping, number, reference, text, texts
from nephograph.catalog.readers import each, says, tags

LIFECYCLE: Field = items(
    id=text(),
    enabled=flag(),
    prefix=text(),
    tags=mapping(),
    expiration_days=number(),
    noncurrent_expiration_days=number(),
    abort_multipart_days=number(),
    transitions=items(days=number(), storage_class=text()),
)
"""Days until objects are deleted, moved to a cheaper class, or an unfinished upload is thrown away."""

REPLICATION: Field = items(
    id=text(),
    enabled=flag(),
    prefix=text(),
    bucket=reference("aws_s3_bucket"),
    account=text(),
    storage_class=text(),
    kms_key=text(),
)

NOTIFICATIONS: Field = items(target=reference("aws_lambda_function", "aws_sqs_queue", "aws_sns_topic"), events=texts())


def lifecycle_blocks(name: str) -> Reader:
    """Rules of Terraform: of the bucket (`lifecycle_rule`) or of a resource of their own (`rule`)."""

    def rule(block: Cursor) -> dict[str, Tree]:
        return {
            "id": _set(block, "id"),
            "enabled": _set(block, "status", "enabled"),
            "prefix": _set(block, "prefix", "filter.prefix", "filter.and.prefix"),
            "tags": _tags(block, ("filter.tag",), ("tags", "filter.and.tags")),
            "expiration_days": _days(block, "expiration.days"),
            "noncurrent_expiration_days": _days(
                block, "noncurrent_version_expiration.noncurrent_days", "noncurrent_version_expiration.days"
            ),
            "abort_multipart_days": _days(
                block,
                "abort_incomplete_multipart_upload.days_after_initiation",
                "abort_incomplete_multipart_upload_days",
            ),
            "transitions": _transitions(block.at("transition"), "days", "storage_class"),
        }

    return each(name, rule)


def lifecycle_properties(rule: Cursor) -> dict[str, Tree]:
    """One rule of CloudFormation, with today's and the older names."""
    many = rule.at("Transitions")
    return {
        "id": _set(rule, "Id"),
        "enabled": _set(rule, "Status"),
        "prefix": _set(rule, "Prefix"),
        "tags": _tags(rule, (), ("TagFilters",)),
        "expiration_days": _days(rule, "ExpirationInDays"),
        "noncurrent_expiration_days": _days(
            rule, "NoncurrentVersionExpiration.NoncurrentDays", "NoncurrentVersionExpirationInDays"
        ),
        "abort_multipart_days": _days(rule, "AbortIncompleteMultipartUpload.DaysAfterInitiation"),
        "transitions": _transitions(many if says(many) else rule.at("Transition"), "TransitionInDays", "StorageClass"),
    }


def lifecycle_answer(rule: Cursor) -> dict[str, Tree]:
    """One rule as the API says it."""
    return {
        "id": _set(rule, "ID"),
        "enabled": _set(rule, "Status"),
        "prefix": _set(rule, "Prefix", "Filter.Prefix", "Filter.And.Prefix"),
        "tags": _tags(rule, ("Filter.Tag",), ("Filter.And.Tags",)),
        "expiration_days": _days(rule, "Expiration.Days"),
        "noncurrent_expiration_days": _days(rule, "NoncurrentVersionExpiration.NoncurrentDays"),
        "abort_multipart_days": _days(rule, "AbortIncompleteMultipartUpload.DaysAfterInitiation"),
        "transitions": _transitions(rule.at("Transitions"), "Days", "StorageClass"),
    }


def replication_block(rule: Cursor) -> dict[str, Tree]:
    """One rule of Terraform."""
    return {
        "id": _set(rule, "id"),
        "enabled": _set(rule, "status"),
        "prefix": _set(rule, "prefix", "filter.prefix", "filter.and.prefix"),
        "bucket": _set(rule, "destination.bucket"),
        "account": _set(rule, "destination.account", "destination.account_id"),
        "storage_class": _set(rule, "destination.storage_class"),
        "kms_key": _set(
            rule, "destination.encryption_configuration.replica_kms_key_id", "destination.replica_kms_key_id"
        ),
    }


def replication_rule(id_: str) -> Callable[[Cursor], dict[str, Tree]]:
    """One rule of the API or of CloudFormation, which differ in how they name the id."""

    def read(rule: Cursor) -> dict[str, Tree]:
        return {
            "id": _set(rule, id_),
            "enabled": _set(rule, "Status"),
            "prefix": _set(rule, "Prefix", "Filter.Prefix", "Filter.And.Prefix"),
            "bucket": _set(rule, "Destination.Bucket"),
            "account": _set(rule, "Destination.Account"),
            "storage_class": _set(rule, "Destination.StorageClass"),
            "kms_key": _set(rule, "Destination.EncryptionConfiguration.ReplicaKmsKeyID"),
        }

    return read


def notifications(events: str, targets: dict[str, str]) -> Reader:
    """Notifications to several kinds of targets: `targets` is by list the attribute that names the target in it."""

    def read(document: Cursor) -> Tree:
        found: list[Tree] = [
            block if block.unknown else {"target": block.at(target), "events": block.at(events)}
            for path, target in targets.items()
            for block in document.at(*path.split(".")).each()
        ]
        return found or None

    return read


def _set(block: Cursor, *paths: str) -> Cursor | None:
    """The first of several paths that says something; the empty string of a state says nothing."""
    return next((cursor for path in paths if says(cursor := block.at(*path.split(".")))), None)


def _days(block: Cursor, *paths: str) -> Cursor | None:
    """A number of days; a state writes 0 where no day is set."""
    found = _set(block, *paths)
    return None if found is not None and found.value in (0, "0") else found


def _transitions(blocks: Cursor, days: str, storage_class: str) -> Tree:
    found: list[Tree] = [
        block if block.unknown else {"days": block.at(days), "storage_class": block.at(storage_class)}
        for block in blocks.each()
    ]
    return found or None


def _tags(block: Cursor, singles: tuple[str, ...], lists: tuple[str, ...]) -> Tree:
    for path in singles:
        tag = block.at(*path.split("."))
        key = tag.first("key", "Key")
        if isinstance(key.value, str):
            return {key.value: tag.first("value", "Value")}
    for path in lists:
        if says(block.at(*path.split("."))):
            return tags(path)(block)
    return None
