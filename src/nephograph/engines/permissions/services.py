"""Services whose resources have rules of their own."""

from __future__ import annotations

import re

RCP_SERVICES = frozenset(
    "s3 sts kms sqs secretsmanager cognito-idp cognito-identity logs dynamodb ecr aoss".split()  # noqa: SIM905
)
"""https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"""

_KEY = re.compile(r"arn:[^:]+:kms:[^:]*:\d{12}:key/.+", re.DOTALL)
_ROLE = re.compile(r"arn:[^:]+:iam::\d{12}:role/.+", re.DOTALL)
_LINKED = re.compile(r"arn:[^:]+:iam::\d{12}:role/aws-service-role/.+", re.DOTALL)


def entered_by_policy(service: str, resource: str) -> bool:
    """KMS keys and roles that are assumed: their own policy has to allow, or to delegate to the account.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    """
    return bool((service == "kms" and _KEY.fullmatch(resource)) or (service == "sts" and _ROLE.fullmatch(resource)))


def unsigned(service: str, action: str) -> bool:
    """May a request come without credentials? `action` in lower case, without its service."""
    return service not in ("kms", "sts") or action in ("assumerolewithsaml", "assumerolewithwebidentity")


def restricted_by_rcp(service: str, action: str, resource: str) -> bool:
    """Do resource control policies have a say?"""
    if service == "sts" and _LINKED.fullmatch(resource):
        return False
    return service in RCP_SERVICES and (service, action) != ("kms", "retiregrant")


def needs_nothing(service: str, action: str) -> bool:
    """Whoever signs a request may ask who it is, whatever policies say.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    """
    return (service, action) == ("sts", "getcalleridentity")
