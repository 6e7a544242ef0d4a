"""Database whose snapshots carry no tags.

## What
Tags are not copied to snapshots. A database without tags has none to copy.

## Why
Rules that go by tags (who may restore, when it expires, who pays) do not see the copies of the data. Info.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  tags = {
    team = "orders"
  }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier            = "orders"
  engine                = "postgres"
  instance_class        = "db.t4g.small"
  copy_tags_to_snapshot = true
  tags = {
    team = "orders"
  }
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
Copy tags to snapshots.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_db_instance", severity=Severity.INFO, topics=("inventory",), tools=("CKV2_AWS_60",))
def database_snapshots_untagged(database: Resource, facts: Facts) -> Iterator[Bad]:
    """Database whose snapshots carry no tags."""
    if database.get("cluster") is not None:
        return  # a member has this from its cluster
    if database.get("tags") in (None, {}):
        return
    bad = test(database, "copies_tags", when=lambda on: on is not True, says="copy_tags_to_snapshot is {value}")
    yield from bad_if(
        bad,
        "copies_tags",
        message=f"snapshots of database {database.label} carry no tags",
        fix=set_field(database, True, "copies_tags", title="copy tags to snapshots"),
    )
