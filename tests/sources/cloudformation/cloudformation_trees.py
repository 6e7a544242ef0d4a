"""Templates made for one test."""

from __future__ import annotations

import pathlib
import textwrap
from typing import Any

from nephograph.model.source import Loaded
from nephograph.sources.cloudformation import SOURCE
from tests.support.loading import load


def tree(folder: pathlib.Path, **files: str) -> pathlib.Path:
    """Files in a folder; `__` in a name is a directory, the last `_` its extension's dot."""
    for name, content in files.items():
        stem, _, extension = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{extension}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content), encoding="utf-8")
    return folder


def read(folder: pathlib.Path, content: str, **options: Any) -> Loaded:
    """One template, as the source reads it."""
    return load(SOURCE, tree(folder, template_yaml=content), **options)


def value(folder: pathlib.Path, expression: str, sections: str = "", **options: Any) -> Any:
    """What an expression is worth as a property of a resource."""
    content = "AWSTemplateFormatVersion: 2010-09-09\n" + textwrap.dedent(sections)
    content += "\nResources:\n  Other: {Type: AWS::SNS::Topic}\n  It:\n    Type: Custom::It\n    Properties:\n"
    content += f"      Value:\n        {expression}\n"
    loaded = read(folder, content, **options)
    assert loaded.problems == [], loaded.problems
    (document,) = [one for one in loaded.documents if one.address == "It"]
    return document.attributes.get("Value", "nothing")
