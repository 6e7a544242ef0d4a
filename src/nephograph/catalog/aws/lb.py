"""Application, network or gateway load balancer."""

from nephograph.catalog.aws._elb import TAGS, after, said, setting
from nephograph.catalog.aws._route53 import dns_name
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    group,
    mapping,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import first_of, says, tags
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


def _mapped(name: str) -> Reader:
    """Addresses that are written with the subnets."""

    def read(document: Cursor) -> Tree:
        blocks = [block for block in document.first("subnet_mapping", "SubnetMappings").each() if not block.unknown]
        return [block.at(name) for block in blocks if says(block.at(name))] or None

    return read


def _on(name: str) -> Reader:
    """A flag that is written as `on` or `off`."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if said.unknown or not says(said):
            return said if said.unknown else None
        return said.be(said.value == "on")

    return read


_FIELDS: Fields = {
    "name": "name",
    "scheme": _scheme,
    "type": "load_balancer_type",
    "ip_address_type": "ip_address_type",
    "vpc": lambda document: first_of(document, "vpc_id"),
    "subnets": _subnets,
    "addresses": _addresses,
    "private_ips": _mapped("private_ipv4_address"),
    "ipv6_addresses": _mapped("ipv6_address"),
    "privatelink_rules": _on("enforce_security_group_inbound_rules_on_private_link_traffic"),
    "security_groups": "security_groups",
    "access_logs.enabled": "access_logs.enabled",
    "access_logs.bucket": "access_logs.bucket",
    "access_logs.prefix": said("access_logs.prefix"),
    "drop_invalid_headers": "drop_invalid_header_fields",
    "deletion_protection": "enable_deletion_protection",
    "cross_zone": "enable_cross_zone_load_balancing",
    "desync_mitigation": "desync_mitigation_mode",
    "dns_name": dns_name("dns_name"),
    "arn_suffix": "arn_suffix",
    "tags": "tags",
}
_COMPUTED = {"name": "{name}", "arn_suffix": "{arn_suffix}", "dns_name": "{dns_name}", "id": "arn"}
_IGNORED = (
    "client_keep_alive",
    "connection_logs",
    "customer_owned_ipv4_pool",
    "dns_record_client_routing_policy",
    "enable_http2",
    "enable_tls_version_and_cipher_suite_headers",
    "enable_waf_fail_open",
    "enable_xff_client_port",
    "enable_zonal_shift",
    "health_check_logs",
    "idle_timeout",
    "ipam_pools",
    "minimum_load_balancer_capacity",
    "name_prefix",
    "preserve_host_header",
    "secondary_ips_auto_assigned_per_subnet",
    "xff_header_processing_mode",
    "zone_id",
)


def _zone_subnets(document: Cursor) -> Tree:
    return [zone.at("SubnetId") for zone in document.at("AvailabilityZones").each()]


def _zone_addresses(name: str, document: Cursor) -> Tree:
    """What is said of the addresses of a network balancer: its Elastic IPs, its fixed private addresses."""
    found: list[Tree] = []
    for zone in document.at("AvailabilityZones").each():
        given = [address.at(name) for address in zone.at("LoadBalancerAddresses").each()]
        found += [address for address in given if says(address)]
    return found or None


def _template_subnets(document: Cursor) -> Tree:
    listed, mapped = document.at("Subnets"), document.at("SubnetMappings")
    if says(listed) or mapped.unknown or not mapped.present:
        return listed if says(listed) else mapped
    return [one if one.unknown else one.at("SubnetId") for one in mapped.each()]


def _template_addresses(document: Cursor) -> Tree:
    given = [one.at("AllocationId") for one in document.at("SubnetMappings").each() if not one.unknown]
    return [address for address in given if says(address)] or None


def _settings(name: str) -> Fields:
    """The attributes of a balancer, which templates and answers write as a list of keys and values."""
    keys = {
        "access_logs.enabled": "access_logs.s3.enabled",
        "access_logs.bucket": "access_logs.s3.bucket",
        "access_logs.prefix": "access_logs.s3.prefix",
        "drop_invalid_headers": "routing.http.drop_invalid_header_fields.enabled",
        "deletion_protection": "deletion_protection.enabled",
        "cross_zone": "load_balancing.cross_zone.enabled",
        "desync_mitigation": "routing.http.desync_mitigation_mode",
        "refuses_internet_gateways": "ipv6.deny_all_igw_traffic",
    }
    return {field: setting(name, key) for field, key in keys.items()}


KIND = Kind(
    native="AWS::ElasticLoadBalancingV2::LoadBalancer",
    service="elasticloadbalancing",
    cls=Class.LOAD_BALANCER,
    identity=("name",),
    arn="arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{arn_suffix}",
    id="arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{arn_suffix}",
    label="name",
    aliases=("dns_name",),
    fields={
        "name": text(),
        "scheme": text(default="internet-facing"),
        "type": text(default="application"),
        "ip_address_type": text(default="ipv4"),
        "vpc": reference("aws_vpc"),
        "subnets": references("aws_subnet"),
        "addresses": references("aws_eip"),
        # Addresses in its subnets, where they are fixed or told (network balancers).
        "private_ips": texts(),
        "ipv6_addresses": texts(),
        "security_groups": references("aws_security_group"),
        "access_logs": group(enabled=flag(default=False), bucket=reference("aws_s3_bucket"), prefix=text()),
        "drop_invalid_headers": flag(default=False),
        "deletion_protection": flag(default=False),
        # Between zones: always of an application balancer, of the others only if it is turned on.
        "cross_zone": flag(),
        # Whether the groups of a network balancer also judge what comes by PrivateLink.
        "privatelink_rules": flag(default=True),
        "desync_mitigation": text(),
        # Over IPv6: what an internet gateway brings. Nothing said: yes for internal ones, no for the others.
        "refuses_internet_gateways": flag(),
        "dns_name": text(),
        # provisioning, active, active_impaired or failed.
        "state": text(),
        "arn_suffix": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
        Link("in_subnet", "subnets"),
        Link("has_address", "addresses"),
        Link("has_security_group", "security_groups"),
        Link("logs_to", "access_logs.bucket"),
    ),
    spellings=(
        Spelling("terraform", "aws_lb", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
        Spelling("terraform", "aws_alb", _FIELDS, computed=_COMPUTED, ignores=_IGNORED),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            {
                "name": "Name",
                "scheme": "Scheme",
                "type": "Type",
                "ip_address_type": "IpAddressType",
                "subnets": _template_subnets,
                "private_ips": _mapped("PrivateIPv4Address"),
                "ipv6_addresses": _mapped("IPv6Address"),
                "privatelink_rules": _on("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
                "addresses": _template_addresses,
                "security_groups": "SecurityGroups",
                "tags": tags("Tags"),
                **_settings("LoadBalancerAttributes"),
            },
            computed={
                "DNSName": "{dns_name}",
                "LoadBalancerArn": "arn",
                "LoadBalancerFullName": "{arn_suffix}",
                "LoadBalancerName": "{name}",
            },
            ignores=(
                "EnableCapacityReservationProvisionStabilize",
                "EnablePrefixForIpv6SourceNat",
                "Ipv4IpamPoolId",
                "MinimumLoadBalancerCapacity",
            ),
        ),
        Spelling(
            "api",
            "elbv2:DescribeLoadBalancers",
            {
                "name": "LoadBalancerName",
                "scheme": "Scheme",
                "type": "Type",
                "ip_address_type": "IpAddressType",
                "vpc": "VpcId",
                "subnets": _zone_subnets,
                "addresses": lambda document: _zone_addresses("AllocationId", document),
                "private_ips": lambda document: _zone_addresses("PrivateIPv4Address", document),
                "ipv6_addresses": lambda document: _zone_addresses("IPv6Address", document),
                "privatelink_rules": _on("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
                "state": "State.Code",
                "security_groups": "SecurityGroups",
                "dns_name": dns_name("DNSName"),
                "arn_suffix": after("LoadBalancerArn", ":loadbalancer/"),
            },
            items="LoadBalancers.*",
            key="LoadBalancerArn",
            ignores=(
                "CanonicalHostedZoneId",
                "CreatedTime",
                "CustomerOwnedIpv4Pool",
                "EnablePrefixForIpv6SourceNat",
                "IpamPools",
            ),
        ),
        Spelling(
            "api",
            "elbv2:DescribeLoadBalancerAttributes",
            _settings("Attributes"),
            part_of="LoadBalancerArn",
            asks=("LoadBalancerArn",),
        ),
        TAGS,
    ),
)
