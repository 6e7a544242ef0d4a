"""Public zone that logs no queries.

## What
A public hosted zone has no query log. A private one has none of this kind and is quiet.

## Why
Who looks names up, and which that do not exist, cannot be told. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"

}
```
```yaml
Resources:
  Main:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
```

## Good
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}
```
```yaml
Resources:
  Main:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
      VPCs: [{VPCId: vpc-0a1b2c3d, VPCRegion: eu-west-1}]
```

## Fix
Send query logs to CloudWatch Logs in us-east-1.

## References
- https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_route53_zone", severity=Severity.LOW, topics=("network-logging",), tools=("CKV2_AWS_39",))
def zone_unlogged(zone: Resource, facts: Facts) -> Iterator[Bad]:
    """A public hosted zone has no query log."""
    public = test(zone, "private", when=lambda on: on is not True, says="the zone is public")
    off = unset(zone, "query_log", says="its query log is {value}")
    yield from bad_if(all_of((public, off)), "query_log", message=f"queries for {zone.label} leave no log")
