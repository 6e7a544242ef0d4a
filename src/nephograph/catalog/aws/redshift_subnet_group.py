"""Subnets a Redshift cluster may stand in."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, references, text
from nephograph.catalog.readers import pluck, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::Redshift::ClusterSubnetGroup",
    service="redshift",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:redshift:{region}:{account}:subnetgroup:{name}",
    id="{name}",
    label="name",
    fields={"name": text(), "vpc": reference("aws_vpc"), "subnets": references("aws_subnet"), "tags": mapping()},
    links=(Link("in_subnet", "subnets"), Link("in_network", "vpc")),
    spellings=(
        Spelling(
            "terraform",
            "aws_redshift_subnet_group",
            {"name": "name", "subnets": "subnet_ids", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("description",),
        ),
        # Its name is made by CloudFormation.
        Spelling(
            "cloudformation",
            "AWS::Redshift::ClusterSubnetGroup",
            {"subnets": "SubnetIds", "tags": tags("Tags")},
            computed={"ClusterSubnetGroupName": "{name}"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            "redshift:DescribeClusterSubnetGroups",
            {
                "name": "ClusterSubnetGroupName",
                "vpc": "VpcId",
                "subnets": pluck("Subnets", "SubnetIdentifier"),
                "tags": tags("Tags"),
            },
            items="ClusterSubnetGroups.*",
            key="ClusterSubnetGroupName",
            ignores=(
                "Description",
                "Marker",
                "SubnetGroupStatus",
                "SupportedClusterIpAddressTypes",
            ),
        ),
    ),
)
