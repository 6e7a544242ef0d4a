"""Association of a Direct Connect gateway with the gateway of a VPC or with a transit gateway."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.language import Either, Kind, Link, Spelling, only_in_code, reference, text, texts
from nephograph.catalog.readers import first_of, pluck
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::DirectConnect::DirectConnectGatewayAssociation",
    service="directconnect",
    cls=Class.GATEWAY,
    identity=("id",),
    id="{id}",
    global_=True,
    aliases=("transit_gateway_attachment",),
    fields={
        "id": text(),
        "dx_gateway": reference("aws_dx_gateway"),
        # A virtual private gateway, or a transit gateway: what Direct Connect reaches by it.
        "gateway": reference("aws_vpn_gateway", "aws_ec2_transit_gateway"),
        "gateway_account": text(),
        "gateway_region": text(),
        # The prefixes that are advertised to the premises: only they can be reached from there.
        "allowed_prefixes": texts(),
        "transit_gateway_attachment": only_in_code(text()),
        # associating, associated, disassociating, disassociated or updating.
        "state": text(),
    },
    links=(Link("attached_to", "dx_gateway"), Link("attaches", "gateway")),
    spellings=(
        Spelling(
            "terraform",
            "aws_dx_gateway_association",
            {
                # The id of Terraform's own (`ga-…`) names both gateways; this one is AWS's.
                "id": said("dx_gateway_association_id"),
                "dx_gateway": "dx_gateway_id",
                "gateway": lambda document: first_of(document, "associated_gateway_id"),
                "gateway_account": "associated_gateway_owner_account_id",
                "allowed_prefixes": "allowed_prefixes",
                "transit_gateway_attachment": said("transit_gateway_attachment_id"),
            },
            ignores=("associated_gateway_type", "dx_gateway_owner_account_id", "proposal_id"),
        ),
        Spelling(
            "cloudformation",
            "AWS::DirectConnect::DirectConnectGatewayAssociation",
            {
                "dx_gateway": "DirectConnectGatewayId",
                "gateway": "AssociatedGatewayId",
                "allowed_prefixes": "AllowedPrefixesToDirectConnectGateway",
            },
            computed={"AssociationId": "id"},
            ignores=("AcceptDirectConnectGatewayAssociationProposalRoleArn",),
        ),
        Spelling(
            "api",
            "directconnect:DescribeDirectConnectGatewayAssociations",
            {
                "id": "associationId",
                "dx_gateway": "directConnectGatewayId",
                "gateway": Either(("associatedGateway.id", "virtualGatewayId")),
                "gateway_account": Either(("associatedGateway.ownerAccount", "virtualGatewayOwnerAccount")),
                "gateway_region": Either(("associatedGateway.region", "virtualGatewayRegion")),
                "allowed_prefixes": pluck("allowedPrefixesToDirectConnectGateway", "cidr"),
                "state": "associationState",
            },
            items="directConnectGatewayAssociations.*",
            key="associationId",
            asks=("directConnectGatewayId",),
            ignores=("associatedCoreNetwork", "directConnectGatewayOwnerAccount", "stateChangeError"),
        ),
    ),
    references=("https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-transit-gateways.html",),
)
