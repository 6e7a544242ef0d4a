"""EKS managed node group: the machines of a cluster, the role they run with, who may enter them by SSH."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    mapping,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import first_of
from nephograph.model.resource import Class


def _uuid(name: str) -> Reader:
    """The id at the end of the ARN."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        parts = said.value.split("/") if isinstance(said.value, str) else []
        return said.be(parts[3]) if len(parts) == 4 else None

    return read


def _groups(*path: str) -> Reader:
    """The Auto Scaling groups that hold the nodes."""
    return lambda document: [one.at("name") for one in document.at(*path).each() if not one.unknown] or None


KIND = Kind(
    native="AWS::EKS::Nodegroup",
    service="eks",
    cls=Class.GENERIC,
    identity=("cluster_name", "name"),
    arn="arn:{partition}:eks:{region}:{account}:nodegroup/{cluster_name}/{name}/{uuid}",
    id="{cluster_name}:{name}",
    label="name",
    fields={
        "name": text(),
        "cluster": reference("aws_eks_cluster"),
        "cluster_name": text(),
        "uuid": text(),
        "node_role": reference("aws_iam_role"),
        "subnets": references("aws_subnet"),
        "instance_types": texts(),
        "ami_type": text(),
        "capacity_type": text(default="ON_DEMAND"),
        "disk_size": number(),
        "min_size": number(),
        "max_size": number(),
        "desired_size": number(),
        "version": text(),
        "launch_template": reference("aws_launch_template"),
        # A key, and where it may be used from: everywhere when no group is said.
        "ssh_key": text(),
        "ssh_from": references("aws_security_group"),
        "autoscaling_groups": references("aws_autoscaling_group"),
        "tags": mapping(),
    },
    links=(
        Link("in_cluster", "cluster"),
        Link("runs_as", "node_role"),
        Link("in_subnet", "subnets"),
        Link("made_from", "launch_template"),
        Link("lets_in", "ssh_from"),
        Link("contains", "autoscaling_groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_eks_node_group",
            {
                "name": "node_group_name",
                "cluster": "cluster_name",
                "cluster_name": "cluster_name",
                "uuid": _uuid("arn"),
                "node_role": "node_role_arn",
                "subnets": "subnet_ids",
                "instance_types": "instance_types",
                "ami_type": "ami_type",
                "capacity_type": "capacity_type",
                "disk_size": "disk_size",
                "min_size": "scaling_config.min_size",
                "max_size": "scaling_config.max_size",
                "desired_size": "scaling_config.desired_size",
                "version": "version",
                "launch_template": lambda document: first_of(document, "launch_template.id", "launch_template.name"),
                "ssh_key": "remote_access.ec2_ssh_key",
                "ssh_from": "remote_access.source_security_group_ids",
                "autoscaling_groups": _groups("resources", "autoscaling_groups"),
                "tags": "tags",
            },
            computed={"node_group_name": "{name}", "cluster_name": "{cluster_name}"},
            ignores=(
                "force_update_version",
                "labels",
                "node_group_name_prefix",
                "node_repair_config",
                "release_version",
                "status",
                "taint",
                "update_config",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EKS::Nodegroup",
            {
                "name": "NodegroupName",
                "cluster": "ClusterName",
                "cluster_name": "ClusterName",
                "node_role": "NodeRole",
                "subnets": "Subnets",
                "instance_types": "InstanceTypes",
                "ami_type": "AmiType",
                "capacity_type": "CapacityType",
                "disk_size": "DiskSize",
                "min_size": "ScalingConfig.MinSize",
                "max_size": "ScalingConfig.MaxSize",
                "desired_size": "ScalingConfig.DesiredSize",
                "version": "Version",
                "launch_template": lambda document: first_of(document, "LaunchTemplate.Id", "LaunchTemplate.Name"),
                "ssh_key": "RemoteAccess.Ec2SshKey",
                "ssh_from": "RemoteAccess.SourceSecurityGroups",
                "tags": "Tags",
            },
            computed={
                "ClusterName": "{cluster_name}",
                "Id": "{cluster_name}/{name}",
                "NodegroupName": "{name}",
                "Ref": "{cluster_name}/{name}",
            },
            ignores=(
                "ForceUpdateEnabled",
                "Labels",
                "NodeRepairConfig",
                "ReleaseVersion",
                "Taints",
                "UpdateConfig",
                "WarmPoolConfig",
            ),
        ),
        Spelling(
            "api",
            "eks:DescribeNodegroup",
            {
                "name": "nodegroupName",
                "cluster": "clusterName",
                "cluster_name": "clusterName",
                "uuid": _uuid("nodegroupArn"),
                "node_role": "nodeRole",
                "subnets": "subnets",
                "instance_types": "instanceTypes",
                "ami_type": "amiType",
                "capacity_type": "capacityType",
                "disk_size": "diskSize",
                "min_size": "scalingConfig.minSize",
                "max_size": "scalingConfig.maxSize",
                "desired_size": "scalingConfig.desiredSize",
                "version": "version",
                "launch_template": "launchTemplate.id",
                "ssh_key": "remoteAccess.ec2SshKey",
                "ssh_from": "remoteAccess.sourceSecurityGroups",
                "autoscaling_groups": _groups("resources", "autoScalingGroups"),
                "tags": "tags",
            },
            items="nodegroup",
            key="nodegroupArn",
            ignores=(
                "createdAt",
                "health",
                "labels",
                "modifiedAt",
                "nodeRepairConfig",
                "releaseVersion",
                "status",
                "taints",
                "updateConfig",
                "warmPoolConfig",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",),
)
