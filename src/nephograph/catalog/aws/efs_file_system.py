"""EFS file system. Where no policy is said, whoever reaches a mount target may mount it."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import says, tags
from nephograph.model.resource import Class

_CAPITALS: Fields = {
    "encrypted": "Encrypted",
    "kms_key": "KmsKeyId",
    "performance_mode": "PerformanceMode",
    "throughput_mode": "ThroughputMode",
    "provisioned_throughput": "ProvisionedThroughputInMibps",
    "availability_zone": "AvailabilityZoneName",
    "overwrite_protection": "FileSystemProtection.ReplicationOverwriteProtection",
}


def _to_ia(blocks: str, name: str) -> Reader:
    """When files move to infrequent access; each transition may stand in a block of its own."""

    def read(document: Cursor) -> Tree:
        return next((block.at(name) for block in document.at(blocks).each() if says(block.at(name))), None)

    return read


def _backup(document: Cursor) -> Tree:
    status = document.at("BackupPolicy", "Status")
    return status.be(status.value in ("ENABLED", "ENABLING")) if status.present else None


KIND = Kind(
    native="AWS::EFS::FileSystem",
    service="elasticfilesystem",
    cls=Class.FILE_STORAGE,
    identity=("id",),
    arn="arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}",
    id="{id}",
    fields={
        "id": text(),
        "encrypted": flag(default=False),
        "kms_key": reference("aws_kms_key"),
        "policy": policy(),
        "backup": flag(default=False, since="file systems of several zones"),
        "performance_mode": text(default="generalPurpose"),
        "throughput_mode": text(default="bursting"),
        "provisioned_throughput": number(),
        "availability_zone": text(),
        "infrequent_access": text(),
        "overwrite_protection": text(default="ENABLED"),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_efs_file_system",
            {
                "id": "id",
                "encrypted": "encrypted",
                "kms_key": "kms_key_id",
                "performance_mode": "performance_mode",
                "throughput_mode": "throughput_mode",
                "provisioned_throughput": "provisioned_throughput_in_mibps",
                "availability_zone": "availability_zone_name",
                "infrequent_access": _to_ia("lifecycle_policy", "transition_to_ia"),
                "overwrite_protection": "protection.replication_overwrite",
                "tags": "tags",
            },
            ignores=(
                "availability_zone_id",
                "creation_token",
                "dns_name",
                "name",
                "number_of_mount_targets",
                "size_in_bytes",
            ),
        ),
        Spelling(
            "terraform",
            "aws_efs_file_system_policy",
            {"policy": "policy"},
            part_of="file_system_id",
            ignores=("bypass_policy_lockout_safety_check",),
        ),
        Spelling("terraform", "aws_efs_backup_policy", {"backup": "backup_policy.status"}, part_of="file_system_id"),
        Spelling(
            "cloudformation",
            "AWS::EFS::FileSystem",
            {
                **_CAPITALS,
                "policy": "FileSystemPolicy",
                "backup": "BackupPolicy.Status",
                "infrequent_access": _to_ia("LifecyclePolicies", "TransitionToIA"),
                "tags": tags("FileSystemTags"),
            },
            computed={"FileSystemId": "id"},
            ignores=("BypassPolicyLockoutSafetyCheck", "ReplicationConfiguration"),
        ),
        Spelling(
            "api",
            "efs:DescribeFileSystems",
            {**_CAPITALS, "id": "FileSystemId", "tags": tags("Tags")},
            items="FileSystems.*",
            key="FileSystemId",
            ignores=(
                "AvailabilityZoneId",
                "CreationTime",
                "CreationToken",
                "FileSystemArn",
                "LifeCycleState",
                "Name",
                "NumberOfMountTargets",
                "SizeInBytes",
            ),
        ),
        Spelling(
            "api",
            "efs:DescribeFileSystemPolicy",
            {"policy": "Policy"},
            part_of="FileSystemId",
            asks=("FileSystemId",),
        ),
        Spelling(
            "api",
            "efs:DescribeBackupPolicy",
            {"backup": _backup},
            part_of="FileSystemId",
            asks=("FileSystemId",),
        ),
        Spelling(
            "api",
            "efs:DescribeLifecycleConfiguration",
            {"infrequent_access": _to_ia("LifecyclePolicies", "TransitionToIA")},
            part_of="FileSystemId",
            asks=("FileSystemId",),
        ),
    ),
    references=("https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",),
)
