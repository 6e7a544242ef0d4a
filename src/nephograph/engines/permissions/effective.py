"""What a class of principals may do by its own policies: rectangles of actions and resources, service by service.

`own` of an action is what identity policies, boundary and SCPs grant together, less what they deny. What resource
policies add or take away is joined per question (`organization`).
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.engine import Engine, Klass
from nephograph.engines.permissions.layers import Cells, Layer, merged

Slice: TypeAlias = tuple[tuple[int, int], ...]
"""(action bits, when allowed) of one service: disjoint by actions, only what may be allowed."""


class Permissions(msgspec.Struct):
    """Of one class: service -> slice. `shared` is worked out once for all who hold the same wide statements."""

    shared: dict[str, Slice]
    special: dict[str, Slice]

    def of(self, service: str) -> Slice:
        """The slice of a service; () allows nothing."""
        found = self.special.get(service)
        return found if found is not None else self.shared.get(service, ())

    def services(self) -> list[str]:
        """Every service in which anything may be allowed."""
        names = [name for name in self.shared if name not in self.special]
        return sorted([*names, *(name for name, one in self.special.items() if one)])


class Effective:
    """Works permissions out, and keeps what classes share."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._bundles: dict[tuple[Layer, tuple[Layer | None, ...], tuple[Layer, ...] | None], dict[str, Slice]] = {}
        self._chains: dict[tuple[tuple[Layer, ...], str], Cells] = {}
        self._slices: dict[tuple[Cells, ...], Slice] = {}
        self._interned: dict[Slice, Slice] = {}

    def forget(self) -> None:
        """Actions or policies have changed: what is kept may be of the past."""
        self._bundles.clear()
        self._chains.clear()

    def permissions(self, klass: Klass) -> Permissions:
        """The permissions of a class."""
        if klass.identity is None:
            return Permissions({}, {})
        layers = self.engine.layers
        narrow: set[str] = set()
        wide: list[int] = []
        for number in klass.identity:
            instance = layers.instances[number]
            narrow.update(instance.narrow)
            if instance.wide or instance.unknown is not None:
                wide.append(number)
        special = {service: self.slice(klass, klass.identity, service) for service in narrow}
        return Permissions(self._bundle(klass, tuple(wide)), special)

    def _bundle(self, klass: Klass, wide: Layer) -> dict[str, Slice]:
        """What the wide statements of some policies come to in every service."""
        if not wide:
            return {}
        key = (wide, (klass.boundary, klass.session), klass.scp)
        found = self._bundles.get(key)
        if found is None:
            found = self._bundles[key] = {}
            for service in self.engine.universe.names:
                here = self.slice(klass, wide, service)
                if here:
                    found[service] = here
        return found

    def slice(self, klass: Klass, identity: Layer, service: str) -> Slice:
        """What policies come to in one service under the limits of a class."""
        layers = self.engine.layers
        parts = [layers.cells(identity, service)]
        if not any(allow != FALSE for _, allow, _ in parts[0]):
            return ()
        parts += [layers.cells(one, service) for one in (klass.boundary, klass.session) if one is not None]
        if klass.scp:
            parts.append(self._chain(klass.scp, service))
        key = tuple(parts)
        found = self._slices.get(key)
        if found is None:
            found = self._slices[key] = self._allowed(parts)
        return found

    def _chain(self, levels: tuple[Layer, ...], service: str) -> Cells:
        """All levels of an organization as one."""
        key = (levels, service)
        found = self._chains.get(key)
        if found is None:
            cells = self.engine.layers.cells(levels[0], service)
            for level in levels[1:]:
                cells = self._within(cells, self.engine.layers.cells(level, service))
            found = self._chains[key] = self.engine.layers.shared(cells)
        return found

    def _within(self, one: Cells, other: Cells) -> Cells:
        """Both have to allow; either may deny. What only one speaks of is not allowed, and so need not be denied."""
        diagram = self.engine.diagram
        found = []
        for bits, allow, deny in one:
            for more, also, stops in other:
                if bits & more and allow != FALSE and also != FALSE:
                    found.append((bits & more, diagram.both(allow, also), diagram.either(deny, stops)))
        return merged(found)

    def _allowed(self, parts: list[Cells]) -> Slice:
        cells = parts[0]
        for part in parts[1:]:
            cells = self._within(cells, part)
        found: dict[int, int] = {}
        for bits, allow, deny in cells:
            when = self.engine.diagram.without(allow, deny) if deny != TRUE else FALSE
            if when != FALSE:
                found[when] = found.get(when, 0) | bits
        made = tuple(sorted((bits, when) for when, bits in found.items()))
        return self._interned.setdefault(made, made)
