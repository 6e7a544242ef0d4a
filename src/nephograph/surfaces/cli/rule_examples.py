"""The Bad and Good code of rules in `neph test`: run, and told beside the cases."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.session.rules.examples import ExampleOutcome

if TYPE_CHECKING:
    from nephograph.identity.reading import Sources
    from nephograph.model.answer import Finding
    from nephograph.model.errors import Problem
    from nephograph.model.source import Gap


class Ran(msgspec.Struct):
    """What came of all examples: those that were judged, what could not be, and the rules that nothing tests."""

    judged: list[ExampleOutcome] = []
    problems: list[Problem] = []
    gaps: list[Gap] = []


def run(rules: tuple[str, ...], tested: Collection[str], sources: Sources) -> Ran:
    """Run the examples of the rules that were named. `tested` are codes that cases are about.

    Raises `UsageError` when what was named is not there.
    """
    from nephograph.model.source import Gap
    from nephograph.session.rules import own_rules
    from nephograph.session.rules.examples import examples

    ran = Ran()
    if not rules:
        return ran
    gathered = own_rules(rules, [], {})
    ran.problems += gathered.rules.problems
    ran.gaps += gathered.rules.gaps
    with_examples = set(tested)
    for outcome in examples(gathered):
        rule = outcome.example.rule
        sources.keep(rule.origin, gathered.texts[rule.code])
        with_examples.add(rule.code)
        ran.problems += outcome.problems
        if not outcome.problems:
            ran.judged.append(outcome)
    ran.gaps += [
        Gap("rule-not-tested", rule.origin, f"{rule.code} has no Bad or Good code, and no case is about it")
        for rule in gathered.rules.all
        if rule.code not in with_examples
    ]
    return ran


def row(outcome: ExampleOutcome) -> tuple[str, str, str, str]:
    """One line of the table: result, example, what was found."""
    return "pass" if outcome.passed else "FAIL", outcome.example.name, _found(outcome), ""


def finding(outcome: ExampleOutcome) -> Finding:
    """An example that is not as it has to be, as a finding at its fence."""
    from nephograph.model.answer import Finding, Severity, Subject
    from nephograph.model.verdict import Evidence

    example = outcome.example
    key = hashlib.sha256(f"{example.rule.code}\0{example.word}\0{example.code}".encode()).hexdigest()[:16]
    must = "one proven finding" if example.word == "bad" else "no finding"
    return Finding(
        id=key,
        code="rule-example",
        title="A rule does not find what its own examples say",
        severity=Severity.HIGH,
        verdict="yes",
        resource=Subject(f"example:{example.rule.code}", "rule_test", example.rule.code, example.name),
        message=f"{example.rule.code}: this {example.word.title()} code has to have {must}, and has {_found(outcome)}",
        location=example.span,
        evidence=tuple(Evidence(_told(one)) for one in outcome.findings[:10]),
        group=key,
    )


def as_json(outcome: ExampleOutcome) -> dict[str, Any]:
    """An example as data."""
    example = outcome.example
    return {
        "name": example.name,
        "type": "example",
        "rule": example.rule.code,
        "word": example.word,
        "language": example.language,
        "file": example.span.file,
        "line": example.span.line,
        "expect": {example.rule.code: outcome.expected} if outcome.expected else {},
        "found": {example.rule.code: len(outcome.findings)} if outcome.findings else {},
        "passed": outcome.passed,
        "errors": [],
    }


def _found(outcome: ExampleOutcome) -> str:
    open_ = sum(one.verdict == "depends" for one in outcome.findings)
    proven = len(outcome.findings) - open_
    said = [f"{proven} finding{'s' * (proven != 1)}"] if proven else []
    return ", ".join([*said, f"{open_} that depend{'s' * (open_ == 1)}"] if open_ else said) or "none"


def _told(one: Finding) -> str:
    on = f", depends on {', '.join(one.depends_on)}" if one.depends_on else ""
    line = f", line {one.location.line} of it" if one.location else ""
    return f"{one.message} ({one.resource.address}{line}{on})"
