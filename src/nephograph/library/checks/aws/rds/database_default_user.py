"""Database with a master user everybody knows.

## What
The master user has the name that consoles and manuals propose: `admin`, `postgres`, `root`, `sa`, `administrator`.

## Why
Half of what a guesser needs is known. Info: the other half is not.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.small"
  username                    = "postgres"
  manage_master_user_password = true
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.small"
  username                    = "orders_owner"
  manage_master_user_password = true
}
```

## Fix
Choose another name when the database is made.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("authentication",))
def database_default_user(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database with a master user everybody knows."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    bad = test(
        database,
        "master_user",
        when=lambda name: name in ("admin", "postgres", "root", "sa", "administrator", "awsuser"),
        says="the master user is {value}",
    )
    yield from bad_if(bad, "master_user", message=f"database {database.label} has a master user everybody knows")
