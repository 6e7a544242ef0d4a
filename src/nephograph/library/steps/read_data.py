"""The end of a path: data is read, by a principal that may read it and may use its key."""

from nephograph.model.rule import StepRule, atom

_S3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html"
_SECRETS = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access.html"

STEPS = (
    StepRule(
        name="read-bucket",
        when=(
            atom("has", "?principal"),
            atom("can", "?principal", "s3:GetObject", "?bucket"),
            atom("can_decrypt", "?principal", "?bucket"),
            atom("is_bucket", "?bucket"),
        ),
        then=atom("reads", "?bucket"),
        source="?principal",
        target="?bucket",
        says="{principal} reads the objects of {bucket}",
        label="s3:GetObject",
        techniques=("T1530",),
        references=(_S3,),
    ),
    StepRule(
        name="read-public-bucket",
        when=(
            atom("can", "anonymous", "s3:GetObject", "?bucket"),
            atom("can_decrypt", "anonymous", "?bucket"),
            atom("is_bucket", "?bucket"),
        ),
        then=atom("reads", "?bucket"),
        source="internet",
        target="?bucket",
        says="anyone reads the objects of {bucket}",
        label="s3:GetObject",
        techniques=("T1530",),
        references=(_S3,),
    ),
    StepRule(
        name="read-secret",
        when=(
            atom("has", "?principal"),
            atom("can", "?principal", "secretsmanager:GetSecretValue", "?secret"),
            atom("can_decrypt", "?principal", "?secret"),
            atom("is_secret", "?secret"),
        ),
        then=atom("reads", "?secret"),
        source="?principal",
        target="?secret",
        says="{principal} reads the value of {secret}",
        label="secretsmanager:GetSecretValue",
        techniques=("T1555.006",),
        references=(_SECRETS,),
    ),
    StepRule(
        name="reach-database",
        when=(atom("exposed", "?database", "?ports"), atom("is_database", "?database")),
        then=atom("knocks", "?database"),
        source="internet",
        target="?database",
        says="the internet reaches {database} on {ports}",
        label="{ports}",
        techniques=("T1190",),
        references=(
            "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        ),
    ),
)
