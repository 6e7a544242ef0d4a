"""The actions there are, by service, as bits; with bits for actions that do not exist yet.

AWS adds actions every week. A pattern such as `s3:*` grants them the day they appear, a list of today's names does not:
without a bit for the future the two would be equal. `refine` makes one such bit for every way in which the patterns at
hand can meet a name that is not known, so that differences are exact over all names. What there is today is
in `nephograph.catalog.vocabulary`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from nephograph.catalog.vocabulary import vocabulary
from nephograph.engines.permissions.document import Patterns
from nephograph.engines.permissions.glob import Group, TooLargeError, elements, literal, matches, shortest

FUTURE = "FutureAction"
"""The name of an action that does not exist yet; `NewService` is a service that does not."""
NEW_SERVICE = "newservice"
MOST_REGIONS = 256

LEVELS = {"R": "read", "L": "list", "W": "write", "T": "tagging", "P": "permissions management", "": "not known"}


_VARIABLE = re.compile(r"\$\{[^}]*\}")


class Action(msgspec.Struct, frozen=True):
    """One action. `shapes` are ARN patterns of what it acts on; () when it takes no resource, None when not known."""

    service: str
    name: str
    level: str = "not known"
    shapes: tuple[str, ...] | None = None
    exists: bool = True
    future: bool = False

    @property
    def spelled(self) -> str:
        """`s3:GetObject`."""
        return f"{self.service}:{self.name}"


class Service:
    """The actions of one service; bit i is `actions[i]`."""

    __slots__ = ("actions", "bit", "lower", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.actions: list[Action] = []
        self.bit: dict[str, int] = {}
        self.lower: list[str] = []
        said = vocabulary().service(name)
        patterns = {type_.name: _VARIABLE.sub("*", type_.arn) for type_ in said.types.values()} if said else {}
        for one in said.actions.values() if said else ():
            shapes = tuple(patterns[target.type] for target in one.targets if target.type in patterns)
            self.add(Action(name, one.name, LEVELS[one.level], None if one.targets and not shapes else shapes))
        self.add(Action(name, FUTURE, exists=False, future=True))

    def add(self, action: Action) -> int:
        """Give the action a bit; returns its number."""
        lower = action.name.lower()
        if lower not in self.bit:
            self.bit[lower] = len(self.actions)
            self.actions.append(action)
            self.lower.append(f"{self.name}:{lower}")
        return self.bit[lower]

    @property
    def every(self) -> int:
        """All bits."""
        return (1 << len(self.actions)) - 1


def everything(pattern: str) -> bool:
    """Does an Action pattern (in lower case) mean every action of every service?"""
    return pattern in ("*", "*:*") or (bool(pattern) and not pattern.strip("*"))


def _means(pattern: str, action: str) -> bool:
    return everything(pattern) or (":" in pattern and matches(pattern, action))


class Universe:
    """All services and actions of one engine. Patterns are in lower case."""

    def __init__(self) -> None:
        self._services: dict[str, Service] = {}
        self.names: dict[str, None] = dict.fromkeys([*vocabulary().acting, NEW_SERVICE])
        self._bits: dict[tuple[str, Patterns], int] = {}
        self._means: dict[Patterns, tuple[frozenset[str], bool]] = {}
        self.patterns: dict[str, None] = {}
        self.approximated: set[str] = set()

    def service(self, name: str) -> Service:
        """The service of that name, made when it is first asked for."""
        found = self._services.get(name)
        if found is None:
            found = self._services[name] = Service(name)
            self.names.setdefault(name)
        return found

    def learn(self, actions: Patterns) -> bool:
        """Make bits for what a statement names that is not in the index. True when that was anything new."""
        new = False
        for text in actions.texts:
            if text in self.patterns:
                continue
            self.patterns[text] = None
            service, colon, name = text.partition(":")
            if not colon or "*" in service or "?" in service or not service:
                continue
            if service not in self.names:
                self.names[service] = None
                new = True
            if name and "*" not in name and "?" not in name and name not in self.service(service).bit:
                self.service(service).add(Action(service, name, exists=False))
                new = True
        if new:
            self._bits.clear()
            self._means.clear()
        return new

    def learn_all(self, statements: Iterable[Patterns]) -> bool:
        """`learn` of several statements."""
        return any([self.learn(actions) for actions in statements])  # noqa: C419 - every one is to be learnt

    def alike(self, service: str, name: str) -> int | None:
        """An action of the service that exactly the same patterns mean as this name (in lower case)."""
        texts = [text for text in self.patterns if not text.endswith(":*") or "*" in text[:-1] or "?" in text]
        wanted = {text for text in texts if _means(text, f"{service}:{name}")}
        one = self.service(service)
        future = one.bit[FUTURE.lower()]
        for bit in (future, *range(len(one.lower))):
            if {text for text in texts if _means(text, one.lower[bit])} == wanted:
                return int(bit)
        return None

    def add(self, service: str, name: str) -> int:
        """The bit of an action, made when there is none; whoever keeps sets of bits has to work them out again."""
        self.names.setdefault(service)
        one = self.service(service)
        known = one.bit.get(name.lower())
        if known is not None:
            return known
        self._bits = {key: bits for key, bits in self._bits.items() if key[0] != service}
        return one.add(Action(service, name, exists=False))

    def bits(self, service: str, actions: Patterns) -> int:
        """The actions of a service that an Action or NotAction element covers."""
        key = (service, actions)
        found = self._bits.get(key)
        if found is None:
            one = self.service(service)
            covered = 0
            for text in actions.texts:
                covered |= self._covered(one, text)
            found = self._bits[key] = one.every & ~covered if actions.excluded else covered
        return found

    def _covered(self, service: Service, text: str) -> int:
        if everything(text):
            return service.every
        head, colon, name = text.partition(":")
        if not colon:
            return 0
        if "*" not in head and "?" not in head:
            if head != service.name:
                return 0
            if name == "*":
                return service.every
            if "*" not in name and "?" not in name:
                bit = service.bit.get(name)
                return 0 if bit is None else 1 << bit
        return sum(1 << bit for bit, lower in enumerate(service.lower) if matches(text, lower))

    def means(self, actions: Patterns) -> tuple[frozenset[str], bool]:
        """(services that patterns name in full, whether others are meant, too)."""
        found = self._means.get(actions)
        if found is None:
            heads = [text.partition(":") for text in actions.texts]
            wild = actions.excluded or any(everything(h + c + n) or (c and ("*" in h or "?" in h)) for h, c, n in heads)
            found = self._means[actions] = (frozenset(h for h, c, _ in heads if c and h and not wild), bool(wild))
        return found

    def refine(self) -> None:
        """Make future bits until every name that does not exist yet is met by the same patterns as one of them."""
        by_service: dict[str, list[str]] = defaultdict(list)
        everywhere: list[str] = []
        for text in self.patterns:
            head, colon, name = text.partition(":")
            if everything(text) or not colon:
                continue
            if "*" in head or "?" in head:
                everywhere.append(text)
            elif ("*" in name and name.strip("*")) or "?" in name:
                by_service[head].append(text)
        for service in self.names if everywhere else list(by_service):
            self._refine(self.service(service), [*by_service[service], *everywhere])
        self._bits.clear()

    def _refine(self, service: Service, patterns: Iterable[str]) -> None:
        prefix = elements(f"{service.name}:?*")
        regions: list[tuple[Group, ...]] = [(((prefix,), True),)]
        for pattern in patterns:
            split: list[tuple[Group, ...]] = []
            for region in regions:
                for wanted in (True, False):
                    narrower = (*region, ((elements(pattern),), wanted))
                    if self._unknown(service, narrower) is not None:
                        split.append(narrower)
            regions = split
            if len(regions) > MOST_REGIONS:
                self.approximated.add(service.name)
                return
        for region in regions:
            text = self._unknown(service, region)
            if text is not None:
                service.add(Action(service.name, text.partition(":")[2], exists=False, future=True))

    def _unknown(self, service: Service, region: tuple[Group, ...]) -> str | None:
        """A name in the region that no action of today has; None when there is none."""
        groups = list(region)
        for _ in range(len(service.lower) + 1):
            try:
                text = shortest(groups)
            except TooLargeError:
                self.approximated.add(service.name)
                return None
            if text is None or text not in service.lower:
                return text
            groups.append(((literal(text),), False))
        return None

    def action(self, service: str, bit: int) -> Action:
        """The action of a bit."""
        return self.service(service).actions[bit]

    def in_words(self, service: str, bits: int) -> list[Action]:
        """The actions of a set."""
        return [action for bit, action in enumerate(self.service(service).actions) if bits >> bit & 1]
