"""The keys of a request: known values, known to be absent, or not known.

Names of keys ignore case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias


class Gap(enum.Enum):
    """What stands instead of values."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


ABSENT, UNKNOWN = Gap.ABSENT, Gap.UNKNOWN

Values: TypeAlias = tuple[str, ...]
Known: TypeAlias = Values | Gap


def spelled(value: Any) -> str:
    """A JSON scalar as policies compare it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def values_of(said: Any) -> Values:
    """One value or many, as texts."""
    return tuple(spelled(one) for one in said) if isinstance(said, list | tuple) else (spelled(said),)


class Context:
    """Keys of a request. What is not listed is `rest`: absent in a closed context, not known in an open one.

    `absent` are beginnings of keys that are absent when they are not listed, whatever `rest` says.
    """

    __slots__ = ("absent", "keys", "rest")

    def __init__(self, keys: Mapping[str, Known], rest: Known = ABSENT, absent: tuple[str, ...] = ()) -> None:
        self.keys = dict(keys)
        self.rest = rest
        self.absent = absent

    def get(self, key: str) -> Known:
        """What is known of a key, given in lower case."""
        found = self.keys.get(key)
        if found is None:
            return ABSENT if self.absent and key.startswith(self.absent) else self.rest
        return found

    def over(self, keys: Mapping[str, Known]) -> Context:
        """This context with some keys said otherwise (names in lower case)."""
        return Context({**self.keys, **keys}, self.rest, self.absent)


def closed(said: Mapping[str, Any], unknown: Iterable[str] = ()) -> Context:
    """A closed context: a key that is not listed is absent, one that is named in `unknown` is not known."""
    keys: dict[str, Known] = {key.lower(): values_of(value) for key, value in said.items() if value is not None}
    keys |= {key.lower(): UNKNOWN for key in unknown}
    return Context(keys)
