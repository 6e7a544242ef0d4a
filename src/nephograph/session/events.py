"""Logs beside an estate: finds the sources that read events, and lets them tally what lies at the paths."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import Any

from nephograph.engines.usage.namer import ActionNamer
from nephograph.lenses.common.ask import Ask
from nephograph.model.errors import NephError, UsageError
from nephograph.model.events import EventSource, Usage
from nephograph.model.source import LoadOptions, Progress
from nephograph.session.door import Session, estate_for
from nephograph.session.load import sources
from nephograph.session.opened import just_read


def event_sources() -> list[EventSource]:
    """Every source that reads events."""
    every: list[Any] = list(sources())
    return [source for source in every if hasattr(source, "has_events")]


def usage_at(paths: Sequence[str], progress: Progress) -> Usage:
    """What the logs at the paths tell.

    Raises `UsageError` when a path does not exist, or when nothing at any of them is an event.
    """
    found: list[tuple[pathlib.Path, str]] = []
    for shown in dict.fromkeys(paths):
        path = pathlib.Path(shown)
        if not path.exists():
            raise UsageError("no-such-path", f"{shown} does not exist", "give a directory or file that is there")
        found.append((path, shown))
    (source,) = event_sources()
    usage = source.events([one for one in found if source.has_events(one[0])], ActionNamer(), progress)
    if not usage.events and not usage.problems:
        where = ", ".join(shown for _, shown in found)
        raise UsageError(
            "no-usage",
            f"no event of CloudTrail in {where}",
            'name files or folders of CloudTrail logs: {"Records": […]} as .json or .json.gz, or JSON lines',
        )
    return usage


def estate_of(ask: Ask, options: LoadOptions, progress: Progress) -> Session:
    """The estate a question about usage is put to: an empty one where none is named and none lies here."""
    named = (*getattr(ask, "paths", ()), *ask.sources, ask.estate, ask.as_of)
    try:
        return estate_for(ask, options, progress)
    except NephError as error:
        if any(named) or error.problem.code != "no-infrastructure":
            raise
        import datetime

        return Session(just_read(()), datetime.date.today().isoformat())
