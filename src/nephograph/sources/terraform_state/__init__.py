"""States of Terraform and OpenTofu: the state file itself, and what `terraform show -json` prints of it."""

from __future__ import annotations

import fnmatch
import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded, LoadOptions, Progress


def is_named(name: str) -> bool:
    """True for the names that states have in a directory. Backups are older states and are not read."""
    lower = name.lower()
    return lower.endswith(".tfstate") or fnmatch.fnmatch(lower, "*state*.json")


def speaks(name: str, head: bytes) -> bool:
    """True when a file of a directory is a state: by its name alone, or by how it begins."""
    from nephograph.sources.terraform_heads import is_state

    return name.lower().endswith(".tfstate") or is_state(head)


class TerraformState:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "terraform_state"

    def recognises(self, path: pathlib.Path) -> bool:
        """True for a state, and for a directory that holds states and no code."""
        from nephograph.sources.json_files import head_of, holds

        if path.is_file():
            # Below .terraform the file of that name holds the configuration of the backend.
            in_cache = ".terraform" in path.parts
            return not in_cache and (speaks(path.name, head_of(path)))
        return path.is_dir() and holds(path, is_named, speaks)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read every state at or below `path`."""
        from nephograph.sources.terraform_state.load import load_states

        return load_states(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """A state is a record and is not edited. Raises `EditError`."""
        raise EditError("no-place", "a state records what is and cannot be edited", "fix the code it comes from")


SOURCE = TerraformState()
