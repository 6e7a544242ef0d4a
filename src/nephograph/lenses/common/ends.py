"""How people name the ends of a packet's way: resources, addresses, the internet, services."""

from __future__ import annotations

import difflib
import re

from nephograph.engines.tracer.addresses import known
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.published import service_of
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource

_LIKE_AN_ADDRESS = re.compile(r"[0-9.]+(/[0-9]*)?|[0-9a-fA-F]*:[0-9a-fA-F:]*(/[0-9]*)?")


def _ambiguous(word: str, resources: list[Resource]) -> UsageError:
    told = ", ".join(f"{r.address} ({r.kind.removeprefix('aws_').replace('_', ' ')})" for r in resources[:5])
    more = f" and {len(resources) - 5} more" if len(resources) > 5 else ""
    return UsageError(
        "ambiguous", f"{len(resources)} things go by the name {word}: {told}{more}", "name one of them in full"
    )


def address_named(word: str, ends: tuple[End, ...]) -> str | None:
    """The address a word is, where it stands for an interface: that address is meant, and none of its others."""
    parsed = network(word)
    alone = parsed is not None and parsed[1] == parsed[2] and len(ends) == 1 and isinstance(ends[0], Interface)
    return word if alone else None


def own_address_named(word: str, ends: tuple[End, ...]) -> str | None:
    """The same, where it is an address the interface itself writes on packets (gateways write its public one)."""
    said = network(address_named(word, ends))
    end = ends[0] if ends else None
    return word if said is not None and isinstance(end, Interface) and said[1] in known(end, said[0]) else None


def ends_named(ground: Ground, word: str, goal: bool = False) -> tuple[End, ...]:
    """Everything a word stands for. Raises `UsageError` when nothing goes by it, or when it has no interface."""
    found = of_word(ground, word)
    holders = [end.resource for end in found if isinstance(end, Interface)]
    if len(holders) > 1 and address_named(word, tuple(found[:1])):
        raise _ambiguous(word, holders)
    if found:
        return tuple(found)
    resources = called(ground.estate, word) or called(ground.estate, f"{word}.call")  # (module.web)
    placed = [resource for resource in resources if interfaces_of(ground, resource)]
    if len(placed) > 1:
        raise _ambiguous(word, placed)
    resources = placed or resources
    found_of = {resource.urn: tuple(of_resource(ground, resource, goal)) for resource in resources}
    meant = [resource for resource in resources if found_of[resource.urn]]
    if len(meant) > 1:
        raise _ambiguous(word, meant)
    if meant:
        return found_of[meant[0].urn]
    services = {service for one in resources if (service := service_of(one))} if goal else set()
    if len(services) == 1:
        return (Outside("service", services.pop()),)
    if resources:
        raise UsageError(
            "no-interface",
            f"{word} ({resources[0].kind}) has no network interface of the data that packets could leave or reach",
            "name an instance, an interface, a subnet, a security group, an address, internet or a service such as s3",
        )
    if _LIKE_AN_ADDRESS.fullmatch(word):
        help_ = "write an address (10.0.0.7, 2001:db8::7) or a range (10.0.0.0/24)"
        raise UsageError("bad-address", f"{word} is no address and no range of addresses", help_)
    names = [n for r in ground.estate.resources.values() for n in (r.label, r.address, r.arn) if n]
    holding = sorted({n for n in names if word.lower() in n.lower() and not n.startswith("arn:")}, key=len)[:3]
    close = holding or difflib.get_close_matches(word, list(dict.fromkeys(names)), n=3, cutoff=0.5)
    help_ = (
        f"did you mean {', '.join(close)}?" if close else "an address, a CIDR, internet or a service such as s3 do, too"
    )
    raise UsageError("nothing-known", f"nothing goes by the name {word}", help_)
