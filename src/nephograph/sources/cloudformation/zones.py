"""Availability zones by the region's name."""

from __future__ import annotations

_LETTERS = {
    "us-east-1": "abcdef",
    "us-west-1": "ac",
    "us-west-2": "abcd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ca-central-1": "abd",
}
"""Regions whose zones are not a, b and c; one account may see others.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""


def zones(region: str) -> list[str]:
    """The names of the zones of a region, in order."""
    return [region + letter for letter in _LETTERS.get(region, "abc")]
