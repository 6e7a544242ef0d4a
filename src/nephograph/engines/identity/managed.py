"""AWS managed policies whose content is in the data. Any other is a name without a known content.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from typing import Any

import msgspec

from nephograph.engines.identity.statement import Place, Policy, read_policy
from nephograph.model.resource import Resource
from nephograph.model.span import Path

_ARN = re.compile(r"arn:aws[a-z-]*:iam::aws:(policy/.+)", re.DOTALL)


def is_managed(arn: str) -> bool:
    """Is this the ARN of a policy that AWS keeps?"""
    return _ARN.fullmatch(arn) is not None


@functools.cache
def _documents() -> dict[str, Any]:
    data = importlib.resources.files(__package__).joinpath("managed_policies.json").read_bytes()
    policies: dict[str, Any] = msgspec.json.decode(data)["policies"]
    return policies


def managed_policy(arn: str, held_by: str, holder: Resource, path: Path) -> Policy:
    """The content of an AWS managed policy, or a policy of unknown content.

    The content stands nowhere in the estate; what stands there is that the holder has it: `path` is that field.
    """
    match = _ARN.fullmatch(arn)
    name = match.group(1) if match else arn
    place = Place(f"AWS managed policy {name.rpartition('/')[2]} ({held_by})", holder, path, whole=True)
    entry = _documents().get(name)
    if entry is None:
        return Policy(place, unknown=f"content of AWS managed policy {arn} is not in the data")
    return read_policy(entry["document"], place)
