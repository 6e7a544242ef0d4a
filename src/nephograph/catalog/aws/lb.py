"""Application, network or gateway load balancer."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    group,
    mapping,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import says
from nephograph.model.resource import Class


def _scheme(document: Cursor) -> Tree:
    """`internal` in AWS's words."""
    internal = document.at("internal")
    if internal.unknown or not internal.present:
        return internal
    return internal.be("internal" if internal.value in (True, "true") else "internet-facing")


def _subnets(document: Cursor) -> Tree:
    """Subnets come as a list or, with an address each, as blocks."""
    listed, mapped = document.at("subnets"), document.at("subnet_mapping")
    if says(listed):
        return listed
    if mapped.unknown or not mapped.present:
        return mapped
    return [block if block.unknown else block.at("subnet_id") for block in mapped.each()]


def _addresses(document: Cursor) -> Tree:
    blocks = [block for block in document.at("subnet_mapping").each() if not block.unknown]
    given = [block.at("allocation_id") for block in blocks if says(block.at("allocation_id"))]
    return list(given) or None


_FIELDS: Fields = {
    "name": "name",
    "scheme": _scheme,
    "type": "load_balancer_type",
    "ip_address_type": "ip_address_type",
    "subnets": _subnets,
    "addresses": _addresses,
    "security_groups": "security_groups",
    "access_logs.enabled": "access_logs.enabled",
    "access_logs.bucket": "access_logs.bucket",
    "access_logs.prefix": "access_logs.prefix",
    "drop_invalid_headers": "drop_invalid_header_fields",
    "deletion_protection": "enable_deletion_protection",
    "arn_suffix": "arn_suffix",
    "tags": "tags",
}
_COMPUTED = {"name": "{name}", "arn_suffix": "{arn_suffix}", "id": "arn"}
_IGNORED = (
    "client_keep_alive",
    "connection_logs",
    "customer_owned_ipv4_pool",
    "desync_mitigation_mode",
    "dns_record_client_routing_policy",
    "enable_cross_zone_load_balancing",
    "enable_http2",
    "enable_tls_version_and_cipher_suite_headers",
    "enable_waf_fail_open",
    "enable_xff_client_port",
    "enable_zonal_shift",
    "enforce_security_group_inbound_rules_on_private_link_traffic",
    "health_check_logs",
    "idle_timeout",
    "ipam_pools",
    "minimum_load_balancer_capacity",
    "name_prefix",
    "preserve_host_header",
    "secondary_ips_auto_assigned_per_subnet",
    "xff_header_processing_mode",
)

KIND = Kind(
    native="AWS::ElasticLoadBalancingV2::LoadBalancer",
    service="elasticloadbalancing",
    cls=Class.LOAD_BALANCER,
    identity=("name",),
    arn="arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{arn_suffix}",
    id="arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{arn_suffix}",
    label="name",
    fields={
        "name": text(),
        "scheme": text(default="internet-facing"),
        "type": text(default="application"),
        "ip_address_type": text(default="ipv4"),
        "subnets": references("aws_subnet"),
        "addresses": references("aws_eip"),
        "security_groups": references("aws_security_group"),
        "access_logs": group(enabled=flag(default=False), bucket=reference("aws_s3_bucket"), prefix=text()),
        "drop_invalid_headers": flag(default=False),
        "deletion_protection": flag(default=False),
        "arn_suffix": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnets"),
        Link("has_address", "addresses"),
        Link("has_security_group", "security_groups"),
        Link("logs_to", "access_logs.bucket"),
    ),
    spellings=(
        Spelling("terraform", "aws_lb", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
        Spelling("terraform", "aws_alb", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
    ),
)
