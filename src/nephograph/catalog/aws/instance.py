"""EC2 instance. What a launch template may say of it is not known, and is not taken for a default."""

import base64
import binascii

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Reader,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import both, element, first_of, one, says
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_TEMPLATE = Unknown(Reason.NOT_EVALUATED, "the launch template of the instance")


def _said(path: str) -> Otherwise:
    """What the instance says, else what its launch template says, which is not read."""
    return Otherwise(path, _TEMPLATE, when=("launch_template",))


def _or_template(reader: Reader) -> Reader:
    """The same for a field that takes a reader."""

    def read(document: Cursor) -> Tree:
        said = reader(document)
        template = document.at("launch_template")
        nothing = said is None or (isinstance(said, Cursor) and not says(said))
        return template.be(_TEMPLATE) if nothing and says(template) else said

    return read


def _user_data(document: Cursor) -> Tree:
    """The text the machine starts with; base64 that is not text (gzip) is not evaluated."""
    plain, encoded = document.at("user_data"), document.at("user_data_base64")
    if says(plain) or encoded.unknown or not isinstance(encoded.value, str):
        return plain if says(plain) else encoded
    try:
        return encoded.be(base64.b64decode(encoded.value, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return encoded.be(Unknown(Reason.NOT_EVALUATED, "user_data_base64 is not text"))


def _interfaces(document: Cursor) -> Tree:
    found: list[Tree] = [
        block if block.unknown else {"interface": block.at("network_interface_id")}
        for name in ("primary_network_interface", "network_interface")
        for block in document.at(name).each()
    ]
    return found or None


def _volumes(document: Cursor) -> Tree:
    found: list[Tree] = []
    for name, kind in (("root_block_device", "root"), ("ebs_block_device", "data")):
        for block in document.at(name).each():
            about: dict[str, Tree] = {
                "use": block.be(kind),
                "device": block.at("device_name"),
                "encrypted": block.at("encrypted"),
                "kms_key": block.at("kms_key_id"),
            }
            found.append(block if block.unknown else about)
    return found or None


KIND = Kind(
    native="AWS::EC2::Instance",
    service="ec2",
    cls=Class.COMPUTE,
    arn="arn:{partition}:ec2:{region}:{account}:instance/{id}",
    id="{id}",
    fields={
        "id": text(),
        "ami": text(),
        "instance_type": text(),
        "availability_zone": text(),
        "subnet": reference("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "interfaces": items(interface=reference("aws_network_interface")),
        "public_ip": flag(),
        "private_ip": text(),
        "source_dest_check": flag(default=True),
        "instance_profile": reference("aws_iam_instance_profile"),
        "metadata": group(
            tokens=text(default="optional", since="unless the AMI or the account asks for required"),
            endpoint=text(default="enabled"),
            hop_limit=number(default=1),
        ),
        "user_data": text(),
        "key_name": text(),
        "launch_template": reference("aws_launch_template"),
        "volumes": items(
            use=text(),
            device=text(),
            encrypted=flag(default=False, since="unless the account encrypts volumes by default"),
            kms_key=reference("aws_kms_key"),
        ),
        "attached_volumes": items(device=text(), volume=reference("aws_ebs_volume")),
        "monitoring": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnet"),
        Link("has_security_group", "security_groups"),
        Link("uses_interface", "interfaces.*.interface"),
        Link("has_instance_profile", "instance_profile"),
        Link("encrypted_by", "volumes.*.kms_key"),
        Link("uses_volume", "attached_volumes.*.volume"),
        Link("made_from", "launch_template"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_instance",
            {
                "id": "id",
                "ami": _said("ami"),
                "instance_type": _said("instance_type"),
                "availability_zone": "availability_zone",
                "subnet": _said("subnet_id"),
                # `security_groups` holds names (default VPC); inside a VPC it is also used for ids.
                "security_groups": _or_template(both("vpc_security_group_ids", "security_groups")),
                "interfaces": _interfaces,
                "public_ip": _said("associate_public_ip_address"),
                "private_ip": "private_ip",
                "source_dest_check": "source_dest_check",
                "instance_profile": _said("iam_instance_profile"),
                "metadata.tokens": _said("metadata_options.http_tokens"),
                "metadata.endpoint": _said("metadata_options.http_endpoint"),
                "metadata.hop_limit": _said("metadata_options.http_put_response_hop_limit"),
                "user_data": _or_template(_user_data),
                "key_name": _said("key_name"),
                "launch_template": lambda document: first_of(document, "launch_template.id", "launch_template.name"),
                "volumes": _or_template(_volumes),
                "monitoring": _said("monitoring"),
                "tags": "tags",
            },
            ignores=(
                "capacity_reservation_specification",
                "cpu_core_count",
                "cpu_options",
                "cpu_threads_per_core",
                "credit_specification",
                "disable_api_stop",
                "disable_api_termination",
                "ebs_optimized",
                "enable_primary_ipv6",
                "enclave_options",
                "ephemeral_block_device",
                "force_destroy",
                "get_password_data",
                "hibernation",
                "host_id",
                "host_resource_group_arn",
                "instance_initiated_shutdown_behavior",
                "instance_market_options",
                "ipv6_address_count",
                "ipv6_addresses",
                "maintenance_options",
                "placement_group",
                "placement_group_id",
                "placement_partition_number",
                "private_dns_name_options",
                "secondary_private_ips",
                "tenancy",
                "user_data_replace_on_change",
                "volume_tags",
            ),
        ),
        Spelling(
            "terraform",
            "aws_volume_attachment",
            {
                "attached_volumes": one(
                    lambda document: {"device": document.at("device_name"), "volume": document.at("volume_id")}
                )
            },
            part_of="instance_id",
            ignores=("force_detach", "skip_destroy", "stop_instance_before_detaching"),
        ),
        Spelling(
            "terraform",
            "aws_network_interface_sg_attachment",
            # The interface may be `aws_instance.x.primary_network_interface_id`: the group is then the instance's.
            {"security_groups": element("security_group_id")},
            part_of="network_interface_id",
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-ebs-encr.html",
    ),
)
