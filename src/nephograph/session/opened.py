"""An estate that was opened, and what was said beside it: read just now, or taken out of a store."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence

import msgspec

from nephograph.estate.build import build
from nephograph.estate.graph import Estate
from nephograph.lenses.common.context import Version
from nephograph.model.answer import Coverage, Snapshot
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.source import Document, Excerpts, Suppression
from nephograph.session.collector import quiet_collector
from nephograph.session.fixes import Fixes
from nephograph.session.load import Read
from nephograph.sources.credentials import MASK


class Opened(msgspec.Struct):
    """What a session is made of. `reads` and `documents` are empty for what comes out of a store."""

    estate: Estate
    snapshot: Snapshot
    coverage: Coverage
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]
    suppressions: tuple[Suppression, ...]
    moved: tuple[tuple[str, str, str], ...]
    excerpts: Excerpts
    write_fix: Callable[[Fix], Fix]
    versions: Callable[[str], tuple[Version, ...]] | None = None
    reads: Sequence[Read] = ()


def just_read(reads: Sequence[Read]) -> Opened:
    """The estate of what sources have read."""
    with quiet_collector():
        built = build(r.loaded for r in reads)
    loads = [r.loaded for r in reads]
    gaps = [gap for load in loads for gap in load.gaps] + built.gaps
    return Opened(
        estate=built.estate,
        snapshot=Snapshot(digest(built.estate)),
        coverage=Coverage(sum(load.seen for load in loads), built.evaluated, tuple(gaps)),
        problems=tuple(problem for load in loads for problem in load.problems),
        assumptions=tuple(dict.fromkeys(text for load in loads for text in load.assumptions)),
        suppressions=tuple(comment for load in loads for comment in load.suppressions),
        moved=tuple(move for load in loads for move in load.moved),
        excerpts=AllExcerpts([load.excerpts for load in loads if load.excerpts]),
        write_fix=Fixes(reads, built.estate).write,
        reads=reads,
    )


def documents(opened: Opened) -> list[Document]:
    """Everything that was loaded."""
    return [document for read in opened.reads for document in read.loaded.documents]


class AllExcerpts:
    """The lines of several readings; implements `model.source.Excerpts`."""

    def __init__(self, excerpts: Sequence[Excerpts]) -> None:
        self._excerpts = excerpts

    def line(self, file: str, number: int) -> str | None:
        """The line, with everything masked that any of the readings masks."""
        found = [text for one in self._excerpts if (text := one.line(file, number)) is not None]
        return functools.reduce(_masked_by_both, found) if found else None


def _masked_by_both(one: str, other: str) -> str:
    """Masks keep columns: where either text has a star, the other's character is not to be seen."""
    if one == other or len(one) != len(other):
        return one
    return "".join(MASK if MASK in (here, there) else here for here, there in zip(one, other, strict=True))


def digest(estate: Estate) -> str:
    """The id of a snapshot: a hash over the content of every resource, independent of order and machine."""
    hasher = hashlib.blake2b(digest_size=8)
    for resource in estate.resources.values():
        hasher.update(resource.urn.encode("utf-8", "backslashreplace"))
        hasher.update(msgspec.json.encode(resource.config, enc_hook=str, order="deterministic"))
    return hasher.hexdigest()
