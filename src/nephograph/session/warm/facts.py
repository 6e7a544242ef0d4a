"""The engines over an estate that is edited: each answer is kept until something that it rests on changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.layers import Ceiling
from nephograph.engines.identity.organization import Organization, Type
from nephograph.engines.network.network import Network
from nephograph.engines.tracer.ground import Ground
from nephograph.estate.graph import Estate
from nephograph.model.facts import Decision, Exposure, Fact
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict
from nephograph.session.warm.reads import Reads, Work

T = TypeVar("T")

Question = tuple[object, ...]
"""A question to the engines: its name, and the urns and words it is about."""


class Asked:
    """A question that was put, and its answer while that stands."""

    __slots__ = ("answer", "ask", "stands", "work")

    def __init__(self, question: Question, ask: Callable[[], Any]) -> None:
        self.work = Work(str(question))
        self.ask = ask
        self.answer: Any = None
        self.stands = False


class WatchedFacts(EstateFacts):
    """The engines over one estate, that tell who has asked them what.

    `work` is what all of their answers rest on; when it has read what changed, the engines start over.
    """

    def __init__(self, estate: Estate, reads: Reads) -> None:
        self._reads = reads
        self.work = Work("engines")
        self._asked: dict[Question, Asked] = {}
        self._of_work: dict[Work, Asked] = {}
        self._exposure = Work("exposure")
        self._tracing = Work("tracing")
        self._ground: Ground | None = None
        with reads.of(self.work):
            super().__init__(estate)
            self._watched = self.identity = WatchedIdentity(estate, reads, self.work)

    def _ask(self, question: Question, ask: Callable[..., T], *about: Any) -> T:
        asked = self._asked.get(question)
        if asked is None:
            asked = self._asked[question] = Asked(question, lambda: ask(*about))
            self._of_work[asked.work] = asked
        if not asked.stands:
            self._put(asked)
        self._reads.use(asked.work)
        answer: T = asked.answer
        return answer

    def _put(self, asked: Asked) -> None:
        self._reads.drop(asked.work)
        with self._reads.of(asked.work):
            asked.answer = asked.ask()
        if self._tracing in asked.work.uses:
            # What the tracer has read for one question, it keeps for the others.
            self._reads.also(self._tracing, asked.work)
        asked.stands = True

    def forget(self, stale: Iterable[Work]) -> dict[Work, Any]:
        """Let go of all that rests on these works; the answers that stood, by the work of their question."""
        stood: dict[Work, Any] = {}
        reached = set(stale)
        open_ = list(reached)
        while open_:
            work = open_.pop()
            if work is self._exposure:
                self.network = Network(self.estate)
            elif work is self._tracing:
                self._ground = None
            elif (asked := self._of_work.get(work)) is not None:
                stood[work] = asked.answer
                asked.stands, asked.answer = False, None
            elif not self._watched.forgets(work):
                continue  # what asks the engines, and is none of them
            for user in work.users - reached:
                reached.add(user)
                open_.append(user)
        return stood

    def differs(self, work: Work, stood: Any) -> bool:
        """Whether a question of which `stood` was the answer has another one now."""
        asked = self._of_work[work]
        if not asked.stands:
            self._put(asked)
        return bool(asked.answer != stood)

    @property
    def ground(self) -> Ground:
        """See `EstateFacts`."""
        if self._ground is None:
            with self._reads.of(self._tracing):
                self._ground = Ground(self.estate)
        self._reads.use(self._tracing)
        return self._ground

    def exposed(self, resource: Resource | str) -> Sequence[Exposure]:
        """See `Facts`."""
        return self._ask(("exposed", _urn(resource)), self._of_network, super().exposed, resource)

    def closed(self, resource: Resource | str) -> Verdict | None:
        """See `Facts`."""
        found: Verdict | None = self._ask(("closed", _urn(resource)), self._of_network, super().closed, resource)
        return found

    def _of_network(self, ask: Callable[..., T], resource: Resource | str) -> T:
        """What the network engine reads for one answer, it keeps for the others."""
        with self._reads.of(self._exposure):
            found = ask(resource)
        self._reads.use(self._exposure)
        return found

    def can(self, principal: Resource | str, action: str, resource: Resource | str) -> Decision:
        """See `Facts`."""
        question = ("can", _urn(principal), action, _urn(resource))
        return self._ask(question, self.identity.can, principal, action, resource)

    def who(self, action: str, resource: Resource | str) -> Sequence[Decision]:
        """See `Facts`."""
        return self._ask(("who", action, _urn(resource)), self.identity.who, action, resource)

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        """See `Facts`."""
        return self._ask(("query", predicate, *args), self._matching, predicate, tuple(args))


class WatchedIdentity(Identity):
    """The identity engine, each thing that it finds out with what it has read for it."""

    def __init__(self, estate: Estate, reads: Reads, base: Work) -> None:
        self._reads = reads
        self._works: dict[tuple[str, str], Work] = {}
        self._keys: dict[Work, tuple[str, str]] = {}
        super().__init__(estate)
        self.organization = WatchedOrganization(estate, reads, base)

    def _once(self, what: str, urn: str, find: Callable[..., T], *about: Any) -> T:
        key = (what, urn)
        work = self._works.get(key)
        if work is None:
            work = self._works[key] = Work(what)
            self._keys[work] = key
        if key not in self._found:
            self._reads.drop(work)
            with self._reads.of(work):
                self._found[key] = find(*about)
        self._reads.use(work)
        found: T = self._found[key]
        return found

    def forgets(self, work: Work) -> bool:
        """Let go of what a work has found out; False where it is none of these."""
        key = self._keys.get(work)
        if key is None:
            return False
        self._found.pop(key, None)
        return True


class WatchedOrganization(Organization):
    """The organization: when it changes, so may every answer."""

    def __init__(self, estate: Estate, reads: Reads, base: Work) -> None:
        super().__init__(estate)
        self._reads, self._base = reads, base

    def _over(self, type_: Type, account: str) -> Ceiling | None:
        with self._reads.of(self._base):
            return super()._over(type_, account)


def _urn(thing: Resource | str) -> str:
    return thing if isinstance(thing, str) else thing.urn
