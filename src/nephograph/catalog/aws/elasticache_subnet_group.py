"""Subnets a cache may stand in."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, references, text
from nephograph.catalog.readers import pluck, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::ElastiCache::SubnetGroup",
    service="elasticache",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:elasticache:{region}:{account}:subnetgroup:{name}",
    id="{name}",
    label="name",
    fields={"name": text(), "vpc": reference("aws_vpc"), "subnets": references("aws_subnet"), "tags": mapping()},
    links=(Link("in_subnet", "subnets"), Link("in_network", "vpc")),
    spellings=(
        Spelling(
            "terraform",
            "aws_elasticache_subnet_group",
            {"name": "name", "vpc": "vpc_id", "subnets": "subnet_ids", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("description",),
        ),
        Spelling(
            "cloudformation",
            "AWS::ElastiCache::SubnetGroup",
            {"name": "CacheSubnetGroupName", "subnets": "SubnetIds", "tags": tags("Tags")},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            "elasticache:DescribeCacheSubnetGroups",
            {"name": "CacheSubnetGroupName", "vpc": "VpcId", "subnets": pluck("Subnets", "SubnetIdentifier")},
            items="CacheSubnetGroups.*",
            key="CacheSubnetGroupName",
            ignores=(
                "ARN",
                "CacheSubnetGroupDescription",
                "Marker",
                "SupportedNetworkTypes",
            ),
        ),
        Spelling(
            "api",
            "elasticache:ListTagsForResource",
            {"tags": tags("TagList")},
            part_of="ResourceName",
            asks=("ResourceName",),
        ),
    ),
)
