"""How people name the ends of a packet's way: resources, addresses, the internet, services."""

from __future__ import annotations

import difflib

from nephograph.engines.tracer.ends import of_resource, of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import interfaces_of
from nephograph.engines.tracer.walk import End
from nephograph.lenses.common.dossier import called
from nephograph.model.errors import UsageError


def ends_named(ground: Ground, word: str) -> tuple[End, ...]:
    """Everything a word stands for. Raises `UsageError` when nothing goes by it, or when it has no interface."""
    found = of_word(ground, word)
    if found:
        return tuple(found)
    resources = called(ground.estate, word)
    placed = [resource for resource in resources if interfaces_of(ground, resource)]
    if len(placed) > 1:
        told = ", ".join(resource.address for resource in placed[:5])
        raise UsageError("ambiguous", f"{len(placed)} things go by the name {word}: {told}", "name one of them in full")
    resources = placed or resources
    ends = tuple(end for resource in resources for end in of_resource(ground, resource))
    if ends:
        return ends
    if resources:
        raise UsageError(
            "no-interface",
            f"{word} ({resources[0].kind}) has no network interface of the data that packets could leave or reach",
            "name an instance, an interface, a subnet, a security group, an address, internet or a service such as s3",
        )
    names = [n for r in ground.estate.resources.values() for n in (r.label, r.address, r.arn) if n]
    close = difflib.get_close_matches(word, list(dict.fromkeys(names)), n=3, cutoff=0.5)
    help_ = (
        f"did you mean {', '.join(close)}?" if close else "an address, a CIDR, internet or a service such as s3 do, too"
    )
    raise UsageError("nothing-known", f"nothing goes by the name {word}", help_)
