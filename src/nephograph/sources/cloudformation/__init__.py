"""CloudFormation and SAM templates (YAML and JSON, CDK's output among them), read without AWS and without a network."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, TextEdit
from nephograph.model.source import Loaded, LoadOptions, Progress


class CloudFormation:
    """The source; implements `model.source.Source`. The work is imported when it is asked for."""

    name = "cloudformation"

    def recognises(self, path: pathlib.Path) -> bool:
        """True when a template stands at or below the path: told by what files begin with, nothing is decoded."""
        from nephograph.sources.cloudformation.recognise import holds_template

        return holds_template(path)

    def load(self, path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
        """Read every template at or below `path`."""
        from nephograph.sources.cloudformation.load import load_tree

        return load_tree(path, shown, options, progress)

    def edit(self, path: pathlib.Path, loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
        """The smallest text edits that carry out the edits. Raises `EditError`."""
        from nephograph.sources.cloudformation.edit import text_edits

        return text_edits(loaded, edits)


SOURCE = CloudFormation()
