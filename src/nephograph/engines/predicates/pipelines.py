"""Pipelines of one's own: the repositories that roles name as those they trust."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.tenants import SHARED
from nephograph.engines.identity.trust import WEB, federations, host_of
from nephograph.engines.predicates.declare import Args, bound, fact, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, any_of, depends

_BRANCH = "main"


@predicate(3)
def admits_pipeline(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The role takes tokens of pipelines that it names: the provider (GitHub, GitLab), and the subjects it asks for."""
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        for federation in federations(facts.identity, role):
            tenants = SHARED.get(federation.provider)
            if tenants is None or args[1] not in (None, tenants.name):
                continue
            for subject in federation.subjects:
                if args[2] in (None, subject):
                    verdict = _taken(facts, role, federation.provider, subject)
                    yield fact("admits_pipeline", role.urn, tenants.name, subject, verdict=verdict)


def _taken(facts: EstateFacts, role: Resource, host: str, subject: str) -> Verdict:
    """Would a token with such a subject do? A wildcard stands for a branch."""
    providers = [
        value
        for policy in facts.identity.own_policies(role)
        for statement in policy.statements
        if statement.effect != "Deny" and statement.principals
        for kind, value in statement.principals.named
        if kind == "Federated" and host_of(value) == host
    ]
    given: dict[str, Known] = {f"{host}:aud": ("sts.amazonaws.com",)}
    filled: dict[str, Known] = {f"{host}:sub": (subject.replace("*", _BRANCH).replace("?", _BRANCH[0]),)}
    verdict = any_of(facts.identity.can(f"federated:{one}", WEB, role, given | filled).verdict for one in providers)
    if "*" in subject and verdict.answer == "no":
        some = any_of(facts.identity.can(f"federated:{one}", WEB, role, given).verdict for one in providers)
        return depends(f"which subjects {subject} stands for", because=some.because) if some.possible else some
    return verdict
