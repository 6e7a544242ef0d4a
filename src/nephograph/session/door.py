"""open → load → ask."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.catalog.registry import kind_names
from nephograph.engines.facts import EstateFacts
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ask import Ask
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.data_rules import LIMIT, DataRule, parse
from nephograph.model.answer import Answer
from nephograph.model.errors import Problem, UsageError
from nephograph.model.events import Usage
from nephograph.model.source import Excerpts, Gap, LoadOptions, Progress
from nephograph.session.applying import Applying
from nephograph.session.collector import quiet_collector
from nephograph.session.fixes import Fixes
from nephograph.session.load import Read, read
from nephograph.session.opened import AllExcerpts, Opened, just_read
from nephograph.session.questions import lens

if TYPE_CHECKING:
    from nephograph.session.rules.gather import Gathered


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def open_estate(
    paths: Sequence[str], options: LoadOptions | None = None, progress: Progress = _silent, today: str | None = None
) -> Session:
    """Read everything at the paths into one estate.

    `PLAN@before` is the side of a plan that is, without it the side that will be. `today` (ISO date, default: the
    clock's) decides which ignore comments have run out. Raises `UsageError` when a path does not exist or holds no
    infrastructure; what cannot be read becomes a Problem of every answer instead.
    """
    day = today or datetime.date.today().isoformat()

    def opened() -> Session:
        return Session(just_read(read(paths, options or LoadOptions(), progress)), day)

    return opened().applying(lambda: opened().context)


def open_stored(directory: str, as_of: str = "", now: datetime.datetime | None = None) -> Session:
    """Open a snapshot of a stored estate: "" or `latest`, `latest~1`, a number, or a time (the last one until then).

    Raises `NephError` when there is no such estate or snapshot, or when nothing of it can be read.
    """
    from nephograph.session.stored import opened

    now = now or datetime.datetime.now(datetime.UTC)
    return Session(opened(pathlib.Path(directory), as_of, now), now.date().isoformat())


def open_for(ask: Ask, options: LoadOptions, progress: Progress = _silent) -> Session:
    """The estate a question is put to: its paths and sources, else the stored estate, else what lies here.

    Raises as `open_estate` and `open_stored` do, and `UsageError` when a snapshot of code is asked for. Logs that the
    question names with `used` are read beside it.
    """
    if hasattr(ask, "rules"):
        from nephograph.session.rules import own_rules, trees_of

        # (first: what is wrong with the question is said before a large tree is read)
        gathered = own_rules(ask.rules, trees_of(ask))
        session = _held(ask, options, progress)
        return session.judging(gathered) if gathered.rules.said else session
    return _held(ask, options, progress)


def _held(ask: Ask, options: LoadOptions, progress: Progress) -> Session:
    """The estate, with what is said beside it of what resources hold and of how they were used."""
    rules = getattr(ask, "data_rules", "")
    if rules:
        return estate_for(ask, options, progress).holding(data_rules(rules))
    used = getattr(ask, "used", ())
    if used:
        from nephograph.session.events import estate_of, usage_at

        session = estate_of(ask, options, progress)
        return session.using(usage_at(used, progress))
    return estate_for(ask, options, progress)


def data_rules(file: str) -> tuple[DataRule, ...]:
    """The rules of a file. Raises `UsageError` when it cannot be read, or holds something else."""
    try:
        with pathlib.Path(file).open("rb") as opened:
            text = opened.read(LIMIT + 1)
    except OSError as error:
        raise UsageError("bad-rules", f"{file} cannot be read: {error.strerror}", "name a file of TOML") from error
    if len(text) > LIMIT:
        raise UsageError("bad-rules", f"{file} is larger than {LIMIT} bytes", "name a file of [[data]] rules")
    return parse(text.decode("utf-8", "replace"), file)


def estate_for(ask: Ask, options: LoadOptions, progress: Progress = _silent) -> Session:
    """The estate alone, without the logs that a question may name. Raises as `open_for` does."""
    from nephograph.session.at_hand import directory

    two = getattr(lens(_name(ask)), "two_estates", None)
    if two is not None:
        before, after = two(ask)
        later = _one(after, ask, options, progress)
        return later.against(_one(before, ask, options, progress))
    paths = (*getattr(ask, "paths", ()), *ask.sources)
    stored = "" if paths else directory(ask.estate)
    if stored:
        return open_stored(stored, ask.as_of)
    if ask.as_of:
        raise UsageError("no-estate", "--as-of asks a stored estate, and none is named or here", "name it with -e")
    return open_estate(paths or (".",), options, progress)


def _one(named: str, ask: Ask, options: LoadOptions, progress: Progress) -> Session:
    """One side of a comparison: a path, or a snapshot of the stored estate."""
    from nephograph.session.at_hand import needed

    file = named.removesuffix("@before").removesuffix("@after")
    if pathlib.Path(file).exists():
        session = open_estate((named, *ask.sources), options, progress)
        if file != named and not any(one.loaded.said == "plan" for one in session.reads):
            raise UsageError("one-side", f"{file} is no plan: it has one side only", "name what to compare it with")
        return session
    return open_stored(str(needed(ask.estate)), named)


def _name(ask: Ask) -> str:
    return type(ask).__module__.rsplit(".", 1)[-1]


class Session:
    """One opened estate. Questions are put to it one after another; engines keep what they have found out.

    `estate` is the graph; `reads` is what each source read (nothing for a stored one).
    """

    def __init__(self, opened: Opened, today: str) -> None:
        self.opened = opened
        self.reads: list[Read] = list(opened.reads)
        self.estate: Estate = opened.estate
        self._excerpts = [opened.excerpts]
        self._context = Context(
            estate=opened.estate,
            facts=EstateFacts(opened.estate),
            coverage=opened.coverage,
            problems=opened.problems,
            assumptions=opened.assumptions,
            suppressions=opened.suppressions,
            snapshot=opened.snapshot,
            today=today,
            write_fix=opened.write_fix,
            moved=opened.moved,
            versions=opened.versions,
        )

    def against(self, before: Session) -> Session:
        """This estate, with another one that questions about a difference compare it to."""
        compared = Session(self.opened, self._context.today)
        compared._context = msgspec.structs.replace(compared._context, before=before.context)
        compared._excerpts = [self.opened.excerpts, before.opened.excerpts]
        return compared

    def applying(self, again: Callable[[], Context]) -> Session:
        """This session, able to write fixes into its files; `again` reads them anew."""
        fixes = Fixes(self.reads, self.estate)
        self._context = msgspec.structs.replace(self._context, apply_fix=Applying(self.reads, fixes, again).apply)
        return self

    def using(self, usage: Usage) -> Session:
        """This estate, with what logs told of its use."""
        told = Session(self.opened, self._context.today)
        told._context = msgspec.structs.replace(self._context, usage=usage)
        told._excerpts = self._excerpts
        return told

    def holding(self, rules: tuple[DataRule, ...]) -> Session:
        """This session, with what somebody says that resources hold."""
        self._context = msgspec.structs.replace(self._context, data_rules=rules)
        return self

    def judging(self, gathered: Gathered) -> Session:
        """This session, with rules of somebody's own: `own_rules(…)` of `session.rules` gathers them."""
        rules, context = gathered.of(self.opened), self._context
        kinds = self.estate.kinds()
        unknown = [
            Gap("rule-not-run", one.origin, f"it looks at {one.kind}: no kind of the catalog, and none is here")
            for one in rules.checks
            if one.kind not in kinds and one.kind not in kind_names()
        ]
        left = (*context.coverage.not_evaluated, *rules.gaps, *unknown)
        self._context = msgspec.structs.replace(
            context,
            rules=rules,
            problems=(*context.problems, *rules.problems),
            coverage=msgspec.structs.replace(context.coverage, not_evaluated=left),
        )
        return self

    @property
    def excerpts(self) -> Excerpts:
        """The lines of what was read, for frames."""
        return AllExcerpts(self._excerpts)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return self._context.problems

    @property
    def context(self) -> Context:
        """What lenses are given."""
        return self._context

    def ask(self, question: str | Ask, **said: Any) -> Answer:
        """Put a question: by the lens's name and its fields, or as an Ask of one.

        Raises KeyError for a lens that does not exist, `msgspec.ValidationError` or TypeError for fields it has not.
        """
        name = question if isinstance(question, str) else _name(question)
        found = lens(name)
        put = found.ASK(**said) if isinstance(question, str) else question
        with quiet_collector():
            return found.answer(put, self._context)
