"""Policies that a plan puts off: an `aws_iam_policy_document` whose text is known after apply.

A plan holds the blocks of such a data source, with marks where something is not known, and not its text. What the text
will say is rendered from the blocks as the provider would, so that an action, an effect and a condition that are known
are not lost over an ARN that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nephograph.model.span import Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.policy_document import render_text
from nephograph.sources.terraform_plan.configuration import Json
from nephograph.sources.terraform_plan.references import Leaf, Named

POLICY = "aws_iam_policy_document"
_TEXTS: dict[Path, bool] = {("json",): False, ("minified_json",): True}
_REST = Unknown(Reason.AFTER_APPLY, "what the expression may add to it")
_PATTERNS = ("resources", "not_resources")


class Policies:
    """The rendered texts by the address of their data source. `read` gives the attributes of one that was put off."""

    def __init__(self, read: Callable[[str], Json | None]) -> None:
        self._read = read
        self._open: set[str] = set()
        self._known: dict[tuple[str, bool], str | Unknown | None] = {}

    def text(self, named: Named) -> str | Unknown | None:
        """The text of the policy that an expression names, where it names one alone; None where it does not."""
        if named.lost or len(named.leaves) != 1 or not (leaf := named.leaves[0]).data:
            return None
        return self._rendered(leaf)

    def _rendered(self, leaf: Leaf) -> str | Unknown | None:
        minified = _TEXTS.get(leaf.path)
        if minified is None or leaf.address in self._open:
            return None
        key = (leaf.address, minified)
        if key not in self._known:
            self._open.add(leaf.address)
            try:
                body = self._read(leaf.address)
            finally:
                self._open.discard(leaf.address)
            self._known[key] = render_text(_open_ended(body), minified) if body is not None else None
        return self._known[key]


def _open_ended(body: Json) -> Json:
    """The body; a resource that is not known begins with what is referred to: `x.arn` looks like `"${x.arn}/*"`."""
    statements = body.get("statement")
    if not isinstance(statements, list):
        return body
    return {**body, "statement": [_statement(one) if isinstance(one, dict) else one for one in statements]}


def _statement(block: Json) -> Json:
    patterns = {name: _patterns(block[name]) for name in _PATTERNS if isinstance(block.get(name), list)}
    return {**block, **patterns}


def _patterns(values: list[Any]) -> list[Any]:
    return [
        Unknown(one.reason, one.detail, parts=(one, _REST)) if isinstance(one, Unknown) and one.ref is not None else one
        for one in values
    ]
