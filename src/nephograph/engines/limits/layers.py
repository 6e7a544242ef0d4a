"""The limits of a principal, each with what its statements say of the actions of a service.

A boundary and every level of service control policies have to allow and may deny; resource control policies only deny
(RCPFullAWSAccess is always attached), and only at resources of the account that they bear on.
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from nephograph.engines.permissions import services
from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.layers import Cells, Layer
from nephograph.engines.permissions.policyset import Policies
from nephograph.engines.permissions.who import Who

LayerName = Literal["scp", "rcp", "boundary"]


class Limit(msgspec.Struct, frozen=True):
    """One boundary, or one level of an organization (the root is level 0). `policies` are numbers of the set."""

    layer: LayerName
    level: int
    policies: Policies


class Stop(msgspec.Struct, frozen=True):
    """A denying statement, for some actions of a service; `statement` is its place in its policy."""

    policy: int
    statement: int
    bits: int
    when: int


class Said(msgspec.Struct, frozen=True):
    """What one limit says of a service: cells (actions, when allowed, when denied), and what denies, one by one."""

    limit: Limit
    cells: Cells
    stops: tuple[Stop, ...]


class Limits:
    """The limits that bear on one principal at home."""

    def __init__(self, engine: Engine, one: Who) -> None:
        self._engine = engine
        self._one = one
        self._klass = engine.klass(one)
        entity, account = engine.set.behind(one), engine.set.accounts.get(one.account)
        found: list[tuple[Limit, Layer]] = []
        if self._klass.boundary is not None and entity is not None:
            found.append((Limit("boundary", 0, entity.boundary), self._klass.boundary))
        if self._klass.scp and account is not None:
            found += [
                (Limit("scp", number, account.scp[number]), level) for number, level in enumerate(self._klass.scp)
            ]
        self._own = tuple(found)
        facts = engine.facts(one)
        policies = engine.set.policies
        self._rcp = tuple(
            (Limit("rcp", number, level), tuple(engine.layers.instance(n, policies[n], facts) for n in level))
            for number, level in enumerate(account.rcp if account is not None and not one.service_linked else ())
        )

    def __bool__(self) -> bool:
        return bool(self._own or self._rcp)

    def of(self, service: str) -> Iterator[Said]:
        """What each limit says of a service."""
        layers = self._engine.layers
        for limit, layer in self._own:
            yield Said(limit, layers.cells(layer, service), tuple(self._stops(layer, service)))
        if service in services.RCP_SERVICES:
            for limit, layer in self._rcp:
                yield self._restricting(limit, layer, service)

    def _stops(self, layer: Layer, service: str) -> Iterator[Stop]:
        engine = self._engine
        bounded = self._klass.boundary is not None
        for number in layer:
            one = engine.layers.instances[number]
            statements = engine.set.policies[one.policy].statements
            for entry in (*one.narrow.get(service, ()), *one.wide):
                statement = entry.statement
                named = statement.principals
                if statement.deny and (named is None or named.means(self._one, True, bounded)):
                    bits = engine.universe.bits(service, statement.actions)
                    yield Stop(one.policy, statements.index(statement), bits, entry.when)

    def _restricting(self, limit: Limit, layer: Layer, service: str) -> Said:
        """A level of resource control policies: it lets pass what it does not deny. Everybody is meant in each."""
        every, exempt = 0, 0
        for bit, action in enumerate(self._engine.universe.service(service).actions):
            if services.restricted_by_rcp(service, action.name.lower(), "*"):
                every |= 1 << bit
            else:
                exempt |= 1 << bit
        stops = tuple(msgspec.structs.replace(one, bits=one.bits & every) for one in self._stops(layer, service))
        denied = [(bits & every, TRUE, deny) for bits, _, deny in self._engine.layers.cells(layer, service)]
        rest = every
        for bits, _, _ in denied:
            rest &= ~bits
        cells = tuple(one for one in (*denied, (rest | exempt, TRUE, FALSE)) if one[0])
        return Said(limit, cells, tuple(one for one in stops if one.bits))
