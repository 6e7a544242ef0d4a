"""A principal reads a store of data that is no bucket: parameters, tables, search domains, snapshots, file systems."""

from nephograph.model.rule import StepRule, atom

_PARAMETERS = "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html"
_TABLES = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/security-iam.html"
_BLOCKS = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html"

STEPS = (
    StepRule(
        name="read-parameter",
        when=(
            atom("has", "?principal"),
            atom("is_secure_parameter", "?parameter"),
            atom("can", "?principal", "ssm:GetParameter", "?parameter"),
            atom("can_decrypt", "?principal", "?parameter"),
        ),
        then=atom("reads", "?parameter"),
        source="?principal",
        target="?parameter",
        says="{principal} reads the value of {parameter}",
        label="ssm:GetParameter",
        techniques=("T1555.006",),
        references=(_PARAMETERS,),
    ),
    StepRule(
        name="read-table",
        when=(
            atom("has", "?principal"),
            atom("is_table", "?table"),
            atom("can_read_items", "?principal", "?table"),
            atom("can_decrypt", "?principal", "?table"),
        ),
        then=atom("reads", "?table"),
        source="?principal",
        target="?table",
        says="{principal} reads the items of {table}",
        label="dynamodb reads",
        techniques=("T1530",),
        references=(_TABLES,),
    ),
    StepRule(
        name="export-table",
        when=(
            atom("has", "?principal"),
            atom("is_table", "?table"),
            atom("is_recoverable", "?table"),
            atom("can", "?principal", "dynamodb:ExportTableToPointInTime", "?table"),
            atom("may", "?principal", "s3:PutObject"),
        ),
        then=atom("reads", "?table"),
        source="?principal",
        target="?table",
        says="{principal} exports {table} into a bucket",
        label="dynamodb:ExportTableToPointInTime",
        techniques=("T1537",),
        references=("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.HowItWorks.html",),
    ),
    StepRule(
        name="read-search-domain",
        when=(
            atom("has", "?principal"),
            atom("is_public_search_domain", "?domain"),
            atom("can", "?principal", "es:ESHttpGet", "?domain"),
        ),
        then=atom("reads", "?domain"),
        source="?principal",
        target="?domain",
        says="{principal} searches {domain}",
        label="es:ESHttpGet",
        techniques=("T1530",),
        references=("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",),
    ),
    StepRule(
        name="read-public-search-domain",
        when=(atom("is_public_search_domain", "?domain"), atom("can", "anonymous", "es:ESHttpGet", "?domain")),
        then=atom("reads", "?domain"),
        source="internet",
        target="?domain",
        says="anyone searches {domain}",
        label="es:ESHttpGet",
        techniques=("T1190", "T1530"),
        references=("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",),
    ),
    StepRule(
        name="read-snapshot-blocks",
        when=(
            atom("has", "?principal"),
            atom("is_volume_snapshot", "?snapshot"),
            atom("can", "?principal", "ebs:GetSnapshotBlock", "?snapshot"),
            atom("can_decrypt", "?principal", "?snapshot"),
        ),
        then=atom("reads", "?snapshot"),
        source="?principal",
        target="?snapshot",
        says="{principal} reads {snapshot} block by block",
        label="ebs:GetSnapshotBlock",
        techniques=("T1530",),
        references=(_BLOCKS,),
    ),
    StepRule(
        name="mount-file-system",
        when=(
            atom("has", "?workload"),
            atom("is_file_system", "?system"),
            atom("mounts", "?workload", "?system"),
        ),
        then=atom("reads", "?system"),
        source="?workload",
        target="?system",
        says="code on {workload} mounts {system}",
        label="tcp/2049",
        techniques=("T1530", "T1039"),
        references=("https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",),
    ),
)
