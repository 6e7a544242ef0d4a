"""Network Firewall: an endpoint a zone that routes lead to, and the policy that decides what passes."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, keyed, mapping, reference, references, text
from nephograph.catalog.readers import one, pluck, says, tags
from nephograph.model.resource import Class


def _state_endpoints(document: Cursor) -> Tree:
    """`firewall_status`, which only a state holds."""
    return [
        {
            "subnet": attachment.at("subnet_id"),
            "endpoint": attachment.at("endpoint_id"),
            "availability_zone": state.at("availability_zone"),
        }
        for state in document.at("firewall_status", "sync_states").each()
        for attachment in state.at("attachment").each()
        if not attachment.unknown
    ] or None


def _endpoints(document: Cursor) -> Tree:
    """One endpoint a zone, with its state: it carries traffic while it is READY."""
    return [
        {
            "subnet": state.at("Attachment", "SubnetId"),
            "endpoint": state.at("Attachment", "EndpointId"),
            "availability_zone": state.be(zone),
            "state": state.at("Attachment", "Status"),
        }
        for zone, state in document.at("FirewallStatus", "SyncStates").entries()
        if says(state.at("Attachment"))
    ] or None


def _more(document: Cursor) -> dict[str, Tree]:
    state = document.at("vpc_endpoint_association_status", "association_sync_state", "attachment")
    return {
        "subnet": document.first("subnet_mapping.subnet_id", "SubnetMapping.SubnetId"),
        "vpc": document.first("vpc_id", "VpcId"),
        "endpoint": state.at("endpoint_id"),
    }


KIND = Kind(
    native="AWS::NetworkFirewall::Firewall",
    service="network-firewall",
    cls=Class.GATEWAY,
    identity=("name",),
    arn="arn:{partition}:network-firewall:{region}:{account}:firewall/{name}",
    id="arn:{partition}:network-firewall:{region}:{account}:firewall/{name}",
    label="name",
    aliases=("transit_gateway_attachment",),
    fields={
        "name": text(),
        "vpc": reference("aws_vpc"),
        "subnets": references("aws_subnet"),
        "policy": reference("aws_networkfirewall_firewall_policy"),
        # Where routes lead: the endpoints, of which code says only the subnets. An endpoint of its own VPC says none.
        "endpoints": keyed(
            "subnet",
            subnet=reference("aws_subnet"),
            vpc=reference("aws_vpc"),
            endpoint=reference("aws_vpc_endpoint"),
            availability_zone=text(),
            # READY, CREATING, DELETING, FAILED …
            state=text(),
        ),
        # A firewall may be attached to a transit gateway instead.
        "transit_gateway": reference("aws_ec2_transit_gateway"),
        "transit_gateway_attachment": text(),
        # PROVISIONING, DELETING, READY or FAILED.
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
        Link("in_subnet", "subnets"),
        Link("decided_by", "policy"),
        Link("in_subnet", "endpoints.*.subnet"),
        Link("in_network", "endpoints.*.vpc"),
        Link("uses_endpoint", "endpoints.*.endpoint"),
        Link("attached_to", "transit_gateway"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_networkfirewall_firewall",
            {
                "name": "name",
                "vpc": said("vpc_id"),
                "subnets": pluck("subnet_mapping", "subnet_id"),
                "policy": "firewall_policy_arn",
                "endpoints": _state_endpoints,
                "transit_gateway": said("transit_gateway_id"),
                "transit_gateway_attachment": said(
                    "firewall_status.transit_gateway_attachment_sync_states.attachment_id"
                ),
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "arn"},
            ignores=(
                "availability_zone_change_protection",
                "availability_zone_mapping",
                "delete_protection",
                "description",
                "enabled_analysis_types",
                "encryption_configuration",
                "firewall_policy_change_protection",
                "subnet_change_protection",
                "transit_gateway_owner_account_id",
                "update_token",
            ),
        ),
        Spelling(
            "terraform",
            "aws_networkfirewall_vpc_endpoint_association",
            {"endpoints": one(_more)},
            part_of="firewall_arn",
            ignores=("description", "tags", "vpc_endpoint_association_arn", "vpc_endpoint_association_id"),
        ),
        Spelling(
            "cloudformation",
            "AWS::NetworkFirewall::Firewall",
            {
                "name": "FirewallName",
                "vpc": "VpcId",
                "subnets": pluck("SubnetMappings", "SubnetId"),
                "policy": "FirewallPolicyArn",
                "transit_gateway": "TransitGatewayId",
                "tags": tags("Tags"),
            },
            computed={
                "FirewallArn": "arn",
                "Ref": "arn",
                "TransitGatewayAttachmentId": "{transit_gateway_attachment}",
            },
            ignores=(
                "AvailabilityZoneChangeProtection",
                "AvailabilityZoneMappings",
                "DeleteProtection",
                "Description",
                "EnabledAnalysisTypes",
                "FirewallPolicyChangeProtection",
                "NatGatewayMappings",
                "NoSourcePreservation",
                "ProxySettings",
                "SubnetChangeProtection",
                "VpcEndpoint",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::NetworkFirewall::VpcEndpointAssociation",
            {"endpoints": one(_more)},
            part_of="FirewallArn",
            ignores=("Description", "Tags"),
        ),
        Spelling(
            "api",
            "network-firewall:ListFirewalls",
            {"name": "FirewallName", "transit_gateway_attachment": "TransitGatewayAttachmentId"},
            items="Firewalls.*",
            key="FirewallArn",
        ),
        Spelling(
            "api",
            "network-firewall:DescribeFirewall",
            {
                "name": "Firewall.FirewallName",
                "vpc": "Firewall.VpcId",
                "subnets": pluck("Firewall.SubnetMappings", "SubnetId"),
                "policy": "Firewall.FirewallPolicyArn",
                "endpoints": _endpoints,
                "transit_gateway": "Firewall.TransitGatewayId",
                "transit_gateway_attachment": "FirewallStatus.TransitGatewayAttachmentSyncState.AttachmentId",
                "state": "FirewallStatus.Status",
                "tags": tags("Firewall.Tags"),
            },
            key="FirewallArn",
            asks=("FirewallArn",),
            ignores=("UpdateToken",),
        ),
        Spelling(
            "api",
            "network-firewall:DescribeVpcEndpointAssociation",
            # (Its endpoint stands in a status of its own: what lists endpoints says which one is in the subnet.)
            {"endpoints": one(_more)},
            items="VpcEndpointAssociation",
            part_of="FirewallArn",
            key="VpcEndpointAssociationArn",
            asks=("VpcEndpointAssociationArn",),
            ignores=("Description", "Tags", "VpcEndpointAssociationId", "VpcEndpointAssociationStatus"),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-components.html",
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html",
    ),
)
