"""What a resource grants in another form than a policy, as the policy that would say the same.

https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.identity.statement import Statement

AS_STATEMENTS = frozenset({"aws_kms_key", "aws_lambda_function"})
"""Kinds whose grants are statements of a `PolicySet`. Whether a list of S3 grants hangs on settings that it has not."""


def document_of(one: Statement) -> dict[str, Any]:
    """A grant as a policy of its resource would say it."""
    named: dict[str, list[str]] = {}
    for kind, value in one.principals.named if one.principals is not None else ():
        named.setdefault(kind, []).append(value)
    condition: dict[str, dict[str, list[str]]] = {}
    for test in one.conditions:
        condition.setdefault(test.operator, {}).setdefault(test.key, []).extend(test.values)
    statement = {
        "Effect": one.effect,
        "Principal": "*" if "*" in named else named,
        "Action": list(one.actions.patterns),
        "Resource": list(one.resources.patterns),
        **({"Condition": condition} if condition else {}),
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
