"""Everything about one resource, as blocks: what `explain` and `show` say of it."""

from __future__ import annotations

import json

from nephograph.estate.graph import Estate
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Block, Table
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


def called(estate: Estate, word: str) -> list[Resource]:
    """The resources that go by a name: their urn, address or ARN; else their id; else what people call them."""
    every = list(estate.resources.values())
    exact = [r for r in every if word in (r.urn, r.address, r.arn)]
    exact = exact or [r for r in every if any(word == other.address for other in r.also)]
    return exact or [r for r in every if r.config.get("id") == word] or [r for r in every if r.label == word]


def dossier(resource: Resource, context: Context) -> list[Block]:
    """Its names, its exposure, its configuration with origins, its edges, other ways it is said, its history."""
    where = resource.origin()
    facts = [
        ("address", resource.address),
        ("said by", resource.said),
        ("kind", f"{resource.kind} ({resource.native})"),
        ("account", resource.scope.account or "-"),
        ("region", resource.scope.region or "-"),
        ("ARN", resource.arn or "-"),
        ("written at", str(where.span) if where and where.span else "-"),
        ("urn", resource.urn),
    ]
    blocks: list[Block] = [Table(("about", "is"), tuple(facts), resource.label)]
    blocks += _exposure_blocks(resource, context)
    fields = [_field_row(resource, name) for name in sorted(resource.config)]
    if fields:
        blocks.append(Table(("field", "value", "truth", "said at"), tuple(fields), "Configuration"))
    edges = [(edge.kind, "→", _name(context, edge.target)) for edge in context.estate.outgoing(resource.urn)] + [
        (edge.kind, "←", _name(context, edge.source)) for edge in context.estate.incoming(resource.urn)
    ]
    if edges:
        blocks.append(Table(("edge", "", "other end"), tuple(dict.fromkeys(edges)), "Edges"))
    if context.estate.unlinked.get(resource.urn):
        blocks.append(
            Table(("field", "leads nowhere because"), tuple(context.estate.unlinked[resource.urn]), "Not linked")
        )
    if resource.also:
        also = tuple((str(one.said), f"{one.root}: {one.address}", one.reason) for one in resource.also)
        blocks.append(Table(("said by", "at", "one entity because"), also, "Said elsewhere, too"))
    history = context.versions(resource.urn) if context.versions else ()
    if history:
        versions = tuple((str(v.snapshot), v.what, v.taken_from, v.taken_to or "still", v.address) for v in history)
        blocks.append(Table(("snapshot", "what", "from", "until", "address"), versions, "History"))
    return blocks


def _field_row(resource: Resource, name: str) -> tuple[str, str, str, str]:
    value = resource.value(name)
    data = value.data
    if is_unknown(data):
        shown = str(data)
    elif isinstance(data, dict | list):
        shown = json.dumps(data, default=str, ensure_ascii=False)
    else:
        shown = "-" if data is None else str(data).lower() if isinstance(data, bool) else str(data)
    span = value.origin.span if value.origin else None
    return (name, shown if len(shown) <= 300 else shown[:297] + "…", value.truth, str(span) if span else "")


def _name(context: Context, urn: str) -> str:
    resource = context.estate.resources.get(urn)
    return resource.address if resource else urn


def _exposure_blocks(resource: Resource, context: Context) -> list[Block]:
    reasons = context.facts.closed(resource)
    exposures = context.facts.exposed(resource)
    if exposures:
        rows = tuple(
            (str(e.ports), ", ".join(e.sources), e.verdict.answer, "; ".join(p.text for p in e.verdict.because))
            for e in exposures
        )
        return [Table(("ports", "from", "verdict", "because"), rows, "The internet reaches it")]
    if reasons is not None and reasons.because:
        rows_ = tuple((p.text, str(p.location) if p.location else "") for p in reasons.because)
        return [Table(("reason", "said at"), rows_, "The internet does not reach it")]
    return []
