"""Suppression comments: our own, and those of the scanners a team may come from.

    # neph: ignore[bucket-public-read] until 2027-01 because the site is public
    #checkov:skip=CKV_AWS_20:the site is public
    #trivy:ignore:AVD-AWS-0086  #tfsec:ignore:aws-s3-enable-bucket-logging:exp:2027-01-31

Where it stands decides what it covers: on lines of its own above a top-level block or inside one, that block; behind
code, what begins on that line (a whole block when the line opens a top-level one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nephograph.model.source import Suppression
from nephograph.model.span import Span
from nephograph.sources.terraform.texts import Text

_HINT = re.compile(r"(?:neph\s*:\s*ignore|checkov\s*:\s*skip|bridgecrew\s*:\s*skip|trivy\s*:|tfsec\s*:)")

_NEPH = re.compile(
    r"neph\s*:\s*ignore\s*(?:\[(?P<codes>[^\]]*)\])?"
    r"(?:\s+until\s+(?P<until>\d{4}-\d{2}(?:-\d{2})?))?"
    # Whatever follows the codes is the reason; where no code is named, it has to say so: it may be a mere remark.
    r"(?:[\s:]+because\s+(?P<reason>.*?)|(?(codes)[\s:]+(?P<said>\S.*?)|(?!)))?\s*(?:\*/\s*)?$"
)
_CHECKOV = re.compile(
    r"(?:checkov|bridgecrew)\s*:\s*skip\s*=\s*(?P<code>[\w-]+)(?:\s*:\s*(?P<reason>.*?))?\s*(?:\*/)?\s*$"
)
_AQUA = re.compile(
    r"(?P<tool>trivy|tfsec)\s*:\s*ignore\s*:\s*(?P<code>[\w*-]+)(?P<rest>(?:\[[^\]]*\])?(?::exp:[\d-]+)?)"
)
_EXPIRES = re.compile(r":exp:(\d{4}-\d{2}-\d{2})")

MAX_COMMENT = 1_000
"""Characters of one line of a comment that are looked at."""

Range = tuple[int, int]


def may_suppress(content: str) -> bool:
    """True when a text may hold a suppression comment."""
    return _HINT.search(content) is not None


def suppressions(text: Text, blocks: Sequence[Range], comments: Sequence[Range]) -> Iterator[Suppression]:
    """Every suppression of a file. `blocks` are the ranges of its top-level blocks, `comments` of its comments."""
    for start, end in comments:
        comment = text.content[start:end]
        if _HINT.search(comment) is None:
            continue
        number, column = text.place(start)
        covers = _covers(text, number, text.line(number) or "", column - 1, blocks)
        if covers is not None:
            for line in comment.split("\n"):
                yield from _read(line[:MAX_COMMENT].rstrip("\r"), covers)


def suppressions_in_json(text: Text, blocks: Sequence[Range], comments: Sequence[Range]) -> Iterator[Suppression]:
    """Every suppression of a file in the JSON syntax: a text under a `//` key covers the block it stands in."""
    for start, end in comments:
        covers = next((text.span(*block) for block in blocks if block[0] <= start < block[1]), None)
        if covers is not None:
            yield from _read(text.content[start:end][:MAX_COMMENT], covers)


def _read(comment: str, covers: Span) -> Iterator[Suppression]:
    neph = _NEPH.search(comment)
    if neph:
        codes = tuple(code.strip() for code in (neph["codes"] or "").split(",") if code.strip())
        yield Suppression(codes, covers, neph["reason"] or neph["said"] or "", neph["until"] or "")
    checkov = _CHECKOV.search(comment)
    if checkov:
        yield Suppression((checkov["code"],), covers, checkov["reason"] or "", "", "checkov")
    for aqua in _AQUA.finditer(comment):
        expires = _EXPIRES.search(aqua["rest"])
        codes = () if aqua["code"] == "*" else (aqua["code"],)
        yield Suppression(codes, covers, "", expires[1] if expires else "", aqua["tool"])


def _covers(text: Text, number: int, line: str, comment: int, blocks: Sequence[Range]) -> Span | None:
    start = text.offset(number, 1)
    if line[:comment].strip():
        # Behind code: the block that opens here, else this line.
        for begin, end in blocks:
            if start <= begin < start + comment:
                return text.span(begin, end)
        return Span(text.file, number, 1, number, len(line) + 1)
    for begin, end in blocks:
        if begin <= start < end:
            return text.span(begin, end)
        if begin > start:
            return text.span(begin, end) if _only_comments(text.content[start:begin]) else None
    return None


def _only_comments(between: str) -> bool:
    """True when nothing but comments stands between, and no blank line parts them from the block."""
    lines = between.split("\n")
    return all(line.strip().startswith(("#", "//", "/*", "*")) for line in lines[:-1]) and not lines[-1].strip()
