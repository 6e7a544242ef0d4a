"""Network interface that nothing uses.

## What
No instance or gateway of the estate has the interface, and it has no address of its own on the internet.

## Why
Its address is taken, its rules are read in every review. Info: something elsewhere may use it.

## Bad
```hcl
resource "aws_network_interface" "spare" {
  subnet_id = "subnet-11111111"
}
```
```yaml
Resources:
  Spare:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: subnet-11111111}
```

## Good
```hcl
resource "aws_network_interface" "eth0" {
  subnet_id = "subnet-11111111"
}
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  network_interface {
    network_interface_id = aws_network_interface.eth0.id
    device_index         = 0
  }
}
```
```yaml
Resources:
  Eth0:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: subnet-11111111}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      NetworkInterfaces: [{NetworkInterfaceId: !Ref Eth0, DeviceIndex: "0"}]
```

## Fix
Delete it.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_network_interface", severity=Severity.INFO, topics=("inventory", "cost"))
def interface_unattached(interface: Resource, facts: Facts) -> Iterator[Bad]:
    """Network interface that nothing uses."""
    if (
        interface.get("requester_managed") is True
        or interface.get("type") != "interface"
        or interface.get("attachments") not in (None, [])
    ):
        return
    if any(facts.holders(interface, edge) for edge in ("uses_interface", "address_of", "refers_to")):
        return
    fact = Evidence.at("nothing of the estate has it", interface, ())
    yield Bad(message=f"nothing uses network interface {interface.label or interface.address}", verdict=yes(fact))
