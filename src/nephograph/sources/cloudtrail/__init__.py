"""CloudTrail: files and folders of `{"Records": […]}`, packed or not, JSON lines, and what lookup-events answers."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.events import Namer, Usage
from nephograph.model.source import Gap, Loaded, LoadOptions, Progress


class CloudTrail:
    """The source; implements `model.events.EventSource`, and `model.source.Source` of a log that holds no resources."""

    name = "cloudtrail"

    def recognises(self, path: pathlib.Path) -> bool:
        """True for a file that CloudTrail delivered, and for a directory of nothing else that is read."""
        from nephograph.sources.cloudtrail.files import is_delivered, only_delivered

        return is_delivered(path.name) if path.is_file() else path.is_dir() and only_delivered(path)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Events are no resources: they are named, and stay unread until a question asks for usage."""
        del options, progress
        gap = Gap("events", shown or path.name, "events of CloudTrail are no resources; give them with --used")
        return Loaded(self.name, said="dump", gaps=[gap])

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """A log is a record and is not edited. Raises `EditError`."""
        raise EditError("no-place", "a log records what happened and cannot be edited", "fix the code it comes from")

    def has_events(self, path: pathlib.Path) -> bool:
        """True for a directory, and for a file under a name that events are kept under."""
        from nephograph.sources.cloudtrail.files import is_wanted

        return path.is_dir() or (path.is_file() and is_wanted(path.name))

    def events(self, paths: Sequence[tuple[pathlib.Path, str]], namer: Namer, progress: Progress) -> Usage:
        """Tally every event at or below the paths."""
        from nephograph.sources.cloudtrail.read import read_events

        return read_events(paths, namer, progress)


SOURCE = CloudTrail()
