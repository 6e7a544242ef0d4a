"""A whole organization: its principals in classes, and what each class may do.

Principals with the same policies under the same limits, and whose facts decide the same conditions, are one class: what
they may do is worked out once. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from nephograph.engines.permissions.document import Policy
from nephograph.engines.permissions.effective import Effective, Permissions, Slice
from nephograph.engines.permissions.engine import ACTION, Engine, Klass
from nephograph.engines.permissions.index import ByResource
from nephograph.engines.permissions.inventory import Inventory, Projection, Ranges, common
from nephograph.engines.permissions.policyset import Entity, Policies, PolicySet
from nephograph.engines.permissions.universe import Action
from nephograph.engines.permissions.who import who


class Rectangle(msgspec.Struct, frozen=True):
    """Actions of one service that a class may do on known resources, when `residual` (a function) holds."""

    service: str
    bits: int
    resources: Ranges
    residual: int


class Organization:
    """One `PolicySet`, evaluated. Classes are numbers; their members are ARNs of users and roles, by account."""

    def __init__(self, policies: PolicySet, engine: Engine | None = None) -> None:
        self.set = policies
        self.engine = engine or Engine(policies)
        self.effective = Effective(self.engine)
        self.classes: list[Klass] = []
        self.permissions: list[Permissions] = []
        self.class_of: dict[str, int] = {}
        self.by_account: dict[str, dict[int, list[str]]] = defaultdict(dict)
        self.accounts_of: dict[int, set[str]] = defaultdict(set)
        self.has_linked = False
        self._numbers: dict[Klass, int] = {}
        self._alike: dict[tuple[str, Policies, Policies, tuple[Policies, ...] | None], int | None] = {}
        self._holding: dict[int, set[int]] = defaultdict(set)
        self._inventory: Inventory | None = None
        self._projection: Projection | None = None
        self.index = ByResource(self.engine)

    def evaluate(self) -> None:
        """Put every principal into its class and work out what each class may do."""
        for entity in self.set.entities.values():
            self._join(entity)
        for number in range(len(self.permissions), len(self.classes)):
            self.permissions.append(Permissions({}, {}))
            self._work_out(number)
        self.engine.diagram.forget()

    def _join(self, entity: Entity) -> int:
        _, _, _, _, account, rest = entity.arn.split(":", 5)
        scp = self._scp(entity.arn, account)
        # Users, roles and federated users are limited in other ways, and policies of resources tell them apart.
        key = (rest.partition("/")[0], entity.policies, entity.boundary, scp)
        number = self._alike.get(key)
        if number is None:
            one = who(entity.arn)
            assert one is not None
            number = self._number(self.engine.klass_of(one, entity))
            if key not in self._alike:
                # Where nothing asks for the principal itself, whoever holds the same is of the same class.
                self._alike[key] = None if self._asks(entity, scp) else number
        self.class_of[entity.arn] = number
        self.by_account[account].setdefault(number, []).append(entity.arn)
        self.accounts_of[number].add(account)
        return number

    def _scp(self, arn: str, account: str) -> tuple[Policies, ...] | None:
        if ":role/aws-service-role/" in arn:
            self.has_linked = True
            return None
        found = self.set.accounts.get(account)
        return found.scp if found is not None else ()

    def _asks(self, entity: Entity, scp: tuple[Policies, ...] | None) -> bool:
        held = (*entity.policies, *entity.boundary, *(number for level in scp or () for number in level))
        return any(self.engine.layers.reads(number, self.set.policies[number]) for number in held)

    def _number(self, klass: Klass) -> int:
        found = self._numbers.get(klass)
        if found is None:
            found = self._numbers[klass] = len(self.classes)
            self.classes.append(klass)
            for policy in self._policies(klass):
                self._holding[policy].add(found)
        return found

    def _policies(self, klass: Klass) -> Iterator[int]:
        instances = self.engine.layers.instances
        for layer in (klass.identity, klass.boundary, *(klass.scp or ())):
            for number in layer or ():
                yield instances[number].policy

    def _work_out(self, number: int) -> None:
        self.permissions[number] = self.effective.permissions(self.classes[number])
        self.index.add(number, self.permissions[number])

    def action(self, spelled: str) -> tuple[str, int]:
        """(service, bit) of an action; one that nobody knows is like another that the same patterns mean.

        Where there is no such other, every class is worked out anew with a bit for it. Raises ValueError.
        """
        if not ACTION.fullmatch(spelled):
            raise ValueError(f"{spelled} is no action")
        service, _, name = spelled.partition(":")
        service = service.lower()
        universe = self.engine.universe
        if service in universe.names and name.lower() not in universe.service(service).bit:
            alike = universe.alike(service, name.lower())
            if alike is not None:
                return service, alike
        known = service in universe.names and name.lower() in universe.service(service).bit
        found = self.engine.action(spelled)
        if not known:
            self.effective.forget()
            for number in range(len(self.classes)):
                self._work_out(number)
        return found

    @property
    def inventory(self) -> Inventory:
        """The known resources, ordered when they are first asked for."""
        if self._inventory is None:
            self._inventory = Inventory(self.set.inventory)
        return self._inventory

    @property
    def projection(self) -> Projection:
        """Functions over the known resources."""
        if self._projection is None:
            self._projection = Projection(self.inventory, self.engine.diagram, self.engine.questions)
        return self._projection

    def project(self) -> int:
        """Lay every function of every class over the known resources; returns how many functions there are."""
        functions = {when for _, one in self.slices() for _, when in one}
        for when in functions:
            self.projection.of(when)
        return len(functions)

    def slices(self) -> Iterator[tuple[str, Slice]]:
        """(service, slice) of every class; what classes share comes once."""
        seen: set[int] = set()
        for permissions in self.permissions:
            if id(permissions.shared) not in seen:
                seen.add(id(permissions.shared))
                yield from permissions.shared.items()
            yield from permissions.special.items()

    def rectangles(self, number: int) -> Iterator[Rectangle]:
        """What a class may do on known resources, by its own policies: disjoint."""
        permissions = self.permissions[number]
        for service in permissions.services():
            block = self.inventory.of_service(service)
            for bits, when in permissions.of(service):
                for residual, resources in self.projection.of(when):
                    here = common(resources, block)
                    if here:
                        yield Rectangle(service, bits, here, residual)

    def what(self, arn: str) -> Iterator[tuple[str, list[Action], int]]:
        """What a user or role may do by its own policies: (service, actions, function of when). Raises KeyError."""
        permissions = self.permissions[self.class_of[arn]]
        for service in permissions.services():
            for bits, when in permissions.of(service):
                yield service, self.engine.universe.in_words(service, bits), when

    def replace(self, number: int, policy: Policy) -> list[int]:
        """Put other content in the place of a policy, wherever it is attached; returns the classes it concerns."""
        if self.engine.universe.learn_all(one.actions for one in policy.statements):
            # Actions nobody has heard of: every set of bits is another.
            self.engine.layers.forget_all()
            self.effective.forget()
            affected: Iterable[int] = range(len(self.classes))
        else:
            affected = sorted(self._holding.get(number, ()))
        asked = bool(self.engine.layers.reads(number, self.set.policies[number]))
        self.set.replace(number, policy)
        self.engine.replaced(number)
        self._alike.clear()
        changed: set[int] = set()
        if asked or self.engine.layers.reads(number, policy):
            for old in sorted(self._holding.pop(number, ())):
                changed.update(self._split(old))
        else:
            for old in self._holding.get(number, ()):
                self._numbers.pop(self.classes[old], None)
                self.classes[old] = self.engine.renewed(self.classes[old], number)
                self._numbers.setdefault(self.classes[old], old)
        changed.update(affected)
        for one in sorted(changed):
            self._work_out(one)
        return sorted(changed)

    def _split(self, old: int) -> set[int]:
        """Members of a class join anew: what is asked of them has changed."""
        arns = [arn for account in self.accounts_of.pop(old, ()) for arn in self.by_account[account].pop(old, ())]
        if self._numbers.get(self.classes[old]) == old:
            del self._numbers[self.classes[old]]
        self.classes[old] = Klass(())
        self.index.remove(old)
        found = {self._join(self.set.entities[arn]) for arn in arns}
        while len(self.permissions) < len(self.classes):
            self.permissions.append(Permissions({}, {}))
        return found
