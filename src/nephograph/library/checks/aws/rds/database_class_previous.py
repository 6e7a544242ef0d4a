"""Database on machines of a previous generation.

## What
The instance class is of a generation that has successors (`t2`, `m3`, `m4`, `r3`, `r4` and older).

## Why
New engine versions do not run on them, AWS retires them, and they cost more for less. Low: nobody gets in by it.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
}
resource "aws_db_instance" "old" {
  identifier     = "old"
  engine         = "mysql"
  instance_class = "db.m4.large"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Fix
Move to a class of today (`t4g`, `m7g`, `r7g`).

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_PREVIOUS = ("db.t1.", "db.t2.", "db.m1.", "db.m2.", "db.m3.", "db.m4.", "db.r3.", "db.r4.")
"""Families that the page below lists as previous generation or as being retired."""


@check(kind="aws_db_instance", severity=Severity.LOW, topics=("patching", "cost"))
def database_class_previous(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database on machines of a previous generation."""
    bad = test(
        database,
        "instance_class",
        when=lambda name: isinstance(name, str) and name.startswith(_PREVIOUS),
        says="the instance class is {value}",
    )
    yield from bad_if(
        bad, "instance_class", message=f"database {database.label} runs on a machine of a previous generation"
    )
