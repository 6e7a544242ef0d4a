"""EC2 instance whose SSH or RDP port the internet reaches.

## What
A packet from the internet arrives at port 22 or 3389 of the instance and the answer finds its way back: public
address, route to an internet gateway, network ACLs and security groups all agree. A group that is open but attached to
nothing, or an instance without a route, is not a finding.

## Why
Administration ports are scanned within minutes; one weak password, leaked key or daemon bug is enough.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "ssh" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "bastion" {
  ami                         = "ami-12345678"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.public.id
  vpc_security_group_ids      = [aws_security_group.ssh.id]
  associate_public_ip_address = true
}
```
```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}
  Routes:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Out:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Routes}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: from anywhere
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
  Host:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      NetworkInterfaces:
        - DeviceIndex: "0"
          SubnetId: !Ref Subnet
          GroupSet: [!Ref Group]
          AssociatePublicIpAddress: true
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "ssh" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "worker" {
  ami                         = "ami-12345678"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.private.id
  vpc_security_group_ids      = [aws_security_group.ssh.id]
  associate_public_ip_address = false
}
```
```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}
  Routes:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Routes}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: from anywhere
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
  Host:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      NetworkInterfaces:
        - DeviceIndex: "0"
          SubnetId: !Ref Subnet
          GroupSet: [!Ref Group]
          AssociatePublicIpAddress: false
```

## Fix
Reach the instance through Session Manager and close the port, or allow only your own addresses.

## References
- https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from collections.abc import Iterator

from nephograph.library.openings import openings
from nephograph.library.rules import may_let_everybody_in
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.edit import Fix, RemoveItem
from nephograph.model.facts import Exposure, Facts
from nephograph.model.resource import Resource

_PORTS = {22: "SSH", 3389: "RDP"}


@check(
    kind="aws_instance",
    severity=Severity.HIGH,
    topics=("public-exposure", "network-segmentation"),
    tools=("CKV_AWS_24", "CKV_AWS_25", "AVD-AWS-0107"),
)
def instance_admin_port_exposed(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a port, with every rule that opens it."""
    exposures = [exposure for exposure in facts.exposed(instance) if exposure.everybody]
    for port, name in _PORTS.items():
        opening = [e for e in exposures if _covers(e, port)]
        if not opening or not may_let_everybody_in(instance, port, facts):
            continue
        # A proven exposure says more than one that depends.
        best = min(opening, key=lambda e: e.verdict.answer != "yes")
        rules = list(openings(instance, port, facts))
        group, position = (rules[0][0], rules[0][1]) if rules else (None, 0)
        yield Bad(
            message=f"{name} (port {port}) of {instance.label} is reachable from the internet",
            verdict=best.verdict,
            path=("ingress", position, "cidr") if group else (),
            on=group,
            key=str(port),
            fix=_close(port, rules),
        )


def _covers(exposure: Exposure, port: int) -> bool:
    ports = exposure.ports
    return ports.protocol in ("tcp", "all") and ports.low <= port <= ports.high


def _close(port: int, rules: list[tuple[Resource, int, bool]]) -> Fix | None:
    """Remove the rules that let everybody in on exactly this port; wider rules are for a person to narrow."""
    edits = tuple(RemoveItem(group.urn, ("ingress", position)) for group, position, exactly in rules if exactly)
    return Fix(f"close port {port} to the internet", edits, safe=False) if edits else None
