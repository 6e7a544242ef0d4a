"""References that lead to something the data does not show."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.value import Unknown
from nephograph.model.verdict import depends


@predicate(2)
def names_unknown(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """A field of the resource (the second word) names another resource, and which one is not known."""
    for urn, ends in facts.estate.unlinked.items():
        resource = facts.resource(urn) if args[0] in (None, urn) else None
        if resource is None:
            continue
        for path, why in ends:
            field, *inner = path.split(".")
            if args[1] in (None, field) and isinstance(_at(resource.config.get(field), inner), Unknown):
                fact_ = evidence(f"{field} of {name(resource)} names what is not known", resource, field)
                yield fact("names_unknown", urn, field, verdict=depends(why, because=(fact_,)))


def _at(value: object, path: list[str]) -> object:
    """What stands at a dotted path of a config; an `Unknown` stops the walk."""
    for part in path:
        if isinstance(value, list) and part.isdigit():
            value = value[int(part)] if int(part) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            break
    return value
