"""How bad a finding can be for which nothing speaks but that something is not known.

A policy nobody has read may say anything, also the worst. To rank it with policies that were read and are bad would put
what is not known above what is known, so such findings are low: they ask a question, and claim nothing.
"""

from __future__ import annotations

from nephograph.model.answer import Severity
from nephograph.model.verdict import Verdict


def rank(verdict: Verdict) -> Severity | None:
    """The severity of a finding with this verdict where it is not the check's own: low for a mere doubt."""
    return Severity.LOW if verdict.is_mere_doubt else None
