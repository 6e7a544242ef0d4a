"""Exit codes: 0 clean · 1 findings · 2 usage · 3 something could not be read. Precedence 2 > 1 > 3 > 0."""

from __future__ import annotations

from nephograph.lenses.common.ask import Ask, Gate
from nephograph.model.answer import Answer, Severity


def exit_code(answer: Answer, ask: Ask) -> int:
    """0, 1 or 3 for an answer (2 never comes with an answer)."""
    if isinstance(ask, Gate):
        if _fails(answer, ask):
            return 1
        if ask.strict and answer.coverage.not_evaluated:
            return 3
    if getattr(ask, "exit_code", False) and answer.verdict == "yes":
        return 1
    if getattr(ask, "expect", "any") not in ("any", answer.verdict):
        return 1
    return 3 if answer.errors else 0


def _fails(answer: Answer, ask: Gate) -> bool:
    if ask.fail_on == "never":
        return False
    threshold = Severity(ask.fail_on).rank
    judged = [(f.severity, f.verdict) for f in answer.findings if f.suppressed is None]
    judged += [(p.severity, p.verdict) for p in answer.paths]
    return any(
        severity.rank <= threshold and (verdict == "yes" or (verdict == "depends" and ask.fail_on_depends))
        for severity, verdict in judged
    )
