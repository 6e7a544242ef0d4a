"""An estate of code or of a state written as the answers AWS would give: a dump in the layout of `collect.sh`.

What people wrote in Terraform is read into its normal form, and each resource is told in the words of the API. Ids are
made up (the same on every run), addresses are handed out in their subnets, and what AWS adds by itself (local routes,
the last rule of every network ACL, interfaces of instances) is added. Nothing of the engines is used.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import pathlib
import urllib.parse
from collections.abc import Callable
from typing import Any

from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from tests.support import dump_kinds

ACCOUNT, REGION = "111122223333", "eu-west-1"
_PREFIX = {
    "aws_vpc": "vpc",
    "aws_subnet": "subnet",
    "aws_route_table": "rtb",
    "aws_network_acl": "acl",
    "aws_security_group": "sg",
    "aws_network_interface": "eni",
    "aws_instance": "i",
    "aws_eip": "eipalloc",
    "aws_internet_gateway": "igw",
    "aws_egress_only_internet_gateway": "eigw",
    "aws_nat_gateway": "nat",
    "aws_vpc_peering_connection": "pcx",
    "aws_vpc_endpoint": "vpce",
    "aws_vpc_endpoint_service": "vpce-svc",
    "aws_ec2_transit_gateway": "tgw",
    "aws_ec2_transit_gateway_attachment": "tgw-attach",
    "aws_ec2_transit_gateway_route_table": "tgw-rtb",
    "aws_ec2_managed_prefix_list": "pl",
    "aws_vpn_connection": "vpn",
    "aws_vpn_gateway": "vgw",
    "aws_customer_gateway": "cgw",
    "aws_vpc_block_public_access_exclusion": "vpcbpa-exclude",
}
_ARN = {
    "aws_lb_target_group": "elasticloadbalancing:{region}:{account}:targetgroup/{name}/{digest}",
    "aws_networkfirewall_firewall": "network-firewall:{region}:{account}:firewall/{name}",
    "aws_networkfirewall_firewall_policy": "network-firewall:{region}:{account}:firewall-policy/{name}",
    "aws_networkfirewall_rule_group": "network-firewall:{region}:{account}:{type}-rulegroup/{name}",
    "aws_lambda_function": "lambda:{region}:{account}:function:{name}",
}
_BALANCER = {"application": "app", "network": "net", "gateway": "gwy"}


class NoAnswer(Exception):
    """A kind or a value that no answer is written for."""


class Dump:
    """The answers of one account and region, by service and operation (with the thing that was asked about)."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.at = {r.address: r for r in estate.resources.values()}
        self.called = {r.get("id"): r for r in estate.resources.values() if isinstance(r.get("id"), str)}
        attached = ((r.get("transit_gateway_attachment"), r) for r in estate.of_kind("aws_vpn_connection"))
        self.called.update({name: r for name, r in attached if isinstance(name, str)})
        self.answers: dict[tuple[str, str], dict[str, Any]] = {}
        self._next: dict[str, int] = {}
        for resource in estate.resources.values():
            if resource.kind.startswith("terraform_"):
                continue  # what only code has
            writer: Callable[[Dump, Resource], None] | None = getattr(dump_kinds, resource.kind, None)
            if writer is None:
                raise NoAnswer(resource.kind)
            writer(self, resource)

    def write(self, root: pathlib.Path) -> pathlib.Path:
        """The files below `accounts/`; the root is given back."""
        folder = root / "accounts" / ACCOUNT / REGION
        for (service, operation), answer in self.answers.items():
            file = folder / service / f"{operation}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
        return root

    def add(self, service: str, operation: str, key: str, item: dict[str, Any]) -> None:
        """One more item of a list answer."""
        self.answers.setdefault((service, operation), {}).setdefault(key, []).append(item)

    def about(self, service: str, operation: str, thing: str, answer: dict[str, Any]) -> None:
        """The answer about one thing."""
        self.answers[service, f"{operation}.{urllib.parse.quote(thing, safe='')}"] = answer

    def id(self, resource: Resource) -> str:
        """What AWS calls it: an id, an ARN for what has no id."""
        if resource.kind in _PREFIX:
            said = resource.get("id")
            return said if isinstance(said, str) else f"{_PREFIX[resource.kind]}-{_digest(resource.address)[:17]}"
        return self.arn(resource)

    def arn(self, resource: Resource) -> str:
        """The ARN of what goes by one."""
        name, digest = self.name(resource), _digest(resource.address)[:16]
        if resource.kind == "aws_lb":
            kind = _BALANCER[resource.get("type") or "application"]
            tail = f"elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/{kind}/{name}/{digest}"
        elif resource.kind == "aws_lb_listener":
            balancer = self.linked(resource, "load_balancer")
            tail = self.arn(balancer)[8:].replace(":loadbalancer/", ":listener/") + f"/{digest}"
        else:
            tail = _ARN[resource.kind].format(
                region=REGION, account=ACCOUNT, name=name, digest=digest, type=resource.get("type")
            )
        return f"arn:aws:{tail}"

    def name(self, resource: Resource) -> str:
        """Its name, else what the code calls it."""
        said = resource.get("name")
        return said if isinstance(said, str) else resource.label or resource.address

    def tags(self, resource: Resource) -> list[dict[str, str]]:
        """So that people can name it as in the code."""
        return [{"Key": "Name", "Value": resource.label or resource.address.rpartition(".")[2]}]

    def linked(self, resource: Resource, *path: str | int) -> Resource:
        """What a reference of the resource leads to."""
        found = self.reference(resource.get(*path))
        if found is None:
            raise NoAnswer(f"{resource.address} {path}")
        return found

    def reference(self, value: Any) -> Resource | None:
        """The resource a value refers to, if it refers to one: code by its address, a state by its id."""
        if isinstance(value, str):
            return self.called.get(value)
        return self.at.get(value.ref.address) if isinstance(value, Unknown) and value.ref is not None else None

    def ids(self, values: Any) -> list[str]:
        """The ids of a list of references."""
        return [self.text(value) for value in values or ()]

    def text(self, value: Any) -> str:
        """A known text, or the id of what is referred to."""
        found = self.reference(value)
        if found is not None:
            return self.id(found)
        if isinstance(value, Unknown):
            raise NoAnswer(str(value))
        return str(value)

    def address_in(self, subnet: Resource, version: int = 4) -> str:
        """The next free address of a subnet: AWS keeps the first four."""
        cidr = subnet.get("cidr" if version == 4 else "ipv6_cidr")
        at = self._next[cidr] = self._next.get(cidr, 9) + 1
        return str(ipaddress.ip_network(cidr)[at])

    def public_address(self) -> str:
        """The next address of the internet."""
        at = self._next["public"] = self._next.get("public", 9) + 1
        return f"198.51.100.{at}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write_dump(estate: Estate, to: pathlib.Path) -> pathlib.Path:
    """Write the answers below a directory. Raises `NoAnswer` for what no answer is written for."""
    return Dump(estate).write(to)
