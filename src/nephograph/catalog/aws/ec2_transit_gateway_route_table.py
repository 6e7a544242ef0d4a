"""Route table of a transit gateway: whose traffic it routes, whose routes it learns, and its own routes."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, items, mapping, reference, text
from nephograph.catalog.readers import first_of, one, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_ATTACHMENTS = (
    "aws_ec2_transit_gateway_attachment",
    # In code an attachment of these is an attribute of theirs, so that it is they who are referred to.
    "aws_vpn_connection",
    "aws_dx_gateway_association",
    "aws_networkfirewall_firewall",
)
_DONE = (None, "associated", "associating", "enabled", "enabling")


def _true(cursor: Cursor) -> Tree:
    """A flag that is only said when it is set."""
    return cursor if cursor.unknown or cursor.value in (True, "true") else None


def _route(document: Cursor) -> dict[str, Tree]:
    return {
        "destination": first_of(document, "destination_cidr_block", "DestinationCidrBlock"),
        "prefix_list": first_of(document, "prefix_list_id"),
        "attachment": first_of(document, "transit_gateway_attachment_id", "TransitGatewayAttachmentId"),
        "blackhole": _true(document.first("blackhole", "Blackhole")),
    }


def _found_routes(document: Cursor) -> Tree:
    """The routes that a search found, one item an attachment; the search stops after a thousand."""
    found: list[Tree] = []
    for route in document.at("Routes").each():
        state, type_ = route.at("State"), route.at("Type")
        about: dict[str, Tree] = {
            "destination": first_of(route, "DestinationCidrBlock"),
            "prefix_list": first_of(route, "PrefixListId"),
            "blackhole": state.be(True) if state.value == "blackhole" else None,
            "propagated": type_.be(True) if type_.value == "propagated" else None,
        }
        attachments = [one.at("TransitGatewayAttachmentId") for one in route.at("TransitGatewayAttachments").each()]
        found += [{**about, "attachment": attachment} for attachment in attachments] or [about]
    if (more := document.at("AdditionalRoutesAvailable")).value is True:
        found.append(more.be(Unknown(Reason.NOT_SEEN, "more routes than one search returns")))
    return found


def _referred(document: Cursor) -> Tree:
    """Static routes to the ranges of prefix lists."""
    return [
        {
            "prefix_list": one.at("PrefixListId"),
            "attachment": one.at("TransitGatewayAttachment", "TransitGatewayAttachmentId"),
            "blackhole": _true(one.at("Blackhole")),
        }
        for one in document.at("TransitGatewayPrefixListReferences").each()
        if one.at("State").value in (None, "available", "pending", "modifying")
    ]


def _attached(name: str) -> Reader:
    """The attachments of a list of associations or propagations that hold."""

    def read(document: Cursor) -> Tree:
        held = [one for one in document.at(name).each() if one.at("State").value in _DONE]
        return [{"attachment": one.at("TransitGatewayAttachmentId")} for one in held]

    return read


_ATTACHMENT = one(
    lambda document: {
        "attachment": document.first("transit_gateway_attachment_id", "TransitGatewayAttachmentId"),
    }
)

KIND = Kind(
    native="AWS::EC2::TransitGatewayRouteTable",
    service="ec2",
    cls=Class.ROUTE_TABLE,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:transit-gateway-route-table/{id}",
    id="{id}",
    fields={
        "id": text(),
        "transit_gateway": reference("aws_ec2_transit_gateway"),
        "routes": items(
            destination=text(),
            prefix_list=reference("aws_ec2_managed_prefix_list"),
            attachment=reference(*_ATTACHMENTS),
            blackhole=flag(),
            # What only the API tells: the route was learnt from a propagation.
            propagated=flag(),
        ),
        "associations": items(attachment=reference(*_ATTACHMENTS)),
        "propagations": items(attachment=reference(*_ATTACHMENTS)),
        "default_association": flag(),
        "default_propagation": flag(),
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("attached_to", "transit_gateway"),
        Link("routes_to", "routes.*.attachment"),
        Link("uses_prefix_list", "routes.*.prefix_list"),
        Link("routes_for", "associations.*.attachment"),
        Link("learns_routes_from", "propagations.*.attachment"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_route_table",
            {
                "id": "id",
                "transit_gateway": "transit_gateway_id",
                "default_association": "default_association_route_table",
                "default_propagation": "default_propagation_route_table",
                "tags": "tags",
            },
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_route",
            {"routes": one(_route)},
            part_of="transit_gateway_route_table_id",
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_prefix_list_reference",
            {"routes": one(_route)},
            part_of="transit_gateway_route_table_id",
            ignores=("prefix_list_owner_id",),
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_route_table_association",
            {"associations": _ATTACHMENT},
            part_of="transit_gateway_route_table_id",
            ignores=("replace_existing_association", "resource_id", "resource_type"),
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_route_table_propagation",
            {"propagations": _ATTACHMENT},
            part_of="transit_gateway_route_table_id",
            ignores=("resource_id", "resource_type"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayRouteTable",
            {"transit_gateway": "TransitGatewayId", "tags": tags("Tags")},
            computed={"TransitGatewayRouteTableId": "id"},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayRoute",
            {"routes": one(_route)},
            part_of="TransitGatewayRouteTableId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayRouteTableAssociation",
            {"associations": _ATTACHMENT},
            part_of="TransitGatewayRouteTableId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayRouteTablePropagation",
            {"propagations": _ATTACHMENT},
            part_of="TransitGatewayRouteTableId",
        ),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayRouteTables",
            {
                "id": "TransitGatewayRouteTableId",
                "transit_gateway": "TransitGatewayId",
                "default_association": "DefaultAssociationRouteTable",
                "default_propagation": "DefaultPropagationRouteTable",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="TransitGatewayRouteTables.*",
            key="TransitGatewayRouteTableId",
            ignores=("CreationTime",),
        ),
        Spelling(
            "api",
            "ec2:SearchTransitGatewayRoutes",
            {"routes": _found_routes},
            part_of="TransitGatewayRouteTableId",
            asks=("TransitGatewayRouteTableId",),
        ),
        Spelling(
            "api",
            "ec2:GetTransitGatewayPrefixListReferences",
            {"routes": _referred},
            part_of="TransitGatewayRouteTableId",
            asks=("TransitGatewayRouteTableId",),
        ),
        Spelling(
            "api",
            "ec2:GetTransitGatewayRouteTableAssociations",
            {"associations": _attached("Associations")},
            part_of="TransitGatewayRouteTableId",
            asks=("TransitGatewayRouteTableId",),
        ),
        Spelling(
            "api",
            "ec2:GetTransitGatewayRouteTablePropagations",
            {"propagations": _attached("TransitGatewayRouteTablePropagations")},
            part_of="TransitGatewayRouteTableId",
            asks=("TransitGatewayRouteTableId",),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html",),
)
