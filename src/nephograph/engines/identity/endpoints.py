"""VPC endpoints: the policy of the endpoint a request passes, known where `aws:SourceVpce` is given.

https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from __future__ import annotations

from collections.abc import Mapping

from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.statement import Place, Policy, Principals, Statement, read_policy
from nephograph.estate.graph import Estate

KEY = "aws:sourcevpce"
_EVERYBODY = Principals((("*", "*"),))


def endpoint_policy(estate: Estate, given: Mapping[str, Known]) -> Policy | None:
    """The policy of the endpoint that the given context names; None for a request that passes none."""
    known = next((value for key, value in given.items() if key.lower() == KEY), None)
    if not isinstance(known, tuple) or len(known) != 1:
        return None
    for endpoint in estate.of_kind("aws_vpc_endpoint"):
        if endpoint.get("id") == known[0]:
            place = Place(f"policy of endpoint {known[0]}", endpoint, ("endpoint_policy",))
            said = endpoint.get("endpoint_policy")
            if said is None:  # the default policy lets everything pass
                return Policy(place, (Statement(place, 0, "Allow", principals=_EVERYBODY),))
            return read_policy(said, place)
    place = Place(f"policy of endpoint {known[0]}")
    return Policy(place, unknown=f"{place.words} is not in the data")
