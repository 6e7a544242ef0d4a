"""OpenSearch domains outside of VPCs: their endpoint answers everybody, and asks its policy who they are.

Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
"""

from __future__ import annotations

from nephograph.engines.network.view import View, name, present
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends, yes


def published(view: View, domain: Resource) -> list[Exposure]:
    """The endpoint on 443, and on 80 unless HTTPS is enforced."""
    if view.linked(domain, "in_subnet", "subnets") or view.linked(domain, "in_network", "vpc"):
        return []
    lost = [*view.missing(domain, "subnets"), *view.missing(domain, "vpc")]
    lost += [str(said) for said in (domain.get("subnets"), domain.get("vpc")) if isinstance(said, Unknown)]
    proof = view.evidence(f"the endpoint of {name(domain)} stands outside of VPCs", domain)
    stands: Verdict = yes(proof)
    if lost:
        stands = depends(f"whether {name(domain)} stands in a VPC ({lost[0]})")
    stands = present(domain, stands)
    ports = [443] if domain.get("https_only") is True else [80, 443]
    return [Exposure(domain.urn, domain.urn, Ports("tcp", port, port), ("0.0.0.0/0",), stands) for port in ports]
