"""Subnets a database may stand in."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, references, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::RDS::DBSubnetGroup",
    service="rds",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:rds:{region}:{account}:subgrp:{name}",
    id="{name}",
    label="name",
    fields={"name": text(), "subnets": references("aws_subnet"), "tags": mapping()},
    links=(Link("in_subnet", "subnets"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_db_subnet_group",
            {"name": "name", "subnets": "subnet_ids", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("description", "name_prefix"),
        ),
    ),
)
