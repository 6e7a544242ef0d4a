"""The context of a request: closed. A key that is not listed is absent, unless it is named as not known.

Names of keys ignore case (IAM/latest/UserGuide/reference_policies_condition-keys.html).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

Scalar = str | bool | int | float
Value = Scalar | Iterable[Scalar] | None


class Presence(enum.Enum):
    """What is said of a key instead of its values."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


class Context:
    """Values by key. `many` keys were given as a list and may only be compared as a set."""

    __slots__ = ("_many", "_unknown", "_values")

    def __init__(self, values: Mapping[str, Value], unknown: Iterable[str]) -> None:
        self._values: dict[str, tuple[str, ...]] = {}
        self._many: set[str] = set()
        self._unknown = {key.lower() for key in unknown}
        for key, value in values.items():
            if value is None:
                continue
            name = key.lower()
            if isinstance(value, str | bool | int | float):
                self._values[name] = (spelled(value),)
            else:
                self._values[name] = tuple(spelled(item) for item in value)
                self._many.add(name)

    def get(self, key: str) -> tuple[str, ...] | Presence:
        """The values of a key; a key named as not known is not known, whatever else is said of it."""
        name = key.lower()
        if name in self._unknown:
            return Presence.UNKNOWN
        return self._values.get(name, Presence.ABSENT)

    def single(self, key: str) -> str | Presence | None:
        """The one value of a key; None when it was given as a list (a policy variable may not name such a key)."""
        found = self.get(key)
        if isinstance(found, Presence):
            return found
        if key.lower() in self._many and len(found) != 1:
            return None
        return found[0]


def spelled(value: Scalar) -> str:
    """A value as a policy compares it: text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
