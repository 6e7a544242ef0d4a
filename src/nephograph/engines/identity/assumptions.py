"""What an estate does not hold and decisions are made without: named, so that nobody takes it for decided."""

from __future__ import annotations

from nephograph.engines.identity.organization import Organization
from nephograph.estate.graph import Estate


def not_in_the_data(estate: Estate) -> tuple[str, ...]:
    """Kinds of policies that may bear on requests and that this estate does not say, in words."""
    missing: list[str] = []
    if not Organization(estate).present:
        missing += ["service control policies", "resource control policies"]
    missing.append("session policies")
    if estate.of_kind("aws_vpc") and not estate.of_kind("aws_vpc_endpoint"):
        missing.append("VPC endpoint policies")
    return tuple(missing)


def taken_for_granted(estate: Estate, organization: Organization) -> tuple[str, ...]:
    """Sentences for the envelope: what is not in the data, and what was assumed about requests."""
    said = [f"Not in the data, so not in any decision: {', '.join(not_in_the_data(estate))}."]
    if any(endpoint.get("endpoint_policy") is not None for endpoint in estate.of_kind("aws_vpc_endpoint")):
        said.append(
            "A request is taken to pass no VPC endpoint, unless aws:SourceVpce is given: "
            "the policies of endpoints could turn a yes into a no."
        )
    if estate.of_kind("aws_s3_access_point"):
        said.append(
            "Questions about a bucket are about requests to it; ask of an access point's ARN what passes there."
        )
    silent = "; ".join(organization.not_said())
    if silent:
        said.append(f"Taken to restrict nothing, because the data does not say it: {silent}.")
    return tuple(said)
