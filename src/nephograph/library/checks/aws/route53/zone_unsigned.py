"""Public zone that is not signed.

## What
DNSSEC is off for a public hosted zone. A private one cannot be signed and is quiet.

## Why
Whoever can answer in its place sends people anywhere. Low: resolvers have to be deceived first, and TLS notices.

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
Turn DNSSEC on, and give the registrar the key.

## References
- https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_route53_zone", severity=Severity.LOW, topics=("authentication",), tools=("CKV2_AWS_38",))
def zone_unsigned(zone: Resource, facts: Facts) -> Iterator[Bad]:
    """DNSSEC is off for a public hosted zone."""
    public = test(zone, "private", when=lambda on: on is not True, says="the zone is public")
    off = unset(zone, "dnssec", says="DNSSEC is {value}")
    yield from bad_if(all_of((public, off)), "dnssec", message=f"answers for {zone.label} are not signed")
