"""Severity from context: what a proven attack path runs over weighs more than the same fact elsewhere."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from nephograph.lenses.common.context import Context
from nephograph.lenses.common.findings import order
from nephograph.library.registry import checks_for
from nephograph.model.answer import AttackPath, Finding, Severity
from nephograph.model.verdict import Evidence

_HELPS_ATTACKERS = frozenset(
    {
        *("authentication", "confused-deputy", "encryption-at-rest", "encryption-in-transit", "federation"),
        *("least-privilege", "network-segmentation", "patching", "public-exposure", "secrets", "supply-chain"),
        *("workload-identity", "workload-isolation"),
    }
)
"""Topics that give something to whoever takes a path. What is dear, stands in one zone or keeps no log is as bad on
one as beside it."""

_RAISED = (Severity.LOW, Severity.MEDIUM)


def in_context(context: Context, found: list[Finding], paths: Sequence[AttackPath]) -> list[Finding]:
    """The findings in their order (`order`), those on a proven path one step worse, and saying so.

    None becomes worse than the path itself. What is only a wish (info) stays one, and what is suppressed, or depends
    on something, stays.
    """
    over = _over(paths)
    if not over:
        return found
    near = [
        one
        for one in found
        if one.resource.urn in over and one.severity in _RAISED and one.suppressed is None and one.verdict == "yes"
    ]
    if not near:
        return found
    topics = {check.code: check.topics for check in checks_for(context.estate.kinds())}
    raised = [
        one
        for one in near
        if not _HELPS_ATTACKERS.isdisjoint(topics.get(one.code, ()))
        and _worse(one.severity).rank >= over[one.resource.urn].severity.rank
    ]
    ids = {one.id for one in raised}
    ranked = [one for one in found if one.id not in ids]
    for one in raised:
        bisect.insort(ranked, _raised(one, over[one.resource.urn]), key=order)
    return ranked


def _over(paths: Sequence[AttackPath]) -> dict[str, AttackPath]:
    """The worst proven path over each resource: paths come worst first."""
    over: dict[str, AttackPath] = {}
    for path in paths:
        if path.verdict == "yes":
            for step in path.steps:
                for end in (step.source, step.target):
                    over.setdefault(end.urn, path)
    return over


def _worse(severity: Severity) -> Severity:
    return list(Severity)[max(severity.rank - 1, 0)]


def _raised(one: Finding, path: AttackPath) -> Finding:
    why = Evidence(f"{one.severity} elsewhere: the attack path {path.title} runs over it", one.resource.urn)
    return msgspec.structs.replace(one, severity=_worse(one.severity), evidence=(*one.evidence, why))
