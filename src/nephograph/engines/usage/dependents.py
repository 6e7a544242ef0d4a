"""Permissions that used calls take on other resources, where no log may hold them: the keys that encrypt.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.engines.usage import known
from nephograph.engines.usage.used import Used
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource


class Dependent(msgspec.Struct, frozen=True):
    """A permission, on what, why, and whether the log holds it, so that the policy does, too."""

    action: str
    resource: str
    why: str
    covered: bool


_BY_CALLER = {"aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic", "aws_secretsmanager_secret", "aws_ssm_parameter"}
"""Kinds whose services use the key with the permissions of whoever calls; others hold a grant of their own."""


def dependents(used: Iterable[Used], estate: Estate, actions: set[str]) -> tuple[Dependent, ...]:
    """What calls on encrypted resources take of their keys; `actions` are those that the log holds."""
    found: dict[tuple[str, str], Dependent] = {}
    for one in used:
        resource = _resource(one.resource, estate)
        level = known.level(one.action)
        if resource is None or resource.kind not in _BY_CALLER or level not in ("Read", "Write"):
            continue
        if resource.kind == "aws_s3_bucket" and "/" not in one.resource:
            continue  # only objects are encrypted
        for key in estate.targets(resource.urn, "encrypted_by"):
            needs = ("kms:Decrypt",) if level == "Read" else ("kms:GenerateDataKey", "kms:Decrypt")
            for action in needs:
                why = f"{resource.label or resource.address} is encrypted with it, and {one.action} was used"
                name = key.arn or key.address
                found.setdefault((action, name), Dependent(action, name, why, action in actions))
    return tuple(found[key] for key in sorted(found))


def _resource(pattern: str, estate: Estate) -> Resource | None:
    whole = estate.by_arn(pattern)
    if whole is not None or ":s3:::" not in pattern:
        return whole
    return estate.by_arn(pattern.partition("/")[0])
