"""EC2 instance. What a launch template may say of it is not known, and is not taken for a default."""

from nephograph.catalog.aws._launch import (
    block_volume,
    decoded,
    decoded_or_plain,
    first_interface,
    launch_volumes,
    mapped_volumes,
    metadata_options,
    name_in_arn,
    user_data,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import always, both, each, element, first_of, one, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_TEMPLATE = Unknown(Reason.NOT_EVALUATED, "the launch template of the instance")


def _said(path: str, template: str = "launch_template") -> Otherwise:
    """What the instance says, else what its launch template says, which is not read."""
    return Otherwise(path, _TEMPLATE, when=(template,))


def _or_template(reader: Reader, name: str = "launch_template") -> Reader:
    """The same for a field that takes a reader."""

    def read(document: Cursor) -> Tree:
        said = reader(document)
        template = document.at(name)
        nothing = said is None or (isinstance(said, Cursor) and not says(said))
        return template.be(_TEMPLATE) if nothing and says(template) else said

    return read


def _groups(document: Cursor) -> Tree:
    """Ids of groups. `security_groups` holds names (default VPC); inside a VPC it is also used for ids."""
    ids, names = document.at("vpc_security_group_ids"), document.at("security_groups")
    # A state says the groups of the default VPC twice: by id and by name.
    if says(ids) and says(names) and all(isinstance(n.value, str) and n.value[:3] != "sg-" for n in names.each()):
        return ids
    return both("vpc_security_group_ids", "security_groups")(document)


def _interfaces(document: Cursor) -> Tree:
    """Interfaces the instance is given. A state names its own first one too, beside the subnet that is in code."""
    own = isinstance(document.at("subnet_id").value, str)
    found: list[Tree] = []
    for name in ("primary_network_interface", "network_interface"):
        for block in document.at(name).each():
            interface = block.at("network_interface_id")
            first = name[0] == "p" or block.at("device_index").value == 0
            if not (own and first and isinstance(interface.value, str)):
                found.append(block if block.unknown else {"interface": interface})
    return found or None


def _volumes(document: Cursor) -> Tree:
    roles = (("root_block_device", "root"), ("ebs_block_device", "data"))
    return [block_volume(b, use) for name, use in roles for b in document.at(name).each()] or None


def _each_value(name: str, inner: str) -> Reader:
    return lambda document: [b if b.unknown else b.at(inner) for b in document.at(name).each()] or None


def _first(document: Cursor) -> Cursor:
    return first_interface(document.at("NetworkInterfaces"), "DeviceIndex")


def _template_subnet(document: Cursor) -> Tree:
    own = document.at("SubnetId")
    return own if says(own) else _first(document).at("SubnetId")


def _template_groups(document: Cursor) -> Tree:
    said = both("SecurityGroupIds", "SecurityGroups")(document)
    return said if said is not None else _first(document).at("GroupSet")


def _template_interfaces(document: Cursor) -> Tree:
    blocks = document.at("NetworkInterfaces")
    given = [b for b in blocks.each() if b.unknown or says(b.at("NetworkInterfaceId"))]
    return [b if b.unknown else {"interface": b.at("NetworkInterfaceId")} for b in given] or None


def _live_public(document: Cursor) -> Tree:
    """Does it have a public IPv4 address? One that does not run may get a new one when it starts."""
    address, state = document.at("PublicIpAddress"), document.at("State", "Name")
    if says(address):
        return address.be(True)
    if state.value in ("stopped", "stopping", "pending"):
        return state.be(Unknown(Reason.NOT_SEEN, "the public address it gets when it runs"))
    return state.be(False)


def _live_interfaces(document: Cursor) -> Tree:
    """Further interfaces. The first one is what the answer says of the instance itself: subnet, groups, address."""
    further = [b for b in document.at("NetworkInterfaces").each() if b.at("Attachment", "DeviceIndex").value != 0]
    return [{"interface": block.at("NetworkInterfaceId")} for block in further] or None


def _live_ipv6(document: Cursor) -> Tree:
    blocks = document.at("NetworkInterfaces")
    return [a.at("Ipv6Address") for block in blocks.each() for a in block.at("Ipv6Addresses").each()] or None


def _live_volumes(document: Cursor) -> Tree:
    mappings = [m for m in document.at("BlockDeviceMappings").each() if says(m.at("Ebs", "VolumeId"))]
    return [{"device": m.at("DeviceName"), "volume": m.at("Ebs", "VolumeId")} for m in mappings] or None


def _live_monitoring(document: Cursor) -> Tree:
    state = document.at("Monitoring", "State")
    return state.be(state.value in ("enabled", "pending")) if state.present else None


def _live_template(document: Cursor) -> Tree:
    """EC2 notes in a tag which launch template it launched the instance from."""
    tags = document.at("Tags").each()
    return next((tag.at("Value") for tag in tags if tag.at("Key").value == "aws:ec2launchtemplate:id"), None)


def _asked(name: str, without: object) -> Reader:
    """One attribute an answer: the answer about another one says nothing of it."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if not said.present:
            return document.be(Unknown(Reason.NOT_SEEN, f"the answer of ec2:DescribeInstanceAttribute about {name}"))
        value = said.at("Value")
        return value if says(value) else said.be(without)

    return read


def _asked_user_data(document: Cursor) -> Tree:
    said = _asked("UserData", "")(document)
    return decoded(said, "UserData is not text") if isinstance(said, Cursor) else said


KIND = Kind(
    native="AWS::EC2::Instance",
    service="ec2",
    cls=Class.COMPUTE,
    identity=("id",),
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
        "ipv6_addresses": texts(),
        "source_dest_check": flag(default=True),
        "instance_profile": reference("aws_iam_instance_profile"),
        "metadata": metadata_options(),
        "user_data": text(),
        "key_name": text(),
        "launch_template": reference("aws_launch_template"),
        # What is said of volumes along with the instance; live, every volume is a resource of its own.
        "volumes": launch_volumes(),
        "attached_volumes": items(device=text(), volume=reference("aws_ebs_volume")),
        "monitoring": flag(default=False),
        "termination_protection": flag(default=False),
        "tenancy": text(default="default", since="unless the VPC is dedicated"),
        "state": text(),
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
                "security_groups": _or_template(_groups),
                "interfaces": _interfaces,
                "public_ip": _said("associate_public_ip_address"),
                "private_ip": "private_ip",
                "ipv6_addresses": "ipv6_addresses",
                "source_dest_check": "source_dest_check",
                "instance_profile": _said("iam_instance_profile"),
                "metadata.tokens": _said("metadata_options.http_tokens"),
                "metadata.endpoint": _said("metadata_options.http_endpoint"),
                "metadata.hop_limit": _said("metadata_options.http_put_response_hop_limit"),
                "user_data": _or_template(user_data),
                "key_name": _said("key_name"),
                "launch_template": lambda document: first_of(document, "launch_template.id", "launch_template.name"),
                "volumes": _or_template(_volumes),
                "monitoring": _said("monitoring"),
                "termination_protection": _said("disable_api_termination"),
                "tenancy": _said("tenancy"),
                "state": "instance_state",
                "tags": "tags",
            },
            ignores=(
                "capacity_reservation_specification",
                "cpu_core_count",
                "cpu_options",
                "cpu_threads_per_core",
                "credit_specification",
                "disable_api_stop",
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
                "instance_lifecycle",
                "instance_market_options",
                "ipv6_address_count",
                "maintenance_options",
                "outpost_arn",
                "password_data",
                "placement_group",
                "placement_group_id",
                "placement_partition_number",
                "primary_network_interface_id",
                "private_dns",
                "private_dns_name_options",
                "public_dns",
                "public_ip",
                "secondary_private_ips",
                "spot_instance_request_id",
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
        Spelling(
            "cloudformation",
            "AWS::EC2::Instance",
            {
                "ami": _said("ImageId", "LaunchTemplate"),
                "instance_type": _said("InstanceType", "LaunchTemplate"),
                "availability_zone": "AvailabilityZone",
                "subnet": _or_template(_template_subnet, "LaunchTemplate"),
                "security_groups": _or_template(_template_groups, "LaunchTemplate"),
                "interfaces": _template_interfaces,
                "public_ip": _or_template(lambda d: _first(d).at("AssociatePublicIpAddress"), "LaunchTemplate"),
                "private_ip": "PrivateIpAddress",
                "ipv6_addresses": _each_value("Ipv6Addresses", "Ipv6Address"),
                "source_dest_check": "SourceDestCheck",
                "instance_profile": _said("IamInstanceProfile", "LaunchTemplate"),
                "metadata.tokens": _said("MetadataOptions.HttpTokens", "LaunchTemplate"),
                "metadata.endpoint": _said("MetadataOptions.HttpEndpoint", "LaunchTemplate"),
                "metadata.hop_limit": _said("MetadataOptions.HttpPutResponseHopLimit", "LaunchTemplate"),
                "user_data": _or_template(lambda d: decoded_or_plain(d.at("UserData")), "LaunchTemplate"),
                "key_name": _said("KeyName", "LaunchTemplate"),
                "launch_template": lambda d: first_of(
                    d, "LaunchTemplate.LaunchTemplateId", "LaunchTemplate.LaunchTemplateName"
                ),
                "volumes": _or_template(lambda d: mapped_volumes(d.at("BlockDeviceMappings")), "LaunchTemplate"),
                "attached_volumes": each("Volumes", lambda v: {"device": v.at("Device"), "volume": v.at("VolumeId")}),
                "monitoring": _said("Monitoring", "LaunchTemplate"),
                "termination_protection": _said("DisableApiTermination", "LaunchTemplate"),
                "tenancy": _said("Tenancy", "LaunchTemplate"),
                "tags": tags("Tags"),
            },
            computed={
                "AvailabilityZone": "{availability_zone}",
                "InstanceId": "id",
                "PrivateIp": "{private_ip}",
            },
            ignores=(
                "AdditionalInfo",
                "Affinity",
                "CpuOptions",
                "CreditSpecification",
                "EbsOptimized",
                "ElasticGpuSpecifications",
                "ElasticInferenceAccelerators",
                "EnclaveOptions",
                "HibernationOptions",
                "HostId",
                "HostResourceGroupArn",
                "InstanceInitiatedShutdownBehavior",
                "Ipv6AddressCount",
                "KernelId",
                "LicenseSpecifications",
                "PlacementGroupName",
                "PrivateDnsNameOptions",
                "PropagateTagsToVolumeOnCreation",
                "RamdiskId",
                "SsmAssociations",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VolumeAttachment",
            {
                "attached_volumes": one(
                    lambda document: {"device": document.at("Device"), "volume": document.at("VolumeId")}
                )
            },
            part_of="InstanceId",
            ignores=("EbsCardIndex",),
        ),
        Spelling(
            "api",
            "ec2:DescribeInstances",
            {
                "id": "InstanceId",
                "ami": "ImageId",
                "instance_type": "InstanceType",
                "availability_zone": "Placement.AvailabilityZone",
                "subnet": "SubnetId",
                "security_groups": _each_value("SecurityGroups", "GroupId"),
                "interfaces": _live_interfaces,
                "public_ip": _live_public,
                "private_ip": "PrivateIpAddress",
                "ipv6_addresses": _live_ipv6,
                "source_dest_check": "SourceDestCheck",
                "instance_profile": lambda document: name_in_arn(document.at("IamInstanceProfile", "Arn")),
                "metadata.tokens": "MetadataOptions.HttpTokens",
                "metadata.endpoint": "MetadataOptions.HttpEndpoint",
                "metadata.hop_limit": "MetadataOptions.HttpPutResponseHopLimit",
                "key_name": "KeyName",
                "launch_template": _live_template,
                "volumes": always([]),
                "attached_volumes": _live_volumes,
                "monitoring": _live_monitoring,
                "tenancy": "Placement.Tenancy",
                "state": "State.Name",
                "tags": tags("Tags"),
            },
            items="Reservations.*.Instances.*",
            key="InstanceId",
            ignores=(
                "AmiLaunchIndex",
                "Architecture",
                "BootMode",
                "CapacityBlockId",
                "CapacityReservationId",
                "CapacityReservationSpecification",
                "ClientToken",
                "CpuOptions",
                "CurrentInstanceBootMode",
                "EbsOptimized",
                "ElasticGpuAssociations",
                "ElasticInferenceAcceleratorAssociations",
                "EnaSupport",
                "EnclaveOptions",
                "HibernationOptions",
                "Hypervisor",
                "InstanceLifecycle",
                "Ipv6Address",
                "KernelId",
                "LaunchTime",
                "Licenses",
                "MaintenanceOptions",
                "NetworkPerformanceOptions",
                "Operator",
                "OutpostArn",
                "Platform",
                "PlatformDetails",
                "PrivateDnsName",
                "PrivateDnsNameOptions",
                "ProductCodes",
                "PublicDnsName",
                "RamdiskId",
                "RequesterId",
                "ReservationId",
                "RootDeviceName",
                "RootDeviceType",
                "SecondaryInterfaces",
                "SpotInstanceRequestId",
                "SriovNetSupport",
                "StateReason",
                "StateTransitionReason",
                "TpmSupport",
                "UsageOperation",
                "UsageOperationUpdateTime",
                "VirtualizationType",
                "VpcId",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeInstanceAttribute",
            {"user_data": _asked_user_data, "termination_protection": _asked("DisableApiTermination", False)},
            part_of="InstanceId",
            asks=("InstanceId",),
            ignores=(
                "BlockDeviceMappings",
                "DisableApiStop",
                "EbsOptimized",
                "EnaSupport",
                "EnclaveOptions",
                "Groups",
                "InstanceInitiatedShutdownBehavior",
                "InstanceType",
                "KernelId",
                "ProductCodes",
                "RamdiskId",
                "RootDeviceName",
                "SourceDestCheck",
                "SriovNetSupport",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-ebs-encr.html",
    ),
)
