"""Database whose version is out of support.

## What
The engine's version has left standard support: MySQL 5.7, PostgreSQL 12, MariaDB 10.3 and what is older.

## Why
Holes that are found now get no corrections, or are paid for dearly as extended support. Medium: a known hole serves
whoever reaches the port.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  engine_version = "11.22"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  engine_version = "16.4"
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
Upgrade to a version in support.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-versions.html
"""

from collections.abc import Iterator

from nephograph.library.lifecycles import ended
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.MEDIUM, topics=("patching",))
def database_engine_ended(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose version is out of support."""
    engine = database.get("engine")
    bad = test(
        database, "engine_version", when=lambda version: ended(engine, version), says="engine_version is {value}"
    )
    yield from bad_if(bad, "engine_version", message=f"database {database.label} runs a version that is out of support")
