"""What a resource is."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, Predicate, bound, fact, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Class

_WORKLOADS = (Class.COMPUTE, Class.FUNCTION, Class.CONTAINER)


@predicate(1)
def is_workload(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource runs code: an instance, a function, a container."""
    among = [r for cls in _WORKLOADS for r in facts.resources(cls=cls)]
    yield from (fact("is_workload", r.urn) for r in bound(facts, args[0], among))


def _is_kind(kind: str, name: str) -> Predicate:
    def find(facts: EstateFacts, args: Args) -> Iterator[Fact]:
        yield from (fact(name, r.urn) for r in bound(facts, args[0], facts.resources(kind)))

    return Predicate(name, 1, f"The resource is an {kind}.", find)


is_bucket = _is_kind("aws_s3_bucket", "is_bucket")
is_secret = _is_kind("aws_secretsmanager_secret", "is_secret")
is_role = _is_kind("aws_iam_role", "is_role")
is_user = _is_kind("aws_iam_user", "is_user")
is_function = _is_kind("aws_lambda_function", "is_function")


@predicate(1)
def is_database(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The resource is a database."""
    yield from (fact("is_database", r.urn) for r in bound(facts, args[0], facts.resources(cls=Class.DATABASE)))


@predicate(2)
def account_of(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The account a principal belongs to, as `account 111122223333`."""
    for resource in bound(facts, args[0], facts.resources(cls=Class.PRINCIPAL)):
        account = f"account {resource.scope.account}"
        if args[1] in (None, account):
            yield fact("account_of", resource.urn, account)
