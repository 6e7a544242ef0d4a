"""The warm session: edits in, answers out. What it cannot follow step by step it loads anew, with the same answer."""

from __future__ import annotations

import datetime
import gc
import pathlib
from collections.abc import Sequence

import msgspec

from nephograph.estate.build import build
from nephograph.lenses.check import CheckAsk, composed
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Answer, Coverage, Snapshot
from nephograph.model.errors import Problem, UsageError
from nephograph.model.source import LoadOptions
from nephograph.session.door import Session
from nephograph.session.fixes import Fixes, text_of
from nephograph.session.load import Read, read, sources
from nephograph.session.opened import just_read
from nephograph.session.warm.answers import Answers
from nephograph.session.warm.estate import LiveEstate
from nephograph.session.warm.facts import WatchedFacts
from nephograph.session.warm.reads import PLACES, Reads, WatchedTraced, WatchedVerbatim
from nephograph.sources.secrets.load import in_text
from nephograph.sources.terraform.live import LiveTree, Unproven, Untouched

_OF_ALL = frozenset({"aws_organizations_account"})
"""Kinds that checks of all other resources look at, and remember what they saw."""

NO_SNAPSHOT = Snapshot("")
"""A warm answer names no snapshot: its id hashes the whole estate, which an edit has no time for."""


class Step(msgspec.Struct, frozen=True):
    """What the last edit took. `anew` says why everything was loaded again, "" when it was followed.

    `behind` names the files whose text has a syntax error: what is told of them is from before it. `instances` counts
    the resource instances that were evaluated, `checked` the resources whose checks ran; `engines` is True when the
    engines (network, identity, attack paths) started over.
    """

    anew: str = ""
    instances: int = 0
    checked: int = 0
    engines: bool = False
    behind: tuple[str, ...] = ()


class WarmSession:
    """One tree, loaded once. Raises `UsageError` where there is no infrastructure, as `neph check` does."""

    def __init__(self, path: str, options: LoadOptions | None = None, today: str | None = None) -> None:
        self._shown = path
        self._options = options or LoadOptions()
        self._today = today or datetime.date.today().isoformat()
        self._buffers: dict[str, str] = {}
        self._live: _Live | None = None
        self._aside: _Live | None = None
        """What was followed until a text could not be, and the texts since then."""
        self._pending: dict[pathlib.Path, str] = {}
        self._still: Answer | None = None
        """The answer while nothing is followed: of a cold run, or of the texts before a syntax error."""
        self.last = Step("the first load")
        """What the last edit took."""
        self._load()

    def answer(self) -> Answer:
        """What `neph check` says of the tree as it is edited, apart from the name of the snapshot.

        While a block is being typed and is no whole one, the answer is the last one and the syntax error: what stands
        in the file does not come and go with every key.
        """
        if self._live is not None:
            return self._live.answer()
        assert self._still is not None
        return self._still

    def edit(self, path: str, text: str) -> Answer:
        """A buffer stands for a file from now on. Raises `UsageError` for a file that is not on the disk."""
        file = pathlib.Path(path).resolve()
        if not file.is_file():
            raise UsageError("no-such-path", f"{path} does not exist", "save the file first")
        self._buffers[str(file)] = text
        self._take(file, text)
        return self.answer()

    def refresh(self, paths: Sequence[str]) -> Answer:
        """What stands on the disk counts again for these files: they were saved, or their buffers were closed."""
        for path in paths:
            file = pathlib.Path(path).resolve()
            self._buffers.pop(str(file), None)
            try:
                text = file.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                self._load("a file has gone or cannot be read")
                continue
            self._take(file, text)
        return self.answer()

    def _take(self, file: pathlib.Path, text: str) -> None:
        live = self._live or self._aside
        if live is None:
            self._load("the tree has something that edits are not followed through")
            return
        self._pending[file] = text
        mistakes: list[Problem] = []
        try:
            for one in list(self._pending):
                try:
                    self.last = live.edit(one, self._pending[one])
                except Untouched:
                    wrong = live.tree.mistakes(one, self._pending[one])
                    if not wrong:
                        raise
                    mistakes += wrong
                else:
                    del self._pending[one]
        except Untouched as why:
            # What stands aside is followed on when the text is made of whole blocks again.
            self._live, self._aside = None, live
            self._load_cold(str(why))
        except Unproven as why:
            self._load(str(why))
        else:
            self._live, self._aside = (None, live) if mistakes else (live, None)
            if mistakes:
                self._still = _behind(live.answer(), mistakes)
                self.last = Step(behind=tuple(dict.fromkeys(one.span.file for one in mistakes if one.span)))

    def _load(self, why: str = "the first load") -> None:
        self._live = self._aside = None
        self._pending = {}
        place = pathlib.Path(self._shown)
        speaks = [source.name for source in sources() if place.exists() and source.recognises(place)]
        if speaks == ["terraform"]:
            try:
                self._live = _Live(self._shown, self._with_buffers(), self._today, self._buffers)
            except Unproven as other:
                why = f"{why}; {other}"
        if self._live is None:
            self._load_cold(why)
        else:
            self.last = Step(why, len(self._live.tree.loaded.documents))

    def _load_cold(self, why: str) -> None:
        opened = just_read(read([self._shown], self._with_buffers(), lambda *_: None))
        opened.write_fix = Fixes(opened.reads, opened.estate, self._text).write
        answer = Session(opened, self._today).ask(CheckAsk(paths=(self._shown,)))
        self._still = msgspec.structs.replace(answer, snapshot=NO_SNAPSHOT)
        self.last = Step(why, sum(len(one.loaded.documents) for one in opened.reads))

    def _with_buffers(self) -> LoadOptions:
        return msgspec.structs.replace(self._options, buffers=tuple(self._buffers.items()))

    def _text(self, file: str) -> str:
        known = self._buffers.get(str(pathlib.Path(file).resolve()))
        return text_of(file) if known is None else known


def _behind(answer: Answer, mistakes: list[Problem]) -> Answer:
    """The answer of the texts before, with what is wrong in those of now."""
    files = ", ".join(dict.fromkeys(one.span.file for one in mistakes if one.span))
    told = f"What is told of {files} is from before the syntax error."
    return msgspec.structs.replace(answer, errors=(*answer.errors, *mistakes), assumptions=(*answer.assumptions, told))


class _Live:
    """A tree that is followed: its source, its estate, its answers."""

    def __init__(self, shown: str, options: LoadOptions, today: str, buffers: dict[str, str]) -> None:
        self._buffers = buffers
        path = pathlib.Path(shown)
        collecting = gc.isenabled()
        gc.disable()
        try:
            self.tree = LiveTree(path, shown, options)
            if not self.tree.loaded.seen and not self.tree.loaded.gaps:
                raise Unproven("there is nothing in the tree")
            self._reads = Reads()
            self._estate = LiveEstate(build([self.tree.loaded]), self._reads)
            source = next(one for one in sources() if one.name == "terraform")
            self._writes = Fixes([Read(source, path, self.tree.loaded)], self._estate.built.estate, self._text)
            self._today = today
            facts = WatchedFacts(self._estate.built.estate, self._reads)
            self._answers = Answers(self._context(facts), self._reads, CheckAsk().max_paths)
            self._answers.run(self._estate.built.estate.resources.values())
            self._answers.attack()
        finally:
            # What was loaded lives as long as the session: the collector has no business with it.
            gc.freeze()
            if collecting:
                gc.enable()

    def _text(self, file: str) -> str:
        known = self._buffers.get(str(pathlib.Path(file).resolve()))
        return text_of(file) if known is None else known

    def _context(self, facts: WatchedFacts) -> Context:
        loaded, built = self.tree.loaded, self._estate.built
        return Context(
            estate=built.estate,
            facts=facts,
            coverage=Coverage(loaded.seen, built.evaluated, (*loaded.gaps, *self._estate.gaps)),
            problems=tuple(loaded.problems),
            assumptions=tuple(dict.fromkeys(loaded.assumptions)),
            suppressions=tuple(loaded.suppressions),
            snapshot=NO_SNAPSHOT,
            today=self._today,
            write_fix=self._writes.write,
            moved=tuple(loaded.moved),
        )

    def edit(self, file: pathlib.Path, text: str) -> Step:
        """Follow an edit. Raises `Unproven`; all of this is of no more use then."""
        if in_text(self.tree.relative(file) or file.name, text):
            raise Unproven("a credential is written in the file")
        edited = self.tree.edit(file, text)
        self._writes.version += 1
        resources, fields = self._estate.follow(edited.documents)
        relative = self.tree.relative(file)
        assert relative is not None
        pieces = edited.pieces
        if pieces and any(gap.span is not None for gap in self._estate.gaps):
            raise Unproven("a gap of the estate is told with its place")
        if any(resource.kind in _OF_ALL for resource in resources):
            raise Unproven("a resource was edited that says something of all others")
        moved = self._estate.of_documents([*(one for one, _ in edited.documents), *edited.anew])
        for resource in moved:
            assert isinstance(resource.provenance, WatchedTraced | WatchedVerbatim)
            resource.provenance.forget()
            fields.add((resource.urn, PLACES))
        self._reads.forget(pieces)
        facts = self._answers.facts
        stale = self._reads.stale(fields, pieces)
        engines = facts.work in stale
        if engines:
            facts = WatchedFacts(self._estate.built.estate, self._reads)
        self._answers.follow(moved, stale, self._context(facts), engines)
        self._answers.moved(self.tree.context.tree.shown(relative))
        self._answers.attack()
        return Step("", edited.instances, self._answers.reruns, engines)

    def answer(self) -> Answer:
        """The answer of `check`."""
        answers = self._answers
        return composed(answers.context, answers.findings(), answers.failed(), len(answers.checks), answers.attack())
