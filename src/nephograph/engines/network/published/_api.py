"""What REST and HTTP APIs share: an endpoint on 443, and the functions behind it."""

from __future__ import annotations

from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of, depends, negate

SOURCES = ("0.0.0.0/0",)
HTTPS = Ports("tcp", 443, 443)


def endpoint(view: View, api: Resource, *more: Verdict) -> list[Exposure]:
    """The API at its own address, and each function it calls. A disabled endpoint leaves its own domains."""
    stages = view.estate.holders(api.urn, "stage_of")
    if not stages:
        return []
    proof = view.evidence(f"API {name(api)} is deployed to stage {name(stages[0])}", stages[0])
    flag = api.get("default_endpoint_disabled")
    off = truth(flag, f"whether the default endpoint of {name(api)} is disabled", False)
    own = negate(off) if off.answer != "yes" else depends(f"whether {name(api)} has a domain of its own")
    verdict = all_of((present(api, Verdict("yes", (proof,))), own, *more))
    if not verdict.possible:
        return []
    found = [Exposure(api.urn, api.urn, HTTPS, SOURCES, verdict)]
    for function in {f.urn: f for f in view.linked(api, "forwards_to")}.values():
        said = view.evidence(f"API {name(api)} calls {name(function)}", api, "integrations")
        found.append(Exposure(function.urn, api.urn, HTTPS, SOURCES, verdict.also(said)))
    return found
