"""Services whose resources have rules of their own."""

from __future__ import annotations

import re

_LISTED = (
    "aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch "
    "cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend "
    "comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose "
    "fis fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications "
    "opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager "
    "servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 "
    "workspaces xray"
)

RCP_SERVICES = frozenset(_LISTED.split())
"""Services whose resources RCPs restrict (organizations/latest/userguide/orgs_manage_policies_rcps.html, 2026-09)."""

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


def rcp_applies(action: str, resource: str, caller_is_service_linked: bool) -> bool:
    """Do RCPs restrict the request? `action` in lower case.

    Not of other services, not RetireGrant, and of service-linked roles neither their calls nor their being assumed.
    """
    service = action.partition(":")[0]
    if caller_is_service_linked or (service == "sts" and _SERVICE_LINKED.fullmatch(resource)):
        return False
    return service in RCP_SERVICES and action != "kms:retiregrant"
