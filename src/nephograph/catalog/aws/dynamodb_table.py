"""DynamoDB table. It is always encrypted: by a key of AWS, or by KMS when it says so."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    group,
    mapping,
    number,
    policy,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import pluck, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _by_kms(document: Cursor) -> Tree:
    status = document.at("SSEDescription", "Status")
    return status.be(status.value in ("ENABLED", "ENABLING", "UPDATING")) if isinstance(status.value, str) else status


def _on(name: str, enabled: str, said: str) -> Reader:
    """What a block says that also says whether it is on."""

    def read(document: Cursor) -> Tree:
        on = document.at(name, enabled)
        if on.unknown:
            return on
        return document.at(name, said) if on.value in (True, "true", "ENABLED", "ENABLING") else None

    return read


def _stream(document: Cursor) -> Tree:
    """The view of the stream; a view without a stream says nothing."""
    on, view = document.at("stream_enabled"), document.at("stream_view_type")
    return on if on.unknown else view if on.value in (True, "true") and says(view) else None


def _region(document: Cursor) -> Tree:
    said = document.at("region")
    return [said if says(said) else document.be(Unknown(Reason.NOT_EVALUATED, "the region of its provider"))]


def _replicas(*path: str, of: Reader | None = None) -> Reader:
    """What the replicas of a global table say; which of them is the one of the stack's region is not told."""

    def read(document: Cursor) -> Tree:
        replicas = document.at("Replicas")
        if replicas.unknown or not replicas.present:
            return replicas
        said = [each if each.unknown else each.at(*path) for each in replicas.each()]
        if not said or any(one.value != said[0].value for one in said):
            return replicas.be(Unknown(Reason.NOT_EVALUATED, f"{path[-1]}, which differs by replica")) if said else None
        return of(Cursor({path[-1]: said[0].value}, said[0].path[:-1])) if of else said[0]

    return read


def _units(path: str) -> Reader:
    """Capacity; a table that is paid by request has none, which an answer writes as 0."""

    def read(document: Cursor) -> Tree:
        said = document.at(*path.split("."))
        return None if said.value == 0 else said

    return read


_PAGES = ("LastEvaluatedTableName",)

KIND = Kind(
    native="AWS::DynamoDB::Table",
    service="dynamodb",
    cls=Class.DATABASE,
    identity=("name",),
    arn="arn:{partition}:dynamodb:{region}:{account}:table/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "encryption": group(kms=flag(default=False), kms_key=reference("aws_kms_key")),
        "point_in_time_recovery": flag(default=False),
        "recovery_days": number(),
        "deletion_protection": flag(default=False),
        "policy": policy(),
        "billing": text(default="PROVISIONED"),
        "read_capacity": number(),
        "write_capacity": number(),
        "table_class": text(default="STANDARD"),
        # What a stream of changes holds; nothing when there is none.
        "stream": text(),
        "ttl_attribute": text(),
        # Regions that hold a copy.
        "replicas": texts(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "encryption.kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_dynamodb_table",
            {
                "name": "name",
                "encryption.kms": "server_side_encryption.enabled",
                "encryption.kms_key": "server_side_encryption.kms_key_arn",
                "point_in_time_recovery": "point_in_time_recovery.enabled",
                "recovery_days": _on("point_in_time_recovery", "enabled", "recovery_period_in_days"),
                "deletion_protection": "deletion_protection_enabled",
                "billing": "billing_mode",
                "read_capacity": _units("read_capacity"),
                "write_capacity": _units("write_capacity"),
                "table_class": "table_class",
                "stream": _stream,
                "ttl_attribute": _on("ttl", "enabled", "attribute_name"),
                "replicas": pluck("replica", "region_name"),
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "attribute",
                "global_secondary_index",
                "global_table_witness",
                "hash_key",
                "import_table",
                "local_secondary_index",
                "on_demand_throughput",
                "range_key",
                "restore_date_time",
                "restore_source_name",
                "restore_source_table_arn",
                "restore_to_latest_time",
                "stream_arn",
                "stream_label",
                "warm_throughput",
            ),
        ),
        Spelling(
            "terraform",
            "aws_dynamodb_resource_policy",
            {"policy": "policy"},
            part_of="resource_arn",
            ignores=("confirm_remove_self_resource_access", "revision_id"),
        ),
        Spelling(
            "terraform",
            "aws_dynamodb_table_replica",
            {"replicas": _region},
            part_of="global_table_arn",
            ignores=(
                "deletion_protection_enabled",
                "kms_key_arn",
                "point_in_time_recovery",
                "table_class_override",
                "tags",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::DynamoDB::Table",
            {
                "name": "TableName",
                "encryption.kms": "SSESpecification.SSEEnabled",
                "encryption.kms_key": "SSESpecification.KMSMasterKeyId",
                "point_in_time_recovery": "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
                "recovery_days": "PointInTimeRecoverySpecification.RecoveryPeriodInDays",
                "deletion_protection": "DeletionProtectionEnabled",
                "policy": "ResourcePolicy.PolicyDocument",
                "billing": "BillingMode",
                "read_capacity": _units("ProvisionedThroughput.ReadCapacityUnits"),
                "write_capacity": _units("ProvisionedThroughput.WriteCapacityUnits"),
                "table_class": "TableClass",
                "stream": "StreamSpecification.StreamViewType",
                "ttl_attribute": _on("TimeToLiveSpecification", "Enabled", "AttributeName"),
                "tags": tags("Tags"),
            },
            ignores=(
                "AttributeDefinitions",
                "ContributorInsightsSpecification",
                "GlobalSecondaryIndexes",
                "ImportSourceSpecification",
                "KeySchema",
                "KinesisStreamSpecification",
                "LocalSecondaryIndexes",
                "OnDemandThroughput",
                "VectorIndexes",
                "WarmThroughput",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::DynamoDB::GlobalTable",
            {
                "name": "TableName",
                "encryption.kms": "SSESpecification.SSEEnabled",
                "encryption.kms_key": _replicas("SSESpecification", "KMSMasterKeyId"),
                "point_in_time_recovery": _replicas("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
                "recovery_days": _replicas("PointInTimeRecoverySpecification", "RecoveryPeriodInDays"),
                "deletion_protection": _replicas("DeletionProtectionEnabled"),
                "policy": _replicas("ResourcePolicy", "PolicyDocument"),
                "billing": "BillingMode",
                "table_class": _replicas("TableClass"),
                "stream": "StreamSpecification.StreamViewType",
                "ttl_attribute": _on("TimeToLiveSpecification", "Enabled", "AttributeName"),
                "replicas": pluck("Replicas", "Region"),
                "tags": _replicas("Tags", of=tags("Tags")),
            },
            ignores=(
                "AttributeDefinitions",
                "GlobalSecondaryIndexes",
                "GlobalTableSourceArn",
                "GlobalTableWitnesses",
                "KeySchema",
                "LocalSecondaryIndexes",
                "MultiRegionConsistency",
                "ReadOnDemandThroughputSettings",
                "ReadProvisionedThroughputSettings",
                "TableType",
                "VectorIndexes",
                "WarmThroughput",
                "WriteOnDemandThroughputSettings",
                "WriteProvisionedThroughputSettings",
            ),
        ),
        Spelling("api", "dynamodb:ListTables", {"name": "Value"}, items="TableNames.*", key="Value", ignores=_PAGES),
        Spelling(
            "api",
            "dynamodb:DescribeTable",
            {
                "name": "TableName",
                "encryption.kms": _by_kms,
                "encryption.kms_key": "SSEDescription.KMSMasterKeyArn",
                "deletion_protection": "DeletionProtectionEnabled",
                "billing": "BillingModeSummary.BillingMode",
                "read_capacity": _units("ProvisionedThroughput.ReadCapacityUnits"),
                "write_capacity": _units("ProvisionedThroughput.WriteCapacityUnits"),
                "table_class": "TableClassSummary.TableClass",
                "stream": _on("StreamSpecification", "StreamEnabled", "StreamViewType"),
                "replicas": pluck("Replicas", "RegionName"),
            },
            items="Table",
            key="TableName",
            asks=("TableName",),
            ignores=(
                "ArchivalSummary",
                "AttributeDefinitions",
                "CreationDateTime",
                "DisassociationProtectionEnabled",
                "GlobalSecondaryIndexes",
                "GlobalTableSettingsReplicationMode",
                "GlobalTableVersion",
                "GlobalTableWitnesses",
                "ItemCount",
                "KeySchema",
                "LatestStreamArn",
                "LatestStreamLabel",
                "LocalSecondaryIndexes",
                "MultiRegionConsistency",
                "OnDemandThroughput",
                "RestoreSummary",
                "TableArn",
                "TableId",
                "TableSizeBytes",
                "TableStatus",
                "VectorIndexes",
                "WarmThroughput",
            ),
        ),
        Spelling(
            "api",
            "dynamodb:DescribeContinuousBackups",
            {
                "point_in_time_recovery": "PointInTimeRecoveryDescription.PointInTimeRecoveryStatus",
                "recovery_days": _on(
                    "PointInTimeRecoveryDescription", "PointInTimeRecoveryStatus", "RecoveryPeriodInDays"
                ),
            },
            items="ContinuousBackupsDescription",
            part_of="TableName",
            asks=("TableName",),
            ignores=("ContinuousBackupsStatus",),
        ),
        Spelling(
            "api",
            "dynamodb:DescribeTimeToLive",
            {"ttl_attribute": _on("TimeToLiveDescription", "TimeToLiveStatus", "AttributeName")},
            part_of="TableName",
            asks=("TableName",),
        ),
        Spelling(
            "api",
            "dynamodb:GetResourcePolicy",
            {"policy": "Policy"},
            part_of="ResourceArn",
            asks=("ResourceArn",),
            ignores=("RevisionId",),
        ),
        Spelling(
            "api",
            "dynamodb:ListTagsOfResource",
            {"tags": tags("Tags")},
            part_of="ResourceArn",
            asks=("ResourceArn",),
            ignores=("NextToken",),
        ),
    ),
    references=("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",),
)
