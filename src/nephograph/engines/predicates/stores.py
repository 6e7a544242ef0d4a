"""Stores of data, by what they need to be read."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.value import Unknown
from nephograph.model.verdict import any_of, depends, yes


@predicate(1)
def is_secure_parameter(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The parameter is a SecureString.

    https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
    """
    for parameter in bound(facts, args[0], facts.resources("aws_ssm_parameter")):
        said = parameter.get("type")
        if isinstance(said, Unknown):
            verdict = depends(f"whether parameter {name(parameter)} is secret ({said})")
            yield fact("is_secure_parameter", parameter.urn, verdict=verdict)
        elif said == "SecureString":
            verdict = yes(evidence(f"parameter {name(parameter)} is a SecureString", parameter, "type"))
            yield fact("is_secure_parameter", parameter.urn, verdict=verdict)


_READS = ("dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query")


@predicate(2)
def can_read_items(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may read items of the table, by whichever action.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
    """
    assert args[0] is not None, "who reads is always said"
    for table in bound(facts, args[1], facts.resources("aws_dynamodb_table")):
        asked = [action for action in _READS if facts.identity.candidates(args[0], action, [table])]
        verdict = any_of(facts.can(args[0], action, table).verdict for action in asked)
        yield fact("can_read_items", args[0], table.urn, verdict=verdict)


@predicate(1)
def is_public_search_domain(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The search domain has an endpoint on the internet, outside of any VPC.

    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
    """
    for domain in bound(facts, args[0], facts.resources("aws_opensearch_domain")):
        said, groups = domain.get("subnets"), domain.get("security_groups")
        if isinstance(groups, list) and groups:
            continue  # only a domain in subnets has groups
        if isinstance(said, Unknown):
            verdict = depends(f"whether {name(domain)} is in a VPC ({said})")
        elif said or domain.get("vpc") is not None:
            continue
        elif domain.get("fine_grained_access") is not False:
            verdict = depends(f"whom the users and roles inside {name(domain)} let search")
        else:
            verdict = yes(evidence(f"{name(domain)} has an endpoint on the internet", domain))
        yield fact("is_public_search_domain", domain.urn, verdict=verdict)


@predicate(1)
def encrypts_something(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Something of the estate is encrypted by the key."""
    for key in bound(facts, args[0], facts.resources("aws_kms_key")):
        things = facts.holders(key, "encrypted_by")
        if things:
            more = f" and {len(things) - 1} more" if len(things) > 1 else ""
            proof = evidence(f"{name(key)} encrypts {name(things[0])}{more}", things[0])
            yield fact("encrypts_something", key.urn, verdict=yes(proof))


@predicate(1)
def password_in_code(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The password of the database's administrator stands in the code.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    """
    for kind in ("aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster"):
        for database in bound(facts, args[0], facts.resources(kind)):
            if database.get("password_in_code") is True:
                text = f"the password of {name(database)} stands in the code"
                verdict = yes(evidence(text, database, "password_in_code"))
                yield fact("password_in_code", database.urn, verdict=verdict)
