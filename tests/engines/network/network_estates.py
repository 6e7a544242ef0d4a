"""Small estates written by hand: configs in normal form, references as `@kind.name`, edges by the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin, Span
from nephograph.model.value import Unknown

LINKS: dict[str, list[tuple[str, str]]] = {
    "aws_subnet": [("in_network", "vpc")],
    "aws_internet_gateway": [("attached_to", "vpc")],
    "aws_egress_only_internet_gateway": [("attached_to", "vpc")],
    "aws_nat_gateway": [("in_subnet", "subnet"), ("has_address", "address")],
    "aws_eip": [("address_of", "instance"), ("address_of", "interface")],
    "aws_route_table": [
        ("in_network", "vpc"),
        ("routes_to", "routes.*.target"),
        ("routes_for", "subnets.*.subnet"),
        ("routes_for", "gateways.*.gateway"),
        ("uses_prefix_list", "routes.*.prefix_list"),
    ],
    "aws_vpc_block_public_access_exclusion": [("spares", "vpc"), ("spares", "subnet")],
    "aws_security_group": [
        ("in_network", "vpc"),
        ("lets_in", "ingress.*.group"),
        ("lets_out", "egress.*.group"),
        ("uses_prefix_list", "ingress.*.prefix_list"),
        ("uses_prefix_list", "egress.*.prefix_list"),
    ],
    "aws_network_acl": [("in_network", "vpc"), ("guards", "subnets.*.subnet")],
    "aws_network_interface": [("in_subnet", "subnet"), ("has_security_group", "security_groups.*")],
    "aws_instance": [
        ("in_subnet", "subnet"),
        ("has_security_group", "security_groups.*"),
        ("uses_interface", "interfaces.*.interface"),
    ],
    "aws_ecs_service": [
        ("in_subnet", "subnets.*"),
        ("has_security_group", "security_groups.*"),
        ("registers_with", "load_balancers.*.target_group"),
        ("runs", "task_definition"),
        ("runs_on", "capacity_providers.*"),
    ],
    "aws_globalaccelerator_listener": [("listens_for", "accelerator")],
    "aws_globalaccelerator_endpoint_group": [("answers_for", "listener"), ("has_target", "endpoints.*.endpoint")],
    "aws_ecs_capacity_provider": [("runs_on", "autoscaling_group")],
    "aws_autoscaling_group": [("made_from", "launch_template"), ("in_subnet", "subnets.*")],
    "aws_launch_template": [("has_security_group", "versions.*.security_groups.*")],
    "aws_lb": [("in_subnet", "subnets.*"), ("has_security_group", "security_groups.*")],
    "aws_lb_listener": [("listens_for", "load_balancer"), ("forwards_to", "actions.*.target_group")],
    "aws_lb_listener_rule": [("rule_of", "listener"), ("forwards_to", "actions.*.target_group")],
    "aws_lb_target_group": [("in_network", "vpc"), ("has_target", "targets.*.target")],
    "aws_db_instance": [("in_subnet_group", "subnet_group"), ("has_security_group", "security_groups.*")],
    "aws_db_subnet_group": [("in_subnet", "subnets.*")],
    "aws_lambda_function": [
        ("runs_as", "role"),
        ("in_subnet", "subnets.*"),
        ("has_security_group", "security_groups.*"),
    ],
}


class Places:
    """Every field has a line of its own, so that a test sees which field a proof points at."""

    def __init__(self, address: str, said: str = "code") -> None:
        self.address = address
        self.said = said

    def of(self, path: tuple[str | int, ...]) -> tuple[bool, Origin | None]:
        where = ".".join([self.address, *(str(part) for part in path)])
        return True, Origin(self.said, self.address, Span(where, 1, 1, 1, 2))

    def is_written(self, path: tuple[str | int, ...]) -> bool:
        return True


def resource(key: str, config: dict[str, Any], existence: Unknown | None = None, said: str = "code") -> Resource:
    kind, _, label = key.partition(".")
    return Resource(
        urn=key,
        kind=kind,
        native=kind,
        cls=Class.GENERIC,
        address=key,
        scope=Scope("aws", "1", "eu-west-1"),
        config=config,
        provenance=Places(key, said),
        label=label,
        existence=existence,
    )


def estate(things: dict[str, dict[str, Any]], doubtful: dict[str, Unknown] | None = None, said: str = "code") -> Estate:
    """Resources by `kind.name`; a reference is `@kind.name`, and is unlinked when no such thing is there."""
    resources = [resource(key, config, (doubtful or {}).get(key), said) for key, config in things.items()]
    edges: list[Edge] = []
    unlinked: dict[str, list[tuple[str, str]]] = {}
    for key, config in things.items():
        for kind, pattern in LINKS.get(key.partition(".")[0], ()):
            for path, value in _values(config, pattern.split(".")):
                target = str(value).removeprefix("@")
                if not isinstance(value, Unknown) and target in things:
                    edges.append(Edge(kind, key, target, said_by=key, path=path))
                else:
                    why = str(value) if isinstance(value, Unknown) else f"{target} is not in the data"
                    unlinked.setdefault(key, []).append((".".join(map(str, path)), why))
    return Estate(resources, edges, unlinked)


def _values(value: Any, pattern: list[str], path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if value is None:
        return
    if not pattern or isinstance(value, Unknown):
        yield path, value
    elif pattern[0] == "*":
        for position, element in enumerate(value):
            yield from _values(element, pattern[1:], (*path, position))
    else:
        yield from _values(value.get(pattern[0]), pattern[1:], (*path, pattern[0]))


def allow(protocol: str, low: int, high: int, **peer: Any) -> dict[str, Any]:
    return {"protocol": protocol, "from_port": low, "to_port": high, **peer}


def public_web() -> dict[str, dict[str, Any]]:
    """An instance on the internet: public address, route, group; the start of most tests."""
    return {
        "aws_vpc.main": {"cidrs": ["10.0.0.0/16"]},
        "aws_internet_gateway.igw": {"vpc": "@aws_vpc.main"},
        "aws_subnet.front": {"vpc": "@aws_vpc.main", "cidr": "10.0.1.0/24", "public_ip_on_launch": True},
        "aws_route_table.public": {
            "vpc": "@aws_vpc.main",
            "routes": [{"destination": "0.0.0.0/0", "target": "@aws_internet_gateway.igw"}],
            "subnets": [{"subnet": "@aws_subnet.front"}],
        },
        "aws_security_group.web": {
            "vpc": "@aws_vpc.main",
            "ingress": [allow("tcp", 443, 443, cidr="0.0.0.0/0")],
            "egress": [],
        },
        "aws_instance.web": {"subnet": "@aws_subnet.front", "security_groups": ["@aws_security_group.web"]},
    }
