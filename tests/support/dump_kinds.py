"""The answers AWS gives about a resource, one function a kind, named as the kind: `aws_vpc(dump, resource)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.model.resource import Resource
from tests.support.dump_balancers import (
    aws_elb,
    aws_lb,
    aws_lb_listener,
    aws_lb_listener_rule,
    aws_lb_target_group,
)
from tests.support.dump_firewalls import (
    aws_networkfirewall_firewall,
    aws_networkfirewall_firewall_policy,
    aws_networkfirewall_rule_group,
)
from tests.support.dump_transit import (
    aws_customer_gateway,
    aws_ec2_transit_gateway,
    aws_ec2_transit_gateway_attachment,
    aws_ec2_transit_gateway_route_table,
    aws_vpc_peering_connection,
    aws_vpn_connection,
    aws_vpn_gateway,
)

if TYPE_CHECKING:
    from tests.support.dumps import Dump

__all__ = [
    "aws_customer_gateway",
    "aws_ec2_transit_gateway",
    "aws_ec2_transit_gateway_attachment",
    "aws_ec2_transit_gateway_route_table",
    "aws_elb",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_listener_rule",
    "aws_lb_target_group",
    "aws_networkfirewall_firewall",
    "aws_networkfirewall_firewall_policy",
    "aws_networkfirewall_rule_group",
    "aws_vpc_peering_connection",
    "aws_vpn_connection",
    "aws_vpn_gateway",
]
_ROUTES = {
    "aws_internet_gateway": "GatewayId",
    "aws_vpn_gateway": "GatewayId",
    "aws_vpc_endpoint": "GatewayId",
    "aws_egress_only_internet_gateway": "EgressOnlyInternetGatewayId",
    "aws_nat_gateway": "NatGatewayId",
    "aws_vpc_peering_connection": "VpcPeeringConnectionId",
    "aws_ec2_transit_gateway": "TransitGatewayId",
    "aws_network_interface": "NetworkInterfaceId",
}
_NUMBERS = {"all": "-1", "tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58"}


def aws_vpc(dump: Dump, vpc: Resource) -> None:
    """DescribeVpcs."""
    cidrs = vpc.get("cidrs")
    item = {
        "VpcId": dump.id(vpc),
        "CidrBlock": cidrs[0],
        "CidrBlockAssociationSet": [{"CidrBlock": c, "CidrBlockState": {"State": "associated"}} for c in cidrs],
        "Ipv6CidrBlockAssociationSet": [
            {"Ipv6CidrBlock": c, "Ipv6CidrBlockState": {"State": "associated"}} for c in vpc.get("ipv6_cidrs") or ()
        ],
        "IsDefault": bool(vpc.get("default")),
        "OwnerId": vpc.scope.account,
        "State": "available",
        "Tags": dump.tags(vpc),
    }
    dump.add("ec2", "describe-vpcs", "Vpcs", item)


def aws_subnet(dump: Dump, subnet: Resource) -> None:
    """DescribeSubnets."""
    ipv6 = subnet.get("ipv6_cidr")
    item = {
        "SubnetId": dump.id(subnet),
        "VpcId": dump.text(subnet.get("vpc")),
        "CidrBlock": subnet.get("cidr"),
        "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": ipv6, "Ipv6CidrBlockState": {"State": "associated"}}]
        if ipv6
        else [],
        "AvailabilityZone": subnet.get("availability_zone"),
        "MapPublicIpOnLaunch": bool(subnet.get("public_ip_on_launch")),
        "AssignIpv6AddressOnCreation": bool(subnet.get("ipv6_on_launch")),
        "DefaultForAz": False,
        "State": "available",
        "Tags": dump.tags(subnet),
    }
    dump.add("ec2", "describe-subnets", "Subnets", {k: v for k, v in item.items() if v is not None})


def aws_route_table(dump: Dump, table: Resource) -> None:
    """DescribeRouteTables, with the local routes that every table has."""
    vpc = dump.linked(table, "vpc")
    name = dump.id(table)
    written = [_route(dump, table, item) for item in table.get("routes") or ()]
    replaced = {route.get("DestinationCidrBlock") for route in written}
    local = [
        {"DestinationCidrBlock": c, "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"}
        for c in vpc.get("cidrs")
        if c not in replaced
    ]
    local += [
        {"DestinationIpv6CidrBlock": c, "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"}
        for c in vpc.get("ipv6_cidrs") or ()
    ]
    learnt = [
        {
            "DestinationCidrBlock": route["destination"],
            "GatewayId": dump.text(gateway),
            "Origin": "EnableVgwRoutePropagation",
            "State": "active",
        }
        for gateway in table.get("propagating_gateways") or ()
        for vpn in dump.estate.of_kind("aws_vpn_connection")
        if vpn.get("vpn_gateway") == gateway
        for route in vpn.get("routes") or ()
    ]
    joined: list[dict[str, Any]] = [{"SubnetId": dump.text(s["subnet"])} for s in table.get("subnets") or ()]
    joined += [{"GatewayId": dump.text(g["gateway"])} for g in table.get("gateways") or ()]
    for at, one in enumerate(joined):
        one.update(RouteTableId=name, RouteTableAssociationId=f"rtbassoc-{name[4:]}{at}", Main=False)
        one["AssociationState"] = {"State": "associated"}
    if table.get("main") is True:
        joined.append({"RouteTableId": name, "RouteTableAssociationId": f"rtbassoc-{name[4:]}m", "Main": True})
    item = {
        "RouteTableId": name,
        "VpcId": dump.id(vpc),
        "OwnerId": table.scope.account,
        "Routes": [*local, *written, *learnt, *_of_endpoints(dump, table)],
        "Associations": joined,
        "PropagatingVgws": [{"GatewayId": dump.text(g)} for g in table.get("propagating_gateways") or ()],
        "Tags": dump.tags(table),
    }
    dump.add("ec2", "describe-route-tables", "RouteTables", item)


def _route(dump: Dump, table: Resource, item: dict[str, Any]) -> dict[str, Any]:
    destination = item.get("destination")
    field = "DestinationCidrBlock" if "." in str(destination) else "DestinationIpv6CidrBlock"
    route: dict[str, Any] = {field: destination, "Origin": "CreateRoute", "State": "active"}
    if item.get("prefix_list") is not None:
        route.pop(field)
        route["DestinationPrefixListId"] = dump.text(item["prefix_list"])
    if item.get("blackhole"):
        route["State"] = "blackhole"
    target = dump.reference(item.get("target"))
    if target is None:
        return {**route, "GatewayId": item["target"]} if item.get("target") else route
    if target.kind == "aws_networkfirewall_firewall":
        # Code names the firewall; a route of AWS leads to the endpoint in the zone of the table's subnets.
        return {**route, "GatewayId": endpoint_id(dump, target, _in_zone(dump, table, target))}
    if target.kind == "aws_instance":
        return {**route, "InstanceId": dump.id(target), "NetworkInterfaceId": interface_id(dump, target)}
    if target.kind == "aws_vpc_endpoint":
        return {**route, "GatewayId": dump.id(target)}
    return {**route, _ROUTES[target.kind]: dump.id(target)}


def _of_endpoints(dump: Dump, table: Resource) -> list[dict[str, Any]]:
    """Gateway endpoints write a route to the prefix list of their service."""
    found = []
    for endpoint in dump.estate.of_kind("aws_vpc_endpoint"):
        named = [dump.reference(t) for t in endpoint.get("route_tables") or ()]
        if table in named:
            route = {"DestinationPrefixListId": "pl-6da54004", "GatewayId": dump.id(endpoint), "State": "active"}
            found.append({**route, "Origin": "CreateRoute"})
    return found


def _in_zone(dump: Dump, table: Resource, firewall: Resource) -> int:
    own = {dump.linked(table, "subnets", at, "subnet").get("availability_zone") for at in _each(table, "subnets")}
    zones = [dump.linked(firewall, "subnets", at).get("availability_zone") for at in _each(firewall, "subnets")]
    return next((at for at, zone in enumerate(zones) if zone in own), 0)


def _each(resource: Resource, field: str) -> range:
    return range(len(resource.get(field) or ()))


def endpoint_id(dump: Dump, firewall: Resource, at: int) -> str:
    """The endpoint of a firewall in the subnet of that position."""
    return f"vpce-{dump.id(dump.linked(firewall, 'subnets', at))[7:]}"


def interface_id(dump: Dump, instance: Resource) -> str:
    """The interface of an instance that has none written down."""
    said = instance.get("interfaces") or ()
    own = dump.reference(said[0]) if said else None
    attached = [i for i in dump.estate.of_kind("aws_network_interface") if _holds(dump, i, instance)]
    found = own or next(iter(attached), None)
    return dump.id(found) if found is not None else f"eni-{dump.id(instance)[2:]}"


def _holds(dump: Dump, interface: Resource, instance: Resource) -> bool:
    attached = interface.get("attachments") or ()
    return any(dump.reference(one.get("instance")) is instance for one in attached)


def aws_network_acl(dump: Dump, acl: Resource) -> None:
    """DescribeNetworkAcls, with the last rule that every list has."""
    entries = []
    for direction in ("egress", "ingress"):
        for rule in acl.get(direction) or ():
            cidr = "CidrBlock" if "." in rule["cidr"] else "Ipv6CidrBlock"
            entry = {
                "RuleNumber": rule["number"],
                "Protocol": _NUMBERS.get(rule["protocol"], rule["protocol"]),
                "RuleAction": rule["action"],
                "Egress": direction == "egress",
                cidr: rule["cidr"],
            }
            if rule["protocol"] in ("tcp", "udp"):
                entry["PortRange"] = {"From": rule["from_port"], "To": rule["to_port"]}
            if rule["protocol"].startswith("icmp"):
                entry["IcmpTypeCode"] = {"Type": rule.get("icmp_type", -1), "Code": -1}
            entries.append(entry)
        last = {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "0.0.0.0/0"}
        entries.append({**last, "Egress": direction == "egress"})
    item = {
        "NetworkAclId": dump.id(acl),
        "VpcId": dump.text(acl.get("vpc")),
        "IsDefault": bool(acl.get("default")),
        "Associations": [
            {"NetworkAclId": dump.id(acl), "SubnetId": dump.text(s["subnet"])} for s in acl.get("subnets") or ()
        ],
        "Entries": entries,
        "Tags": dump.tags(acl),
    }
    dump.add("ec2", "describe-network-acls", "NetworkAcls", item)


def aws_security_group(dump: Dump, group: Resource) -> None:
    """DescribeSecurityGroups."""
    item = {
        "GroupId": dump.id(group),
        "GroupName": dump.name(group),
        "Description": "made of code",
        "VpcId": dump.text(group.get("vpc")),
        "OwnerId": group.scope.account,
        "IpPermissions": [_permission(dump, group, rule) for rule in group.get("ingress") or ()],
        "IpPermissionsEgress": [_permission(dump, group, rule) for rule in group.get("egress") or ()],
        "Tags": dump.tags(group),
    }
    dump.add("ec2", "describe-security-groups", "SecurityGroups", item)


def _permission(dump: Dump, group: Resource, rule: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"IpProtocol": {"all": "-1"}.get(rule["protocol"], rule["protocol"])}
    if rule["protocol"] != "all":
        found.update(FromPort=rule["from_port"], ToPort=rule["to_port"])
    found.update(IpRanges=[], Ipv6Ranges=[], PrefixListIds=[], UserIdGroupPairs=[])
    if rule.get("cidr"):
        kind, field = ("IpRanges", "CidrIp") if "." in rule["cidr"] else ("Ipv6Ranges", "CidrIpv6")
        found[kind].append({field: rule["cidr"]})
    if rule.get("prefix_list") is not None:
        found["PrefixListIds"].append({"PrefixListId": dump.text(rule["prefix_list"])})
    if rule.get("group") is not None:
        found["UserIdGroupPairs"].append({"GroupId": dump.text(rule["group"]), "UserId": group.scope.account})
    if rule.get("itself"):
        found["UserIdGroupPairs"].append({"GroupId": dump.id(group), "UserId": group.scope.account})
    return found


def _interface(dump: Dump, name: str, subnet: Resource, groups: list[str], **more: Any) -> dict[str, Any]:
    private = more.pop("private", None) or dump.address_in(subnet)
    public, ipv6 = more.pop("public", None), more.pop("ipv6", [])
    item: dict[str, Any] = {
        "NetworkInterfaceId": name,
        "SubnetId": dump.id(subnet),
        "VpcId": dump.text(subnet.get("vpc")),
        "Groups": [{"GroupId": g} for g in groups],
        "InterfaceType": "interface",
        "PrivateIpAddress": private,
        "PrivateIpAddresses": [{"Primary": True, "PrivateIpAddress": private}],
        "Ipv6Addresses": [{"Ipv6Address": a} for a in ipv6],
        "SourceDestCheck": True,
        "RequesterManaged": False,
        "Status": "in-use",
        "Description": "",
        "TagSet": [],
        **more,
    }
    if public:
        item["Association"] = {"PublicIp": public}
        item["PrivateIpAddresses"][0]["Association"] = {"PublicIp": public}
    dump.add("ec2", "describe-network-interfaces", "NetworkInterfaces", item)
    return item


def aws_network_interface(dump: Dump, interface: Resource) -> None:
    """DescribeNetworkInterfaces."""
    subnet = dump.linked(interface, "subnet")
    said = interface.get("private_ips")
    users = [i for i in dump.estate.of_kind("aws_instance") if interface_id(dump, i) == dump.id(interface)]
    _interface(
        dump,
        dump.id(interface),
        subnet,
        dump.ids(interface.get("security_groups")),
        private=said[0] if isinstance(said, list) and said else None,
        public=_given(dump, interface),
        SourceDestCheck=interface.get("source_dest_check") is not False,
        Attachment={"InstanceId": dump.id(users[0]), "DeviceIndex": 0, "Status": "attached"} if users else None,
        TagSet=dump.tags(interface),
    )


def _given(dump: Dump, resource: Resource) -> str | None:
    """The Elastic IP a resource was given."""
    for eip in dump.estate.of_kind("aws_eip"):
        if any(dump.reference(eip.get(field)) is resource for field in ("instance", "interface")):
            return public_of(dump, eip)
    return None


def public_of(dump: Dump, eip: Resource) -> str:
    """The address of an Elastic IP: always the same."""
    return f"203.0.113.{int(dump.id(eip)[9:11], 16) % 250 + 1}"


def aws_instance(dump: Dump, instance: Resource) -> None:
    """DescribeInstances, and the interface that comes with an instance."""
    own = interface_id(dump, instance)
    item: dict[str, Any] = {
        "InstanceId": dump.id(instance),
        "ImageId": "ami-1",
        "InstanceType": "t3.micro",
        "State": {"Name": "running"},
        "Tags": dump.tags(instance),
        "SourceDestCheck": instance.get("source_dest_check") is not False,
        "NetworkInterfaces": [{"NetworkInterfaceId": own}],
    }
    if not any(dump.id(i) == own for i in dump.estate.of_kind("aws_network_interface")):
        subnet = dump.linked(instance, "subnet")
        groups = dump.ids(instance.get("security_groups"))
        asks = instance.get("public_ip")
        public = _given(dump, instance)
        if public is None and (asks is True or (asks is None and subnet.get("public_ip_on_launch"))):
            public = dump.public_address()
        count = int(instance.get("ipv6_address_count") or bool(subnet.get("ipv6_on_launch")))
        made = _interface(
            dump,
            own,
            subnet,
            groups,
            private=instance.get("private_ip"),
            public=public,
            ipv6=[dump.address_in(subnet, 6) for _ in range(count)],
            SourceDestCheck=item["SourceDestCheck"],
            Attachment={"InstanceId": item["InstanceId"], "DeviceIndex": 0, "Status": "attached"},
        )
        item.update(SubnetId=made["SubnetId"], VpcId=made["VpcId"], SecurityGroups=made["Groups"])
        item.update(PrivateIpAddress=made["PrivateIpAddress"], NetworkInterfaces=[made])
        if public:
            item["PublicIpAddress"] = public
    dump.add("ec2", "describe-instances", "Reservations", {"OwnerId": instance.scope.account, "Instances": [item]})


def aws_eip(dump: Dump, eip: Resource) -> None:
    """DescribeAddresses."""
    item = {"AllocationId": dump.id(eip), "PublicIp": public_of(dump, eip), "Domain": "vpc", "Tags": dump.tags(eip)}
    holder = dump.reference(eip.get("interface")) or dump.reference(eip.get("instance"))
    if holder is not None:
        item["NetworkInterfaceId"] = (
            dump.id(holder) if holder.kind == "aws_network_interface" else interface_id(dump, holder)
        )
    dump.add("ec2", "describe-addresses", "Addresses", item)


def aws_internet_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeInternetGateways."""
    vpc = gateway.get("vpc")
    joined = [{"VpcId": dump.text(vpc), "State": "available"}] if vpc is not None else []
    item = {"InternetGatewayId": dump.id(gateway), "Attachments": joined, "Tags": dump.tags(gateway)}
    dump.add("ec2", "describe-internet-gateways", "InternetGateways", item)


def aws_egress_only_internet_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeEgressOnlyInternetGateways."""
    item = {
        "EgressOnlyInternetGatewayId": dump.id(gateway),
        "Attachments": [{"VpcId": dump.text(gateway.get("vpc")), "State": "attached"}],
        "Tags": dump.tags(gateway),
    }
    dump.add("ec2", "describe-egress-only-internet-gateways", "EgressOnlyInternetGateways", item)


def aws_nat_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeNatGateways, and the interface AWS makes for it."""
    if gateway.get("availability") == "regional":
        _regional_nat_gateway(dump, gateway)
        return
    subnet = dump.linked(gateway, "subnet")
    public = dump.reference(gateway.get("address"))
    shown = public_of(dump, public) if public is not None else None
    made = _interface(
        dump,
        f"eni-{dump.id(gateway)[4:]}",
        subnet,
        [],
        public=shown,
        InterfaceType="nat_gateway",
        RequesterManaged=True,
        SourceDestCheck=False,
    )
    address = {"NetworkInterfaceId": made["NetworkInterfaceId"], "PrivateIp": made["PrivateIpAddress"]}
    address.update({"PublicIp": shown, "AllocationId": dump.id(public)} if public is not None else {})
    item = {
        "NatGatewayId": dump.id(gateway),
        "SubnetId": dump.id(subnet),
        "VpcId": dump.text(subnet.get("vpc")),
        "ConnectivityType": gateway.get("connectivity"),
        "State": "available",
        "NatGatewayAddresses": [{**address, "IsPrimary": True}],
        "Tags": dump.tags(gateway),
    }
    dump.add("ec2", "describe-nat-gateways", "NatGateways", item)


def _regional_nat_gateway(dump: Dump, gateway: Resource) -> None:
    """A gateway of a whole VPC: an address a line, with its zone; and the route table AWS makes for it."""
    vpc = dump.linked(gateway, "vpc")
    table = f"rtb-{dump.id(gateway)[4:]}"
    addresses = [
        {
            "AllocationId": dump.id(dump.linked(gateway, "zones", at, "addresses", number)),
            "PublicIp": public_of(dump, dump.linked(gateway, "zones", at, "addresses", number)),
            "AvailabilityZone": zone.get("zone"),
            "AvailabilityZoneId": f"euw1-az{'abc'.index(zone.get('zone')[-1]) + 1}",
            "Status": "succeeded",
        }
        for at, zone in enumerate(gateway.get("zones") or ())
        for number in range(len(zone.get("addresses")))
    ]
    item = {
        "NatGatewayId": dump.id(gateway),
        "VpcId": dump.id(vpc),
        "AvailabilityMode": "regional",
        "AutoProvisionZones": "enabled" if gateway.get("auto_zones") else "disabled",
        "ConnectivityType": gateway.get("connectivity"),
        "RouteTableId": table,
        "State": "available",
        "NatGatewayAddresses": addresses,
        "Tags": dump.tags(gateway),
    }
    dump.add("ec2", "describe-nat-gateways", "NatGateways", item)
    local = [{"DestinationCidrBlock": c, "GatewayId": "local", "State": "active"} for c in vpc.get("cidrs")]
    out = [
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": dump.id(other), "State": "active"}
        for other in dump.estate.of_kind("aws_internet_gateway")
        if dump.linked(other, "vpc") is vpc
    ]
    made = {"RouteTableId": table, "VpcId": dump.id(vpc), "Associations": [], "Routes": [*local, *out]}
    dump.add("ec2", "describe-route-tables", "RouteTables", made)


def aws_vpc_endpoint(dump: Dump, endpoint: Resource) -> None:
    """DescribeVpcEndpoints."""
    service = dump.reference(endpoint.get("service"))
    item = {
        "VpcEndpointId": dump.id(endpoint),
        "VpcEndpointType": endpoint.get("type"),
        "VpcId": dump.text(endpoint.get("vpc")),
        "ServiceName": service_name(dump, service) if service is not None else endpoint.get("service"),
        "State": "available",
        "RouteTableIds": dump.ids(endpoint.get("route_tables")),
        "SubnetIds": dump.ids(endpoint.get("subnets")),
        "Groups": [{"GroupId": g} for g in dump.ids(endpoint.get("security_groups"))],
        "NetworkInterfaceIds": [],
        "RequesterManaged": False,
        "Tags": dump.tags(endpoint),
    }
    dump.add("ec2", "describe-vpc-endpoints", "VpcEndpoints", item)


def service_name(dump: Dump, service: Resource) -> str:
    """The name endpoints call a service by."""
    return f"com.amazonaws.vpce.eu-west-1.{dump.id(service)}"


def aws_vpc_endpoint_service(dump: Dump, service: Resource) -> None:
    """DescribeVpcEndpointServiceConfigurations."""
    balancers = [dump.linked(service, "load_balancers", at) for at in range(len(service.get("load_balancers")))]
    zones = [dump.linked(b, "subnets", at) for b in balancers for at in range(len(b.get("subnets") or ()))]
    kind = "Gateway" if balancers[0].get("type") == "gateway" else "Network"
    item = {
        "ServiceId": dump.id(service),
        "ServiceName": service_name(dump, service),
        "ServiceState": "Available",
        "AcceptanceRequired": bool(service.get("acceptance_required")),
        "AvailabilityZones": sorted({z.get("availability_zone") for z in zones}),
        f"{kind}LoadBalancerArns": [dump.arn(b) for b in balancers],
        "Tags": dump.tags(service),
    }
    dump.add("ec2", "describe-vpc-endpoint-service-configurations", "ServiceConfigurations", item)


def aws_vpc_block_public_access_options(dump: Dump, options: Resource) -> None:
    """DescribeVpcBlockPublicAccessOptions."""
    said = {"AwsRegion": "eu-west-1", "AwsAccountId": options.scope.account, "State": "update-complete"}
    said["InternetGatewayBlockMode"] = options.get("internet_gateway_block_mode")
    dump.answers["ec2", "describe-vpc-block-public-access-options"] = {"VpcBlockPublicAccessOptions": said}


def aws_vpc_block_public_access_exclusion(dump: Dump, exclusion: Resource) -> None:
    """DescribeVpcBlockPublicAccessExclusions."""
    spared = dump.reference(exclusion.get("vpc")) or dump.linked(exclusion, "subnet")
    word = "vpc" if spared.kind == "aws_vpc" else "subnet"
    item = {
        "ExclusionId": dump.id(exclusion),
        "InternetGatewayExclusionMode": exclusion.get("mode"),
        "ResourceArn": f"arn:aws:ec2:eu-west-1:{exclusion.scope.account}:{word}/{dump.id(spared)}",
        "State": "create-complete",
        "Tags": dump.tags(exclusion),
    }
    dump.add("ec2", "describe-vpc-block-public-access-exclusions", "VpcBlockPublicAccessExclusions", item)


def aws_ec2_managed_prefix_list(dump: Dump, prefixes: Resource) -> None:
    """DescribeManagedPrefixLists and GetManagedPrefixListEntries."""
    name = dump.id(prefixes)
    item = {"PrefixListId": name, "PrefixListName": dump.name(prefixes), "OwnerId": prefixes.scope.account}
    item.update(AddressFamily=prefixes.get("address_family") or "IPv4", State="create-complete")
    dump.add("ec2", "describe-managed-prefix-lists", "PrefixLists", item)
    entries = [{"Cidr": e["cidr"]} for e in prefixes.get("entries") or ()]
    dump.about("ec2", "get-managed-prefix-list-entries", name, {"Entries": entries})


def aws_lambda_function(dump: Dump, function: Resource) -> None:
    """ListFunctions."""
    item = {
        "FunctionName": dump.name(function),
        "FunctionArn": dump.arn(function),
        "Runtime": function.get("runtime"),
        "Handler": "main.handler",
        "Role": "arn:aws:iam::111122223333:role/made-up",
        "VpcConfig": {
            "SubnetIds": dump.ids(function.get("subnets")),
            "SecurityGroupIds": dump.ids(function.get("security_groups")),
        },
    }
    dump.add("lambda", "list-functions", "Functions", item)
