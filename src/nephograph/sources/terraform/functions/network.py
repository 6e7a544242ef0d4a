"""IP prefixes. Host bits are allowed and cut off, as Terraform does."""

from __future__ import annotations

import ipaddress
import re

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import function
from nephograph.sources.terraform.values import EvaluationError, clip, describe

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(prefix: str) -> Network:
    if "/" not in prefix or not prefix.rpartition("/")[2].isdecimal():
        raise EvaluationError(f"{describe(prefix)} is not a prefix in CIDR notation")
    if ":" not in prefix:
        # Leading zeros do not mean octal.
        prefix = re.sub(r"(?<![0-9])0+(?=[0-9])", "", prefix)
    try:
        return ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        raise EvaluationError(f"{describe(prefix)} is not a prefix in CIDR notation") from None


def _subnet(network: Network, length: int, start: int) -> str:
    address = type(network.network_address)(start)
    return f"{address}/{length}"


@function("cidrhost(string, int)")
def cidrhost(prefix: str, host: int) -> str:
    """The address with a number in a prefix; negative numbers count from its end."""
    network = _network(prefix)
    position = host if host >= 0 else network.num_addresses + host
    if not 0 <= position < network.num_addresses:
        raise EvaluationError(f"{prefix} has no host number {host}")
    return str(type(network.network_address)(int(network.network_address) + position))


@function("cidrnetmask(string)")
def cidrnetmask(prefix: str) -> str:
    """The netmask of an IPv4 prefix."""
    network = _network(prefix)
    if network.version != 4:
        raise EvaluationError("only IPv4 has netmasks")
    return str(network.netmask)


@function("cidrsubnet(string, int, int)")
def cidrsubnet(prefix: str, bits: int, number: int) -> str | Unknown:
    """One subnet of a prefix, longer by some bits."""
    network = _network(prefix)
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen:
        raise EvaluationError(f"{prefix} cannot be extended by {bits} bits")
    if number < 0:
        return Unknown(Reason.NOT_EVALUATED, clip(f"cidrsubnet({describe(prefix)}, {bits}, {number})"))
    if number >= 1 << bits:
        raise EvaluationError(f"{bits} bits do not hold the subnet number {number}")
    return _subnet(network, length, int(network.network_address) + (number << (network.max_prefixlen - length)))


@function("cidrsubnets(string, int*)")
def cidrsubnets(prefix: str, *bits: int) -> list[str]:
    """Consecutive subnets of a prefix, each longer by its number of bits."""
    network = _network(prefix)
    start = int(network.network_address)
    end = start + network.num_addresses
    out = []
    for extra in bits:
        length = network.prefixlen + extra
        if extra < 1 or length > network.max_prefixlen:
            raise EvaluationError(f"{prefix} cannot be extended by {extra} bits")
        size = 1 << (network.max_prefixlen - length)
        start = -(-start // size) * size
        if start + size > end:
            raise EvaluationError(f"{prefix} has no room for a subnet of {extra} more bits behind the others")
        out.append(_subnet(network, length, start))
        start += size
    return out
