"""Machine image, with those who may launch it."""

from nephograph.catalog.aws._launch import block_volume, mapped_volumes
from nephograph.catalog.aws._permissions import shared_with
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    items,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import says, tags
from nephograph.model.resource import Class

_SAID: Fields = {
    "id": "id",
    "name": "name",
    "owner": "owner_id",
    "public": "public",
    "architecture": "architecture",
    "platform": "platform_details",
    "imds": "imds_support",
    "deprecated": "deprecation_time",
    "volumes": lambda document: [block_volume(b, key="") for b in document.at("ebs_block_device").each()] or None,
    "tags": "tags",
}
_IGNORED = (
    "boot_mode",
    "description",
    "ena_support",
    "ephemeral_block_device",
    "hypervisor",
    "image_location",
    "image_owner_alias",
    "image_type",
    "kernel_id",
    "last_launched_time",
    "manage_ebs_snapshots",
    "platform",
    "ramdisk_id",
    "root_device_name",
    "root_snapshot_id",
    "sriov_net_support",
    "tpm_support",
    "uefi_data",
    "usage_operation",
    "virtualization_type",
)

_WHOM = ("Group", "UserId", "OrganizationArn", "OrganizationalUnitArn")


def _allowed(document: Cursor) -> Tree:
    """`aws_ami_launch_permission` names one account, group, organization or unit."""
    names = ("account_id", "group", "organization_arn", "organizational_unit_arn")
    return [one for one in (document.at(name) for name in names) if says(one)] or None


def _to_all(document: Cursor) -> Tree:
    whom = document.at("group")
    return whom.be(True) if whom.value == "all" else whom if whom.unknown else None


KIND = Kind(
    native="AWS::EC2::Image",
    service="ec2",
    cls=Class.IMAGE,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}::image/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "owner": text(),
        "public": flag(default=False),
        # Account ids, ARNs of organizations and units; `all` for everybody.
        "shared_with": texts(),
        "architecture": text(),
        "platform": text(),
        # v2.0: instances of it ask for session tokens.
        "imds": text(),
        "source": reference("aws_ami"),
        "source_instance": reference("aws_instance"),
        "deregistration_protection": text(),
        "created": text(),
        "deprecated": text(),
        "volumes": items(
            device=text(),
            encrypted=flag(default=False, since="unless the account encrypts volumes by default"),
            kms_key=reference("aws_kms_key"),
            size=number(),
            type=text(),
            snapshot=reference("aws_ebs_snapshot"),
        ),
        "tags": mapping(),
    },
    links=(
        Link("made_from", "source"),
        Link("made_from", "source_instance"),
        Link("encrypted_by", "volumes.*.kms_key"),
        Link("made_from", "volumes.*.snapshot"),
    ),
    spellings=(
        Spelling("terraform", "aws_ami", _SAID, ignores=_IGNORED),
        Spelling(
            "terraform",
            "aws_ami_copy",
            {**_SAID, "source": "source_ami_id"},
            ignores=tuple(
                sorted((*_IGNORED, "destination_outpost_arn", "encrypted", "kms_key_id", "source_ami_region"))
            ),
        ),
        Spelling(
            "terraform",
            "aws_ami_from_instance",
            {**_SAID, "source_instance": "source_instance_id"},
            ignores=tuple(sorted((*_IGNORED, "snapshot_without_reboot"))),
        ),
        Spelling(
            "terraform",
            "aws_ami_launch_permission",
            {"shared_with": _allowed, "public": _to_all},
            part_of="image_id",
        ),
        Spelling(
            "api",
            "ec2:DescribeImages",
            {
                "id": "ImageId",
                "name": "Name",
                "owner": "OwnerId",
                "public": "Public",
                "architecture": "Architecture",
                "platform": "PlatformDetails",
                "imds": "ImdsSupport",
                "source": "SourceImageId",
                "source_instance": "SourceInstanceId",
                "deregistration_protection": "DeregistrationProtection",
                "created": "CreationDate",
                "deprecated": "DeprecationTime",
                "volumes": lambda document: mapped_volumes(document.at("BlockDeviceMappings")),
                "tags": tags("Tags"),
            },
            items="Images.*",
            key="ImageId",
            ignores=(
                "BootMode",
                "Description",
                "EnaSupport",
                "FreeTierEligible",
                "Hypervisor",
                "ImageAllowed",
                "ImageLocation",
                "ImageOwnerAlias",
                "ImageType",
                "ImageWatermarks",
                "InstanceTypeSpecification",
                "KernelId",
                "LastLaunchedTime",
                "Platform",
                "ProductCodes",
                "PublicSsmParameterName",
                "RamdiskId",
                "RootDeviceName",
                "RootDeviceType",
                "ScanResults",
                "SourceImageRegion",
                "SriovNetSupport",
                "State",
                "StateReason",
                "TpmSupport",
                "UsageOperation",
                "VirtualizationType",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeImageAttribute",
            {"shared_with": shared_with("LaunchPermissions", "ec2:DescribeImageAttribute", _WHOM)},
            part_of="ImageId",
            asks=("ImageId",),
            ignores=(
                "BlockDeviceMappings",
                "BootMode",
                "DeregistrationProtection",
                "Description",
                "ImdsSupport",
                "KernelId",
                "LastLaunchedTime",
                "ProductCodes",
                "RamdiskId",
                "SriovNetSupport",
                "TpmSupport",
                "UefiData",
            ),
        ),
    ),
    unspelled={"cloudformation": "has no type for an image"},
    references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html",),
)
