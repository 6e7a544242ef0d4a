"""EFS mount target: where a subnet reaches a file system, and which groups let it."""

from nephograph.catalog.language import Kind, Link, Spelling, reference, references, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EFS::MountTarget",
    service="elasticfilesystem",
    cls=Class.GENERIC,
    identity=("id",),
    id="{id}",
    fields={
        "id": text(),
        "file_system": reference("aws_efs_file_system"),
        "subnet": reference("aws_subnet"),
        # Nothing said is the default group of the VPC.
        "security_groups": references("aws_security_group"),
        "interface": reference("aws_network_interface"),
        "private_ip": text(),
    },
    links=(
        Link("serves", "file_system"),
        Link("in_subnet", "subnet"),
        Link("has_security_group", "security_groups"),
        Link("uses_interface", "interface"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_efs_mount_target",
            {
                "id": "id",
                "file_system": "file_system_id",
                "subnet": "subnet_id",
                "security_groups": "security_groups",
                "interface": "network_interface_id",
                "private_ip": "ip_address",
            },
            ignores=(
                "availability_zone_id",
                "availability_zone_name",
                "dns_name",
                "file_system_arn",
                "ip_address_type",
                "ipv6_address",
                "mount_target_dns_name",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EFS::MountTarget",
            {
                "file_system": "FileSystemId",
                "subnet": "SubnetId",
                "security_groups": "SecurityGroups",
                "private_ip": "IpAddress",
            },
            computed={"Id": "id"},
            ignores=("IpAddressType", "Ipv6Address"),
        ),
        Spelling(
            "api",
            "efs:DescribeMountTargets",
            {
                "id": "MountTargetId",
                "file_system": "FileSystemId",
                "subnet": "SubnetId",
                "interface": "NetworkInterfaceId",
                "private_ip": "IpAddress",
            },
            items="MountTargets.*",
            key="MountTargetId",
            asks=("FileSystemId",),
            ignores=("AvailabilityZoneId", "AvailabilityZoneName", "Ipv6Address", "LifeCycleState", "VpcId"),
        ),
        Spelling(
            "api",
            "efs:DescribeMountTargetSecurityGroups",
            {"security_groups": "SecurityGroups"},
            part_of="MountTargetId",
            asks=("MountTargetId",),
        ),
    ),
    references=("https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",),
)
