"""Models of well-known registry modules, for calls whose module is not in the tree. One file a module.

A model is configuration in Terraform's own language: the variables it understands with the module's defaults, the
resources that they imply under the module's own addresses, and the outputs that are commonly used. It is evaluated
like a module of the tree. What it does not say is unknown, not unset: an argument of a resource that the model does
not write is `Unknown(ABSENT_MODULE)` (null writes that it is not set), and so is an output that it does not have.

The file of `terraform-aws-modules/s3-bucket/aws` is `s3_bucket.tf`, that of its submodule `//modules/object` would be
`s3_bucket.object.tf`. A block `model { since = "3.15", until = 5 }` says from which version to which major version the
module behaves as the model says.
"""

from __future__ import annotations

import functools
import pathlib
import re
from typing import Any

import msgspec

from nephograph.sources.terraform.syntax import parse

_REGISTRY = re.compile(
    r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?terraform-aws-modules/([\w-]+)/aws(?://(?:modules/)?([\w-]+))?"
)
_GIT = re.compile(
    r"(?:git::)?(?:https://|ssh://|git@)?(?:git@)?github\.com[/:]terraform-aws-modules/terraform-aws-([\w-]+?)(?:\.git)?"
    r"(?://(?:modules/)?([\w-]+))?(?:\?(?:[^&]*&)*?ref=v?([\w.-]+)(?:&.*)?)?"
)
_NEWEST = (10**6,)


class Model(msgspec.Struct, frozen=True):
    """A model: the registry source it stands for, and its text."""

    source: str
    name: str
    content: str


def find(source: str, version: str | None) -> Model | None:
    """The model for a module source and the version constraint of the call; None when there is none."""
    registry, git = _REGISTRY.fullmatch(source), _GIT.fullmatch(source)
    match = registry or git
    if match is None:
        return None
    if git:
        version = git[3] if git[3] and re.fullmatch(r"[\d.]+", git[3]) else None if git[3] is None else "none"
    module, sub = match[1], match[2]
    name = ".".join(part.replace("-", "_") for part in (module, sub) if part)
    found = _read(name)
    if found is None:
        return None
    content, since, until = found
    newest = newest_allowed(version)
    if newest is None or newest < since or (newest != _NEWEST and newest[0] > until):
        return None
    suffix = f"//modules/{sub}" if sub else ""
    return Model(f"terraform-aws-modules/{module}/aws{suffix}", name, content)


@functools.cache
def _read(name: str) -> tuple[str, tuple[int, ...], int] | None:
    """The text of a model, and the versions it is of."""
    file = pathlib.Path(__file__).parent / f"{name}.tf"
    if not file.is_file():
        return None
    content = file.read_text(encoding="utf-8")
    block = next(item for item in parse(content).body[3] if item[0] == "block" and item[3] == "model")
    said: dict[str, Any] = {item[3]: item[4][3] for item in block[5][3]}
    return content, _numbers(said["since"]), int(said["until"])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def newest_allowed(constraint: str | None) -> tuple[int, ...] | None:
    """The newest version that a constraint allows, as far as it says; None for what is no constraint.

    https://developer.hashicorp.com/terraform/language/expressions/version-constraints
    """
    bounds: list[tuple[int, ...]] = [_NEWEST]
    for part in (constraint or "").split(","):
        match = re.fullmatch(r"\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2})\s*", part)
        if match is None:
            if part.strip():
                return None
            continue
        sign, numbers = match[1] or "=", _numbers(match[2])
        if sign in ("=", "<="):
            bounds.append(numbers)
        elif sign == "<":
            while len(numbers) > 1 and numbers[-1] == 0:
                numbers = numbers[:-1]
            bounds.append((*numbers[:-1], numbers[-1] - 1, 10**6))
        elif sign == "~>" and len(numbers) > 1:
            bounds.append((*numbers[:-1], 10**6))
    return min(bounds)
