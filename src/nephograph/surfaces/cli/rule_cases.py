"""Cases of rules in `neph test`: how they are told."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nephograph.model.answer import Finding
    from nephograph.model.span import Span
    from nephograph.session.rules.cases import RuleOutcome


def row(outcome: RuleOutcome) -> tuple[str, str, str, str]:
    """One line of the table: result, case, what was found."""
    return "pass" if outcome.passed else "FAIL", outcome.name, _counted(outcome.found) or "nothing", ""


def finding(outcome: RuleOutcome, span: Span) -> Finding:
    """A case that is not as expected, as a finding at its `expect`."""
    from nephograph.model.answer import Finding, Severity, Subject
    from nephograph.model.verdict import Evidence

    key = hashlib.sha256(f"{span.file}\0{outcome.name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    wanted, found = _counted(outcome.expected) or "nothing", _counted(outcome.found) or "nothing"
    return Finding(
        id=key,
        code="rule-test",
        title="A rule does not find what its test expects",
        severity=Severity.HIGH,
        verdict="yes",
        resource=Subject(f"case:{outcome.name}", "rule_test", outcome.name, outcome.name),
        message=f"{outcome.name}: expected {wanted}, found {found}",
        location=span,
        evidence=(
            *(Evidence(f"{one.code}: {one.message} ({one.resource.address})") for one in outcome.findings[:10]),
            *(Evidence(one.message) for one in outcome.problems[:10]),
        ),
        group=key,
    )


def as_json(outcome: RuleOutcome, span: Span) -> dict[str, Any]:
    """A case as data."""
    return {
        "name": outcome.name,
        "type": outcome.type,
        "file": span.file,
        "line": span.line,
        "expect": outcome.expected,
        "found": outcome.found,
        "passed": outcome.passed,
        "errors": [one.message for one in outcome.problems],
    }


def _counted(codes: dict[str, int]) -> str:
    return ", ".join(code if count < 2 else f"{code} {count} times" for code, count in sorted(codes.items()))
