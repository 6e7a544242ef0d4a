"""Long-lived access keys: which users have one, and where one is written down for code to use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.engines.facts import EstateFacts
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown
from nephograph.model.verdict import depends, yes

_WRITTEN = {"aws_instance": "user_data", "aws_lambda_function": "environment"}
"""By kind: the field that hands texts to the code it runs."""


@predicate(2)
def key_of(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The access key, which does not end by itself, acts as the user.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    """
    for key in bound(facts, args[0], facts.resources("aws_iam_access_key")):
        for user in facts.attached(key, "key_of", "aws_iam_user"):
            if args[1] in (None, user.urn) and key.get("status") != "Inactive":
                proof = evidence(f"{key.address} is an active key of user {name(user)}", key, "status")
                said = key.get("status")
                open_ = isinstance(said, Unknown)
                verdict = depends(f"whether {key.address} is active", because=(proof,)) if open_ else yes(proof)
                yield fact("key_of", key.urn, user.urn, verdict=verdict)


@predicate(2)
def written_key_of(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """A credential that is written in a file of the code is an active access key of the user.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    """
    for credential in bound(facts, args[0], facts.resources("code_credential")):
        for key in facts.attached(credential, "opens", "aws_iam_access_key"):
            for user in facts.attached(key, "key_of", "aws_iam_user"):
                if args[1] in (None, user.urn) and key.get("status") != "Inactive":
                    where = ("places", 0)
                    file = credential.get(*where, "file")
                    proof = evidence(f"{file} holds the id of an access key of user {name(user)}", credential, *where)
                    if credential.get("whole") is True:
                        verdict = yes(proof)
                    else:
                        verdict = depends(f"whether the secret of the key in {file} is at hand", because=(proof,))
                    yield fact("written_key_of", credential.urn, user.urn, verdict=verdict)


@predicate(2)
def carries_key(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The environment of the function, or the user data of the instance, holds the secret of an access key.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
    """
    keys = facts.resources("aws_iam_access_key")
    for kind, field in _WRITTEN.items() if keys else ():
        for workload in bound(facts, args[0], facts.resources(kind)):
            for address, path in _secrets(workload.get(field), (field,)):
                for key in keys:
                    if key.address == address and key.root == workload.root:
                        text = f"{field.replace('_', ' ')} of {name(workload)} holds the secret of {key.address}"
                        proof = evidence(text, workload, *path)
                        for user in facts.attached(key, "key_of", "aws_iam_user"):
                            if args[1] in (None, user.urn) and key.get("status") != "Inactive":
                                yield fact("carries_key", workload.urn, user.urn, verdict=yes(proof))


def _secrets(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Addresses of resources whose secret a value holds, and where."""
    if isinstance(value, Unknown):
        if value.ref is not None and value.ref.path[:1] == ("secret",):
            yield value.ref.address, path
        for part in value.parts:
            yield from _secrets(part, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _secrets(item, (*path, key))


@predicate(1)
def is_instance_with_user_data(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The instance has user data."""
    for instance in bound(facts, args[0], facts.resources("aws_instance")):
        if _has(instance):
            proof = evidence(f"{name(instance)} has user data", instance, "user_data")
            yield fact("is_instance_with_user_data", instance.urn, verdict=yes(proof))


def _has(instance: Resource) -> bool:
    return instance.get("user_data") is not None
