"""Customer gateway: the customer's end of a VPN as AWS knows it."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.language import Either, Kind, Link, Spelling, mapping, number, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::CustomerGateway",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:customer-gateway/{id}",
    id="{id}",
    fields={
        "id": text(),
        "ip": text(),
        "asn": number(),
        "type": text(),
        "certificate": reference("aws_acm_certificate"),
        "device": text(),
        "state": text(),
        "tags": mapping(),
    },
    links=(Link("uses_certificate", "certificate"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_customer_gateway",
            {
                "id": "id",
                "ip": said("ip_address"),
                "asn": Either(("bgp_asn", "bgp_asn_extended")),
                "type": "type",
                "certificate": "certificate_arn",
                "device": said("device_name"),
                "tags": "tags",
            },
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::CustomerGateway",
            {
                "ip": "IpAddress",
                "asn": Either(("BgpAsn", "BgpAsnExtended")),
                "type": "Type",
                "certificate": "CertificateArn",
                "device": "DeviceName",
                "tags": tags("Tags"),
            },
            computed={"CustomerGatewayId": "id"},
        ),
        Spelling(
            "api",
            "ec2:DescribeCustomerGateways",
            {
                "id": "CustomerGatewayId",
                "ip": "IpAddress",
                "asn": Either(("BgpAsn", "BgpAsnExtended")),
                "type": "Type",
                "certificate": "CertificateArn",
                "device": "DeviceName",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="CustomerGateways.*",
            key="CustomerGatewayId",
        ),
    ),
)
