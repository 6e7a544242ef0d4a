"""Hosted zone of Route 53: public, or private to VPCs."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.aws._route53 import dns_name, zone_id
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, items, mapping, reference, text
from nephograph.catalog.readers import always, each, one, tags, when_said
from nephograph.model.resource import Class


def _vpc(block: Cursor) -> dict[str, Tree]:
    return {"vpc": block.first("vpc_id", "VPCId")}


def _signed(path: str) -> Reader:
    """Whether answers are signed, from the word for it; the provider signs where code says nothing."""

    def read(document: Cursor) -> Tree:
        status = document.at(*path.split("."))
        if not status.present:
            return status.be(True) if path == "signing_status" else None
        return status.be(status.value == "SIGNING") if isinstance(status.value, str) else status

    return read


KIND = Kind(
    native="AWS::Route53::HostedZone",
    service="route53",
    cls=Class.GENERIC,
    global_=True,
    identity=("id",),
    arn="arn:{partition}:route53:::hostedzone/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "comment": text(),
        "private": flag(default=False),
        "vpcs": items(vpc=reference("aws_vpc")),
        "dnssec": flag(default=False),
        "query_log": reference("aws_cloudwatch_log_group"),
        "tags": mapping(),
    },
    links=(Link("resolves_in", "vpcs.*.vpc"), Link("logs_to", "query_log")),
    spellings=(
        Spelling(
            "terraform",
            "aws_route53_zone",
            {
                "id": "id",
                "name": dns_name("name"),
                "comment": said("comment"),
                "private": when_said("vpc", True),
                "vpcs": each("vpc", _vpc),
                "tags": "tags",
            },
            computed={"zone_id": "id", "name": "{name}"},
            ignores=(
                "delegation_set_id",
                "enable_accelerated_recovery",
                "force_destroy",
                "name_servers",
                "primary_name_server",
            ),
        ),
        Spelling(
            "terraform",
            "aws_route53_zone_association",
            {"vpcs": one(_vpc)},
            part_of="zone_id",
            ignores=("owning_account", "vpc_region"),
        ),
        Spelling(
            "terraform",
            "aws_route53_hosted_zone_dnssec",
            {"dnssec": _signed("signing_status")},
            part_of="hosted_zone_id",
        ),
        Spelling("terraform", "aws_route53_query_log", {"query_log": "cloudwatch_log_group_arn"}, part_of="zone_id"),
        Spelling(
            "cloudformation",
            "AWS::Route53::HostedZone",
            {
                "name": dns_name("Name"),
                "comment": "HostedZoneConfig.Comment",
                "private": when_said("VPCs", True),
                "vpcs": each("VPCs", _vpc),
                "query_log": "QueryLoggingConfig.CloudWatchLogsLogGroupArn",
                "tags": tags("HostedZoneTags"),
            },
            computed={"Id": "id"},
            ignores=("DelegationSetId", "HostedZoneFeatures"),
        ),
        Spelling("cloudformation", "AWS::Route53::DNSSEC", {"dnssec": always(True)}, part_of="HostedZoneId"),
        Spelling(
            "api",
            "route53:ListHostedZones",
            {
                "id": zone_id("Id"),
                "name": dns_name("Name"),
                "comment": "Config.Comment",
                "private": "Config.PrivateZone",
            },
            items="HostedZones.*",
            key="Id",
            ignores=(
                "CallerReference",
                "Features",
                "IsTruncated",
                "LinkedService",
                "Marker",
                "MaxItems",
                "NextMarker",
                "ResourceRecordSetCount",
            ),
        ),
        Spelling(
            "api",
            "route53:ListHostedZonesByName",
            {
                "id": zone_id("Id"),
                "name": dns_name("Name"),
                "comment": "Config.Comment",
                "private": "Config.PrivateZone",
            },
            items="HostedZones.*",
            key="Id",
            ignores=(
                "CallerReference",
                "DNSName",
                "Features",
                "HostedZoneId",
                "IsTruncated",
                "LinkedService",
                "MaxItems",
                "NextDNSName",
                "NextHostedZoneId",
                "ResourceRecordSetCount",
            ),
        ),
        Spelling(
            "api",
            "route53:GetHostedZone",
            {
                "id": zone_id("HostedZone.Id"),
                "name": dns_name("HostedZone.Name"),
                "comment": "HostedZone.Config.Comment",
                "private": "HostedZone.Config.PrivateZone",
                "vpcs": each("VPCs", _vpc),
            },
            asks=("Id",),
            ignores=("DelegationSet",),
        ),
        Spelling(
            "api",
            "route53:GetDNSSEC",
            {"dnssec": _signed("Status.ServeSignature")},
            part_of="HostedZoneId",
            asks=("HostedZoneId",),
            ignores=("KeySigningKeys",),
        ),
        Spelling(
            "api",
            "route53:ListQueryLoggingConfigs",
            {"query_log": "CloudWatchLogsLogGroupArn"},
            items="QueryLoggingConfigs.*",
            part_of="HostedZoneId",
            key="Id",
        ),
        Spelling(
            "api",
            "route53:ListTagsForResource",
            {"tags": tags("ResourceTagSet.Tags")},
            part_of="ResourceId",
            asks=("ResourceId", "ResourceType"),
        ),
        Spelling(
            "api",
            "route53:ListTagsForResources",
            {"tags": tags("Tags")},
            items="ResourceTagSets.*",
            part_of="ResourceId",
            key="ResourceId",
            asks=("ResourceIds", "ResourceType"),
            ignores=("ResourceType",),
        ),
    ),
    references=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html",),
)
