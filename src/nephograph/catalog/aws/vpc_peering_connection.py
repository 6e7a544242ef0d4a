"""Peering connection of two VPCs, perhaps of two accounts or regions."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Reader, Spelling, flag, mapping, reference, text, texts
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_DNS: Fields = {
    "accepter_resolves_dns": "accepter.allow_remote_vpc_dns_resolution",
    "requester_resolves_dns": "requester.allow_remote_vpc_dns_resolution",
}
"""`accepter` tells what the accepter allows: its names resolve to private addresses for the other side."""


def _cidrs(side: str) -> Reader:
    """All ranges of one side; while a request is pending only one is told."""

    def read(document: Cursor) -> Tree:
        info = document.at(side)
        listed: list[Tree] = [one.at("CidrBlock") for one in info.at("CidrBlockSet").each()]
        listed = listed or [one for one in (info.at("CidrBlock"),) if one.present]
        listed += [one.at("Ipv6CidrBlock") for one in info.at("Ipv6CidrBlockSet").each()]
        return listed or None

    return read


KIND = Kind(
    native="AWS::EC2::VPCPeeringConnection",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpc-peering-connection/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "peer_vpc": reference("aws_vpc"),
        "peer_account": text(),
        "peer_region": text(),
        # active, pending-acceptance, rejected, expired, deleted …; traffic flows only while it is active.
        "status": text(),
        "cidrs": texts(),
        "peer_cidrs": texts(),
        "accepter_resolves_dns": flag(default=False),
        "requester_resolves_dns": flag(default=False),
        "tags": mapping(),
    },
    links=(Link("attached_to", "vpc"), Link("attached_to", "peer_vpc")),
    spellings=(
        Spelling(
            "terraform",
            "aws_vpc_peering_connection",
            {
                "id": "id",
                "vpc": "vpc_id",
                "peer_vpc": "peer_vpc_id",
                "peer_account": "peer_owner_id",
                "peer_region": "peer_region",
                "status": "accept_status",
                "tags": "tags",
                **_DNS,
            },
            ignores=("auto_accept",),
        ),
        Spelling(
            "terraform",
            "aws_vpc_peering_connection_accepter",
            {"status": "accept_status", **_DNS},
            part_of="vpc_peering_connection_id",
            # It speaks of the connection from the other side.
            ignores=("auto_accept", "peer_owner_id", "peer_region", "peer_vpc_id", "tags", "vpc_id"),
        ),
        Spelling(
            "terraform",
            "aws_vpc_peering_connection_options",
            _DNS,
            part_of="vpc_peering_connection_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCPeeringConnection",
            {
                "vpc": "VpcId",
                "peer_vpc": "PeerVpcId",
                "peer_account": "PeerOwnerId",
                "peer_region": "PeerRegion",
                "tags": tags("Tags"),
            },
            computed={"Id": "id"},
            ignores=("AssumeRoleRegion", "PeerRoleArn"),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcPeeringConnections",
            {
                "id": "VpcPeeringConnectionId",
                "vpc": "RequesterVpcInfo.VpcId",
                "peer_vpc": "AccepterVpcInfo.VpcId",
                "peer_account": "AccepterVpcInfo.OwnerId",
                "peer_region": "AccepterVpcInfo.Region",
                "status": "Status.Code",
                "cidrs": _cidrs("RequesterVpcInfo"),
                "peer_cidrs": _cidrs("AccepterVpcInfo"),
                "accepter_resolves_dns": "AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc",
                "requester_resolves_dns": "RequesterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc",
                "tags": tags("Tags"),
            },
            items="VpcPeeringConnections.*",
            key="VpcPeeringConnectionId",
            ignores=("ExpirationTime", "MultipathResilienceStatus"),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html",),
)
