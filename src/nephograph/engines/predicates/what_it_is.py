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


def _is_kind(predicate: str, kind: str, word: str) -> Predicate:
    def find(facts: EstateFacts, args: Args) -> Iterator[Fact]:
        yield from (_is(predicate, r, f"is {word}") for r in bound(facts, args[0], facts.resources(kind)))

    return Predicate(predicate, 1, f"The resource is {word} (`{kind}`).", find)


def _is(predicate: str, resource: Resource, text: str) -> Fact:
    return fact(predicate, resource.urn, verdict=yes(evidence(f"{name(resource)} {text}", resource)))


is_bucket = _is_kind("is_bucket", "aws_s3_bucket", "an S3 bucket")
is_secret = _is_kind("is_secret", "aws_secretsmanager_secret", "a secret")
is_role = _is_kind("is_role", "aws_iam_role", "an IAM role")
is_user = _is_kind("is_user", "aws_iam_user", "an IAM user")
is_instance = _is_kind("is_instance", "aws_instance", "an EC2 instance")
is_function = _is_kind("is_function", "aws_lambda_function", "a Lambda function")


@predicate(1)
def is_database(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource is a database."""
    found = bound(facts, args[0], facts.resources(cls=Class.DATABASE))
    yield from (_is("is_database", r, "is a database") for r in found)
