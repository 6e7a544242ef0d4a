"""What resources hold, as somebody says it: rules of a `neph.toml` that a person names.

    [[data]]
    resource = "acme-ledger*"     # a glob over the label, the address or the ARN
    kind     = "aws_s3_bucket"    # optional
    holds    = "payments of customers"
    severity = "critical"         # how bad it is to lose it: critical (default), high, medium or low

A rule classifies and does nothing else. Only a file that is named is read, never one that lies in the scanned tree, so
that a tree cannot talk its own data down.
"""

from __future__ import annotations

import fnmatch
from typing import Any

import msgspec

from nephograph.model.answer import Severity
from nephograph.model.errors import UsageError
from nephograph.model.resource import Resource

LIMIT = 1_000_000
"""Bytes of a file that are read."""

_FIELDS = ("resource", "kind", "holds", "severity")


class DataRule(msgspec.Struct, frozen=True):
    """One rule: which resources (a glob, "" for every kind) hold what, and how bad it is to lose that."""

    resource: str
    holds: str
    severity: Severity = Severity.CRITICAL
    kind: str = ""

    def fits(self, resource: Resource) -> bool:
        """Is the resource one of those it is about?"""
        names = (resource.label, resource.address, resource.arn)
        known = any(fnmatch.fnmatchcase(name, self.resource) for name in names if name)
        return known and self.kind in ("", resource.kind)


def parse(text: str, file: str) -> tuple[DataRule, ...]:
    """The rules of a file's text, in their order: the first that fits stands.

    Raises `UsageError` for what is no rule.
    """
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("bad-rules", f"{file} is no TOML: {error}", "see https://toml.io/en/v1.0.0") from error
    entries = said.get("data", [])
    if not isinstance(entries, list):
        raise UsageError("bad-rules", f"data in {file} is no list of tables", "write each rule below [[data]]")
    return tuple(_rule(entry, number, file) for number, entry in enumerate(entries, 1))


def _rule(entry: Any, number: int, file: str) -> DataRule:
    help_ = 'write resource = "a name or a glob" and holds = "what it holds"'
    if not isinstance(entry, dict) or any(not isinstance(value, str) for value in entry.values()):
        raise UsageError("bad-rules", f"rule {number} of {file} is no table of texts", help_)
    odd = sorted(set(entry) - set(_FIELDS))
    if odd or not entry.get("resource") or not entry.get("holds"):
        told = f"has {odd[0]}, which no rule has" if odd else "does not say resource and holds"
        raise UsageError("bad-rules", f"rule {number} of {file} {told}", help_)
    severity = entry.get("severity", "critical")
    if severity not in list(Severity):
        words = ", ".join(Severity)
        raise UsageError("bad-rules", f"severity {severity} of rule {number} of {file} is unknown", f"one of {words}")
    return DataRule(entry["resource"], entry["holds"], Severity(severity), entry.get("kind", ""))
