"""open → load → ask."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from nephograph.engines.facts import EstateFacts
from nephograph.estate.build import build
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ask import Ask
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Answer, Coverage, Snapshot
from nephograph.model.errors import Problem
from nephograph.model.source import Excerpts, LoadOptions, Progress
from nephograph.session.fixes import Fixes
from nephograph.session.load import Read, read
from nephograph.session.questions import lens


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def open_estate(
    paths: Sequence[str], options: LoadOptions | None = None, progress: Progress = _silent, today: str | None = None
) -> Session:
    """Read everything at the paths into one estate.

    `today` (ISO date, default: the clock's) decides which ignore comments have run out. Raises `UsageError` when a
    path does not exist or holds no infrastructure; what cannot be read becomes a Problem of every answer instead.
    """
    return Session(read(paths, options or LoadOptions(), progress), today or datetime.date.today().isoformat())


class Session:
    """One opened estate. Questions are put to it one after another; engines keep what they have found out.

    `estate` is the graph; `reads` is what each source read.
    """

    def __init__(self, reads: Sequence[Read], today: str) -> None:
        self.reads = list(reads)
        built = build(r.loaded for r in self.reads)
        loads = [r.loaded for r in self.reads]
        self.estate: Estate = built.estate
        gaps = [gap for load in loads for gap in load.gaps] + built.gaps
        self._context = Context(
            estate=built.estate,
            facts=EstateFacts(built.estate),
            coverage=Coverage(sum(load.seen for load in loads), built.evaluated, tuple(gaps)),
            problems=tuple(problem for load in loads for problem in load.problems),
            assumptions=tuple(dict.fromkeys(text for load in loads for text in load.assumptions)),
            suppressions=tuple(comment for load in loads for comment in load.suppressions),
            snapshot=Snapshot(_digest(built.estate)),
            today=today,
            write_fix=Fixes(self.reads, built.estate).write,
        )

    @property
    def excerpts(self) -> Excerpts:
        """The lines of what was read, for frames."""
        return _AllExcerpts([r.loaded.excerpts for r in self.reads if r.loaded.excerpts])

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
        if isinstance(question, str):
            found = lens(question)
            return found.answer(found.ASK(**said), self._context)
        name = type(question).__module__.rsplit(".", 1)[-1]
        return lens(name).answer(question, self._context)


class _AllExcerpts:
    def __init__(self, excerpts: Sequence[Excerpts]) -> None:
        self._excerpts = excerpts

    def line(self, file: str, number: int) -> str | None:
        return next((text for e in self._excerpts if (text := e.line(file, number)) is not None), None)


def _digest(estate: Estate) -> str:
    """The id of a snapshot: a hash over the content of every resource, independent of order and machine."""
    digest = hashlib.blake2b(digest_size=8)
    for resource in estate.resources.values():
        digest.update(resource.urn.encode())
        digest.update(msgspec.json.encode(resource.config, enc_hook=str, order="deterministic"))
    return digest.hexdigest()
