"""KMS key. Without a policy of its own it has AWS's default one: the account's identity policies decide."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    keyed,
    mapping,
    number,
    policy,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import always, each, one, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _primary(document: Cursor) -> Tree:
    """The key of which this one is a replica in another region; the primary key itself has none."""
    regions = document.at("MultiRegionConfiguration")
    return regions.at("PrimaryKey", "Arn") if regions.at("MultiRegionKeyType").value == "REPLICA" else None


def _as_the_primary(document: Cursor) -> Tree:
    """A replica rotates when its primary key does."""
    return document.be(Unknown(Reason.NOT_SEEN, "the rotation of the primary key"))


def _replicated(document: Cursor) -> Tree:
    said = document.at("key_rotation_enabled")
    return said if says(said) else _as_the_primary(document)


def _grant(document: Cursor) -> dict[str, Tree]:
    conditions = document.at("constraints")
    return {
        "id": document.at("grant_id"),
        "name": document.at("name"),
        "grantee": document.at("grantee_principal"),
        "retiring": document.at("retiring_principal"),
        "operations": document.at("operations"),
        "context_equals": conditions.at("encryption_context_equals"),
        "context_subset": conditions.at("encryption_context_subset"),
    }


def _given(document: Cursor) -> dict[str, Tree]:
    conditions = document.at("Constraints")
    return {
        "id": document.at("GrantId"),
        "name": document.at("Name"),
        "grantee": document.first("GranteePrincipal", "GranteeServicePrincipal"),
        "retiring": document.first("RetiringPrincipal", "RetiringServicePrincipal"),
        "operations": document.at("Operations"),
        "context_equals": conditions.at("EncryptionContextEquals"),
        "context_subset": conditions.at("EncryptionContextSubset"),
        "source_arn": conditions.at("SourceArn"),
    }


def _grants(document: Cursor) -> Tree:
    return each("Grants", _given)(document) or None


def _tags(document: Cursor) -> Tree:
    """KMS has words of its own for the keys and values of tags."""
    return {str(tag.at("TagKey").value): tag.at("TagValue") for tag in document.at("Tags").each()} or None


_EVERY: Fields = {
    "key_id": "key_id",
    "description": "description",
    "policy": "policy",
    "deletion_window": "deletion_window_in_days",
    "tags": "tags",
}
_LOCKOUT = "bypass_policy_lockout_safety_check"

KIND = Kind(
    native="AWS::KMS::Key",
    service="kms",
    cls=Class.ENCRYPTION_KEY,
    identity=("key_id",),
    arn="arn:{partition}:kms:{region}:{account}:key/{key_id}",
    id="{key_id}",
    fields={
        "key_id": text(),
        "description": text(),
        "policy": policy(),
        "rotation": flag(default=False),
        "rotation_days": number(),
        "deletion_window": number(default=30),
        "multi_region": flag(default=False),
        "primary_key": reference("aws_kms_key"),
        "usage": text(default="ENCRYPT_DECRYPT"),
        "spec": text(default="SYMMETRIC_DEFAULT"),
        "origin": text(default="AWS_KMS"),
        # AWS: a service made it for the account, nobody in the account can change it.
        "manager": text(default="CUSTOMER"),
        "enabled": flag(default=True),
        "state": text(),
        "created": text(),
        "deletion_date": text(),
        "expires": text(),
        "grants": keyed(
            "id",
            id=text(),
            name=text(),
            grantee=reference("aws_iam_role", "aws_iam_user"),
            retiring=text(),
            operations=texts(),
            context_equals=mapping(),
            context_subset=mapping(),
            source_arn=text(),
        ),
        "tags": mapping(),
    },
    links=(Link("replica_of", "primary_key"), Link("granted_to", "grants.*.grantee")),
    spellings=(
        Spelling(
            "terraform",
            "aws_kms_key",
            {
                **_EVERY,
                "rotation": "enable_key_rotation",
                "rotation_days": "rotation_period_in_days",
                "multi_region": "multi_region",
                "usage": "key_usage",
                "spec": "customer_master_key_spec",
                "enabled": "is_enabled",
            },
            computed={"key_id": "{key_id}"},
            ignores=(
                _LOCKOUT,
                "custom_key_store_id",
                "xks_key_id",
            ),
        ),
        Spelling(
            "terraform",
            "aws_kms_external_key",
            {
                **_EVERY,
                "key_id": "id",
                "multi_region": "multi_region",
                "usage": "key_usage",
                "spec": "key_spec",
                "origin": always("EXTERNAL"),
                "enabled": "enabled",
                "state": "key_state",
                "expires": "valid_to",
            },
            computed={"key_id": "{key_id}"},
            ignores=(_LOCKOUT, "expiration_model", "key_material_base64"),
        ),
        Spelling(
            "terraform",
            "aws_kms_replica_key",
            {
                **_EVERY,
                "rotation": _replicated,
                "multi_region": always(True),
                "primary_key": "primary_key_arn",
                "usage": "key_usage",
                "spec": "key_spec",
                "enabled": "enabled",
            },
            computed={"key_id": "{key_id}"},
            ignores=(_LOCKOUT,),
        ),
        Spelling(
            "terraform",
            "aws_kms_key_policy",
            {"policy": "policy"},
            part_of="key_id",
            computed={"id": "{key_id}"},
            ignores=(_LOCKOUT,),
        ),
        Spelling(
            "terraform",
            "aws_kms_grant",
            {"grants": one(_grant)},
            part_of="key_id",
            ignores=("grant_creation_tokens", "grant_token", "retire_on_delete"),
        ),
        Spelling(
            "cloudformation",
            "AWS::KMS::Key",
            {
                "description": "Description",
                "policy": "KeyPolicy",
                "rotation": "EnableKeyRotation",
                "rotation_days": "RotationPeriodInDays",
                "deletion_window": "PendingWindowInDays",
                "multi_region": "MultiRegion",
                "usage": "KeyUsage",
                "spec": "KeySpec",
                "origin": "Origin",
                "enabled": "Enabled",
                "tags": tags("Tags"),
            },
            computed={"KeyId": "{key_id}"},
            ignores=("BypassPolicyLockoutSafetyCheck",),
        ),
        Spelling(
            "cloudformation",
            "AWS::KMS::ReplicaKey",
            {
                "description": "Description",
                "policy": "KeyPolicy",
                "deletion_window": "PendingWindowInDays",
                "rotation": _as_the_primary,
                "multi_region": always(True),
                "primary_key": "PrimaryKeyArn",
                "enabled": "Enabled",
                "tags": tags("Tags"),
            },
            computed={"KeyId": "{key_id}"},
        ),
        Spelling("api", "kms:ListKeys", {"key_id": "KeyId"}, items="Keys.*", key="KeyId", ignores=("KeyArn",)),
        Spelling(
            "api",
            "kms:DescribeKey",
            {
                "key_id": "KeyId",
                "description": "Description",
                "multi_region": "MultiRegion",
                "primary_key": _primary,
                "usage": "KeyUsage",
                "spec": Either(("KeySpec", "CustomerMasterKeySpec")),
                "origin": "Origin",
                "manager": "KeyManager",
                "enabled": "Enabled",
                "state": "KeyState",
                "created": "CreationDate",
                "deletion_date": "DeletionDate",
                "expires": "ValidTo",
            },
            items="KeyMetadata",
            key="KeyId",
            ignores=(
                "AWSAccountId",
                "Arn",
                "CloudHsmClusterId",
                "CurrentKeyMaterialId",
                "CustomKeyStoreId",
                "EncapsulationAlgorithms",
                "EncryptionAlgorithms",
                "ExpirationModel",
                "KeyAgreementAlgorithms",
                "MacAlgorithms",
                "PendingDeletionWindowInDays",
                "SigningAlgorithms",
                "XksKeyConfiguration",
            ),
        ),
        Spelling(
            "api", "kms:GetKeyPolicy", {"policy": "Policy"}, part_of="KeyId", asks=("KeyId",), ignores=("PolicyName",)
        ),
        Spelling(
            "api",
            "kms:GetKeyRotationStatus",
            {"rotation": "KeyRotationEnabled", "rotation_days": "RotationPeriodInDays"},
            part_of="KeyId",
            asks=("KeyId",),
            ignores=("NextRotationDate", "OnDemandRotationStartDate"),
        ),
        Spelling("api", "kms:ListResourceTags", {"tags": _tags}, part_of="KeyId", asks=("KeyId",)),
        Spelling("api", "kms:ListGrants", {"grants": _grants}, part_of="KeyId", asks=("KeyId",)),
    ),
    references=(
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
        "https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
    ),
)
