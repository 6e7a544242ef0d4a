"""Which action an operation of an API is. Most share their names; what differs stands here.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
"""

from __future__ import annotations

import functools
import re

from nephograph.engines.usage import known

PREFIXES = {
    "appstream2": ("appstream",),
    "autoscaling": ("autoscaling", "application-autoscaling", "autoscaling-plans"),
    "bedrock-agent": ("bedrock",),
    "bedrock-runtime": ("bedrock",),
    "cloudcontrolapi": ("cloudformation",),
    "cloudhsmv2": ("cloudhsm",),
    "cloudwatch": ("cloudwatch",),
    "contact-lens": ("connect",),
    "email": ("ses",),
    "identity-chime": ("chime",),
    "iotdata": ("iot",),
    "keyspaces": ("cassandra",),
    "marketplace": ("aws-marketplace",),
    "memory-db": ("memorydb",),
    "monitoring": ("cloudwatch",),
    "mturk-requester": ("mechanicalturk",),
    "opensearch": ("es", "aoss"),
    "partnercentral-selling": ("partnercentral",),
    "pinpoint": ("mobiletargeting",),
    "s3-outposts": ("s3-outposts",),
    "sms-voice": ("sms-voice", "mobiletargeting"),
    "sso": ("sso", "sso-directory"),
    "sso-oidc": ("sso-oauth",),
    "streams": ("dynamodb",),
    "tagging": ("tag",),
}
"""First name of an endpoint → prefixes of its actions, where they differ."""

OPERATIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "s3": {
        "CompleteMultipartUpload": ("PutObject",),
        "CopyObject": ("PutObject", "GetObject"),
        "CreateMultipartUpload": ("PutObject",),
        "CreateBucketMetadataConfiguration": ("CreateBucketMetadataTableConfiguration",),
        "DeleteBucketAnalyticsConfiguration": ("PutAnalyticsConfiguration",),
        "DeleteBucketCors": ("PutBucketCORS",),
        "DeleteBucketEncryption": ("PutEncryptionConfiguration",),
        "DeleteBucketIntelligentTieringConfiguration": ("PutIntelligentTieringConfiguration",),
        "DeleteBucketInventoryConfiguration": ("PutInventoryConfiguration",),
        "DeleteBucketLifecycle": ("PutLifecycleConfiguration",),
        "DeleteBucketLifecycleConfiguration": ("PutLifecycleConfiguration",),
        "DeleteBucketMetadataConfiguration": ("DeleteBucketMetadataTableConfiguration",),
        "DeleteBucketMetricsConfiguration": ("PutMetricsConfiguration",),
        "DeleteBucketOwnershipControls": ("PutBucketOwnershipControls",),
        "DeleteBucketPublicAccessBlock": ("PutBucketPublicAccessBlock",),
        "DeleteBucketReplication": ("PutReplicationConfiguration",),
        "DeleteBucketTagging": ("PutBucketTagging",),
        "DeleteAccountPublicAccessBlock": ("PutAccountPublicAccessBlock",),
        "DeleteObjects": ("DeleteObject",),
        "DeletePublicAccessBlock": ("PutBucketPublicAccessBlock",),
        "GetBucketAccelerateConfiguration": ("GetAccelerateConfiguration",),
        "GetBucketAnalyticsConfiguration": ("GetAnalyticsConfiguration",),
        "GetBucketEncryption": ("GetEncryptionConfiguration",),
        "GetBucketIntelligentTieringConfiguration": ("GetIntelligentTieringConfiguration",),
        "GetBucketInventoryConfiguration": ("GetInventoryConfiguration",),
        "GetBucketLifecycle": ("GetLifecycleConfiguration",),
        "GetBucketLifecycleConfiguration": ("GetLifecycleConfiguration",),
        "GetBucketMetadataConfiguration": ("GetBucketMetadataTableConfiguration",),
        "GetBucketMetricsConfiguration": ("GetMetricsConfiguration",),
        "GetBucketNotificationConfiguration": ("GetBucketNotification",),
        "GetBucketReplication": ("GetReplicationConfiguration",),
        "GetObjectLockConfiguration": ("GetBucketObjectLockConfiguration",),
        "GetPublicAccessBlock": ("GetBucketPublicAccessBlock",),
        "HeadBucket": ("ListBucket",),
        "HeadObject": ("GetObject",),
        "ListBucketAnalyticsConfigurations": ("GetAnalyticsConfiguration",),
        "ListBucketIntelligentTieringConfigurations": ("GetIntelligentTieringConfiguration",),
        "ListBucketInventoryConfigurations": ("GetInventoryConfiguration",),
        "ListBucketMetricsConfigurations": ("GetMetricsConfiguration",),
        "ListBuckets": ("ListAllMyBuckets",),
        "ListMultipartUploads": ("ListBucketMultipartUploads",),
        "ListObjectVersions": ("ListBucketVersions",),
        "ListObjects": ("ListBucket",),
        "ListObjectsV2": ("ListBucket",),
        "ListParts": ("ListMultipartUploadParts",),
        "PostObject": ("PutObject",),
        "PutBucketAccelerateConfiguration": ("PutAccelerateConfiguration",),
        "PutBucketAnalyticsConfiguration": ("PutAnalyticsConfiguration",),
        "PutBucketEncryption": ("PutEncryptionConfiguration",),
        "PutBucketIntelligentTieringConfiguration": ("PutIntelligentTieringConfiguration",),
        "PutBucketInventoryConfiguration": ("PutInventoryConfiguration",),
        "PutBucketLifecycle": ("PutLifecycleConfiguration",),
        "PutBucketLifecycleConfiguration": ("PutLifecycleConfiguration",),
        "PutBucketMetricsConfiguration": ("PutMetricsConfiguration",),
        "PutBucketNotificationConfiguration": ("PutBucketNotification",),
        "PutBucketReplication": ("PutReplicationConfiguration",),
        "PutObjectLockConfiguration": ("PutBucketObjectLockConfiguration",),
        "PutPublicAccessBlock": ("PutBucketPublicAccessBlock",),
        "SelectObjectContent": ("GetObject",),
        "UploadPart": ("PutObject",),
        "UploadPartCopy": ("PutObject", "GetObject"),
    },
    "lambda": {
        "Invoke": ("InvokeFunction",),
        "InvokeExecution": ("InvokeFunction",),
        "InvokeWithResponseStream": ("InvokeFunction",),
        "GetLayerVersionByArn": ("GetLayerVersion",),
    },
    "dynamodb": {
        "TransactGetItems": ("GetItem",),
        "DescribeTableReplicaAutoScaling": ("DescribeTable",),
    },
    "sqs": {
        "ChangeMessageVisibilityBatch": ("ChangeMessageVisibility",),
        "DeleteMessageBatch": ("DeleteMessage",),
        "SendMessageBatch": ("SendMessage",),
    },
    "sns": {"PublishBatch": ("Publish",)},
    "kms": {"ReEncrypt": ("ReEncryptFrom", "ReEncryptTo")},
    "bedrock": {
        "Converse": ("InvokeModel",),
        "ConverseStream": ("InvokeModelWithResponseStream",),
        "InvokeModelWithBidirectionalStream": ("InvokeModel",),
        "StartAsyncInvoke": ("InvokeModel",),
    },
    "budgets": {
        **dict.fromkeys(
            ("CreateBudget", "UpdateBudget", "DeleteBudget", "CreateNotification", "UpdateNotification"),
            ("ModifyBudget",),
        ),
        **dict.fromkeys(
            ("DeleteNotification", "CreateSubscriber", "UpdateSubscriber", "DeleteSubscriber"), ("ModifyBudget",)
        ),
        **dict.fromkeys(("DescribeBudget", "DescribeBudgets", "DescribeBudgetPerformanceHistory"), ("ViewBudget",)),
        **dict.fromkeys(
            (
                "DescribeBudgetNotificationsForAccount",
                "DescribeNotificationsForBudget",
                "DescribeSubscribersForNotification",
            ),
            ("ViewBudget",),
        ),
    },
    "cloudfront": {"CreateDistributionWithTags": ("CreateDistribution", "TagResource")},
    "access-analyzer": {"GetFindingV2": ("GetFinding",), "ListFindingsV2": ("ListFindings",)},
    "verifiedpermissions": {
        "BatchIsAuthorized": ("IsAuthorized",),
        "BatchIsAuthorizedWithToken": ("IsAuthorizedWithToken",),
    },
}
"""Prefix → operation → the actions it takes, the first of which is its own."""

_VERBS = (
    (("Get", "Export"), "GET"),
    (("Create", "Import", "Test", "Generate"), "POST"),
    (("Update",), "PATCH"),
    (("Put", "Tag", "Reimport"), "PUT"),
    (("Delete", "Flush", "Untag", "Reset"), "DELETE"),
)
"""API Gateway's actions are HTTP methods.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
"""

_DATED = re.compile(r"(?:\d{8}|\d{4}_\d{2}_\d{2})(?:v\d+)?$")
"""Lambda and CloudFront write the date of the API behind its operations: Invoke20150331, GetFunction20150331v2."""


@functools.lru_cache(maxsize=65_536)
def actions_of(endpoint: str, operation: str) -> tuple[tuple[str, ...], bool]:
    """The actions of an operation, and whether they are known; an unknown one is its own name."""
    prefixes = PREFIXES.get(endpoint, (endpoint,))
    plain = _DATED.sub("", operation)
    for prefix in prefixes:
        for name in dict.fromkeys((operation, plain)):
            told = OPERATIONS.get(prefix, {}).get(name)
            if told is not None:
                return tuple(f"{prefix}:{one}" for one in told), True
            found = known.action(f"{prefix}:{name}")
            if found is not None:
                return (found.name,), True
        if prefix == "apigateway":
            verb = next((verb for starts, verb in _VERBS if plain.startswith(starts)), "")
            if verb:
                return (f"apigateway:{verb}",), True
    return (f"{prefixes[0]}:{_slug(plain)}",), False


def _slug(text: str) -> str:
    """An operation as a policy could name it: what no action can hold is left out."""
    return re.sub(r"[^A-Za-z0-9_-]", "", text)[:128] or "Unnamed"
