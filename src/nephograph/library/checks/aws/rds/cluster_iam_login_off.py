"""Cluster that takes passwords only.

## What
Logging in with IAM is off on a cluster of Aurora or Neptune, which could. Neptune knows no passwords: without IAM it
answers whoever reaches it, and the finding is medium.

## Why
A password lives long and is shared; a token of IAM lives fifteen minutes and names who asked. Info: a password may be
kept well.

## Bad
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}
```

## Good
```hcl
resource "aws_rds_cluster" "orders" {
  cluster_identifier                  = "orders"
  engine                              = "aurora-postgresql"
  iam_database_authentication_enabled = true
}
```

## Fix
Turn IAM authentication on.

## References
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
- https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth.html
"""

from collections.abc import Iterator

import msgspec

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_rds_cluster", severity=Severity.INFO, topics=("authentication",), tools=("CKV_AWS_162", "AVD-AWS-0176")
)
def cluster_iam_login_off(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Cluster that takes passwords only."""
    if cluster.get("engine") == "docdb":
        return  # DocumentDB asks for passwords or for roles by the user
    bad = test(
        cluster,
        "iam_authentication",
        when=lambda on: on is not True,
        says="iam_database_authentication_enabled is {value}",
    )
    open_ = cluster.get("engine") == "neptune"
    for finding in bad_if(
        bad,
        "iam_authentication",
        message=f"cluster {cluster.label} asks nobody who they are"
        if open_
        else f"users of cluster {cluster.label} can log in by password only",
        fix=set_field(cluster, True, "iam_authentication", title="let users log in with IAM"),
    ):
        yield msgspec.structs.replace(finding, severity=Severity.MEDIUM if open_ else None)
