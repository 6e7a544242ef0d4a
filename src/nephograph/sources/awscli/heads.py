"""Which files of a tree may be answers, by their names and by how they begin: cheap, and nothing is decoded."""

from __future__ import annotations

import re

from nephograph.sources.awscli.naming import SUFFIXES, is_call, without_suffix
from nephograph.sources.json_files import head_keys

_FOREIGN = re.compile(r"(?i)\.tfvars\.json$|\.tf\.json$|\.tofu\.json$|^package(-lock)?\.json$|^tsconfig.*\.json$|^\.")
_OTHER_LANGUAGES = frozenset(
    {"format_version", "terraform_version", "AWSTemplateFormatVersion", "$schema", "lineage", "openapi", "swagger"}
)
"""Members at the head of plans, states, templates and schemas."""

_ANSWER = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"(\w+)"\s*:\s*\[')
_ERROR = re.compile(rb"\s*(?:aws: \[ERROR\]: )?An error occurred \(")


def is_wanted(name: str) -> bool:
    """True for names under which answers are kept."""
    lower = name.lower()
    if _FOREIGN.search(name):
        return False
    # A text is read only when it says what it is an answer of.
    return lower.endswith((".json", ".jsonl", ".ndjson")) or (lower.endswith(SUFFIXES) and is_call(name))


def may_be_an_answer(name: str, head: bytes) -> bool:
    """False for JSON of another language."""
    keys = head_keys(head)
    if not _OTHER_LANGUAGES.isdisjoint(keys):
        return False
    return not (isinstance(keys.get("Resources"), dict) and not is_call(without_suffix(name)))


def is_an_answer(name: str, head: bytes) -> bool:
    """True for a file that by its name and head is an answer the catalog knows, so that its folder is a dump."""
    from nephograph.sources.awscli.naming import named
    from nephograph.sources.awscli.operations import index

    if not is_wanted(name) or not may_be_an_answer(name, head):
        return False
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if is_call(without_suffix(name)) and (start in (b"{", b"[", b"") or _ERROR.match(head)):
        told = named(name, index())
        return bool(told.operations) and not (told.doubtful and not told.operations[0].keys)
    first = _ANSWER.match(head)
    return first is not None and first[1].decode() in index().by_key
