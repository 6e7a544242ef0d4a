"""Suppressions of a template: comments as in code, and what other tools keep in the Metadata of a resource.

Metadata:
  neph: {ignore: [{code: aws-s3-bucket-unversioned, because: scratch space, until: 2027-01}]}
  checkov: {skip: [{id: CKV_AWS_21, comment: scratch space}]}
  cfn_nag: {rules_to_suppress: [{id: W41, reason: scratch space}]}
  cfn-lint: {config: {ignore_checks: [W3045]}}
  guard: {SuppressedRules: [S3_BUCKET_VERSIONING_ENABLED]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nephograph.model.source import Suppression
from nephograph.sources.cloudformation.nodes import Node, text_of
from nephograph.sources.cloudformation.template import Template
from nephograph.sources.terraform.comments import suppressions

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*(?:neph|checkov|bridgecrew|trivy|tfsec)\s*:[^\n]*", re.MULTILINE)

_LISTS = (
    ("neph", ("ignore",), ("code", "id"), ("because", "reason")),
    ("checkov", ("skip",), ("id",), ("comment",)),
    ("cfn_nag", ("rules_to_suppress",), ("id",), ("reason",)),
    ("cfn-lint", ("config", "ignore_checks"), (), ()),
    ("guard", ("SuppressedRules",), (), ()),
    ("trivy", ("ignore",), ("id",), ("comment",)),
)
"""Tool, where its list stands below its own key, and what an entry calls its rule and its reason."""


def suppressions_of(template: Template) -> Iterator[Suppression]:
    """Every suppression of a template."""
    text = template.text
    resources = template.sections["Resources"]
    blocks = []
    for name, node in resources.entries():
        start = resources.keys.get(name, (node.start, node.end))[0]
        blocks.append((start, max(node.end, start)))
        yield from _in_metadata(template, node, (start, node.end))
    blocks.sort()
    if not text.file.endswith(".json"):
        yield from suppressions(text, blocks, [found.span() for found in _COMMENT.finditer(text.content)])


def _in_metadata(template: Template, node: Node, block: tuple[int, int]) -> Iterator[Suppression]:
    metadata = node.get("Metadata")
    if metadata is None:
        return
    covers = template.text.span(*block)
    for tool, where, ids, reasons in _LISTS:
        entries = metadata.get(tool, *where)
        for entry in entries.items() if entries is not None else ():
            code = _first(entry, ids) if isinstance(entry.value, dict) else entry.text
            if code:
                yield Suppression((code,), covers, _first(entry, reasons) or "", _first(entry, ("until",)) or "", tool)


def _first(entry: Node, names: tuple[str, ...]) -> str | None:
    values = (entry.get(name) for name in names)
    return next((text_of(one.value) for one in values if one is not None and one.value is not None), None)
