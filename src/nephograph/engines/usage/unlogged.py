"""What a log does not record: of such an action it cannot be said that it is not used.

Trails record management events; calls on data (objects, items, messages, invocations) only where data events are
turned on for their type. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
Passing a role is checked and never recorded. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

from collections.abc import Iterable

from nephograph.engines.usage import known

NEVER = frozenset({"iam:PassRole"})

_DATA = {
    "dynamodb": "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PartiQLDelete PartiQLInsert "
    "PartiQLSelect PartiQLUpdate PutItem Query Scan UpdateItem GetRecords GetShardIterator DescribeStream",
    "lambda": "InvokeFunction InvokeAsync InvokeFunctionUrl",
    "sqs": "SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility",
    "sns": "Publish",
    "kinesis": "PutRecord PutRecords GetRecords GetShardIterator SubscribeToShard",
    "s3": "ListBucket ListBucketVersions ListBucketMultipartUploads",
    "cloudwatch": "PutMetricData GetMetricData GetMetricStatistics ListMetrics",
    "execute-api": "Invoke ManageConnections",
    "rds-data": "ExecuteStatement BatchExecuteStatement BeginTransaction CommitTransaction RollbackTransaction",
    "sagemaker": "InvokeEndpoint InvokeEndpointAsync PutRecord GetRecord",
    "bedrock": "InvokeAgent Retrieve RetrieveAndGenerate",
    "ssmmessages": "CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel",
    "xray": "PutTraceSegments GetTraceSummaries BatchGetTraces",
    "logs": "PutLogEvents",
    "cassandra": "Select Modify",
    "rds-db": "connect",
}
_NAMES = frozenset(f"{prefix}:{name}".lower() for prefix, names in _DATA.items() for name in names.split())


def is_data(action: known.Action) -> bool:
    """True for an action whose calls are recorded as data events, or not at all."""
    if action.name.lower() in _NAMES:
        return True
    return action.name.startswith("s3:") and "object" in (*action.required, *action.optional)


def logged_services(actions: Iterable[str]) -> frozenset[str]:
    """The services of which a log holds calls on data: there, data events are turned on for something."""
    found = ((name, known.action(name)) for name in actions)
    return frozenset(name.partition(":")[0] for name, action in found if action is not None and is_data(action))


def is_unlogged(action: known.Action, logged: frozenset[str]) -> bool:
    """True when the log could not hold a call of the action."""
    return action.name in NEVER or (is_data(action) and action.name.partition(":")[0] not in logged)
