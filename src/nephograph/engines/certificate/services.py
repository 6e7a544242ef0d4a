"""Services whose resources have rules of their own."""

from __future__ import annotations

import re

RCP_SERVICES = frozenset(
    {"s3", "sts", "kms", "sqs", "secretsmanager", "cognito-idp", "cognito-identity", "logs", "dynamodb", "ecr", "aoss"}
)
"""Services whose resources RCPs restrict (organizations/latest/userguide/orgs_manage_policies_rcps.html)."""

NEEDS_NOTHING = {"sts:getcalleridentity": "whoever signs a request may ask who it is, whatever policies say"}
"""Actions that no policy grants or denies, and why (STS/latest/APIReference/API_GetCallerIdentity.html)."""

_KMS_KEY = re.compile(r"arn:[^:]+:kms:[^:]*:\d{12}:key/.+", re.DOTALL)
_ROLE = re.compile(r"arn:[^:]+:iam::\d{12}:role/.+", re.DOTALL)
_SERVICE_LINKED = re.compile(r"arn:[^:]+:iam::\d{12}:role/aws-service-role/.+", re.DOTALL)
_UNSIGNED_STS = frozenset({"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"})


def must_allow(action: str, resource: str) -> bool:
    """Does the resource's own policy have to allow? KMS keys and roles that are entered; `action` in lower case.

    Sources: kms/latest/developerguide/key-policies.html, reference_policies_evaluation-logic_policy-eval-denyallow.html
    """
    service = action.partition(":")[0]
    return bool(service == "kms" and _KMS_KEY.fullmatch(resource)) or bool(
        service == "sts" and _ROLE.fullmatch(resource)
    )


def takes_unsigned(action: str) -> bool:
    """May the request come without credentials? KMS and STS want them, save where an identity provider signs in."""
    return action in _UNSIGNED_STS or action.partition(":")[0] not in ("kms", "sts")


def rcp_applies(action: str, resource: str) -> bool:
    """Do RCPs restrict the action? Not of other services, not the assuming of service-linked roles, not RetireGrant."""
    service = action.partition(":")[0]
    if service == "sts" and _SERVICE_LINKED.fullmatch(resource):
        return False
    return service in RCP_SERVICES and action != "kms:retiregrant"
