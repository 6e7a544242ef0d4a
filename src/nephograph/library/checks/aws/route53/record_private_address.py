"""Public name that tells a private address.

## What
An A record of a public zone holds an address of a private network. A zone that is not seen here is left open.

## Why
Everybody reads how your network is laid out, and a page of the internet reaches inside through the browser of
somebody who is there. Low: nothing is opened by itself.

## Bad
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "db" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "db.example.com"
  type    = "A"
  ttl     = 300
  records = ["10.0.4.7"]
}
```
```yaml
Resources:
  Main:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.com}
  Db:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Main, Name: db.example.com, Type: A, TTL: "300", ResourceRecords: [10.0.4.7]}
```

## Good
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}

resource "aws_route53_record" "db" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "db.example.com"
  type    = "A"
  ttl     = 300
  records = ["10.0.4.7"]
}
```
```yaml
Resources:
  Main:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: example.com
      VPCs: [{VPCId: vpc-0a1b2c3d, VPCRegion: eu-west-1}]
  Db:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: !Ref Main, Name: db.example.com, Type: A, TTL: "300", ResourceRecords: [10.0.4.7]}
```

## Fix
Move the name to a private zone.

## References
- https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
"""

import re
from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of, depends

_PRIVATE = re.compile(r"(10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+")


def _private(value: object) -> bool:
    """Is this an address of a private network (RFC 1918)?"""
    return _PRIVATE.fullmatch(str(value)) is not None


@check(kind="aws_route53_record", severity=Severity.LOW, topics=("network-segmentation",))
def record_private_address(record: Resource, facts: Facts) -> Iterator[Bad]:
    """An address of RFC 1918 in a zone for everybody."""
    type_ = test(record, "type", when=lambda name: name == "A", says="it is a record of type {value}")
    if not type_.possible:
        return  # what is not an address is a name or a text
    zones = facts.attached(record, "record_of", "aws_route53_zone")
    public = [test(zone, "private", when=lambda on: on is not True, says="the zone is public") for zone in zones]
    for at in elements(record, "values"):
        inside = test(record, *at, when=_private, says="the name stands for {value}")
        yield from bad_if(
            all_of((type_, inside, any_of(public) if public else depends("the zone of the record"))),
            *at,
            message=f"{record.label} tells a private address to everybody",
        )
