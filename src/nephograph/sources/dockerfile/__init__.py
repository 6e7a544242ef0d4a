"""Dockerfiles and Containerfiles: their stages, base images, users, and what is copied and run. Nothing is built."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.source import Loaded, LoadOptions, Progress


class Dockerfile:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "dockerfile"

    def recognises(self, path: pathlib.Path) -> bool:
        """True when a Dockerfile stands at or below the path: told by names alone."""
        from nephograph.sources.dockerfile.recognise import holds_dockerfile

        return holds_dockerfile(path)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read every Dockerfile at or below `path`."""
        from nephograph.sources.dockerfile.load import load_tree

        return load_tree(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """The smallest text edits that carry out the edits. Raises `EditError`."""
        from nephograph.sources.dockerfile.edit import text_edits

        return text_edits(loaded, edits)


SOURCE = Dockerfile()
