"""Credentials that are written in files: code, variables, settings, scripts, pipelines. Their values are not kept."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded, LoadOptions, Progress


class Secrets:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "secrets"

    def recognises(self, path: pathlib.Path) -> bool:
        """True when a credential is written at or below the path: a tree without one costs one look at its bytes."""
        from nephograph.sources.secrets.load import holds_secret

        return holds_secret(path)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Find every credential at or below `path`."""
        from nephograph.sources.secrets.load import load_tree

        return load_tree(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """Raises `EditError`: a credential has to be changed where it is used before it can go from the code."""
        del path, loaded, edits
        raise EditError("edit-place", "A credential is not edited.", "Change it first, then take it out of the code.")


SOURCE = Secrets()
