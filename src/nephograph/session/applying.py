"""Writes a fix into the files it was read from, whole files at once, and reads them again."""

from __future__ import annotations

import os
import pathlib
import shutil
import tempfile
from collections.abc import Callable, Sequence

from nephograph.lenses.common.context import Applied, Context
from nephograph.model.edit import Fix
from nephograph.model.errors import EditError
from nephograph.session.fixes import Fixes, apply
from nephograph.session.load import Read


class Applying:
    """Writes fixes of one session. `again` reads everything anew."""

    def __init__(self, reads: Sequence[Read], fixes: Fixes, again: Callable[[], Context]) -> None:
        self._roots = [one.path.resolve() for one in reads]
        self._fixes = fixes
        self._again = again

    def apply(self, fix: Fix) -> Applied:
        """Write the fix and read again. Raises `EditError` when a part of it has no place; then nothing is written."""
        texts = apply(self._fixes.text_edits(fix))
        changed = {file: after for file, (before, after) in texts.items() if before != after}
        for file in changed:
            self._inside(file)
        for file, text in changed.items():
            _replace(pathlib.Path(file), text)
        return Applied(tuple(sorted(changed)), self._again())

    def _inside(self, file: str) -> None:
        path = pathlib.Path(file).resolve()
        if not any(path == root or path.is_relative_to(root) for root in self._roots):
            raise EditError("edit-outside", f"{file} is not in what was read", "edit it by hand")


def _replace(path: pathlib.Path, text: str) -> None:
    """The file with new text in one step: whoever reads it sees all of the old or all of the new."""
    place = path.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".neph-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        shutil.copymode(place, name)
        pathlib.Path(name).replace(place)
    except BaseException:
        pathlib.Path(name).unlink(missing_ok=True)
        raise
