"""Network ACL that lets everybody in to administration.

## What
A rule for exactly SSH or RDP lets everybody in to the subnets of the ACL. What lets all ports in is how AWS makes
every default ACL, and is quiet.

## Why
Somebody has written that the subnet is administered from everywhere. Info: security groups decide behind it.

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
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
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
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}
```

## Fix
Let in your own addresses.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="aws_network_acl",
    severity=Severity.INFO,
    topics=("network-segmentation",),
    tools=("CKV_AWS_229", "CKV_AWS_232", "AVD-AWS-0105"),
)
def network_acl_admin_port_open(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """Network ACL that lets everybody in to administration."""
    rules = acl.get("ingress")
    if not any(facts.attached(acl, "guards")):
        return
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict) or rule.get("action") != "allow" or rule.get("cidr") not in ("0.0.0.0/0", "::/0"):
            continue
        if rule.get("from_port") == rule.get("to_port") and rule.get("from_port") in (22, 3389):
            path = ("ingress", position, "cidr")
            fact = Evidence.at("the rule names everybody", acl, path)
            name = acl.label or acl.address
            message = f"network ACL {name} lets everybody in to port {int(rule['from_port'])}"
            yield Bad(message=message, verdict=yes(fact), path=path, key=str(rule.get("number")))
