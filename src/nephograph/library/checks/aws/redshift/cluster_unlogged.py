"""Redshift cluster without an audit log.

## What
The cluster writes no audit log: who connected and what they asked is not recorded.

## Why
What was taken from a warehouse cannot be told afterwards. Low: it lets nobody in.

## Bad
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
```
```yaml
Resources:
  Facts:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterIdentifier: facts
      ClusterType: single-node
      DBName: facts
      NodeType: ra3.large
      MasterUsername: owner
      ManageMasterPassword: true
      Encrypted: true
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
resource "aws_redshift_logging" "facts" {
  cluster_identifier   = aws_redshift_cluster.facts.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}
```
```yaml
Resources:
  Facts:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterIdentifier: facts
      ClusterType: single-node
      DBName: facts
      NodeType: ra3.large
      MasterUsername: owner
      ManageMasterPassword: true
      Encrypted: true
      LoggingProperties: {BucketName: acme-audit, S3KeyPrefix: facts/}
```

## Fix
Turn audit logging on.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.LOW, topics=("audit-logging",), tools=("CKV_AWS_71",))
def cluster_unlogged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster without an audit log."""
    bad = test(cluster, "logging", "enabled", when=lambda on: on is not True, says="logging is {value}")
    yield from bad_if(bad, "logging", "enabled", message=f"cluster {cluster.label} writes no audit log")
