"""Which files are templates: told by their names and by what their bytes hold, before anything is decoded."""

from __future__ import annotations

import os
import pathlib
import re

from nephograph.sources.json_files import HEAD_BYTES, MAX_ENTRIES, SKIPPED_DIRECTORIES, head_of

_NAMES = (".yaml", ".yml", ".json", ".template", ".cfn", ".cform")
_BUILT = frozenset({".aws-sam"})
"""What the SAM command builds is a copy of the template it was built from."""

_HEADER = re.compile(
    rb"AWSTemplateFormatVersion|^\s*[\"']?Transform[\"']?\s*:.*AWS::|^\s*-\s*[\"']?AWS::(?:Serv|Lang)", re.M
)
_RESOURCES = re.compile(rb"[\"']?\bResources[\"']?\s*:")
_TYPE = re.compile(rb"[\"']?\bType[\"']?\s*:\s*[\"']?(?:AWS|Custom|Alexa)::")

_SECTION = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|#[^\n]*\n|---)*\{?\s*[\"']?"
    rb"(?:Conditions|Description|Globals|Mappings|Metadata|Outputs|Parameters|Rules|Resources)[\"']?\s*:"
)


def is_named(name: str) -> bool:
    """True for the names that templates have."""
    return name.lower().endswith(_NAMES)


def is_built(relative: str) -> bool:
    """True for a file below a directory that holds copies."""
    return not _BUILT.isdisjoint(relative.split("/"))


def speaks(name: str, head: bytes) -> bool:
    """True when what a file begins with reads like a template. Bytes that AWS is not named in cost one search."""
    if b"AWS" not in head and b"Custom::" not in head:
        return False
    if _TYPE.search(head) is not None and _RESOURCES.search(head) is not None:
        return True
    if _HEADER.search(head) is not None:
        return True
    # Of a long file the resources may stand behind what was looked at; its first section tells it.
    return len(head) >= HEAD_BYTES and _SECTION.match(head) is not None


def holds_template(path: pathlib.Path) -> bool:
    """True for a template, and for a directory that holds one."""
    if path.is_file():
        return is_named(path.name) and speaks(path.name, head_of(path))
    left = MAX_ENTRIES
    for directory, directories, names in os.walk(path, followlinks=False):
        directories[:] = [name for name in directories if name not in SKIPPED_DIRECTORIES and name not in _BUILT]
        left -= len(names) + len(directories) + 1
        if left < 0:
            return False
        for name in names:
            if is_named(name) and speaks(name, head_of(os.path.join(directory, name))):  # noqa: PTH118
                return True
    return False
