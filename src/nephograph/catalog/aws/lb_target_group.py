"""Target group: what a load balancer sends requests to."""

from nephograph.catalog.aws._elb import TAGS, said, setting
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, flag, items, mapping, number, reference, text
from nephograph.catalog.readers import each, first_of, one, tags
from nephograph.model.resource import Class

_FIELDS: Fields = {
    "name": "name",
    "vpc": "vpc_id",
    "port": "port",
    "protocol": "protocol",
    "target_type": "target_type",
    "ip_address_type": "ip_address_type",
    "preserve_client_ip": "preserve_client_ip",
    "cross_zone": said("load_balancing_cross_zone_enabled"),
    "arn_suffix": "arn_suffix",
    "tags": "tags",
}
_COMPUTED = {"name": "{name}", "arn_suffix": "{arn_suffix}", "id": "arn"}
_IGNORED = (
    "connection_termination",
    "deregistration_delay",
    "health_check",
    "lambda_multi_value_headers_enabled",
    "load_balancer_arns",
    "load_balancing_algorithm_type",
    "load_balancing_anomaly_mitigation",
    "name_prefix",
    "protocol_version",
    "proxy_protocol_v2",
    "slow_start",
    "stickiness",
    "target_control_port",
    "target_failover",
    "target_group_health",
    "target_health_state",
)


def _target(document: Cursor) -> dict[str, Tree]:
    return {
        "target": document.at("target_id"),
        "port": document.at("port"),
        "availability_zone": first_of(document, "availability_zone"),
    }


def _template_target(target: Cursor) -> dict[str, Tree]:
    return {"target": target.at("Id"), "port": target.at("Port"), "availability_zone": target.at("AvailabilityZone")}


def _registered(target: Cursor) -> dict[str, Tree]:
    return {
        "target": target.at("Target", "Id"),
        "port": target.at("Target", "Port"),
        "availability_zone": target.at("Target", "AvailabilityZone"),
        "health": target.at("TargetHealth", "State"),
    }


def _suffix(document: Cursor) -> Tree:
    """`targetgroup/<name>/<id>`, the end of the ARN."""
    arn = document.at("TargetGroupArn")
    return arn.be(arn.value.rpartition(":")[2]) if isinstance(arn.value, str) else arn


_HEALTH_CHECK = (
    "HealthCheckEnabled",
    "HealthCheckIntervalSeconds",
    "HealthCheckPath",
    "HealthCheckPort",
    "HealthCheckProtocol",
    "HealthCheckTimeoutSeconds",
    "HealthyThresholdCount",
)

KIND = Kind(
    native="AWS::ElasticLoadBalancingV2::TargetGroup",
    service="elasticloadbalancing",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:elasticloadbalancing:{region}:{account}:{arn_suffix}",
    id="arn:{partition}:elasticloadbalancing:{region}:{account}:{arn_suffix}",
    label="name",
    fields={
        "name": text(),
        "vpc": reference("aws_vpc"),
        "port": number(),
        "protocol": text(),
        "target_type": text(default="instance"),
        "ip_address_type": text(default="ipv4"),
        # Nothing said: yes for instances, and for addresses unless the protocol is TCP or TLS.
        "preserve_client_ip": flag(),
        # true, false or use_load_balancer_configuration, which nothing said means, too.
        "cross_zone": text(),
        "targets": items(
            target=reference("aws_instance", "aws_lambda_function", "aws_lb", "aws_network_interface"),
            port=number(),
            # Of an address outside the VPC: the zone it counts to, or `all`.
            availability_zone=text(),
            # What only the API tells: healthy, unhealthy, initial, draining, unused …
            health=text(),
        ),
        "arn_suffix": text(),
        "tags": mapping(),
    },
    links=(Link("in_network", "vpc"), Link("has_target", "targets.*.target")),
    spellings=(
        Spelling("terraform", "aws_lb_target_group", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
        Spelling("terraform", "aws_alb_target_group", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
        Spelling(
            "terraform",
            "aws_lb_target_group_attachment",
            {"targets": one(_target)},
            part_of="target_group_arn",
            ignores=("quic_server_id",),
        ),
        Spelling(
            "terraform",
            "aws_alb_target_group_attachment",
            {"targets": one(_target)},
            part_of="target_group_arn",
            ignores=("quic_server_id",),
        ),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            {
                "name": "Name",
                "vpc": "VpcId",
                "port": "Port",
                "protocol": "Protocol",
                "target_type": "TargetType",
                "ip_address_type": "IpAddressType",
                "preserve_client_ip": setting("TargetGroupAttributes", "preserve_client_ip.enabled"),
                "cross_zone": setting("TargetGroupAttributes", "load_balancing.cross_zone.enabled"),
                "targets": each("Targets", _template_target),
                "tags": tags("Tags"),
            },
            computed={
                "TargetGroupArn": "arn",
                "TargetGroupFullName": "{arn_suffix}",
                "TargetGroupName": "{name}",
            },
            ignores=(*_HEALTH_CHECK, "Matcher", "ProtocolVersion", "TargetControlPort", "UnhealthyThresholdCount"),
        ),
        Spelling(
            "api",
            "elbv2:DescribeTargetGroups",
            {
                "name": "TargetGroupName",
                "vpc": "VpcId",
                "port": "Port",
                "protocol": "Protocol",
                "target_type": "TargetType",
                "ip_address_type": "IpAddressType",
                "arn_suffix": _suffix,
            },
            items="TargetGroups.*",
            key="TargetGroupArn",
            ignores=(
                *_HEALTH_CHECK,
                "LoadBalancerArns",
                "Matcher",
                "ProtocolVersion",
                "TargetControlPort",
                "UnhealthyThresholdCount",
            ),
        ),
        Spelling(
            "api",
            "elbv2:DescribeTargetGroupAttributes",
            {
                "preserve_client_ip": setting("Attributes", "preserve_client_ip.enabled"),
                "cross_zone": setting("Attributes", "load_balancing.cross_zone.enabled"),
            },
            part_of="TargetGroupArn",
            asks=("TargetGroupArn",),
        ),
        Spelling(
            "api",
            "elbv2:DescribeTargetHealth",
            {"targets": each("TargetHealthDescriptions", _registered)},
            part_of="TargetGroupArn",
            asks=("TargetGroupArn",),
        ),
        TAGS,
    ),
)
