"""DynamoDB table. It is always encrypted: by a key of AWS, or by KMS when it says so."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, group, mapping, policy, reference, text
from nephograph.model.resource import Class

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
        "deletion_protection": flag(default=False),
        "policy": policy(),
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
                "deletion_protection": "deletion_protection_enabled",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "attribute",
                "billing_mode",
                "global_secondary_index",
                "hash_key",
                "import_table",
                "local_secondary_index",
                "on_demand_throughput",
                "range_key",
                "read_capacity",
                "replica",
                "restore_date_time",
                "restore_source_name",
                "restore_source_table_arn",
                "restore_to_latest_time",
                "stream_enabled",
                "stream_view_type",
                "table_class",
                "ttl",
                "warm_throughput",
                "write_capacity",
            ),
        ),
        Spelling(
            "terraform",
            "aws_dynamodb_resource_policy",
            {"policy": "policy"},
            part_of="resource_arn",
            ignores=("confirm_remove_self_resource_access",),
        ),
    ),
    references=("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",),
)
