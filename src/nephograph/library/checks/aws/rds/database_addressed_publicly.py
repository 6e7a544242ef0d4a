"""Database with a public address that nothing reaches yet.

## What
`publicly_accessible` is on. Routes or security groups keep the internet away today; where they do not,
`aws-rds-database-exposed` speaks instead.

## Why
One rule or one route more, and the database stands in the open. Low: as it is, nobody gets in.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  instance_class         = "db.t4g.small"
  vpc_security_group_ids = [aws_security_group.db.id]
  publicly_accessible    = true
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "db" {
  name   = "db"
  vpc_id = aws_vpc.main.id
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  publicly_accessible = false
}
```
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Fix
Take the public address away.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("public-exposure", "network-segmentation"))
def database_addressed_publicly(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database with a public address that nothing reaches yet."""
    if any(exposure.everybody for exposure in facts.exposed(database)):
        return  # that is database_exposed
    public = test(database, "public", when=lambda on: on is True, says="publicly_accessible is {value}")
    yield from bad_if(
        public,
        "public",
        message=f"database {database.label} has a public address",
        fix=set_field(database, False, "public", title="take the public address away", safe=False),
    )
