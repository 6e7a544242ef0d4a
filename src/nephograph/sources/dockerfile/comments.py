"""Suppressions of a Dockerfile: our comments, those of Checkov and Trivy, and hadolint's.

    # neph: ignore[docker-image-runs-as-root] because the entry point drops root
    # hadolint ignore=DL3006,DL3008
    # hadolint global ignore=DL3059
    # checkov:skip=CKV_DOCKER_2:has no endpoint

A comment above an instruction covers it; above a FROM it covers the stage. hadolint's ids are among the ids other tools
use (`Check.tools`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from nephograph.model.source import Suppression
from nephograph.model.span import Span
from nephograph.sources.dockerfile.reader import Parsed
from nephograph.sources.dockerfile.stages import Stage
from nephograph.sources.terraform.comments import MAX_COMMENT, suppressions
from nephograph.sources.terraform.texts import Text

_HADOLINT = re.compile(r"#\s*hadolint\s+(?P<all>global\s+)?ignore\s*=\s*(?P<codes>[\w\s,-]+?)\s*(?:#.*|;.*)?$")


def suppressions_of(text: Text, parsed: Parsed, stages: list[Stage]) -> Iterator[Suppression]:
    """Every suppression of a file."""
    blocks = sorted((one.start, max([one.end, *(doc.end for doc in one.heredocs)])) for one in parsed.instructions)
    heads = {text.place(stage.start)[0]: text.span(stage.start, stage.end) for stage in stages}
    for found in suppressions(text, blocks, parsed.comments):
        yield msgspec.structs.replace(found, covers=heads.get(found.covers.line, found.covers))
    whole = text.span(0, len(text.content))
    # Checkov heeds a skip wherever it stands in the file.
    for start, end in parsed.comments:
        comment = text.content[start:end][:MAX_COMMENT]
        skip = _CHECKOV.search(comment)
        if skip is not None:
            yield Suppression((skip[1],), whole, skip[2] or "", "", "checkov")
        match = _HADOLINT.search(comment)
        if match is None:
            continue
        codes = tuple(code for code in re.split(r"[\s,]+", match["codes"]) if code)
        covers = whole if match["all"] else _below(text, blocks, end)
        if covers is not None:
            yield Suppression(codes, covers, "", "", "hadolint")


_CHECKOV = re.compile(r"(?:checkov|bridgecrew)\s*:\s*skip\s*=\s*([\w-]+)(?:\s*:\s*(.*?))?\s*$")


def _below(text: Text, blocks: list[tuple[int, int]], at: int) -> Span | None:
    """The instruction below a comment."""
    found = next(((start, end) for start, end in blocks if start >= at), None)
    return text.span(*found) if found is not None else None
