"""Direct Connect virtual interface: where routes of the premises and of AWS are exchanged. Its keys are never read."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, number, reference, text, texts
from nephograph.catalog.readers import always, first_of, pluck, tags
from nephograph.model.resource import Class

_SAID: Fields = {
    "id": "id",
    "name": "name",
    "connection": "connection_id",
    "vlan": "vlan",
    "customer_asn": "bgp_asn",
    "amazon_address": "amazon_address",
    "customer_address": "customer_address",
    "tags": "tags",
}
_PRIVATE: Fields = {"dx_gateway": said("dx_gateway_id"), "vpn_gateway": said("vpn_gateway_id")}
_TRANSIT: Fields = {"dx_gateway": said("dx_gateway_id")}
_PUBLIC: Fields = {"route_filter_prefixes": "route_filter_prefixes"}
_IGNORED = (
    "address_family",
    "amazon_side_asn",
    "aws_device",
    "bgp_auth_key",
    "jumbo_frame_capable",
    "mtu",
    "sitelink_enabled",
)
_TEMPLATE: Fields = {
    "name": "VirtualInterfaceName",
    "connection": "ConnectionId",
    "vlan": "Vlan",
    "customer_asn": "BgpPeers.Asn",
    "amazon_address": "BgpPeers.AmazonAddress",
    "customer_address": "BgpPeers.CustomerAddress",
    "tags": tags("Tags"),
}
# A reference gives the ARN of it.
_COMPUTED = {"VirtualInterfaceArn": "arn", "VirtualInterfaceId": "id", "Ref": "arn"}


def _type(word: str) -> Fields:
    return {"type": always(word)}


KIND = Kind(
    native="AWS::DirectConnect::VirtualInterface",
    service="directconnect",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:directconnect:{region}:{account}:dxvif/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        # private, transit or public.
        "type": text(),
        "connection": reference("aws_dx_connection"),
        "vlan": number(),
        # One of the two for a private one; a transit one has a Direct Connect gateway.
        "dx_gateway": reference("aws_dx_gateway"),
        "vpn_gateway": reference("aws_vpn_gateway"),
        "customer_asn": number(),
        "amazon_address": text(),
        "customer_address": text(),
        # What a public one advertises to AWS.
        "route_filter_prefixes": texts(),
        # confirming, verifying, pending, available, down, testing, deleting, deleted, rejected or unknown.
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("uses_connection", "connection"),
        Link("attached_to", "dx_gateway"),
        Link("attached_to", "vpn_gateway"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_dx_private_virtual_interface",
            {**_SAID, **_PRIVATE, **_type("private")},
            ignores=_IGNORED,
        ),
        Spelling(
            "terraform",
            "aws_dx_transit_virtual_interface",
            {**_SAID, **_TRANSIT, **_type("transit")},
            ignores=_IGNORED,
        ),
        Spelling(
            "terraform",
            "aws_dx_public_virtual_interface",
            {**_SAID, **_PUBLIC, **_type("public")},
            ignores=tuple(n for n in _IGNORED if n not in ("jumbo_frame_capable", "mtu", "sitelink_enabled")),
        ),
        Spelling(
            "terraform",
            "aws_dx_hosted_private_virtual_interface_accepter",
            {**_PRIVATE, **_type("private"), "id": "virtual_interface_id", "tags": "tags"},
        ),
        Spelling(
            "terraform",
            "aws_dx_hosted_transit_virtual_interface_accepter",
            {**_TRANSIT, **_type("transit"), "id": "virtual_interface_id", "tags": "tags"},
        ),
        Spelling(
            "cloudformation",
            "AWS::DirectConnect::PrivateVirtualInterface",
            {
                **_TEMPLATE,
                **_type("private"),
                "dx_gateway": "DirectConnectGatewayId",
                "vpn_gateway": "VirtualGatewayId",
            },
            computed=_COMPUTED,
            ignores=("AllocatePrivateVirtualInterfaceRoleArn", "EnableSiteLink", "Mtu", "RateLimit"),
        ),
        Spelling(
            "cloudformation",
            "AWS::DirectConnect::TransitVirtualInterface",
            {**_TEMPLATE, **_type("transit"), "dx_gateway": "DirectConnectGatewayId"},
            computed=_COMPUTED,
            ignores=("AllocateTransitVirtualInterfaceRoleArn", "EnableSiteLink", "Mtu", "RateLimit"),
        ),
        Spelling(
            "cloudformation",
            "AWS::DirectConnect::PublicVirtualInterface",
            {**_TEMPLATE, **_type("public"), "route_filter_prefixes": "RouteFilterPrefixes"},
            computed=_COMPUTED,
            ignores=("AllocatePublicVirtualInterfaceRoleArn", "RateLimit"),
        ),
        Spelling(
            "api",
            "directconnect:DescribeVirtualInterfaces",
            {
                "id": "virtualInterfaceId",
                "name": "virtualInterfaceName",
                "type": "virtualInterfaceType",
                "connection": "connectionId",
                "vlan": "vlan",
                "dx_gateway": lambda document: first_of(document, "directConnectGatewayId"),
                "vpn_gateway": lambda document: first_of(document, "virtualGatewayId"),
                "customer_asn": lambda document: first_of(document, "asn", "asnLong"),
                "amazon_address": "amazonAddress",
                "customer_address": "customerAddress",
                "route_filter_prefixes": pluck("routeFilterPrefixes", "cidr"),
                "state": "virtualInterfaceState",
                "tags": tags("tags"),
            },
            items="virtualInterfaces.*",
            key="virtualInterfaceId",
            ignores=(
                "addressFamily",
                "amazonSideAsn",
                "authKey",
                "awsDeviceV2",
                "awsLogicalDeviceId",
                "bgpPeers",
                "customerRouterConfig",
                "jumboFrameCapable",
                "location",
                "mtu",
                "ownerAccount",
                "prefixPoolAllocatedCountIpv4",
                "prefixPoolAllocatedCountIpv6",
                "rateLimit",
                "region",
                "siteLinkEnabled",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html",),
)
