"""Whether two evaluated values are one and the same, down to their types: what keeps its values keeps its readers."""

from __future__ import annotations

from typing import Any

from nephograph.sources.terraform.scope import OpenObject
from nephograph.sources.terraform.secrets import Secret, revealed


def same(one: Any, other: Any) -> bool:
    """True when nothing that reads the one could tell it from the other. A whole resource is never the same."""
    if type(one) is not type(other):
        return False
    if one is other and isinstance(one, str | int | float | bool | None):
        return True
    if isinstance(one, OpenObject):
        if one.whole or other.whole or one.ref != other.ref:
            return False
        return _same_pairs(dict(one.written_items()), dict(other.written_items()))
    if isinstance(one, dict):
        return _same_pairs(one, other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one) is Secret:
        return bool(one == other) and same(revealed(one), revealed(other))
    return bool(one == other)


def _same_pairs(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return len(one) == len(other) and list(one) == list(other) and all(same(v, other[k]) for k, v in one.items())
