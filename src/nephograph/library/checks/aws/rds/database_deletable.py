"""Database that one call deletes.

## What
Deletion protection of the instance is off.

## Why
A wrong `terraform destroy`, or an attacker with one permission, ends the database.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
```
```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: postgres
      DBInstanceClass: db.t4g.small
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  deletion_protection = true
}
```
```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: postgres
      DBInstanceClass: db.t4g.small
      DeletionProtection: true
```

## Fix
Turn deletion protection on.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_db_instance",
    severity=Severity.LOW,
    topics=("deletion-protection",),
    tools=("CKV_AWS_293", "AVD-AWS-0177"),
)
def database_deletable(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Deletion protection is not on."""
    if database.get("cluster") is not None:
        return  # a member has the protection of its cluster and none of its own
    off = test(database, "deletion_protection", when=lambda on: on is not True, says="deletion_protection is {value}")
    yield from bad_if(
        off,
        "deletion_protection",
        message=f"one call deletes database {database.label}",
        fix=set_field(database, True, "deletion_protection", title="protect the database from deletion"),
    )
