"""Database on storage of an old generation.

## What
The storage type is `gp2`, `io1` or magnetic (`standard`).

## Why
gp3 costs less for the same size and has its throughput without growing; io2 lasts longer at the price of io1. Info.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  storage_type      = "gp2"
  allocated_storage = 100
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  storage_type      = "gp3"
  allocated_storage = 100
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
Move to gp3 or io2; the change needs no downtime.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("cost",))
def database_storage_previous(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database on storage of an old generation."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    bad = test(
        database, "storage_type", when=lambda type_: type_ in ("gp2", "io1", "standard"), says="storage_type is {value}"
    )
    yield from bad_if(bad, "storage_type", message=f"database {database.label} is on storage of an old generation")
