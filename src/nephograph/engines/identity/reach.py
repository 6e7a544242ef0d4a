"""What a principal can do: by access level of each service, and on each data store of the estate.

Actions that the same statements cover get the same answer, so one of them is asked for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from nephograph.engines.identity import actions
from nephograph.engines.identity.actions import LEVELS, Action
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.match import covers_action
from nephograph.engines.identity.scope import is_object_action
from nephograph.engines.identity.statement import Policy, Statement
from nephograph.estate.graph import Estate
from nephograph.model.facts import Decision
from nephograph.model.resource import Class, Resource
from nephograph.model.verdict import Answered

STORES = (
    Class.OBJECT_STORAGE,
    Class.DATABASE,
    Class.SECRET,
    Class.ENCRYPTION_KEY,
    Class.QUEUE,
    Class.FILE_STORAGE,
    Class.BLOCK_STORAGE,
    Class.BACKUP,
)
"""Classes of resources that hold data, or the keys to it."""


class Grant(msgspec.Struct, frozen=True):
    """Some actions of one access level on one thing: all get the same answer for the same reason."""

    level: str
    actions: tuple[str, ...]
    decision: Decision

    @property
    def answer(self) -> Answered:
        """yes or depends; what is not possible is no grant."""
        return self.decision.verdict.answer


class Reach(msgspec.Struct, frozen=True):
    """By service, and by data store (urn), what is possible; weightiest level first."""

    services: dict[str, tuple[Grant, ...]]
    stores: dict[str, tuple[Grant, ...]]


def reach(identity: Identity, estate: Estate, principal: Resource | str) -> Reach:
    """Everything the principal can, or may, do: on some resource or none (services), and on each data store."""
    own = identity.bearing_on(principal)
    services: dict[str, tuple[Grant, ...]] = {}
    for service in actions.named(_allowed_patterns(identity.policies_of(principal))):
        grants = _asked(identity, principal, service.actions, "*", own)
        if grants:
            services[service.prefix] = grants
    stores: dict[str, tuple[Grant, ...]] = {}
    for cls in STORES:
        for store in estate.of_class(cls):
            if not store.arn:
                continue
            grants = _asked(identity, principal, actions.about(store.arn), store, identity.bearing_on(principal, store))
            if grants:
                stores[store.urn] = grants
    return Reach(services, stores)


def _asked(
    identity: Identity,
    principal: Resource | str,
    every: Iterable[Action],
    about: Resource | str,
    policies: Sequence[Policy],
) -> tuple[Grant, ...]:
    statements = [statement for policy in policies for statement in policy.statements]
    groups: dict[tuple[str, tuple[str, ...], bool, tuple[int, ...]], list[str]] = defaultdict(list)
    for action in every:
        covering = tuple(n for n, one in enumerate(statements) if _may_cover(one, action.name))
        if covering or any(policy.unknown for policy in policies):
            groups[action.level, action.types, is_object_action(action.name), covering].append(action.name)
    found = [
        Grant(level, tuple(sorted(names)), decision)
        for (level, *_), names in groups.items()
        if (decision := identity.can(principal, names[0], about)).verdict.possible
    ]
    return tuple(sorted(found, key=lambda g: (_weight(g.level), g.answer != "yes", g.actions)))


def _may_cover(statement: Statement, action: str) -> bool:
    return covers_action(statement, action).answer != "no"


def _weight(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _allowed_patterns(policies: Iterable[Policy]) -> list[str]:
    """Action patterns of what is allowed; everything, where something is left out or not known."""
    patterns: list[str] = []
    for policy in policies:
        if policy.unknown:
            return ["*"]
        for statement in policy.statements:
            if statement.effect != "Deny":
                patterns += ["*"] if statement.actions.negated else statement.actions.patterns
    return patterns
