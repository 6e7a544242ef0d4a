"""The answers AWS gives about load balancers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from tests.support.dumps import Dump


def _zones(dump: Dump, balancer: Resource) -> list[dict[str, Any]]:
    subnets = [dump.linked(balancer, "subnets", at) for at in range(len(balancer.get("subnets") or ()))]
    return [{"ZoneName": s.get("availability_zone"), "SubnetId": dump.id(s)} for s in subnets]


def aws_lb(dump: Dump, balancer: Resource) -> None:
    """DescribeLoadBalancers and DescribeLoadBalancerAttributes."""
    arn = dump.arn(balancer)
    first = dump.linked(balancer, "subnets", 0)
    item: dict[str, Any] = {
        "LoadBalancerArn": arn,
        "LoadBalancerName": dump.name(balancer),
        "DNSName": f"{dump.name(balancer)}.elb.eu-west-1.amazonaws.com",
        "Scheme": balancer.get("scheme"),
        "Type": balancer.get("type"),
        "IpAddressType": balancer.get("ip_address_type") or "ipv4",
        "VpcId": dump.text(first.get("vpc")),
        "State": {"Code": "active"},
        "AvailabilityZones": _zones(dump, balancer),
    }
    if balancer.get("security_groups"):
        item["SecurityGroups"] = dump.ids(balancer.get("security_groups"))
    if balancer.get("privatelink_rules") is not None and balancer.get("type") == "network":
        word = "on" if balancer.get("privatelink_rules") else "off"
        item["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] = word
    dump.add("elbv2", "describe-load-balancers", "LoadBalancers", item)
    attributes = []
    if balancer.get("cross_zone") is not None or balancer.get("type") != "application":
        crosses = "true" if balancer.get("cross_zone") else "false"
        attributes.append({"Key": "load_balancing.cross_zone.enabled", "Value": crosses})
    dump.about("elbv2", "describe-load-balancer-attributes", arn, {"Attributes": attributes})
    # Asked of every balancer: one without listeners answers with none.
    dump.answers.setdefault(_listeners(dump, balancer), {"Listeners": []})


def _listeners(dump: Dump, balancer: Resource) -> tuple[str, str]:
    import urllib.parse

    return "elbv2", f"describe-listeners.{urllib.parse.quote(dump.arn(balancer), safe='')}"


def _actions(dump: Dump, actions: Any) -> list[dict[str, Any]]:
    found = []
    for order, action in enumerate(actions or (), 1):
        item: dict[str, Any] = {"Type": action["type"], "Order": order}
        group = dump.reference(action.get("target_group"))
        if group is not None:
            item["TargetGroupArn"] = dump.arn(group)
        found.append(item)
    return found


def aws_lb_listener(dump: Dump, listener: Resource) -> None:
    """DescribeListeners of its balancer."""
    balancer = dump.linked(listener, "load_balancer")
    item = {"ListenerArn": dump.arn(listener), "LoadBalancerArn": dump.arn(balancer)}
    item["DefaultActions"] = _actions(dump, listener.get("actions"))  # type: ignore[assignment]
    for word, field in (("Port", "port"), ("Protocol", "protocol")):
        if listener.get(field) is not None:
            item[word] = listener.get(field)
    dump.answers.setdefault(_listeners(dump, balancer), {"Listeners": []})["Listeners"].append(item)


def aws_lb_listener_rule(dump: Dump, rule: Resource) -> None:
    """DescribeRules of its listener."""
    import urllib.parse

    listener = dump.linked(rule, "listener")
    arn = dump.arn(listener)
    conditions = [{"Field": c["field"], "Values": c.get("values")} for c in rule.get("conditions") or ()]
    item = {"RuleArn": f"{arn.replace(':listener/', ':listener-rule/')}/1", "Priority": str(rule.get("priority"))}
    item.update(Actions=_actions(dump, rule.get("actions")), Conditions=conditions, IsDefault=False)  # type: ignore[arg-type]
    key = ("elbv2", f"describe-rules.{urllib.parse.quote(arn, safe='')}")
    dump.answers.setdefault(key, {"Rules": []})["Rules"].append(item)


def aws_lb_target_group(dump: Dump, group: Resource) -> None:
    """DescribeTargetGroups, attributes, and who is registered: all of them healthy."""
    arn = dump.arn(group)
    item = {
        "TargetGroupArn": arn,
        "TargetGroupName": dump.name(group),
        "TargetType": group.get("target_type") or "instance",
        "IpAddressType": group.get("ip_address_type") or "ipv4",
        "Protocol": group.get("protocol"),
        "Port": group.get("port"),
        "VpcId": dump.text(group.get("vpc")) if group.get("vpc") is not None else None,
    }
    dump.add("elbv2", "describe-target-groups", "TargetGroups", {k: v for k, v in item.items() if v is not None})
    attributes = []
    if group.get("preserve_client_ip") is not None:
        word = "true" if group.get("preserve_client_ip") else "false"
        attributes.append({"Key": "preserve_client_ip.enabled", "Value": word})
    if group.get("cross_zone") is not None:
        attributes.append({"Key": "load_balancing.cross_zone.enabled", "Value": str(group.get("cross_zone")).lower()})
    dump.about("elbv2", "describe-target-group-attributes", arn, {"Attributes": attributes})
    health = [
        {
            "Target": {"Id": dump.text(t["target"]), "Port": t.get("port") or group.get("port")},
            "TargetHealth": {"State": "healthy"},
        }
        for t in group.get("targets") or ()
    ]
    dump.about("elbv2", "describe-target-health", arn, {"TargetHealthDescriptions": health})


def aws_elb(dump: Dump, balancer: Resource) -> None:
    """DescribeLoadBalancers and DescribeLoadBalancerAttributes of Classic Load Balancers."""
    subnets = [dump.linked(balancer, "subnets", at) for at in range(len(balancer.get("subnets") or ()))]
    listeners = [
        {
            "Listener": {
                "Protocol": str(item["protocol"]).upper(),
                "LoadBalancerPort": item["port"],
                "InstanceProtocol": str(item.get("instance_protocol") or "tcp").upper(),
                "InstancePort": item["instance_port"],
            }
        }
        for item in balancer.get("listeners") or ()
    ]
    name = dump.name(balancer)
    item = {
        "LoadBalancerName": name,
        "DNSName": f"{name}.eu-west-1.elb.amazonaws.com",
        "Scheme": balancer.get("scheme") or "internet-facing",
        "Subnets": [dump.id(s) for s in subnets],
        "AvailabilityZones": [s.get("availability_zone") for s in subnets],
        "SecurityGroups": dump.ids(balancer.get("security_groups")),
        "ListenerDescriptions": listeners,
        "Instances": [{"InstanceId": i} for i in dump.ids(balancer.get("instances"))],
        "VPCId": dump.text(subnets[0].get("vpc")),
    }
    dump.add("elb", "describe-load-balancers", "LoadBalancerDescriptions", item)
    crosses = {"CrossZoneLoadBalancing": {"Enabled": bool(balancer.get("cross_zone"))}}
    dump.about("elb", "describe-load-balancer-attributes", name, {"LoadBalancerAttributes": crosses})
