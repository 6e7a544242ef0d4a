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
