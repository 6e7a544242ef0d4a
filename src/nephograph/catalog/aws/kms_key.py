"""KMS key. Without a policy of its own it has AWS's default one: the account's identity policies decide."""

from nephograph.catalog.language import Kind, Spelling, flag, mapping, number, policy, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::KMS::Key",
    service="kms",
    cls=Class.ENCRYPTION_KEY,
    arn="arn:{partition}:kms:{region}:{account}:key/{key_id}",
    id="{key_id}",
    fields={
        "key_id": text(),
        "description": text(),
        "policy": policy(),
        "rotation": flag(default=False),
        "deletion_window": number(default=30),
        "multi_region": flag(default=False),
        "usage": text(default="ENCRYPT_DECRYPT"),
        "spec": text(default="SYMMETRIC_DEFAULT"),
        "enabled": flag(default=True),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_kms_key",
            {
                "key_id": "key_id",
                "description": "description",
                "policy": "policy",
                "rotation": "enable_key_rotation",
                "deletion_window": "deletion_window_in_days",
                "multi_region": "multi_region",
                "usage": "key_usage",
                "spec": "customer_master_key_spec",
                "enabled": "is_enabled",
                "tags": "tags",
            },
            computed={"key_id": "{key_id}"},
            ignores=(
                "bypass_policy_lockout_safety_check",
                "custom_key_store_id",
                "rotation_period_in_days",
                "xks_key_id",
            ),
        ),
        Spelling(
            "terraform",
            "aws_kms_key_policy",
            {"policy": "policy"},
            part_of="key_id",
            computed={"id": "{key_id}"},
            ignores=("bypass_policy_lockout_safety_check",),
        ),
    ),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",),
)
