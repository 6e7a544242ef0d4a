"""How a need is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from nephograph.model.resource import Resource

How = Literal["every", "any", "most", "one", "part", ""]
"""How many of the things it needs have to work: every one; any one; more than half; one, and nothing says which one (so
that losing any may stop it); for a part of what it does each (so that losing one stops a part); none."""

EVERY_KIND = "*"

WORKS = "works"
WAY_OUT = "has a way out"


class Need(msgspec.Struct, frozen=True):
    """Things of a kind (or of every kind) need other things.

    `to` are chains of edges that lead there: an edge's name, with `~` before it to walk it backwards; a last part
    `zone:field` names availability zones by a field of the resource. All chains together are one group, of which `how`
    have to work; a function may decide by the resource. Only targets of `kinds` count, where some are named.
    `aspect` is what the thing loses, `theirs` what its targets have to keep. `says` completes "… needs it because".
    """

    kind: str
    how: How | Callable[[Resource], How]
    to: tuple[tuple[str, ...], ...]
    says: str
    reference: str = ""
    kinds: tuple[str, ...] = ()
    aspect: str = WORKS
    theirs: str = WORKS

    def decided(self, resource: Resource) -> How:
        """How many have to work, for this resource."""
        return self.how if isinstance(self.how, str) else self.how(resource)


def need(
    kind: str,
    how: How | Callable[[Resource], How],
    *chains: str,
    says: str,
    reference: str = "",
    kinds: tuple[str, ...] = (),
    aspect: str = WORKS,
    theirs: str = WORKS,
) -> Need:
    """A need; a chain is written as edges with spaces between: `"~listens_for forwards_to"`."""
    return Need(kind, how, tuple(tuple(one.split()) for one in chains), says, reference, kinds, aspect, theirs)
