"""Outputs of the AWS CLI: a folder (or one file) of what `aws … describe-*`, `list-*` and `get-*` printed as JSON."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded, LoadOptions, Progress


class AwsCli:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "awscli"

    def recognises(self, path: pathlib.Path) -> bool:
        """True for an answer that the catalog knows, and for a directory that holds one and no code."""
        from nephograph.sources.awscli.heads import is_an_answer, is_wanted
        from nephograph.sources.json_files import head_of, holds

        if path.is_file():
            return is_an_answer(path.name, head_of(path))
        return path.is_dir() and holds(path, is_wanted, is_an_answer)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read every answer at or below `path`."""
        from nephograph.sources.awscli.load import load_dump

        return load_dump(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """A dump is a record and is not edited. Raises `EditError`."""
        raise EditError("no-place", "a dump records what is and cannot be edited", "fix the code it comes from")


SOURCE = AwsCli()
