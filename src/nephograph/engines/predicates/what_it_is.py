"""What a resource is."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, Predicate, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.verdict import yes

_WORKLOADS = (Class.COMPUTE, Class.FUNCTION, Class.CONTAINER)


@predicate(1)
def is_workload(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource runs code: an instance, a function, a container."""
    found = (r for cls in _WORKLOADS for r in bound(facts, args[0], facts.resources(cls=cls)))
    yield from (_is("is_workload", r, "runs code") for r in found)


@predicate(1)
def is_principal(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource is an IAM user or role."""
    for kind in ("aws_iam_role", "aws_iam_user"):
        yield from (_is("is_principal", r, "is an IAM principal") for r in bound(facts, args[0], facts.resources(kind)))


@predicate(2)
def same(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Both are one thing of the estate; the first is always said."""
    assert args[0] is not None, "which thing is always said"
    found = facts.resource(args[0])
    if found is not None and args[1] in (None, found.urn):
        yield fact("same", found.urn, found.urn, verdict=yes(evidence(f"{name(found)} is taken as held", found)))


def _is_kind(predicate: str, kind: str, word: str) -> Predicate:
    def find(facts: EstateFacts, args: Args) -> Iterator[Fact]:
        yield from (_is(predicate, r, f"is {word}") for r in bound(facts, args[0], facts.resources(kind)))

    return Predicate(predicate, 1, f"The resource is {word} (`{kind}`).", find)


def _is(predicate: str, resource: Resource, text: str) -> Fact:
    return fact(predicate, resource.urn, verdict=yes(evidence(f"{name(resource)} {text}", resource)))


is_bucket = _is_kind("is_bucket", "aws_s3_bucket", "an S3 bucket")
is_secret = _is_kind("is_secret", "aws_secretsmanager_secret", "a secret")
is_table = _is_kind("is_table", "aws_dynamodb_table", "a DynamoDB table")
is_queue = _is_kind("is_queue", "aws_sqs_queue", "an SQS queue")
is_topic = _is_kind("is_topic", "aws_sns_topic", "an SNS topic")
is_event_bus = _is_kind("is_event_bus", "aws_cloudwatch_event_bus", "an event bus")
is_image_repository = _is_kind("is_image_repository", "aws_ecr_repository", "an image repository")
is_search_domain = _is_kind("is_search_domain", "aws_opensearch_domain", "a search domain")
is_volume = _is_kind("is_volume", "aws_ebs_volume", "an EBS volume")
is_volume_snapshot = _is_kind("is_volume_snapshot", "aws_ebs_snapshot", "an EBS snapshot")
is_database_snapshot = _is_kind("is_database_snapshot", "aws_db_snapshot", "a snapshot of a database")
is_cluster_snapshot = _is_kind("is_cluster_snapshot", "aws_db_cluster_snapshot", "a snapshot of a database cluster")
is_database_instance = _is_kind("is_database_instance", "aws_db_instance", "a database instance")
is_database_cluster = _is_kind("is_database_cluster", "aws_rds_cluster", "a database cluster")
is_vault = _is_kind("is_vault", "aws_backup_vault", "a backup vault")
is_trail = _is_kind("is_trail", "aws_cloudtrail", "a trail of the audit log")
is_detector = _is_kind("is_detector", "aws_guardduty_detector", "a GuardDuty detector")
is_recorder = _is_kind("is_recorder", "aws_config_configuration_recorder", "a recorder of configurations")
is_log_group = _is_kind("is_log_group", "aws_cloudwatch_log_group", "a log group")
is_file_system = _is_kind("is_file_system", "aws_efs_file_system", "a file system")
is_role = _is_kind("is_role", "aws_iam_role", "an IAM role")
is_user = _is_kind("is_user", "aws_iam_user", "an IAM user")
is_instance = _is_kind("is_instance", "aws_instance", "an EC2 instance")
is_function = _is_kind("is_function", "aws_lambda_function", "a Lambda function")


@predicate(1)
def is_database(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource is a database."""
    found = bound(facts, args[0], facts.resources(cls=Class.DATABASE))
    yield from (_is("is_database", r, "is a database") for r in found)
