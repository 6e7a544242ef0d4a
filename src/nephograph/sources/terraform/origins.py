"""Origins on demand: nothing is kept per attribute, the configuration is read again for the one value asked about."""

from __future__ import annotations

from nephograph.model.span import Cause, Origin, Path
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform.trace import Trace


def origin(instance: Instance, path: Path) -> Origin | None:
    """Where the value at `path` of an instance was written; None when nothing is written there."""
    trace = traced(instance, path)
    if trace is None:
        return None
    causes = tuple(Cause(place.what, place.span) for place in trace.places[trace.primary + 1 :])
    if not path:
        causes = tuple(
            Cause(f"called as {module.address}", module.call.head_span)
            for module in instance.module.ancestors()
            if module.call is not None
        )
    return Origin("code", instance.address, trace.places[trace.primary].span, causes=causes)


def traced(instance: Instance, path: Path) -> Trace | None:
    """The trace of the value at `path`; None when nothing is written there."""
    trace = Trace()
    with instance.module.context.muted():
        found = trace.instance(instance, path)
    return trace if found and trace.places else None
