"""Terraform and OpenTofu configuration (HCL), read without a provider, credentials or network."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.source import Loaded, LoadOptions, Progress

_ENTRIES = 200_000
_NAMES = (".tf", ".tofu", ".tf.json", ".tofu.json", "terragrunt.hcl")


class Terraform:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "terraform"

    def recognises(self, path: pathlib.Path) -> bool:
        """True when a Terraform file stands at or below the path."""
        if path.is_file():
            return path.name.endswith(_NAMES)
        left = _ENTRIES
        for _, directories, names in os.walk(path, followlinks=False):
            if any(name.endswith(_NAMES) and not name.startswith(".") for name in names):
                return True
            directories[:] = [name for name in directories if name not in (".git", ".terraform", "node_modules")]
            left -= len(names) + len(directories) + 1
            if left < 0:
                return False
        return False

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read everything at or below `path`."""
        from nephograph.sources.terraform.load import load_tree

        return load_tree(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """The smallest text edits that carry out the edits. Raises `EditError`."""
        from nephograph.sources.terraform.edit import text_edits

        return text_edits(loaded, edits)


SOURCE = Terraform()
