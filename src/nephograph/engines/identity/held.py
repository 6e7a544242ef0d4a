"""The policies of one principal or resource: read once, and narrowed once for every action that is asked about."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nephograph.engines.identity import prospects
from nephograph.engines.identity.match import covers_action
from nephograph.engines.identity.statement import Policy


class Held:
    """`policies` are all of them; `about` keeps what it found for as long as this object lives."""

    __slots__ = ("_about", "_audience", "_may_allow", "policies")

    def __init__(self, policies: Sequence[Policy]) -> None:
        self.policies = tuple(policies)
        self._about: dict[str, tuple[Policy, ...]] = {}
        self._may_allow: dict[str, bool] = {}
        self._audience: dict[str, frozenset[str] | None] = {}

    def about(self, action: str) -> tuple[Policy, ...]:
        """Every policy with only those statements that can mean the action."""
        if action not in self._about:
            self._about[action] = tuple(_narrowed(policy, action) for policy in self.policies)
        return self._about[action]

    def may_allow(self, action: str) -> bool:
        """Could a statement allow the action to anybody, on anything?"""
        if action not in self._may_allow:
            self._may_allow[action] = any(map(prospects.may_allow, self.about(action)))
        return self._may_allow[action]

    def audience(self, action: str) -> frozenset[str] | None:
        """Whom the policies of a resource name for the action (see `prospects.audience`)."""
        if action not in self._audience:
            self._audience[action] = prospects.audience(self.about(action))
        return self._audience[action]


def _narrowed(policy: Policy, action: str) -> Policy:
    kept = tuple(s for s in policy.statements if covers_action(s, action).answer != "no")
    return policy if len(kept) == len(policy.statements) else msgspec.structs.replace(policy, statements=kept)
