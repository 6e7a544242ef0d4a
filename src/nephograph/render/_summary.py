"""What an answer comes to: order, groups, one sentence of verdict, one honest line of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from nephograph.model.answer import Answer, AttackPath, Finding, Severity, Subject
from nephograph.model.source import Gap
from nephograph.model.span import Span
from nephograph.render._text import plural


class Group(msgspec.Struct, frozen=True):
    """Findings of one root cause, the first by place standing for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding shown."""
        return self.findings[0]


def _finding_order(finding: Finding) -> tuple[int, int, str, str, int, int, str]:
    span = finding.location or Span("", 0, 0, 0, 0)
    open_question = 0 if finding.verdict == "yes" else 1
    return (finding.severity.rank, open_question, finding.code, span.file, span.line, span.column, finding.id)


def worst_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first; proven before possible; then by code and place."""
    return sorted(findings, key=_finding_order)


def worst_paths(paths: Iterable[AttackPath]) -> list[AttackPath]:
    """Worst first; proven before possible; else in the order the lens gave."""
    return sorted(paths, key=lambda path: (path.severity.rank, path.verdict != "yes"))


def open_findings(answer: Answer) -> list[Finding]:
    """The findings no comment silences, worst first."""
    return worst_findings(finding for finding in answer.findings if finding.suppressed is None)


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Findings by root cause (`Finding.group`), in the order of their first member. No group: a cause of its own."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(f"{finding.code} {finding.group or finding.id}", []).append(finding)
    return [Group(tuple(members)) for members in groups.values()]


def name_of(subject: Subject) -> str:
    """What a person calls it."""
    return subject.label or subject.address or subject.urn


def class_of(subject: Subject) -> str:
    """Its class in words, else its kind."""
    return (subject.cls or subject.kind).replace("_", " ")


def described(subject: Subject) -> str:
    """Its class and its name: "object storage shop-customers"."""
    cls, name = class_of(subject), name_of(subject)
    return name if not cls or name == cls or name.startswith(f"{cls} ") else f"{cls} {name}"


def severities(findings: Iterable[Finding]) -> str:
    """How many of each severity, worst first: `1 critical, 3 high`."""
    counts: dict[Severity, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    return ", ".join(f"{counts[severity]} {severity}" for severity in Severity if severity in counts)


def headline(answer: Answer) -> str:
    """The verdict in one sentence; "" for an answer that is no judgement (an explanation, a listing)."""
    proven = [path for path in answer.paths if path.verdict == "yes"]
    possible = len(answer.paths) - len(proven)
    findings = open_findings(answer)
    parts = []
    if proven:
        parts.append(_reached(proven))
    if possible:
        what = plural(possible, "more attack path" if proven else "attack path")
        parts.append(f"{what} {'depends' if possible == 1 else 'depend'} on what is not known")
    if findings:
        groups = len(grouped(findings))
        causes = f" from {plural(groups, 'cause')}" if groups < len(findings) else ""
        parts.append(f"{plural(len(findings), 'finding')} ({severities(findings)}){causes}")
    if parts:
        return _sentence("; ".join(parts))
    if answer.verdict == "depends" and answer.depends_on:
        condition = answer.depends_on[0].startswith(("if ", "unless "))
        return _sentence(f"it depends{':' if condition else ' on'} {', '.join(answer.depends_on)}")
    over = plural(answer.coverage.evaluated, "evaluated resource")
    if answer.checks_run:
        return _sentence(f"no attack path and no finding: {plural(answer.checks_run, 'check')} over {over}")
    if answer.verdict == "no" and not answer.blocks and answer.coverage.evaluated:
        return _sentence(f"nothing found in {over}")
    if answer.verdict is None and answer.snapshot and not answer.blocks:
        return _sentence("nothing was judged: no check is about what could be read")
    # An answer that shows blocks says it in them.
    return _sentence(f"the answer is {answer.verdict}") if answer.verdict and not answer.blocks else ""


def _reached(paths: Sequence[AttackPath]) -> str:
    targets = list(dict.fromkeys(name_of(path.target) for path in paths))
    entries = list(dict.fromkeys(name_of(path.entry) for path in paths))
    by = plural(len(paths), "proven attack path")
    whence = entries[0] if len(entries) == 1 else plural(len(entries), "entry point")
    whither = targets[0] if len(targets) == 1 else plural(len(targets), "target")
    return f"{by} from {whence} to {whither}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def coverage_line(answer: Answer) -> str:
    """The counts, then what is left out: "401 evaluated; not evaluated: 9 unknown-kind (aws_foo, …), 2 …"."""
    coverage = answer.coverage
    if not coverage.seen and not coverage.evaluated and not coverage.not_evaluated:
        return ""
    line = f"{plural(coverage.seen, 'resource')} seen, {coverage.evaluated:,} evaluated"
    kinds = gap_kinds(coverage.not_evaluated)
    if not kinds:
        if coverage.evaluated < coverage.seen:
            return line
        # What could not be read was never seen: nobody is to take the line for the whole.
        return line + ("; what could not be read is not counted" if answer.errors else "; nothing left out")
    parts = []
    for kind, gaps in kinds:
        subjects = list(dict.fromkeys(gap.subject for gap in gaps if gap.subject))
        shown = ", ".join(subjects[:3]) + (", …" if len(subjects) > 3 else "")
        parts.append(f"{sum(gap.count for gap in gaps):,} {kind}" + (f" ({shown})" if shown else ""))
    return f"{line}; not evaluated: {', '.join(parts)}"


def gap_kinds(gaps: Sequence[Gap]) -> list[tuple[str, list[Gap]]]:
    """Gaps by kind, the largest kind first; within a kind the largest gap first."""
    kinds: dict[str, list[Gap]] = {}
    for gap in gaps:
        kinds.setdefault(gap.kind, []).append(gap)
    for members in kinds.values():
        members.sort(key=lambda gap: (-gap.count, gap.subject, gap.why))
    return sorted(kinds.items(), key=lambda item: (-sum(gap.count for gap in item[1]), item[0]))


def unknowns(answer: Answer) -> list[tuple[str, int]]:
    """What verdicts of the answer depend on, and how many findings and paths each one leaves open; most first."""
    counts: dict[str, int] = dict.fromkeys(answer.depends_on, 0)
    lists = [finding.depends_on for finding in open_findings(answer)] + [path.depends_on for path in answer.paths]
    for depends_on in lists:
        for what in dict.fromkeys(depends_on):
            counts[what] = counts.get(what, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
