"""Subnets a database of RDS, DocumentDB or Neptune may stand in."""

from nephograph.catalog.aws._rds import TAGS
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, reference, references, text
from nephograph.catalog.readers import pluck, tags
from nephograph.model.resource import Class

_CODE: Fields = {"name": "name", "subnets": "subnet_ids", "tags": "tags"}

KIND = Kind(
    native="AWS::RDS::DBSubnetGroup",
    service="rds",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:rds:{region}:{account}:subgrp:{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "vpc": reference("aws_vpc"),
        "subnets": references("aws_subnet"),
        "tags": mapping(),
    },
    links=(Link("in_subnet", "subnets"), Link("in_network", "vpc")),
    spellings=(
        Spelling(
            "terraform",
            "aws_db_subnet_group",
            {**_CODE, "vpc": "vpc_id"},
            computed={"name": "{name}"},
            ignores=("description", "name_prefix", "supported_network_types"),
        ),
        *(
            Spelling(
                "terraform",
                type_,
                _CODE,
                computed={"name": "{name}"},
                ignores=("description", "name_prefix", "supported_network_types"),
            )
            for type_ in ("aws_docdb_subnet_group", "aws_neptune_subnet_group")
        ),
        *(
            Spelling(
                "cloudformation",
                f"AWS::{service}::DBSubnetGroup",
                {"name": "DBSubnetGroupName", "subnets": "SubnetIds", "tags": tags("Tags")},
                computed={"DBSubnetGroupArn": "arn", "DBSubnetGroupName": "{name}"},
                ignores=("DBSubnetGroupDescription",),
            )
            for service in ("RDS", "DocDB", "Neptune")
        ),
        Spelling(
            "api",
            "rds:DescribeDBSubnetGroups",
            {"name": "DBSubnetGroupName", "vpc": "VpcId", "subnets": pluck("Subnets", "SubnetIdentifier")},
            items="DBSubnetGroups.*",
            key="DBSubnetGroupName",
            ignores=(
                "DBSubnetGroupArn",
                "DBSubnetGroupDescription",
                "Marker",
                "SubnetGroupStatus",
                "SupportedNetworkTypes",
            ),
        ),
        TAGS,
    ),
)
