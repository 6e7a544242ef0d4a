"""Small estates as plain data, in the words of the catalog's fields, and questions about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.estate.graph import Estate
from nephograph.model.source import Said, Scope
from scripts.net_oracle.things import Things, estate_of

ANY = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
ANY6 = {**ANY, "cidr": "::/0"}


def ask(
    things: Things,
    source: str,
    target: str,
    protocol: str | None = "tcp",
    port: int | None = 443,
    source_address: str | None = None,
    said: Said = "code",
    regions: Mapping[str, str] | None = None,
) -> Reach:
    """The answer to a question: ends are keys of the data or words, the port of who sends is always the same one.

    `said` is how all of the data was said, `regions` where things are that are not in eu-west-1.
    """
    ground = Ground(world(things, said, regions or {}))

    def ends(word: str) -> Any:
        found = ground.estate.resources.get(word)
        return tuple(of_resource(ground, found) if found is not None else of_word(ground, word))

    ports = None if port is None else (port, port)
    own_port = 40000 if protocol == "tcp" else None
    return put(ground, Question(ends(source), ends(target), protocol, ports, own_port, source_address))


def world(things: Things, said: Said = "code", regions: Mapping[str, str] | None = None) -> Estate:
    """The estate; what is real where `said` says so."""
    made = estate_of(things)
    moved = {urn: Scope("aws", "111122223333", region) for urn, region in (regions or {}).items()}
    resources = [
        msgspec.structs.replace(one, said=said, scope=moved.get(one.urn, one.scope)) for one in made.resources.values()
    ]
    return Estate(resources, made.edges, made.unlinked)


def machine(things: Things, name: str, subnet: str, address: str | None = None, **more: Any) -> None:
    """An instance with a group of its own that lets everything in and out."""
    vpc = things[f"aws_subnet.{subnet}"]["vpc"]
    things[f"aws_security_group.{name}"] = {"vpc": vpc, "ingress": [ANY, ANY6], "egress": [ANY, ANY6]}
    things[f"aws_instance.{name}"] = {
        "subnet": f"@aws_subnet.{subnet}",
        "security_groups": [f"@aws_security_group.{name}"],
        **({"private_ip": address} if address else {}),
        **more,
    }


def subnet(things: Things, name: str, cidr: str, vpc: str = "v", zone: str = "a", **more: Any) -> None:
    """A subnet of a VPC."""
    things[f"aws_subnet.{name}"] = {
        "vpc": f"@aws_vpc.{vpc}",
        "cidr": cidr,
        "availability_zone": f"eu-west-1{zone}",
        **more,
    }


def table(things: Things, name: str, subnets: list[str], routes: dict[str, str], vpc: str = "v", **more: Any) -> None:
    """A route table; routes are `{destination: key of the target}`."""
    things[f"aws_route_table.{name}"] = {
        "vpc": f"@aws_vpc.{vpc}",
        "subnets": [{"subnet": f"@aws_subnet.{one}"} for one in subnets],
        "routes": [{"destination": to, "target": f"@{target}"} for to, target in routes.items()],
        **more,
    }


def guard(things: Things, subnet: str, ingress: list[Any], egress: list[Any]) -> None:
    """A network ACL of the subnet: what is said, then everything."""
    rest = [{**ANY, "number": 100, "action": "allow"}, {**ANY6, "number": 101, "action": "allow"}]
    things[f"aws_network_acl.{subnet}"] = {
        "vpc": things[f"aws_subnet.{subnet}"]["vpc"],
        "subnets": [{"subnet": f"@aws_subnet.{subnet}"}],
        "ingress": [*ingress, *rest],
        "egress": [*egress, *rest],
    }


def deny(cidr: str, **more: Any) -> list[dict[str, Any]]:
    """One rule of a network ACL, the first."""
    return [{**ANY, "cidr": cidr, "number": 1, "action": "deny", **more}]


def neighbours() -> Things:
    """Machines `a` and `b` in two subnets of one VPC with an internet gateway nobody leads to."""
    things: Things = {"aws_vpc.v": {"cidrs": ["10.0.0.0/16"]}, "aws_internet_gateway.g": {"vpc": "@aws_vpc.v"}}
    for number, name in enumerate("ab"):
        things[f"aws_subnet.{name}"] = {"vpc": "@aws_vpc.v", "cidr": f"10.0.{number}.0/24"}
        machine(things, name, name, f"10.0.{number}.10")
    things["aws_route_table.m"] = {"vpc": "@aws_vpc.v", "main": True, "subnets": [], "routes": []}
    return things
