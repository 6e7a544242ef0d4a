"""EC2 launch template with its versions. Code says the latest one; the API says each."""

from collections.abc import Callable

from nephograph.catalog.aws._launch import (
    block_volume,
    decoded,
    decoded_or_plain,
    first_interface,
    launch_volumes,
    mapped_volumes,
    metadata_options,
    name_in_arn,
    said_metadata,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Spelling,
    flag,
    keyed,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import first_of, says, tags
from nephograph.model.resource import Class


def _volumes(mappings: Cursor) -> Tree:
    """Terraform: the mappings that make a volume."""
    found: list[Tree] = []
    for block in mappings.each():
        ebs = block.at("ebs")
        if block.unknown or ebs.unknown:
            found.append(block if block.unknown else ebs)
        elif says(ebs):
            volume = block_volume(next(ebs.each()))
            found.append({**volume, "device": block.at("device_name")} if isinstance(volume, dict) else volume)
    return found or None


def _groups(own: Cursor, interface: Cursor) -> Tree:
    return own if says(own) else interface


def _written(document: Cursor) -> Tree:
    """The version that the code describes."""
    interfaces = document.at("network_interfaces")
    first = first_interface(interfaces, "device_index")
    profile = document.at("iam_instance_profile")
    return [
        {
            "number": document.at("latest_version"),
            "ami": document.at("image_id"),
            "instance_type": document.at("instance_type"),
            "key_name": document.at("key_name"),
            "instance_profile": name_in_arn(first_of(profile, "name", "arn")),
            "security_groups": _groups(document.at("vpc_security_group_ids"), first.at("security_groups")),
            "subnets": _inner(interfaces, "subnet_id"),
            "public_ip": first.at("associate_public_ip_address"),
            "metadata": said_metadata(
                document.at("metadata_options"), "http_tokens", "http_endpoint", "http_put_response_hop_limit"
            ),
            "user_data": decoded(document.at("user_data"), "user_data is not text"),
            "volumes": _volumes(document.at("block_device_mappings")),
            "monitoring": document.at("monitoring", "enabled"),
            "termination_protection": document.at("disable_api_termination"),
            "market": document.at("instance_market_options", "market_type"),
        }
    ]


def _inner(blocks: Cursor, name: str) -> Tree:
    return [b if b.unknown else b.at(name) for b in blocks.each() if b.unknown or says(b.at(name))] or None


def _data(data: Cursor, user_data: Callable[[Cursor], Cursor]) -> dict[str, Tree]:
    """`LaunchTemplateData`, as CloudFormation and the API write it."""
    interfaces = data.at("NetworkInterfaces")
    first = first_interface(interfaces, "DeviceIndex")
    profile = data.at("IamInstanceProfile")
    return {
        "ami": data.at("ImageId"),
        "instance_type": data.at("InstanceType"),
        "key_name": data.at("KeyName"),
        "instance_profile": name_in_arn(first_of(profile, "Name", "Arn")),
        "security_groups": _groups(data.at("SecurityGroupIds"), first.at("Groups")),
        "subnets": _inner(interfaces, "SubnetId"),
        "public_ip": first.at("AssociatePublicIpAddress"),
        "metadata": said_metadata(data.at("MetadataOptions"), "HttpTokens", "HttpEndpoint", "HttpPutResponseHopLimit"),
        "user_data": user_data(data.at("UserData")),
        "volumes": mapped_volumes(data.at("BlockDeviceMappings")),
        "monitoring": data.at("Monitoring", "Enabled"),
        "termination_protection": data.at("DisableApiTermination"),
        "market": data.at("InstanceMarketOptions", "MarketType"),
    }


def _template(document: Cursor) -> Tree:
    data = document.at("LaunchTemplateData")
    return [data if data.unknown else _data(data, decoded_or_plain)]


def _answered(document: Cursor) -> Tree:
    told = _data(document.at("LaunchTemplateData"), lambda said: decoded(said, "UserData is not text"))
    return [{"number": document.at("VersionNumber"), **told}]


KIND = Kind(
    native="AWS::EC2::LaunchTemplate",
    service="ec2",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "default_version": number(),
        "latest_version": number(),
        # Code does not know the number of the version it describes: it is the latest.
        "versions": keyed(
            "number",
            number=number(),
            ami=text(),
            instance_type=text(),
            key_name=text(),
            instance_profile=reference("aws_iam_instance_profile"),
            security_groups=references("aws_security_group"),
            subnets=references("aws_subnet"),
            public_ip=flag(),
            metadata=metadata_options(),
            user_data=text(),
            volumes=launch_volumes(),
            monitoring=flag(default=False),
            termination_protection=flag(default=False),
            market=text(default="on-demand"),
        ),
        "tags": mapping(),
    },
    links=(
        Link("has_instance_profile", "versions.*.instance_profile"),
        Link("has_security_group", "versions.*.security_groups"),
        Link("in_subnet", "versions.*.subnets"),
        Link("encrypted_by", "versions.*.volumes.*.kms_key"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_launch_template",
            {
                "id": "id",
                "name": "name",
                "default_version": "default_version",
                "latest_version": "latest_version",
                "versions": _written,
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "capacity_reservation_specification",
                "cpu_options",
                "credit_specification",
                "description",
                "disable_api_stop",
                "ebs_optimized",
                "elastic_gpu_specifications",
                "elastic_inference_accelerator",
                "enclave_options",
                "hibernation_options",
                "instance_initiated_shutdown_behavior",
                "instance_requirements",
                "kernel_id",
                "license_specification",
                "maintenance_options",
                "name_prefix",
                "placement",
                "private_dns_name_options",
                "ram_disk_id",
                "security_group_names",
                "tag_specifications",
                "update_default_version",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::LaunchTemplate",
            {
                "name": "LaunchTemplateName",
                "versions": _template,
                # Tags of the template itself; those of what it launches stand in its data.
                "tags": tags("TagSpecifications.Tags"),
            },
            computed={"LaunchTemplateId": "id"},
            ignores=("VersionDescription",),
        ),
        Spelling(
            "api",
            "ec2:DescribeLaunchTemplates",
            {
                "id": "LaunchTemplateId",
                "name": "LaunchTemplateName",
                "default_version": "DefaultVersionNumber",
                "latest_version": "LatestVersionNumber",
                "tags": tags("Tags"),
            },
            items="LaunchTemplates.*",
            key="LaunchTemplateId",
            ignores=("CreateTime", "CreatedBy", "Operator"),
        ),
        Spelling(
            "api",
            "ec2:DescribeLaunchTemplateVersions",
            {"versions": _answered},
            items="LaunchTemplateVersions.*",
            part_of="LaunchTemplateId",
            asks=("LaunchTemplateId",),
            ignores=(
                "CreateTime",
                "CreatedBy",
                "DefaultVersion",
                "LaunchTemplateName",
                "Operator",
                "VersionDescription",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html",),
)
