"""What a principal can do: by access level of each service, and on each data store of the estate.

Actions that the same statements cover get the same answer, so one of them is asked for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from nephograph.engines.identity import actions
from nephograph.engines.identity.acting import may_act
from nephograph.engines.identity.actions import LEVELS, Action, Service
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.match import covers_action
from nephograph.engines.identity.scope import is_object_action
from nephograph.engines.identity.statement import Element, Policy, Statement
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

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided, each once."""
        return tuple(
            grant.decision for some in (self.services, self.stores) for grants in some.values() for grant in grants
        )


def reach(identity: Identity, estate: Estate, principal: Resource | str) -> Reach:
    """Everything the principal can, or may, do: on some resource or none (services), and on each data store."""
    own = identity.bearing_on(principal)
    covers = _Covers()
    services: dict[str, tuple[Grant, ...]] = {}
    for service in actions.named(_allowed_patterns(identity.policies_of(principal))):
        grants = _asked(identity, principal, service.actions, "*", own, covers, service)
        if grants:
            services[service.prefix] = grants
    stores: dict[str, tuple[Grant, ...]] = {}
    for cls in STORES:
        for store in estate.of_class(cls):
            if not store.arn:
                continue
            bearing = identity.bearing_on(principal, store)
            grants = _asked(identity, principal, actions.about(store.arn), store, bearing, covers)
            if grants:
                stores[store.urn] = grants
    return Reach(services, stores)


def _asked(
    identity: Identity,
    principal: Resource | str,
    every: Iterable[Action],
    about: Resource | str,
    policies: Sequence[Policy],
    covers: _Covers,
    service: Service | None = None,
) -> tuple[Grant, ...]:
    """`service`: the question is about some resource, and what no granting statement's resources can meet is left out.

    The policies of the principal itself come first in `policies`.
    """
    held = sum(len(policy.statements) for policy in identity.policies_of(principal))
    asked = tuple(every)
    groups: dict[tuple[str, tuple[str, ...], bool, tuple[int, ...]], list[str]] = defaultdict(list)
    unknown = any(policy.unknown for policy in policies)
    statements = [one for policy in policies for one in policy.statements]
    covered = [covers.bits(one, asked) for one in statements]
    touched = [(number, bits) for number, bits in enumerate(covered) if bits]
    for place, action in enumerate(asked):
        covering = tuple(number for number, bits in touched if bits >> place & 1)
        if service is not None and not unknown:
            allowing = (statements[n] for n in covering if n < held and statements[n].effect != "Deny")
            if not any(may_act(one, action, service) for one in allowing):
                continue
        if covering or unknown:
            groups[action.level, action.types, is_object_action(action.name), covering].append(action.name)
    found = [
        Grant(level, tuple(sorted(names)), decision)
        for (level, *_), names in groups.items()
        if (decision := identity.can(principal, names[0], about)).verdict.possible
    ]
    return tuple(sorted(found, key=lambda g: (_weight(g.level), g.answer != "yes", g.actions)))


class _Covers:
    """Which actions of a row a statement may cover, as bits. Rows and Action elements come again and again."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Action, ...], int] = {}
        self._kept: dict[tuple[Element, int], int] = {}

    def bits(self, statement: Statement, row: tuple[Action, ...]) -> int:
        """Bit i: the statement may cover the action at i."""
        key = statement.actions, self._rows.setdefault(row, len(self._rows))
        found = self._kept.get(key)
        if found is None:
            may = (covers_action(statement, action.name).answer != "no" for action in row)
            found = self._kept[key] = sum(1 << place for place, covers in enumerate(may) if covers)
        return found


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
