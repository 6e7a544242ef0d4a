"""Origins on demand: nothing is kept per attribute, the configuration is read again for the one value asked about."""

from __future__ import annotations

from nephograph.model.span import Cause, Origin, Path
from nephograph.sources.terraform.blocks import Block
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform.trace import Place, Trace


def origin(instance: Instance, path: Path) -> Origin | None:
    """Where the value at `path` of an instance was written; None when nothing is written there."""
    trace = traced(instance, path)
    if trace is None:
        return None
    if instance.block.text.modelled:
        return _modelled(instance, path, trace)
    causes = tuple(Cause(place.what, place.span) for place in trace.places[trace.primary + 1 :] if _shown(place))
    if not path:
        causes = tuple(
            Cause(f"called as {module.address}", module.call.head_span)
            for module in instance.module.ancestors()
            if module.call is not None
        )
    return Origin("code", instance.address, trace.places[trace.primary].span, causes=causes)


def _shown(place: Place) -> bool:
    return not place.text.modelled


def _modelled(instance: Instance, path: Path, trace: Trace) -> Origin | None:
    """The place of a value that a module model says: the argument it comes from, else the call of the module."""
    places = [place for place in trace.places if _shown(place)]
    call = next(module.call for module in instance.module.ancestors() if module.call is not None and _ours(module.call))
    if path and places:
        causes = tuple(Cause(place.what, place.span) for place in places[1:])
        return Origin("code", instance.address, places[0].span, causes=causes)
    said = f"nephograph's model of {instance.module.address}, which is not in the tree"
    return Origin("code", instance.address, call.span if not path else call.head_span, causes=(Cause(said),))


def _ours(call: Block) -> bool:
    return not call.text.modelled


def traced(instance: Instance, path: Path) -> Trace | None:
    """The trace of the value at `path`; None when nothing is written there."""
    trace = Trace()
    with instance.module.context.muted():
        found = trace.instance(instance, path)
    return trace if found and trace.places else None
