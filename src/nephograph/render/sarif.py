"""SARIF 2.1.0, as GitHub code scanning and other viewers read it.

Findings are results; an attack path is a result whose code flow has one location per step and, nested below it, one
per fact the step rests on. Ids of findings and paths are the stable fingerprints. What could not be read, and what was
not evaluated, are notifications. GitHub shows 5,000 results of a run: the worst are kept and the cut is said. A result
without a place in a file (a live resource) has a logical location only; GitHub does not show such results.
"""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

from nephograph import __version__
from nephograph.model.answer import Answer, AttackPath, Finding, Severity, Step, Subject
from nephograph.model.span import Span
from nephograph.model.verdict import Evidence
from nephograph.render._style import Style
from nephograph.render._summary import gap_kinds, name_of, worst_findings, worst_paths
from nephograph.render._text import clean, plural
from nephograph.render.json import encode

DESCRIPTION = "SARIF 2.1.0 for code scanning"

MOST_RESULTS = 5_000
MOST_STEPS = 1_000
"""Locations GitHub shows of one thread flow."""
MOST_GAPS = 50
PATH_RULE = "attack-path"
FINGERPRINT = "nephograph/v1"

_LEVEL = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORE = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
    Severity.INFO: "0.5",
}
"""GitHub's `security-severity`: the middle of the band it calls by the same word."""

Data = dict[str, Any]


def render(answer: Answer, style: Style) -> str:
    """One SARIF log with one run."""
    paths, findings = worst_paths(answer.paths), worst_findings(answer.findings)
    ranked: list[AttackPath | Finding] = sorted(
        [*paths, *findings],
        key=lambda item: (isinstance(item, Finding) and item.suppressed is not None, item.severity.rank),
    )
    kept = ranked[:MOST_RESULTS]
    rules = _rules(kept)
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    results = []
    for item in kept:
        code = item.code if isinstance(item, Finding) else PATH_RULE
        result = _finding(item) if isinstance(item, Finding) else _path(item)
        results.append({"ruleId": code, "ruleIndex": places[code], **result})
    run: Data = {
        "tool": {"driver": {"name": "nephograph", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(answer, len(ranked) - len(kept))],
        "results": results,
        "properties": _run_properties(answer),
    }
    return encode({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rules(items: list[AttackPath | Finding]) -> list[Data]:
    """One rule per code, in order of code; its severity is the worst of its results."""
    first: dict[str, AttackPath | Finding] = {}
    for item in items:
        code = item.code if isinstance(item, Finding) else PATH_RULE
        if code not in first or item.severity.rank < first[code].severity.rank:
            first[code] = item
    rules = []
    for code in sorted(first):
        item = first[code]
        title = item.title if isinstance(item, Finding) else "An attacker reaches a target step by step"
        rule: Data = {
            "id": code,
            "shortDescription": {"text": clean(title) or code},
            "fullDescription": {"text": clean(title) or code},
            "help": {"text": clean(item.help if isinstance(item, Finding) else "") or clean(title) or code},
            "defaultConfiguration": {"level": _LEVEL[item.severity]},
            "properties": {"tags": ["security"], "security-severity": _SCORE[item.severity]},
        }
        rules.append(rule)
    return rules


def _finding(finding: Finding) -> Data:
    text = finding.message or finding.title or finding.code
    if finding.verdict == "depends":
        text += f" (depends on {', '.join(finding.depends_on) or 'what is not known'})"
    result: Data = {
        "level": _LEVEL[finding.severity],
        "message": _message(text),
        "locations": [_location(finding.location, finding.resource)],
        "partialFingerprints": {FINGERPRINT: finding.id},
        "properties": {
            "severity": str(finding.severity),
            "verdict": finding.verdict,
            "dependsOn": list(finding.depends_on),
            "urn": finding.resource.urn,
            "kind": finding.resource.kind,
        },
    }
    causes = finding.origin.causes if finding.origin else ()
    related = [(cause.what, cause.span) for cause in causes] + [(item.text, item.location) for item in finding.evidence]
    spots = [_location(span, None, text) for text, span in related if span]
    if spots:
        result["relatedLocations"] = [{"id": number, **spot} for number, spot in enumerate(spots, 1)]
    if finding.suppressed is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": clean(finding.suppressed)}]
    return result


def _path(path: AttackPath) -> Data:
    text = path.title + (f": {path.yields}" if path.yields else "")
    if path.verdict == "depends":
        text += f" (depends on {', '.join(path.depends_on) or 'what is not known'})"
    proofs = [item.location for step in path.steps for item in step.because if item.location]
    flow = [spot for number, step in enumerate(path.steps) for spot in _flow(step, number)]
    return {
        "level": _LEVEL[path.severity],
        "message": _message(text),
        "locations": [_location(proofs[0] if proofs else None, path.target)],
        "partialFingerprints": {FINGERPRINT: path.id},
        "codeFlows": [{"threadFlows": [{"locations": flow[:MOST_STEPS]}]}] if flow else [],
        "properties": {
            "severity": str(path.severity),
            "verdict": path.verdict,
            "dependsOn": list(path.depends_on),
            "entry": path.entry.urn,
            "target": path.target.urn,
            "stepRules": list(dict.fromkeys(step.rule for step in path.steps if step.rule)),
        },
    }


def _flow(step: Step, number: int) -> list[Data]:
    """The step at the first of its facts that has a place, then every fact one level deeper."""
    facts: tuple[Evidence, ...] = step.because
    place = next((item.location for item in facts if item.location), None)
    doubt = " (depends)" if step.verdict == "depends" else ""
    spots = [{"location": _location(place, step.target, step.text + doubt), "nestingLevel": 0}]
    spots += [{"location": _location(item.location, step.target, item.text), "nestingLevel": 1} for item in facts]
    importance = "essential" if number == 0 else "important"
    return [{**spot, "importance": importance if not spot["nestingLevel"] else "unimportant"} for spot in spots]


def _message(text: str) -> Data:
    """A message whose text means itself: SARIF reads `[a](1)` as a link and `{0}` as a placeholder."""
    text = re.sub(r"\[(?=[^\]]*\]\()", r"\\[", clean(text))
    return {"text": re.sub(r"\{(\d+)\}", r"{{\1}}", text)}


def _location(span: Span | None, subject: Subject | None, text: str = "") -> Data:
    out: Data = {}
    if span:
        out["physicalLocation"] = {"artifactLocation": {"uri": uri(span.file)}, "region": region(span)}
    if subject:
        name = subject.address or subject.urn
        out["logicalLocations"] = [
            {"name": clean(name_of(subject)), "fullyQualifiedName": clean(name), "kind": "resource"}
        ]
    if text:
        out["message"] = {"text": clean(text)}
    return out


def uri(file: str) -> str:
    """A relative URI reference for a path as a person gave it; an absolute path becomes a file URI."""
    path = file.replace("\\", "/").encode("utf-8", "surrogateescape" if _escaped_bytes(file) else "backslashreplace")
    quoted = urllib.parse.quote(path.removeprefix(b"./"), safe="/~@+,=-._")
    return f"file://{quoted}" if quoted.startswith("/") else quoted


def _escaped_bytes(file: str) -> bool:
    """Only bytes that were no UTF-8 stand in the name as lone surrogates (PEP 383)."""
    return all(not 0xD800 <= ord(char) <= 0xDFFF or 0xDC80 <= ord(char) <= 0xDCFF for char in file)


def region(span: Span) -> Data:
    """A SARIF region; a span without width becomes the place of its first character."""
    line, column = max(span.line, 1), max(span.column, 1)
    end_line, end_column = max(span.end_line, line), max(span.end_column, 1)
    if end_line == line:
        end_column = max(end_column, column)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _invocation(answer: Answer, cut: int) -> Data:
    notes: list[Data] = []
    for problem in answer.errors:
        text = f"{problem.message} ({problem.help})" if problem.help else problem.message
        note: Data = {"level": "error", "descriptor": {"id": clean(problem.code)}, "message": {"text": clean(text)}}
        if problem.span:
            note["locations"] = [_location(problem.span, None)]
        notes.append(note)
    if cut:
        text = f"{plural(cut, 'more result')} not shown: {MOST_RESULTS:,} are kept, worst first"
        notes.append({"level": "warning", "descriptor": {"id": "results-cut"}, "message": {"text": text}})
    for kind, gaps in gap_kinds(answer.coverage.not_evaluated):
        for gap in gaps[:MOST_GAPS]:
            text = f"not evaluated: {gap.subject}: {gap.why}" + (f" ({gap.count} of them)" if gap.count > 1 else "")
            note = {"level": "note", "descriptor": {"id": clean(kind)}, "message": {"text": clean(text)}}
            if gap.span:
                note["locations"] = [_location(gap.span, None)]
            notes.append(note)
        if len(gaps) > MOST_GAPS:
            text = f"not evaluated: {plural(len(gaps) - MOST_GAPS, 'more entry', 'more entries')} of {clean(kind)}"
            notes.append({"level": "note", "descriptor": {"id": clean(kind)}, "message": {"text": text}})
    return {"executionSuccessful": not answer.errors, "toolExecutionNotifications": notes}


def _run_properties(answer: Answer) -> Data:
    coverage = answer.coverage
    out: Data = {
        "command": answer.command,
        "schema": answer.schema,
        "verdict": answer.verdict,
        "seen": coverage.seen,
        "evaluated": coverage.evaluated,
        "assumptions": list(answer.assumptions),
    }
    return out | ({"snapshot": answer.snapshot.id} if answer.snapshot else {})
