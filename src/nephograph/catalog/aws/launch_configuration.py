"""Launch configuration: what an Auto Scaling group of the older kind starts."""

from nephograph.catalog.aws._launch import (
    block_volume,
    decoded,
    decoded_or_plain,
    launch_volumes,
    mapped_volumes,
    metadata_options,
    name_in_arn,
    user_data,
    uuid_in_arn,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, flag, items, number, reference, references, text
from nephograph.model.resource import Class


def _volumes(document: Cursor) -> Tree:
    roles = (("root_block_device", "root"), ("ebs_block_device", "data"))
    return [block_volume(b, use, key="") for name, use in roles for b in document.at(name).each()] or None


_CAPITALS: Fields = {
    "name": "LaunchConfigurationName",
    "ami": "ImageId",
    "instance_type": "InstanceType",
    "key_name": "KeyName",
    "instance_profile": lambda document: name_in_arn(document.at("IamInstanceProfile")),
    "security_groups": "SecurityGroups",
    "public_ip": "AssociatePublicIpAddress",
    "metadata.tokens": "MetadataOptions.HttpTokens",
    "metadata.endpoint": "MetadataOptions.HttpEndpoint",
    "metadata.hop_limit": "MetadataOptions.HttpPutResponseHopLimit",
    "volumes": lambda document: mapped_volumes(document.at("BlockDeviceMappings"), key=""),
    "spot_price": "SpotPrice",
}

KIND = Kind(
    native="AWS::AutoScaling::LaunchConfiguration",
    service="autoscaling",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:autoscaling:{region}:{account}:launchConfiguration:{uuid}:launchConfigurationName/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "uuid": text(),
        "ami": text(),
        "instance_type": text(),
        "key_name": text(),
        "instance_profile": reference("aws_iam_instance_profile"),
        "security_groups": references("aws_security_group"),
        "public_ip": flag(),
        "metadata": metadata_options(),
        "user_data": text(),
        "volumes": items(**{name: kind for name, kind in launch_volumes().fields.items() if name != "kms_key"}),
        "monitoring": flag(default=True),
        "spot_price": number(),
    },
    links=(
        Link("has_instance_profile", "instance_profile"),
        Link("has_security_group", "security_groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_launch_configuration",
            {
                "name": "name",
                "uuid": uuid_in_arn("arn"),
                "ami": "image_id",
                "instance_type": "instance_type",
                "key_name": "key_name",
                "instance_profile": lambda document: name_in_arn(document.at("iam_instance_profile")),
                "security_groups": "security_groups",
                "public_ip": "associate_public_ip_address",
                "metadata.tokens": "metadata_options.http_tokens",
                "metadata.endpoint": "metadata_options.http_endpoint",
                "metadata.hop_limit": "metadata_options.http_put_response_hop_limit",
                "user_data": user_data,
                "volumes": _volumes,
                "monitoring": "enable_monitoring",
                "spot_price": "spot_price",
            },
            computed={"name": "{name}"},
            ignores=(
                "ebs_optimized",
                "ephemeral_block_device",
                "name_prefix",
                "placement_tenancy",
                "vpc_classic_link_id",
                "vpc_classic_link_security_groups",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::AutoScaling::LaunchConfiguration",
            {
                **_CAPITALS,
                "user_data": lambda document: decoded_or_plain(document.at("UserData")),
                "monitoring": "InstanceMonitoring",
            },
            ignores=(
                "ClassicLinkVPCId",
                "ClassicLinkVPCSecurityGroups",
                "EbsOptimized",
                "InstanceId",
                "KernelId",
                "PlacementTenancy",
                "RamDiskId",
            ),
        ),
        Spelling(
            "api",
            "autoscaling:DescribeLaunchConfigurations",
            {
                **_CAPITALS,
                "uuid": uuid_in_arn("LaunchConfigurationARN"),
                "user_data": lambda document: decoded(document.at("UserData"), "UserData is not text"),
                "monitoring": "InstanceMonitoring.Enabled",
            },
            items="LaunchConfigurations.*",
            key="LaunchConfigurationName",
            ignores=(
                "ClassicLinkVPCId",
                "ClassicLinkVPCSecurityGroups",
                "CreatedTime",
                "EbsOptimized",
                "KernelId",
                "PlacementTenancy",
                "RamdiskId",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html",),
)
