"""Classic load balancer with its listeners and the instances behind it."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.aws._route53 import dns_name
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import each, element, first_of, tags
from nephograph.model.resource import Class


def _scheme(document: Cursor) -> Tree:
    """`internal` in AWS's words."""
    internal = document.at("internal")
    if internal.unknown or not internal.present:
        return internal
    return internal.be("internal" if internal.value in (True, "true") else "internet-facing")


def _upper(cursor: Cursor) -> Cursor:
    """A protocol: provider and API take either letter case."""
    return cursor.be(cursor.value.upper()) if isinstance(cursor.value, str) else cursor


def _listener(listener: Cursor) -> dict[str, Tree]:
    """One listener, in the words of the provider, of a template or of an answer; none said behind: as in front."""
    protocol = _upper(listener.first("lb_protocol", "Protocol"))
    behind = _upper(listener.first("instance_protocol", "InstanceProtocol"))
    return {
        "port": listener.first("lb_port", "LoadBalancerPort"),
        "protocol": protocol,
        "instance_port": listener.first("instance_port", "InstancePort"),
        "instance_protocol": behind if behind.present else protocol,
        "certificate": first_of(listener, "ssl_certificate_id", "SSLCertificateId"),
    }


def _described(description: Cursor) -> dict[str, Tree]:
    return {**_listener(description.at("Listener")), "policies": description.at("PolicyNames")}


def _template_listener(listener: Cursor) -> dict[str, Tree]:
    return {**_listener(listener), "policies": listener.at("PolicyNames")}


def _instances(document: Cursor) -> Tree:
    return [one.at("InstanceId") for one in document.at("Instances").each()]


_ATTRIBUTES = {
    "cross_zone": "LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled",
    "connection_draining": "LoadBalancerAttributes.ConnectionDraining.Enabled",
    "access_logs.enabled": "LoadBalancerAttributes.AccessLog.Enabled",
    "access_logs.bucket": "LoadBalancerAttributes.AccessLog.S3BucketName",
    "access_logs.prefix": "LoadBalancerAttributes.AccessLog.S3BucketPrefix",
}

KIND = Kind(
    native="AWS::ElasticLoadBalancing::LoadBalancer",
    service="elasticloadbalancing",
    cls=Class.LOAD_BALANCER,
    identity=("name",),
    arn="arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{name}",
    id="{name}",
    label="name",
    aliases=("dns_name",),
    fields={
        "name": text(),
        "scheme": text(default="internet-facing"),
        "subnets": references("aws_subnet"),
        "availability_zones": texts(),
        "security_groups": references("aws_security_group"),
        "listeners": items(
            port=number(),
            protocol=text(),
            instance_port=number(),
            instance_protocol=text(),
            certificate=reference("aws_acm_certificate"),
            policies=texts(),
        ),
        "instances": references("aws_instance"),
        "cross_zone": flag(),
        "connection_draining": flag(default=False),
        "access_logs": group(enabled=flag(default=False), bucket=reference("aws_s3_bucket"), prefix=text()),
        "dns_name": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("has_target", "instances"),
        Link("uses_certificate", "listeners.*.certificate"),
        Link("logs_to", "access_logs.bucket"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_elb",
            {
                "name": "name",
                "scheme": _scheme,
                "subnets": "subnets",
                "availability_zones": "availability_zones",
                "security_groups": "security_groups",
                "listeners": each("listener", _listener),
                "instances": "instances",
                # The provider turns it on where nothing is said.
                "cross_zone": Otherwise("cross_zone_load_balancing", True),
                "connection_draining": "connection_draining",
                "access_logs.enabled": Otherwise("access_logs.enabled", True, when=("access_logs",)),
                "access_logs.bucket": "access_logs.bucket",
                "access_logs.prefix": said("access_logs.bucket_prefix"),
                "dns_name": dns_name("dns_name"),
                "tags": "tags",
            },
            computed={"name": "{name}", "dns_name": "{dns_name}"},
            ignores=(
                "connection_draining_timeout",
                "desync_mitigation_mode",
                "health_check",
                "idle_timeout",
                "name_prefix",
                "source_security_group",
                "source_security_group_id",
                "zone_id",
            ),
        ),
        Spelling("terraform", "aws_elb_attachment", {"instances": element("instance")}, part_of="elb"),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancing::LoadBalancer",
            {
                "name": "LoadBalancerName",
                "scheme": "Scheme",
                "subnets": "Subnets",
                "availability_zones": "AvailabilityZones",
                "security_groups": "SecurityGroups",
                "listeners": each("Listeners", _template_listener),
                "instances": "Instances",
                "cross_zone": Otherwise("CrossZone", False),
                "connection_draining": "ConnectionDrainingPolicy.Enabled",
                "access_logs.enabled": "AccessLoggingPolicy.Enabled",
                "access_logs.bucket": "AccessLoggingPolicy.S3BucketName",
                "access_logs.prefix": "AccessLoggingPolicy.S3BucketPrefix",
                "tags": tags("Tags"),
            },
            computed={"DNSName": "{dns_name}"},
            ignores=(
                "AppCookieStickinessPolicy",
                "ConnectionSettings",
                "HealthCheck",
                "LBCookieStickinessPolicy",
                "Policies",
            ),
        ),
        Spelling(
            "api",
            "elb:DescribeLoadBalancers",
            {
                "name": "LoadBalancerName",
                "scheme": "Scheme",
                "subnets": "Subnets",
                "availability_zones": "AvailabilityZones",
                "security_groups": "SecurityGroups",
                "listeners": each("ListenerDescriptions", _described),
                "instances": _instances,
                "dns_name": dns_name("DNSName"),
            },
            items="LoadBalancerDescriptions.*",
            key="LoadBalancerName",
            ignores=(
                "BackendServerDescriptions",
                "CanonicalHostedZoneName",
                "CanonicalHostedZoneNameID",
                "CreatedTime",
                "HealthCheck",
                "Policies",
                "SourceSecurityGroup",
                "VPCId",
            ),
        ),
        Spelling(
            "api",
            "elb:DescribeLoadBalancerAttributes",
            _ATTRIBUTES,
            part_of="LoadBalancerName",
            asks=("LoadBalancerName",),
        ),
        Spelling(
            "api",
            "elb:DescribeTags",
            {"tags": tags("Tags")},
            items="TagDescriptions.*",
            part_of="LoadBalancerName",
            key="LoadBalancerName",
            asks=("LoadBalancerNames",),
        ),
    ),
    references=("https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html",),
)
