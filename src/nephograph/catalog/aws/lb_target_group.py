"""Target group: what a load balancer sends requests to."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, items, mapping, number, reference, text
from nephograph.catalog.readers import one
from nephograph.model.resource import Class

_FIELDS = {
    "name": "name",
    "vpc": "vpc_id",
    "port": "port",
    "protocol": "protocol",
    "target_type": "target_type",
    "arn_suffix": "arn_suffix",
    "tags": "tags",
}
_COMPUTED = {"name": "{name}", "arn_suffix": "{arn_suffix}", "id": "arn"}
_IGNORED = (
    "connection_termination",
    "deregistration_delay",
    "health_check",
    "ip_address_type",
    "lambda_multi_value_headers_enabled",
    "load_balancing_algorithm_type",
    "load_balancing_anomaly_mitigation",
    "load_balancing_cross_zone_enabled",
    "name_prefix",
    "preserve_client_ip",
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
    return {"target": document.at("target_id"), "port": document.at("port")}


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
        "targets": items(
            target=reference("aws_instance", "aws_lambda_function", "aws_lb", "aws_network_interface"),
            port=number(),
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
            ignores=("availability_zone", "quic_server_id"),
        ),
        Spelling(
            "terraform",
            "aws_alb_target_group_attachment",
            {"targets": one(_target)},
            part_of="target_group_arn",
            ignores=("availability_zone", "quic_server_id"),
        ),
    ),
)
