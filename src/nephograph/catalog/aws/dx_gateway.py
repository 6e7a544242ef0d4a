"""Direct Connect gateway: joins virtual interfaces with VPCs and transit gateways of any region."""

from nephograph.catalog.language import Kind, Spelling, mapping, number, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::DirectConnect::DirectConnectGateway",
    service="directconnect",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:directconnect::{account}:dx-gateway/{id}",
    id="{id}",
    label="name",
    global_=True,
    fields={
        "id": text(),
        "name": text(),
        "asn": number(),
        # pending, available, deleting or deleted.
        "state": text(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_dx_gateway",
            {"id": "id", "name": "name", "asn": "amazon_side_asn", "tags": "tags"},
            ignores=("owner_account_id",),
        ),
        Spelling(
            "cloudformation",
            "AWS::DirectConnect::DirectConnectGateway",
            {"name": "DirectConnectGatewayName", "asn": "AmazonSideAsn", "tags": tags("Tags")},
            # A reference gives the ARN of it.
            computed={"DirectConnectGatewayArn": "arn", "DirectConnectGatewayId": "id", "Ref": "arn"},
        ),
        Spelling(
            "api",
            "directconnect:DescribeDirectConnectGateways",
            {
                "id": "directConnectGatewayId",
                "name": "directConnectGatewayName",
                "asn": "amazonSideAsn",
                "state": "directConnectGatewayState",
                "tags": tags("tags"),
            },
            items="directConnectGateways.*",
            key="directConnectGatewayId",
            ignores=("ownerAccount", "stateChangeError", "totalPrefixPoolAllocations"),
        ),
    ),
    references=("https://docs.aws.amazon.com/directconnect/latest/UserGuide/direct-connect-gateways-intro.html",),
)
