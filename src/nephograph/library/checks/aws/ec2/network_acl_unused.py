"""Network ACL of no subnet.

## What
The ACL is associated with no subnet of the estate.

## Why
People believe in rules that guard nothing. Info.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_network_acl" "a" {
  vpc_id = aws_vpc.main.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_network_acl" "a" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}
```

## Fix
Associate it, or delete it.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_network_acl", severity=Severity.INFO, topics=("inventory",), tools=("CKV2_AWS_1",))
def network_acl_unused(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """Network ACL of no subnet."""
    if acl.get("default") is True or acl.get("subnets") not in (None, []):
        return
    fact = Evidence.at("it guards no subnet", acl, ())
    yield Bad(message=f"network ACL {acl.label or acl.address} guards no subnet", verdict=yes(fact))
