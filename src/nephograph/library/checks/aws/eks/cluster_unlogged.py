"""EKS cluster that keeps no audit log.

## What
The cluster does not send the logs that tell who did what: api, audit and authenticator. Logs of the controller
manager and the scheduler are not asked for.

## Why
After a break-in nobody can tell what was read or changed. Medium: it is what an intruder hopes for.

## Bad
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
}
```

## Fix
Send at least the three.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown

_NEEDED = ("api", "audit", "authenticator")


@check(
    kind="aws_eks_cluster", severity=Severity.MEDIUM, topics=("audit-logging",), tools=("CKV_AWS_37", "AVD-AWS-0038")
)
def cluster_unlogged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the logs that name an actor is not sent."""
    types = cluster.get("log_types")
    missing = [] if is_unknown(types) else [name for name in _NEEDED if name not in (types or [])]
    lacks = test(cluster, "log_types", when=lambda _: bool(missing), says="its logs are {value}")
    yield from bad_if(
        lacks,
        "log_types",
        message=f"cluster {cluster.label} keeps no log of {', '.join(missing) or 'who did what'}",
        fix=set_field(cluster, [*(types or []), *missing], "log_types", title="send the logs of who did what")
        if missing
        else None,
    )
