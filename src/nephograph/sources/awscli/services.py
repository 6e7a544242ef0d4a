"""Other names of services: the AWS CLI, endpoints and people call some of them otherwise than botocore's folders."""

from __future__ import annotations

_NAMES = {
    # The AWS CLI's own names: https://docs.aws.amazon.com/cli/latest/reference/
    "s3api": ("s3",),
    "configservice": ("config",),
    "deploy": ("codedeploy",),
    # Endpoint prefixes, by which the services are named in IAM policies and recordings.
    "apiecr": ("ecr",),
    "apiecrpublic": ("ecr-public",),
    "apipricing": ("pricing",),
    "apisagemaker": ("sagemaker",),
    "airflow": ("mwaa",),
    "aoss": ("opensearchserverless",),
    "apigateway": ("apigateway", "apigatewayv2"),
    "appstream2": ("appstream",),
    "aps": ("amp",),
    "cassandra": ("keyspaces",),
    "cloudcontrolapi": ("cloudcontrol",),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elb", "elbv2"),
    "elasticmapreduce": ("emr",),
    "email": ("ses", "sesv2"),
    "es": ("es", "opensearch"),
    "ingesttimestream": ("timestream-write",),
    "kinesisanalytics": ("kinesisanalytics", "kinesisanalyticsv2"),
    "monitoring": ("cloudwatch",),
    "portalsso": ("sso",),
    "rds": ("rds", "docdb", "neptune"),
    "servicequotas": ("service-quotas",),
    "sso": ("sso", "sso-admin"),
    "states": ("stepfunctions",),
    "tagging": ("resourcegroupstaggingapi",),
    # What people write in names of directories.
    "elasticloadbalancingv2": ("elbv2",),
    "eventbridge": ("events",),
    "cloudwatchlogs": ("logs",),
}


def squashed(name: str) -> str:
    """A name without the marks and capitals by which dialects tell words apart: `Elastic-Load_Balancing`."""
    return "".join(char for char in name if char.isalnum()).lower()


def services_named(name: str) -> tuple[str, ...]:
    """The services (as botocore's folders are called, squashed) that a word may mean: itself when it is no alias."""
    word = squashed(name)
    return tuple(squashed(service) for service in _NAMES.get(word, (word,)))
