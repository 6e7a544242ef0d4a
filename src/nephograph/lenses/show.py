"""Everything known of one resource: configuration, where each value was said, edges, history."""

from __future__ import annotations

import difflib
from typing import Annotated, Any

from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called, dossier
from nephograph.model.answer import Answer
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

SECTION = "The estate"


class ShowAsk(Ask, frozen=True, kw_only=True):
    """Show everything known of one resource: its configuration, where each value was said, its edges, its history."""

    resource: Annotated[str, Option("its address, ARN, id, name or urn", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()


ASK = ShowAsk


def answer(ask: ShowAsk, context: Context) -> Answer:
    """Show the resources of that name. Raises `UsageError` with the nearest names when there is none."""
    found = called(context.estate, ask.resource)
    if not found:
        names = dict.fromkeys(n for r in context.estate.resources.values() for n in (r.address, r.label, r.arn) if n)
        close = difflib.get_close_matches(ask.resource, list(names), n=3, cutoff=0.5)
        help_ = f"did you mean {', '.join(close)}?" if close else "`neph query 'FROM resource'` lists a stored estate"
        raise UsageError("nothing-known", f"no resource goes by the name {ask.resource}", help_)
    return Answer(
        command="show",
        snapshot=context.snapshot,
        coverage=context.coverage,
        errors=context.problems,
        assumptions=context.assumptions,
        blocks=tuple(block for resource in found for block in dossier(resource, context)),
        data={"resources": [_data(resource, context) for resource in found]},
    )


def _data(resource: Resource, context: Context) -> dict[str, Any]:
    """The same for programs: values stay what they are."""
    estate = context.estate
    return {
        "urn": resource.urn,
        "kind": resource.kind,
        "native": resource.native,
        "class": resource.cls,
        "account": resource.scope.account,
        "region": resource.scope.region,
        "arn": resource.arn,
        "label": resource.label,
        "said": resource.said,
        "root": resource.root,
        "address": resource.address,
        "config": _plain(resource.config),
        "origins": {name: resource.value(name).origin for name in resource.config if resource.value(name).origin},
        "edges": [
            {"kind": e.kind, "from": e.source, "to": e.target, "field": ".".join(str(p) for p in e.path)}
            for e in (*estate.outgoing(resource.urn), *estate.incoming(resource.urn))
        ],
        "unlinked": [{"field": field, "why": why} for field, why in estate.unlinked.get(resource.urn, ())],
        "also": [
            {"said": o.said, "root": o.root, "address": o.address, "reason": o.reason, "config": _plain(o.config)}
            for o in resource.also
        ],
        "history": list(context.versions(resource.urn)) if context.versions else [],
    }


def _plain(value: Any) -> Any:
    """Data as it is, an Unknown as the object that says why."""
    if isinstance(value, Unknown):
        return {"unknown": str(value.reason), "what": value.detail or str(value.ref or "") or value.symbol}
    if isinstance(value, dict):
        return {name: _plain(child) for name, child in value.items()}
    return [_plain(child) for child in value] if isinstance(value, list) else value
