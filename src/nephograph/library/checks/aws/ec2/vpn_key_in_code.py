"""VPN whose key stands in the code.

## What
A pre-shared key of a tunnel is a literal of the code. The key is never shown.

## Why
Everybody who reads the repository, its history or the state can pose as the other end. High: a credential in the
clear.

## Bad
```hcl
resource "aws_vpn_connection" "office" {
  customer_gateway_id   = "cgw-11111111"
  vpn_gateway_id        = "vgw-11111111"
  type                  = "ipsec.1"
  tunnel1_preshared_key = "correct_horse_battery"
}
```
```yaml
Resources:
  Office:
    Type: AWS::EC2::VPNConnection
    Properties:
      CustomerGatewayId: cgw-11111111
      VpnGatewayId: vgw-11111111
      Type: ipsec.1
      VpnTunnelOptionsSpecifications:
        - {PreSharedKey: correct_horse_battery}
```

## Good
```hcl
resource "aws_vpn_connection" "office" {
  customer_gateway_id = "cgw-11111111"
  vpn_gateway_id      = "vgw-11111111"
  type                = "ipsec.1"
}
```
```hcl
resource "aws_vpn_connection" "office" {
  customer_gateway_id   = "cgw-11111111"
  vpn_gateway_id        = "vgw-11111111"
  type                  = "ipsec.1"
  tunnel1_preshared_key = var.key
}
variable "key" {
  type = string
}
```
```yaml
Resources:
  Office:
    Type: AWS::EC2::VPNConnection
    Properties:
      CustomerGatewayId: cgw-11111111
      VpnGatewayId: vgw-11111111
      Type: ipsec.1
```

## Fix
Let AWS make the key, or keep it in Secrets Manager; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_vpn_connection", severity=Severity.HIGH, topics=("secrets",))
def vpn_key_in_code(vpn: Resource, facts: Facts) -> Iterator[Bad]:
    """VPN whose key stands in the code."""
    bad = test(vpn, "key_in_code", when=lambda written: written is True, says="a pre-shared key is written in the code")
    yield from bad_if(bad, "key_in_code", message=f"the code holds a key of VPN {vpn.label}")
