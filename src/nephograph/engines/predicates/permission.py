"""What principals may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nephograph.catalog.registry import kind, kind_names
from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Decision, Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.verdict import Evidence, Verdict, depends, yes


@predicate(3)
def can(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may do the action on the resource, by every policy that applies."""
    principal, action, resource = args
    assert action is not None, "which action is always said"
    for who in _principals(facts, principal):
        # What has no ARN is no resource to policies, save of a kind whose ARN the catalog does not know how to spell.
        targets = [t for t in _asked_of(facts, action, resource) if t.arn or t.kind not in kind_names()]
        for target in facts.identity.candidates(who, action, targets):
            decision = facts.can(who, action, target)
            yield fact("can", who, action, target.urn, verdict=_with_conditions(decision))


@predicate(2)
def may(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may do the action on something, existing or not yet."""
    principal, action = args
    assert action is not None, "which action is always said"
    for who in _principals(facts, principal):
        yield fact("may", who, action, verdict=_with_conditions(facts.can(who, action, "*")))


@predicate(2)
def can_decrypt(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal can read the resource's content in clear: no customer key, or it may use the key.

    AWS-managed and S3-managed keys decrypt for whoever may read, within the account
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
    """
    principal, resource = args
    stores = [r for name in sorted(facts.estate.kinds()) if _key_field(name) for r in facts.resources(name)]
    for who in _principals(facts, principal):
        for store in bound(facts, resource, stores):
            yield fact("can_decrypt", who, store.urn, verdict=_decrypts(facts, who, store))


_SERVICES = {"sts": "iam", "ssm": "ec2", "ec2-instance-connect": "ec2", "ebs": "ec2"}
"""Services whose actions are asked of resources of another service."""


def _asked_of(facts: EstateFacts, action: str, arg: str | None) -> list[Resource]:
    """The resources an action can be about, those of its service; among them what the argument names."""
    prefix, _, verb = action.partition(":")
    service = _SERVICES.get(prefix.lower(), prefix.lower())
    if prefix == "ssm" and "Parameter" in verb:
        service = "ssm"
    if arg is not None:
        named = facts.resource(arg)
        return [named] if named is not None and _service(named.kind) == service else []
    names = [name for name in sorted(facts.estate.kinds()) if _service(name) == service]
    return [resource for name in names for resource in facts.resources(name)]


def _service(name: str) -> str:
    """The service of a kind, "" when the catalog does not have it."""
    return kind(name).service if name in kind_names() else ""


def _key_field(name: str) -> tuple[str, ...]:
    """The field of a kind that names the key its content is encrypted by; () when it has none."""
    links = kind(name).links if name in kind_names() else ()
    return next(
        (tuple(link.path.split(".")) for link in links if link.kind == "encrypted_by" and "*" not in link.path), ()
    )


def _decrypts(facts: EstateFacts, who: str, store: Resource) -> Verdict:
    path = _key_field(store.kind)
    keys: Sequence[Resource] = facts.attached(store, "encrypted_by")
    if keys:
        return _with_conditions(facts.can(who, "kms:Decrypt", keys[0]))
    said = store.get(*path)
    if said is None or (isinstance(said, str) and said.startswith("alias/aws/")):
        return yes(evidence(f"{name(store)} has no customer key", store, *path))
    return depends(f"the key of {name(store)}: {said}")


def _principals(facts: EstateFacts, arg: str | None) -> Iterator[str]:
    if arg is not None and facts.resource(arg) is None:
        yield arg
        return
    for resource in bound(facts, arg, facts.resources(cls=Class.PRINCIPAL)):
        if resource.kind in ("aws_iam_role", "aws_iam_user"):
            yield resource.urn


def _with_conditions(decision: Decision) -> Verdict:
    """The verdict with what has to hold of the request said beside the statements."""
    if decision.verdict.answer != "yes" or not decision.condition:
        return decision.verdict
    proof = decision.verdict.because
    return Verdict("yes", (*proof, *(_condition(text, decision) for text in decision.condition)))


def _condition(text: str, decision: Decision) -> Evidence:
    return Evidence(text if text.startswith("for ") else f"when {text}", decision.principal)
