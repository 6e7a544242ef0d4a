"""Calls become actions on resources."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.engines.usage import known
from nephograph.engines.usage.namer import ActionNamer
from nephograph.engines.usage.operations import OPERATIONS, PREFIXES, actions_of
from nephograph.engines.usage.wild import escaped, glob, unescaped
from nephograph.model.events import Call

ACCOUNT, REGION = "111122223333", "eu-west-1"
HERE = f"{REGION}:{ACCOUNT}"


def named(service: str, operation: str, parameters: dict[str, Any], *resources: str) -> list[tuple[str, list[str]]]:
    call = Call(service, operation, REGION, ACCOUNT, parameters, resources)
    return [(one.action, list(one.resources)) for one in ActionNamer().name(call)]


def test_every_action_of_the_map_exists() -> None:
    assert [p for prefixes in PREFIXES.values() for p in prefixes if known.service(p) is None] == []
    told = [f"{prefix}:{one}" for prefix, those in OPERATIONS.items() for names in those.values() for one in names]
    assert [one for one in told if known.action(one) is None] == []


@pytest.mark.parametrize(
    ("endpoint", "operation", "action"),
    [
        ("s3", "ListObjectsV2", "s3:ListBucket"),
        ("s3", "HeadObject", "s3:GetObject"),
        ("s3", "PutBucketEncryption", "s3:PutEncryptionConfiguration"),
        ("lambda", "Invoke20150331", "lambda:InvokeFunction"),
        ("lambda", "UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode"),
        ("cloudfront", "GetDistribution2020_05_31", "cloudfront:GetDistribution"),
        ("monitoring", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"),
        ("autoscaling", "RegisterScalableTarget", "application-autoscaling:RegisterScalableTarget"),
        ("apigateway", "UpdateStage", "apigateway:PATCH"),
        ("sqs", "SendMessageBatch", "sqs:SendMessage"),
    ],
)
def test_operations_that_are_called_otherwise(endpoint: str, operation: str, action: str) -> None:
    assert actions_of(endpoint, operation) == ((action,), True)


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "resource"),
    [
        ("lambda", "Invoke", {"functionName": "f"}, f"arn:aws:lambda:{HERE}:function:f"),
        ("lambda", "Invoke", {"functionName": f"{ACCOUNT}:function:f"}, f"arn:aws:lambda:{HERE}:function:f"),
        ("dynamodb", "Query", {"tableName": "orders"}, f"arn:aws:dynamodb:{HERE}:table/orders"),
        ("secretsmanager", "GetSecretValue", {"secretId": "db"}, f"arn:aws:secretsmanager:{HERE}:secret:db-??????"),
        (
            "sqs",
            "SendMessage",
            {"queueUrl": f"https://sqs.example/{ACCOUNT}/q"},
            f"arn:aws:sqs:{HERE}:q",
        ),
        ("ssm", "GetParameter", {"name": "/app/db"}, f"arn:aws:ssm:{HERE}:parameter/app/db"),
        ("rds", "StopDBInstance", {"dBInstanceIdentifier": "db1"}, f"arn:aws:rds:{HERE}:db:db1"),
        ("ecs", "UpdateService", {"cluster": "c", "service": "s"}, f"arn:aws:ecs:{HERE}:service/c/s"),
        ("eks", "DescribeCluster", {"name": "c"}, f"arn:aws:eks:{HERE}:cluster/c"),
        ("kms", "Decrypt", {"keyId": f"arn:aws:kms:{HERE}:key/k"}, f"arn:aws:kms:{HERE}:key/k"),
        ("sts", "AssumeRole", {"roleArn": "arn:aws:iam::444455556666:role/x"}, "arn:aws:iam::444455556666:role/x"),
        ("logs", "CreateLogGroup", {"logGroupName": "/aws/x"}, f"arn:aws:logs:{HERE}:log-group:/aws/x:*"),
        ("s3", "ListBuckets", {}, "*"),
        ("s3", "DeleteObjects", {"bucketName": "d"}, "arn:aws:s3:::d/*"),
        ("ec2", "DescribeInstances", {"instancesSet": {}}, "*"),
    ],
)
def test_resources_out_of_parameters(service: str, operation: str, parameters: dict[str, Any], resource: str) -> None:
    ((_, found),) = named(service, operation, parameters)
    assert found == [resource]


def test_arns_of_the_record_go_before_parameters_and_only_those_that_fit() -> None:
    bucket, key = "arn:aws:s3:::data", "arn:aws:s3:::data/in/a"
    assert named("s3", "GetObject", {"bucketName": "x", "key": "y"}, key, bucket) == [("s3:GetObject", [key])]
    assert named("s3", "ListObjects", {"bucketName": "data"}, f"{bucket}/*", bucket) == [("s3:ListBucket", [bucket])]


def test_every_required_type_is_there_and_open_where_the_log_is_silent() -> None:
    ((action, found),) = named("ec2", "RunInstances", {"imageId": "ami-1", "subnetId": "subnet-1"})
    assert action == "ec2:RunInstances"
    assert f"arn:aws:ec2:{REGION}::image/ami-1" in found
    assert f"arn:aws:ec2:{HERE}:subnet/subnet-1" in found
    assert f"arn:aws:ec2:{HERE}:security-group/*" in found
    assert f"arn:aws:ec2:{HERE}:instance/*" in found


def test_many_things_at_once_are_told_apart() -> None:
    items = {"instancesSet": {"items": [{"instanceId": "i-1"}, {"instanceId": "i-2"}]}}
    ((_, found),) = named("ec2", "StopInstances", items)
    assert found == [f"arn:aws:ec2:{HERE}:instance/i-1", f"arn:aws:ec2:{HERE}:instance/i-2"]


def test_a_version_a_copy_and_a_key_that_encrypts_anew_take_more() -> None:
    assert named("s3", "GetObject", {"bucketName": "d", "key": "k", "versionId": "1"})[0][0] == "s3:GetObjectVersion"
    copied = named("s3", "CopyObject", {"bucketName": "d", "key": "k", "x-amz-copy-source": "/src/a%20b?versionId=1"})
    assert copied == [("s3:PutObject", ["arn:aws:s3:::d/k"]), ("s3:GetObject", ["arn:aws:s3:::src/a b"])]
    assert [name for name, _ in named("kms", "ReEncrypt", {})] == ["kms:ReEncryptFrom", "kms:ReEncryptTo"]


def test_a_role_that_is_handed_over_is_implied() -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/fn"
    call = Call("lambda", "CreateFunction20150331", REGION, ACCOUNT, {"functionName": "f", "role": role})
    create, handed = ActionNamer().name(call)
    assert (create.action, create.implied) == ("lambda:CreateFunction", False)
    assert (handed.action, handed.resources, handed.implied) == ("iam:PassRole", (role,), True)


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1", "us-isob-east-1"])
def test_other_partitions(region: str) -> None:
    (one,) = ActionNamer().name(Call("sqs", "PurgeQueue", region, ACCOUNT, {"queueUrl": "https://x/1/q"}))
    partition = {"cn": "aws-cn", "us": "aws-us-gov" if "gov" in region else "aws-iso-b"}[region[:2]]
    assert one.resources == (f"arn:{partition}:sqs:{region}:{ACCOUNT}:q",)


def test_names_are_written_so_that_nothing_in_them_is_a_wildcard() -> None:
    for name in ("a*b?c", "${x}", "$", "$${*}", "plain"):
        assert unescaped(escaped(name)) == name
    assert glob("a*c?", "abbbcd")
    assert not glob("a?c", "a*c"), "what a pattern of the text stands for may be longer"
    assert glob("*", "")
    assert not glob("*" + "a*" * 40 + "b", "a" * 4000)
