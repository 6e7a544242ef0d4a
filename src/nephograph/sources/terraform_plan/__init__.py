"""Plans of Terraform and OpenTofu as `terraform show -json` prints them: what will be, or what is."""

from __future__ import annotations

import fnmatch
import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded, LoadOptions, Progress


def is_named(name: str) -> bool:
    """True for the names that plans have in a directory."""
    return fnmatch.fnmatch(name.lower(), "*plan*.json")


def speaks(name: str, head: bytes) -> bool:
    """True when a file of a directory begins like a plan in JSON."""
    from nephograph.sources.terraform_heads import is_plan

    return is_plan(head)


class TerraformPlan:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "terraform_plan"

    def recognises(self, path: pathlib.Path) -> bool:
        """True for a plan in JSON, and for a directory that holds plans and no code."""
        from nephograph.sources.json_files import head_of, holds
        from nephograph.sources.terraform_heads import is_plan, is_saved_plan

        if path.is_file():
            head = head_of(path)
            return is_plan(head) or is_saved_plan(path.name, head)
        return path.is_dir() and holds(path, is_named, speaks)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read every plan at or below `path`."""
        from nephograph.sources.terraform_plan.load import load_plans

        return load_plans(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """A plan is made from code and is not edited. Raises `EditError`."""
        raise EditError("no-place", "a plan is made from code and cannot be edited", "fix the code it was made from")


SOURCE = TerraformPlan()
