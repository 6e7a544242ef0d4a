"""VPC without flow logs.

## What
No flow log of the estate records the VPC, or a subnet of it. A flow log of a VPC that is not known leaves it open.

## Why
Where an intruder came from and what left is not to be found later. Low: it lets nobody in.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
```
```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-flow-logs"
}
```
```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Flows:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Network
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-flow-logs
```

## Fix
Record flows into a bucket or into CloudWatch Logs.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, all_of, depends, yes


@check(kind="aws_vpc", severity=Severity.LOW, topics=("network-logging",), tools=("CKV2_AWS_11", "AVD-AWS-0178"))
def vpc_unlogged(network: Resource, facts: Facts) -> Iterator[Bad]:
    """VPC without flow logs."""
    if any(facts.holders(network, "records")):
        return
    subnets = facts.holders(network, "in_network", "aws_subnet")
    if any(any(facts.holders(subnet, "records")) for subnet in subnets):
        return  # somebody chose what to record
    unlogged = yes(Evidence.at("no flow log records it", network, ()))
    elsewhere = [log.get("resource") for log in facts.resources("aws_flow_log") if not facts.attached(log, "records")]
    loose = [depends(str(what)) for what in elsewhere if is_unknown(what)]
    yield Bad(
        message=f"no flow log records VPC {network.label or network.address}", verdict=all_of((unlogged, *loose[:1]))
    )
