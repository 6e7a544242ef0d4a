"""Estates on disk: which snapshot is meant, and how one is written and opened."""

from __future__ import annotations

import datetime
import pathlib
import re
from collections.abc import Sequence

from nephograph.estate.store.contents import About, contents_of
from nephograph.estate.store.reader import SnapshotRow, Store
from nephograph.estate.store.snapshot import SnapshotInfo
from nephograph.estate.store.writer import Writer
from nephograph.lenses.common.context import Version
from nephograph.model.answer import Snapshot
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem, UsageError
from nephograph.session.opened import Opened, documents

_BACK = re.compile(r"latest(?:~(\d+))?")
_TIME = re.compile(r"@?(\d{4}-\d{2}-\d{2}.*)")


def write(
    opened: Opened, into: pathlib.Path, sources: Sequence[str], now: datetime.datetime
) -> tuple[SnapshotInfo, list[Problem]]:
    """Add what was read as the newest snapshot. Returns it, and what was found broken in the estate.

    Raises `NephError` when somebody else writes, or when the disk refuses: nothing has changed then.
    """
    about = About(
        taken=now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sources=tuple(sources),
        digest=opened.snapshot.id,
        coverage=opened.coverage,
        problems=opened.problems,
        assumptions=opened.assumptions,
        suppressions=opened.suppressions,
        moved=opened.moved,
    )
    with Writer(into) as writer:
        return writer.write(contents_of(opened.estate, about, opened.excerpts, documents(opened))), writer.problems


def chosen(store: Store, said: str) -> SnapshotRow:
    """The snapshot a person means: "" or `latest`, `latest~2`, a number, or the last one at or before a time.

    Raises `UsageError` when there is none.
    """
    rows = store.snapshots()
    back = _BACK.fullmatch(said or "latest")
    if back:
        steps = int(back.group(1) or 0)
        if steps < len(rows):
            return rows[-1 - steps]
        raise _no_snapshot(store, said)
    if said.isdecimal():
        return store.snapshot(int(said))
    time = _TIME.fullmatch(said)
    if time:
        until = _utc(time.group(1), said)
        earlier = [row for row in rows if row.taken <= until]
        if earlier:
            return earlier[-1]
        raise _no_snapshot(store, said)
    raise UsageError(
        "no-snapshot",
        f"{said} is no snapshot",
        "write its number (`neph snapshots`), latest, latest~1, or a time like 2026-11-01 or 2026-11-01T12:00Z",
    )


def _utc(text: str, said: str) -> str:
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("no-snapshot", f"{said} is no time", "write it like 2026-11-01 or 2026-11-01T12:00Z") from None
    if len(text) == len("2026-11-01"):
        time += datetime.timedelta(days=1, seconds=-1)  # a day means all of it
    if time.tzinfo is None:
        time = time.replace(tzinfo=datetime.UTC)
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _no_snapshot(store: Store, said: str) -> UsageError:
    first = store.snapshots()[0]
    many = len(store.snapshots())
    return UsageError(
        "no-snapshot",
        f"{store.path} has no snapshot {said}: it has {many}, the first of {first.taken}",
        "`neph snapshots` lists them",
    )


def opened(into: pathlib.Path, as_of: str, now: datetime.datetime) -> Opened:
    """A stored snapshot as a session takes it. The store stays open as long as the process does.

    Raises `NephError` when there is no such estate or snapshot, or when nothing of it can be read.
    """
    store = Store.open(into)
    row = chosen(store, as_of)
    contents = store.contents(row.number)
    about = contents.about
    taken = datetime.datetime.fromisoformat(row.taken)

    def versions(urn: str) -> tuple[Version, ...]:
        return tuple(Version(v.what, v.taken_from, v.taken_to, v.valid_from, v.address) for v in store.versions(urn))

    return Opened(
        estate=contents.estate,
        snapshot=Snapshot(row.digest, max(0.0, (now - taken).total_seconds()), str(into), row.number, row.taken),
        coverage=about.coverage,
        problems=(*store.problems, *about.problems),
        assumptions=about.assumptions,
        suppressions=about.suppressions,
        moved=about.moved,
        excerpts=contents.excerpts,
        write_fix=_unwritten,
        versions=versions,
    )


def _unwritten(fix: Fix) -> Fix:
    """A stored estate holds no code to edit."""
    return fix.but(title=f"{fix.title} (check the code itself to see this as a diff)")
