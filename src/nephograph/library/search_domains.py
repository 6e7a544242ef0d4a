"""Where a search domain stands."""

from __future__ import annotations

from nephograph.library.absence import unset
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of


def outside_network(domain: Resource) -> Verdict:
    """Does the domain stand outside a VPC? Security groups are only said of one that stands in subnets.

    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
    """
    return all_of(
        (
            unset(domain, "subnets", says="vpc_options is {value}"),
            unset(domain, "security_groups", says="its security groups are {value}"),
        )
    )
