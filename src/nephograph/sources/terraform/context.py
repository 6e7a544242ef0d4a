"""What all module instances of one load share: the tree, the memo discipline, budgets, what was named on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, LoadOptions
from nephograph.model.span import Span
from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.beside import sentences
from nephograph.sources.terraform.blocks import Written
from nephograph.sources.terraform.directory import Reader
from nephograph.sources.terraform.files import Tree

MAX_INSTANCES_OF_A_BLOCK = 10_000
MAX_INSTANCES = 500_000
"""Module and resource instances of one load; what comes later is named, not expanded."""

MAX_GENERATED_BLOCKS = 1_000_000
"""Blocks that all dynamic blocks of one load may generate together."""

MAX_LARGE_TEXT = 500_000_000
"""Characters of all large texts (policies, user data) that instances may hold together."""

LARGE_TEXT = 10_000
_LARGE_COLLECTION = 50

RUNNING = object()
"""Stands in a memo while its value is computed."""


class Named(Protocol):
    """What has an address."""

    address: str


Frame = tuple[dict[Any, Any], Any, "str | Named", Written | None]
"""One evaluation under way: memo, key, its name (or the instance whose attribute `key` it is), where it is written."""

_STOPPED = Unknown(Reason.BUDGET, "was not evaluated to its end")


class Context:
    """One load."""

    def __init__(self, tree: Tree, options: LoadOptions) -> None:
        self.tree = tree
        self.reader = Reader(tree)
        self.options = options
        self.several_roots = False
        self.instances_left = MAX_INSTANCES
        self._blocks_left = MAX_GENERATED_BLOCKS
        self._text_left = MAX_LARGE_TEXT
        self._plain: dict[int, tuple[Any, Any]] = {}
        self.seen = 0
        self.running: list[Frame] = []
        """What is under evaluation, outermost first."""
        self._assumptions: dict[str, None] = {}
        self._gaps: dict[tuple[str, str, str, Span | None], int] = {}
        self._named: set[tuple[str, Span | None, str]] = set()
        self._muted = 0
        self.tellers: dict[str, tuple[str, str]] = {}
        """Which instance (root, address) of a module tells what its configuration says of itself, by its directory."""
        self.anchors: dict[Any, Any] = {}
        """The blocks of such documents, each once (see `settings`)."""

    # -- what is named ---------------------------------------------------------------------------------------------

    @property
    def assumptions(self) -> list[str]:
        """Sentences, sorted: what is evaluated first is chance."""
        return sorted({*self._assumptions, *sentences(self.tree.beside, self.options.var_files)})

    @property
    def gaps(self) -> list[Gap]:
        """Gaps of the tree and of the evaluation; equal ones added up, in an order that evaluation has no part in."""
        own = [Gap(kind, subject, why, span, count) for (kind, subject, why, span), count in self._gaps.items()]
        return self.tree.gaps + sorted(own, key=lambda gap: (gap.kind, gap.subject, gap.why, str(gap.span)))

    def assume(self, sentence: str) -> None:
        """Name an assumption once."""
        if not self._muted:
            self._assumptions[sentence] = None

    def gap(self, kind: str, subject: str, why: str, written: Written | None = None, count: int = 1) -> None:
        """Name something that was seen and not evaluated; equal gaps add up."""
        if not self._muted:
            key = (kind, subject, why, written.span if written and not written.text.modelled else None)
            self._gaps[key] = self._gaps.get(key, 0) + count

    def problem(self, code: str, message: str, help: str, written: Written | None) -> None:
        """Name a problem once per place."""
        span = written.span if written and not written.text.modelled else None
        key = (code, span, "" if span else message)
        if self._muted or key in self._named:
            return
        self._named.add(key)
        excerpt = (self.tree.texts.line(span.file, span.line) or "") if span else ""
        self.tree.problems.append(Problem(code, message, help, span, excerpt))

    @contextmanager
    def muted(self) -> Iterator[None]:
        """Evaluate for provenance only: what is met was named when the value was first evaluated."""
        self._muted += 1
        try:
            yield
        finally:
            self._muted -= 1

    # -- memo ------------------------------------------------------------------------------------------------------

    def once(
        self, memo: dict[Any, Any], key: Any, what: str, written: Written | None, compute: Callable[[], Any]
    ) -> Any:
        """The memoised value of `key`; a value that is asked for while it is computed is a cycle."""
        value = memo.get(key, memo)
        if value is RUNNING:
            return self.cycle(memo, key)
        if value is not memo:
            return value
        return self.first(memo, key, what, written, compute)

    def first(
        self,
        memo: dict[Any, Any],
        key: Any,
        what: str | Named,
        written: Written | None,
        compute: Callable[..., Any],
        *arguments: Any,
    ) -> Any:
        """The value of a `key` that the memo does not hold: `compute(*arguments)`."""
        memo[key] = RUNNING
        self.running.append((memo, key, what, written))
        value: Any = _STOPPED
        try:
            value = compute(*arguments)
        except RecursionError:
            name = frame_name(self.running[-1])
            self.gap("budget", name, "nested too deeply to be evaluated", written)
            value = Unknown(Reason.BUDGET, f"{name} is nested too deeply")
        finally:
            self.running.pop()
            memo[key] = value
        return value

    def cycle(self, memo: dict[Any, Any], key: Any) -> Unknown:
        """The value of what is asked for while it is evaluated."""
        start = next(i for i, frame in enumerate(self.running) if frame[0] is memo and frame[1] == key)
        chain = self.running[start:]
        names = [frame_name(frame) for frame in chain]
        first = min(range(len(chain)), key=lambda i: names[i])
        ordered = names[first:] + names[:first]
        places = [frame[3] for frame in chain[first:] + chain[:first]]
        self.problem(
            "cycle",
            f"{ordered[0]} refers to itself: {' -> '.join([*ordered, ordered[0]])}.",
            "Break the circle: one of them has to be said without the others.",
            next((place for place in places if place is not None), None),
        )
        return Unknown(Reason.CYCLE, names[0])

    # -- budgets ---------------------------------------------------------------------------------------------------

    def take_instance(self) -> bool:
        """Count one more instance; False when the budget of the load is spent."""
        self.instances_left -= 1
        return self.instances_left >= 0

    def take_blocks(self, number: int) -> bool:
        """Count generated blocks; False when the budget of the load is spent. Provenance generates nothing new."""
        if not self._muted:
            self._blocks_left -= number
        return self._blocks_left >= 0

    def kept(self, value: Any, what: str) -> Any:
        """The value of an instance, or an Unknown when all instances together hold too much text."""
        if not isinstance(value, str) or len(value) < LARGE_TEXT:
            return value
        self._text_left -= len(value)
        if self._text_left >= 0:
            return value
        self.gap("budget", what, "the load holds more text than is kept")
        return Unknown(Reason.BUDGET, what)

    def shared(self, value: Any, make: Callable[[Any], Any]) -> Any:
        """`make(value)`, made once for a large collection that many instances share."""
        if len(value) < _LARGE_COLLECTION:
            return make(value)
        found = self._plain.get(id(value))
        if found is None or found[0] is not value:
            # The value itself is kept beside the result, so that its id stays its own.
            found = self._plain[id(value)] = (value, make(value))
        return found[1]


def frame_name(frame: Frame) -> str:
    """What is under evaluation, as a person would call it."""
    what = frame[2]
    return what if isinstance(what, str) else f"{what.address}.{str(frame[1]).removeprefix('=')}"
