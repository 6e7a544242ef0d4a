"""Database that takes passwords only.

## What
Logging in with IAM is off, although the engine (MySQL, MariaDB, PostgreSQL) could.

## Why
A password lives long and is shared; a token of IAM lives fifteen minutes and names who asked. Info: a password may be
kept well.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  instance_class                      = "db.t4g.small"
  iam_database_authentication_enabled = true
}
```

## Fix
Turn IAM authentication on and give users a token instead of a password.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_instance", severity=Severity.INFO, topics=("authentication",), tools=("CKV_AWS_161", "AVD-AWS-0176")
)
def database_iam_login_off(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database that takes passwords only."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("engine") not in ("mysql", "mariadb", "postgres"):
        return
    bad = test(
        database,
        "iam_authentication",
        when=lambda on: on is not True,
        says="iam_database_authentication_enabled is {value}",
    )
    yield from bad_if(
        bad,
        "iam_authentication",
        message=f"users of database {database.label} can log in by password only",
        fix=set_field(database, True, "iam_authentication", title="let users log in with IAM"),
    )
