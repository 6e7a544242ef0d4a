"""Policies, trust and attachments."""

from nephograph.library.changes.declare import Change, Cost

_LEAST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"

_WITH_A_POLICY = (
    "aws_backup_vault",
    "aws_cloudwatch_event_bus",
    "aws_dynamodb_table",
    "aws_ecr_repository",
    "aws_opensearch_domain",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
    "aws_sns_topic",
    "aws_sqs_queue",
)

CHANGES = (
    Change(
        "aws_iam_role",
        "trust_policy.Statement.*",
        "stop {thing} trusting whom the statement names",
        Cost.IDENTITY,
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
    ),
    Change(
        "aws_iam_role", "inline_policies.*.document.Statement.*", "take the statement from {thing}", Cost.PERMISSION
    ),
    Change(
        "aws_iam_user", "inline_policies.*.document.Statement.*", "take the statement from {thing}", Cost.PERMISSION
    ),
    Change(
        "aws_iam_group", "inline_policies.*.document.Statement.*", "take the statement from {thing}", Cost.PERMISSION
    ),
    Change(
        "aws_iam_policy", "document.Statement.*", "take the statement from {thing}", Cost.PERMISSION, reference=_LEAST
    ),
    Change("aws_iam_role", "managed_policies.*", "detach the policy from {thing}", Cost.IDENTITY, reference=_LEAST),
    Change("aws_iam_user", "managed_policies.*", "detach the policy from {thing}", Cost.IDENTITY, reference=_LEAST),
    Change("aws_iam_group", "managed_policies.*", "detach the policy from {thing}", Cost.IDENTITY, reference=_LEAST),
    Change(
        "aws_ecr_repository", "policy.Statement.*", "take the statement from the policy of {thing}", Cost.PERMISSION
    ),
    Change(
        "aws_opensearch_domain", "policy.Statement.*", "take the statement from the policy of {thing}", Cost.PERMISSION
    ),
    Change(
        "aws_cloudwatch_event_bus",
        "policy.Statement.*",
        "take the statement from the policy of {thing}",
        Cost.PERMISSION,
    ),
    Change(
        "aws_dynamodb_table", "policy.Statement.*", "take the statement from the policy of {thing}", Cost.PERMISSION
    ),
    *(
        Change(kind, "policy.Statement.*", "take the statement from the policy of {thing}", Cost.PERMISSION)
        for kind in _WITH_A_POLICY
    ),
    Change("aws_lambda_function", "permissions.*", "stop letting others call {thing}", Cost.PERMISSION),
    Change("aws_lambda_function", "role", "run {thing} as another role", Cost.IDENTITY),
    Change("aws_instance", "instance_profile", "run {thing} without its role", Cost.IDENTITY),
)
