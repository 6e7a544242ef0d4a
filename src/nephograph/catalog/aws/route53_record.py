"""Record set of a hosted zone. Its zone, name, type and set identifier name it."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.aws._route53 import dns_name, named, zone_id
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    group,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import says
from nephograph.model.resource import Class


def _target(path: str) -> Reader:
    return lambda document: named(document.at(*path.split(".")))


def _values(document: Cursor) -> Tree:
    """The values of an answer."""
    values = [one.at("Value") for one in document.at("ResourceRecords").each()]
    return list(values) or None


def _weight(document: Cursor) -> Tree:
    weight = document.at("weighted_routing_policy", "weight")
    return weight if says(weight) else None


_AWS: Fields = {
    "name": dns_name("Name"),
    "type": "Type",
    "set_identifier": "SetIdentifier",
    "ttl": "TTL",
    "alias.name": dns_name("AliasTarget.DNSName"),
    "alias.zone": "AliasTarget.HostedZoneId",
    "alias.target": _target("AliasTarget.DNSName"),
    "alias.evaluates_health": "AliasTarget.EvaluateTargetHealth",
    "weight": "Weight",
    "failover": "Failover",
    "region": "Region",
    "health_check": "HealthCheckId",
    "multivalue": "MultiValueAnswer",
}

KIND = Kind(
    native="AWS::Route53::RecordSet",
    service="route53",
    cls=Class.GENERIC,
    global_=True,
    identity=("zone_id", "name", "type", "set_identifier"),
    label="name",
    fields={
        "zone_id": text(),
        "zone": reference("aws_route53_zone"),
        "name": text(),
        "type": text(),
        # Tells records of one name and type apart; "" where there is only one.
        "set_identifier": text(default=""),
        "ttl": number(),
        "values": texts(),
        "alias": group(
            name=text(),
            zone=text(),
            target=reference("aws_lb", "aws_elb", "aws_cloudfront_distribution", "aws_s3_bucket", "aws_vpc_endpoint"),
            evaluates_health=flag(),
        ),
        "weight": number(),
        "failover": text(),
        "region": text(),
        "health_check": text(),
        "multivalue": flag(default=False),
    },
    links=(Link("record_of", "zone"), Link("points_to", "alias.target")),
    spellings=(
        Spelling(
            "terraform",
            "aws_route53_record",
            {
                "zone_id": zone_id("zone_id"),
                "zone": zone_id("zone_id"),
                # Code may write the name without that of the zone; a state knows the whole.
                "name": dns_name("fqdn", "name"),
                "type": "type",
                "set_identifier": said("set_identifier"),
                "ttl": "ttl",
                "values": said("records"),
                "alias.name": dns_name("alias.name"),
                "alias.zone": "alias.zone_id",
                "alias.target": _target("alias.name"),
                "alias.evaluates_health": "alias.evaluate_target_health",
                "weight": _weight,
                "failover": "failover_routing_policy.type",
                "region": "latency_routing_policy.region",
                "health_check": said("health_check_id"),
                "multivalue": "multivalue_answer_routing_policy",
            },
            computed={"fqdn": "{name}", "name": "{name}"},
            ignores=(
                "allow_overwrite",
                "cidr_routing_policy",
                "geolocation_routing_policy",
                "geoproximity_routing_policy",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Route53::RecordSet",
            {
                **_AWS,
                "zone_id": zone_id("HostedZoneId"),
                "zone": zone_id("HostedZoneId"),
                "values": said("ResourceRecords"),
            },
            computed={"Ref": "{name}"},
            # Of a zone that is named and not referred to, the id is not known.
            ignores=("CidrRoutingConfig", "Comment", "GeoLocation", "GeoProximityLocation", "HostedZoneName"),
        ),
        Spelling(
            "api",
            "route53:ListResourceRecordSets",
            {**_AWS, "zone_id": zone_id("HostedZoneId"), "zone": zone_id("HostedZoneId"), "values": _values},
            items="ResourceRecordSets.*",
            asks=("HostedZoneId",),
            ignores=(
                "CidrRoutingConfig",
                "GeoLocation",
                "GeoProximityLocation",
                "IsTruncated",
                "MaxItems",
                "NextRecordIdentifier",
                "NextRecordName",
                "NextRecordType",
                "TrafficPolicyInstanceId",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values.html",),
)
