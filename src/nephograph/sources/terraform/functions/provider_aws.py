"""Functions of the AWS provider: `provider::aws::…`. They need no cloud.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse
"""

from __future__ import annotations

from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.functions.registry import function
from nephograph.sources.terraform.values import EvaluationError, describe, joined

_FIELDS = ("partition", "service", "region", "account_id", "resource")


@function("provider::aws::arn_parse(string)")
def arn_parse(arn: str) -> dict[str, str]:
    """An ARN as its fields."""
    scheme, *fields = arn.split(":", 5)
    if scheme != "arn" or len(fields) != len(_FIELDS):
        raise EvaluationError(f"{describe(arn)} is not an ARN")
    return dict(zip(_FIELDS, fields, strict=True))


@function("provider::aws::arn_build(string, string, string, string, string)", unknowns="all")
def arn_build(*fields: Any) -> Any:
    """Fields as an ARN; known ones stay known."""
    pieces: list[str | Unknown] = ["arn"]
    for field in fields:
        pieces += [":", field]
    return joined(pieces)


@function("provider::aws::trim_iam_role_path(string)")
def trim_iam_role_path(arn: str) -> str:
    """The ARN of a role without the role's path."""
    fields = arn_parse(arn)
    kind, _, name = fields["resource"].partition("/")
    if kind != "role":
        raise EvaluationError(f"{describe(arn)} is not the ARN of a role")
    head = arn[: len(arn) - len(fields["resource"])]
    return f"{head}role/{name.rpartition('/')[2]}"
