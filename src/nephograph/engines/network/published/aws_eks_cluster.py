"""EKS clusters: the public endpoint of the Kubernetes API, for the ranges it is open to.

Source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from __future__ import annotations

from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import depends

_HTTPS = Ports("tcp", 443, 443)
_EVERYBODY = ("0.0.0.0/0",)


def published(view: View, cluster: Resource) -> list[Exposure]:
    """The endpoint, which asks for credentials; where no range is said it is open to everybody."""
    proof = view.evidence(f"cluster {name(cluster)} has a public endpoint", cluster, "endpoint_public")
    what = f"whether {name(cluster)} has a public endpoint"
    opened = present(cluster, truth(cluster.get("endpoint_public"), what, True, (proof,)))
    if not opened.possible:
        return []
    said = cluster.get("public_cidrs")
    listed = said if isinstance(said, list) else [] if said is None else [said]
    sources = tuple(text for text in listed if isinstance(text, str))
    lost = [one for one in listed if isinstance(one, Unknown)]
    found = []
    if sources or not lost:
        told = f"the endpoint of {name(cluster)} is open to {', '.join(sources or _EVERYBODY)}"
        why = opened.also(view.evidence(told, cluster, "public_cidrs"))
        found.append(Exposure(cluster.urn, cluster.urn, _HTTPS, sources or _EVERYBODY, why))
    if lost:
        doubt = depends(
            *opened.depends_on, f"the ranges the endpoint of {name(cluster)} is open to ({lost[0]})", because=(proof,)
        )
        found.append(Exposure(cluster.urn, cluster.urn, _HTTPS, _EVERYBODY, doubt))
    return found
