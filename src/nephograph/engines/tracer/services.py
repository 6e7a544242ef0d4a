"""Services of AWS by name, the interface endpoints that lead to them, and what their names stand for inside a VPC.

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
"""

from __future__ import annotations

import re

from nephograph.engines.tracer.axes import Course
from nephograph.engines.tracer.fronts import refers
from nephograph.engines.tracer.ground import Ground, name
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_FULL = re.compile(r"(?:[a-z]+\.)?com\.amazonaws\.(?:[a-z0-9-]+\.)?(.+)|aws\.(?:api|sagemaker)\.[a-z0-9-]+\.(.+)")


def short(service: str) -> str:
    """What people call a service: `ecr.api` for `com.amazonaws.eu-west-1.ecr.api`."""
    found = _FULL.fullmatch(service)
    return next((part for part in found.groups() if part), service) if found else service


def serves(endpoint: Resource, service: str) -> bool:
    """Is it an endpoint for that service?"""
    said = endpoint.get("service")
    return isinstance(said, str) and short(said) == short(service)


def may_serve(course: Course, endpoint: Resource, service: str, kind: str) -> bool:
    """Is it an endpoint of a type for that service, as far as is known?"""
    said, type_ = endpoint.get("service"), endpoint.get("type")
    if not (serves(endpoint, service) or isinstance(said, Unknown)):
        return False
    if isinstance(type_, Unknown):
        if not course.perhaps(f"whether endpoint {name(endpoint)} is of type {kind} ({type_})"):
            return False
    elif type_ != kind:
        return False
    return not isinstance(said, Unknown) or course.perhaps(f"the service of endpoint {name(endpoint)} ({said})")


def speaks(course: Course, endpoint: Resource, version: int) -> bool:
    """Has an endpoint addresses or routes of a version? By its type of addresses, which is IPv4 where nothing is said.

    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    said = endpoint.get("ip_address_type")
    if isinstance(said, Unknown):
        return course.perhaps(f"whether endpoint {name(endpoint)} speaks IPv{version} ({said})")
    return str(said or "ipv4").lower() in (f"ipv{version}", "dualstack")


def doors(ground: Ground, service: str, vpc: Resource | None) -> list[Interface]:
    """The interfaces of the endpoints that lead to a service, those of the VPC that asks first."""
    endpoints = [
        e
        for e in ground.estate.of_kind("aws_vpc_endpoint")
        if (e.get("type") == "Interface" or isinstance(e.get("type"), Unknown))
        and (serves(e, service) or (isinstance(said := e.get("service"), Unknown) and not _of_somebody(ground, said)))
    ]
    found = [node for endpoint in endpoints for node in interfaces_of(ground, endpoint)]
    return sorted(found, key=lambda node: node.vpc is not vpc)


def _of_somebody(ground: Ground, said: Unknown) -> bool:
    """Does code name a service of the data (PrivateLink)? That one is none of AWS's."""
    return any(refers(said, one) for one in ground.estate.of_kind("aws_vpc_endpoint_service"))


def renamed(ground: Ground, service: str, vpc: Resource | None) -> Resource | None:
    """The endpoint that the service's own names lead to inside a VPC: one with private DNS, where the VPC allows it."""
    nodes = doors(ground, service, vpc)
    return next((n.resource for n in nodes if n.vpc is vpc and vpc is not None and naming(n, vpc) == ""), None)


def naming(node: Interface, vpc: Resource | None) -> str:
    """Why the service's own names do not lead to an endpoint for who asks in a VPC; "" where they do."""
    endpoint = node.resource
    if vpc is None or node.vpc is not vpc:
        return f"the names of the service lead to {name(endpoint)} in its own VPC only"
    said = endpoint.get("private_dns")
    if isinstance(said, Unknown):
        return f"whether the names of the service lead to {name(endpoint)} is not known ({said})"
    if not said:
        return f"private DNS of {name(endpoint)} is off"
    for field, word in (("dns_support", "DNS resolution"), ("dns_hostnames", "DNS hostnames")):
        flag = vpc.get(field)
        if isinstance(flag, Unknown):
            return f"whether VPC {name(vpc)} has {word}, which private DNS takes, is not known ({flag})"
        if flag is False:
            return f"VPC {name(vpc)} has no {word}, which private DNS takes"
    return ""
