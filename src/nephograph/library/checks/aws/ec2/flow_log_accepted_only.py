"""Flow log that leaves out what was refused.

## What
The flow log records accepted traffic only.

## Why
Scans and attempts, by which an attack is noticed, are not in it. Low: it lets nobody in.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ACCEPT"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-flow-logs"
}
```
```yaml
Resources:
  Flows:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-11111111
      ResourceType: VPC
      TrafficType: ACCEPT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-flow-logs
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
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "REJECT"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-flow-logs"
}
```
```yaml
Resources:
  Flows:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-11111111
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::acme-flow-logs
```

## Fix
Record all traffic.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_flow_log", severity=Severity.LOW, topics=("network-logging",))
def flow_log_accepted_only(log: Resource, facts: Facts) -> Iterator[Bad]:
    """Flow log that leaves out what was refused."""
    bad = test(log, "traffic", when=lambda what: what == "ACCEPT", says="traffic_type is {value}")
    yield from bad_if(bad, "traffic", message="a flow log leaves out what was refused")
