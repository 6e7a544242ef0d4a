"""Distributions: everybody reaches their edge on 80 and 443, and through it the origins.

Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html,
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html,
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
"""

from __future__ import annotations

from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, all_of, depends, yes


def published(view: View, distribution: Resource) -> list[Exposure]:
    """The distribution on its ports, and each origin of the data behind it."""
    proof = view.evidence(f"distribution {name(distribution)} is enabled", distribution, "enabled")
    on = truth(distribution.get("enabled"), f"whether {name(distribution)} is enabled", False, (proof,))
    conditions = all_of((present(distribution, on), _geography(view, distribution), _signed(view, distribution)))
    if not conditions.possible:
        return []
    sources = ("0.0.0.0/0", "::/0") if distribution.get("ipv6") is True else ("0.0.0.0/0",)
    ports = [Ports("tcp", port, port) for port in _ports(distribution)]
    found = [Exposure(distribution.urn, distribution.urn, port, sources, conditions) for port in ports]
    for position, origin in enumerate(distribution.get("origins") or ()):
        for behind in view.linked(distribution, "forwards_to", "origins", position) if isinstance(origin, dict) else ():
            text = f"distribution {name(distribution)} fetches from {name(behind)}"
            said = view.evidence(text, distribution, "origins", position)
            found += [Exposure(behind.urn, distribution.urn, p, sources, conditions.also(said)) for p in ports]
    return found


def _ports(distribution: Resource) -> list[int]:
    """443 always; 80 unless every behaviour takes HTTPS only."""
    behaviors = distribution.get("behaviors")
    said = [b.get("viewer_protocol") for b in behaviors if isinstance(b, dict)] if isinstance(behaviors, list) else []
    return [443] if said and all(word == "https-only" for word in said) else [80, 443]


def _geography(view: View, distribution: Resource) -> Verdict:
    kind = distribution.get("geo_restriction")
    if kind in (None, "none"):
        return yes()
    said = distribution.get("geo_locations")
    where = "countries that are not known" if isinstance(said, Unknown) else ", ".join(str(c) for c in said or ())
    proof = view.evidence(
        f"distribution {name(distribution)} has a {kind} of countries", distribution, "geo_restriction"
    )
    return depends(f"which country the client is in ({kind}: {where})", because=(proof,))


def _signed(view: View, distribution: Resource) -> Verdict:
    behaviors = distribution.get("behaviors")
    known = [b for b in behaviors if isinstance(b, dict)] if isinstance(behaviors, list) else []
    if known and all(b.get("key_groups") or b.get("signers") for b in known):
        proof = view.evidence(
            f"every behaviour of {name(distribution)} asks for a signature", distribution, "behaviors"
        )
        return depends("who has a signed URL or cookie", because=(proof,))
    return yes()
