"""What is wrong with a tree, beside what is only wished for."""

from __future__ import annotations

from nephograph.model.answer import Answer, Finding, Severity


def faults(answer: Answer, mended: Finding) -> set[str]:
    """The findings of an answer (ids), to be held against those before `mended` was mended.

    What a fix leaves to be wished (a key of one's own for what is encrypted now) is no new fault.
    """
    wishes = (Severity.LOW, Severity.INFO) if mended.severity.rank < Severity.LOW.rank else (Severity.INFO,)
    return {finding.id for finding in answer.findings if finding.severity not in wishes}
