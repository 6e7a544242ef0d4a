"""A request with the policies that bear on it, in the format of `neph test`: what the certificate can decide again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nephograph.engines.permissions.context import Known
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.policyset import Policies
from nephograph.engines.permissions.who import Who


def request_of(
    engine: Engine, one: Who, action: str, resource: str, owner: str, chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """The request: the context holds what follows from who asks and of what, and what was chosen."""
    context: dict[str, Any] = {}
    known: dict[str, Known] = {**chosen, **engine.known(one, resource, owner)}
    for key, value in known.items():
        if isinstance(value, tuple):
            context[key] = value[0] if len(value) == 1 else list(value)
    return {
        "principal": one.spelled,
        "action": action,
        "resource": resource,
        "resource_account": owner,
        "context": dict(sorted(context.items())),
    }


def policies_of(engine: Engine, one: Who, action: str, resource: str, owner: str) -> dict[str, Any] | None:
    """Every policy of a set that bears on a request; None when the content of one is not known or not kept."""
    del action
    policies = engine.set
    entity = policies.behind(one)
    account, owning = policies.accounts.get(one.account), policies.accounts.get(owner)
    holding = policies.holder(resource)
    try:
        merged = _documents(engine, holding.policies) if holding else []
        return {
            "identity": _documents(engine, entity.policies) if entity else [],
            "resource": _one(merged),
            "boundary": _documents(engine, entity.boundary) if entity else [],
            "scp": [_documents(engine, level) for level in (account.scp if account and one.signed else ())],
            "rcp": [_documents(engine, level) for level in (owning.rcp if owning else ())],
        }
    except KeyError:
        return None


def _documents(engine: Engine, numbers: Policies) -> list[Any]:
    kept = engine.set.documents
    if kept is None:
        raise KeyError(numbers)
    return [kept[number] for number in numbers]


def _one(documents: list[Any]) -> Any:
    """A case holds one resource policy: several are one with all their statements, when they are of one version."""
    if len(documents) <= 1:
        return documents[0] if documents else None
    if len({document.get("Version") for document in documents}) > 1:
        raise KeyError("versions")
    statements: list[Any] = []
    for document in documents:
        said = document["Statement"]
        statements += said if isinstance(said, list) else [said]
    return {**documents[0], "Statement": statements}
