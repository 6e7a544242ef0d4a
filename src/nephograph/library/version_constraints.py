"""What a version constraint of Terraform leaves open.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from __future__ import annotations

import re

_PART = re.compile(r"\s*(>=|<=|!=|~>|=|>|<)?\s*v?(\d+(?:\.\d+)*(?:[-+][\w.+-]+)?)\s*")


def is_bounded(constraint: str) -> bool:
    """Does it keep out some later release? `~> 5.0`, `< 6`, `= 5.1` and `5.1` do; `>= 5.0` lets in whatever comes."""
    return any(operator in ("", "=", "~>", "<", "<=") for operator, _ in _parts(constraint))


def _parts(constraint: str) -> list[tuple[str, str]]:
    found = [_PART.fullmatch(part) for part in constraint.split(",")]
    return [(match[1] or "", match[2]) for match in found if match is not None]
