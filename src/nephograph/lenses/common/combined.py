"""Toxic combinations as findings: the conjunction of facts, each with its place."""

from __future__ import annotations

import hashlib

from nephograph.engines.paths.closure import Move, close
from nephograph.engines.paths.story import step_of
from nephograph.lenses.common.context import Context, subject
from nephograph.lenses.common.suppressing import silenced, silenced_by_name
from nephograph.library.combinations import combinations
from nephograph.library.combinations.declare import Combination
from nephograph.model.answer import Finding


def combined(context: Context) -> tuple[Finding, ...]:
    """Every combination that holds, worst first; one finding a resource and combination."""
    known = {one.code: one for one in combinations()}
    moves = close([one.rule for one in known.values()], context.facts).moves
    found = [_finding(move, known[move.key.rule], context) for move in moves]
    return tuple(sorted(found, key=lambda one: (one.severity.rank, one.code, one.resource.urn)))


def _finding(move: Move, combination: Combination, context: Context) -> Finding:
    step = step_of(move, context.facts.resource)
    resource = context.facts.resource(move.key.target)
    assert resource is not None, "combinations are about resources"
    placed = next((one for one in step.because if one.location is not None), None)
    return Finding(
        id=hashlib.sha256(f"{combination.code}\n{resource.urn}".encode()).hexdigest()[:16],
        code=combination.code,
        title=combination.title,
        severity=combination.severity,
        verdict=step.verdict,
        resource=subject(resource),
        message=step.text,
        location=placed.location if placed else None,
        evidence=step.because,
        depends_on=step.depends_on,
        help=combination.help,
        suppressed=silenced(context, (combination.code,), [resource.origin()])
        or silenced_by_name(context, combination.code, [one.location for one in step.because if one.location]),
        group=f"{combination.code} {resource.urn}",
    )
