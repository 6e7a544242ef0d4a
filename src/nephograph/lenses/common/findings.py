"""Runs checks over an estate. Shared by the lenses that show findings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from nephograph.lenses.common.context import Context, subject
from nephograph.lenses.common.own_rules import questions_told
from nephograph.lenses.common.suppressing import silenced
from nephograph.library.own_rules import OwnRuleError
from nephograph.library.registry import checks_for, kinds_of, prose
from nephograph.library.sdk import Bad, Check
from nephograph.model.answer import Finding, Severity
from nephograph.model.errors import Problem
from nephograph.model.resource import Resource
from nephograph.model.span import Origin, Path
from nephograph.model.verdict import Answered, Evidence


def chosen(context: Context, only: Sequence[str] = (), topics: Collection[str] | None = None) -> list[Check]:
    """The checks an estate is asked: of its kinds, whose code starts with one of the words, about one of the topics."""
    return [
        check
        for check in (*checks_for(context.estate.kinds()), *context.rules.checks)
        if (not only or check.code.startswith(tuple(only)))
        and (topics is None or any(topic in topics for topic in check.topics))
    ]


def findings(
    context: Context, only: Sequence[str] = (), topics: Collection[str] | None = None
) -> tuple[list[Finding], list[Problem], int]:
    """Every finding, worst first; checks that failed, as problems; and how many checks ran.

    `only` narrows to codes that start with one of the words given, `topics` to checks about one of them.
    """
    present = context.estate.kinds()
    checks = chosen(context, only, topics)
    by_kind: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for kind in kinds_of(check, present):
            by_kind[kind].append(check)
    found: list[Finding] = []
    problems: list[Problem] = []
    # All checks of one resource together: what they have in common (its policies, taken apart) is at hand.
    for kind in sorted(by_kind):
        for resource in context.estate.of_kind(kind):
            its, failed = of_resource(context, by_kind[kind], resource)
            found += its
            problems += failed
    told, wrong, asked = questions_told(context, only, topics, _finding)
    return sorted((*found, *told), key=order), [*sorted(problems, key=by_message), *wrong], len(checks) + asked


def of_resource(context: Context, checks: Iterable[Check], resource: Resource) -> tuple[list[Finding], list[Problem]]:
    """What checks find on one resource; those that failed, as problems."""
    facts = context.facts
    found: list[Finding] = []
    failed: list[Problem] = []
    for check in checks:
        try:
            found += [_finding(context, check, resource, bad) for bad in check.run(resource, facts)]
        except Exception as error:  # noqa: BLE001 - one bad check must not hide what the others found
            failed.append(_failed(check, resource, error))
    return found, failed


def by_message(problem: Problem) -> str:
    """The order of checks that failed: by their codes, then by what they failed on."""
    return problem.message


def _finding(context: Context, check: Check, resource: Resource, bad: Bad) -> Finding:
    written = prose(check)
    origin = (bad.on or resource).origin(*bad.path)
    span = origin.span if origin else None
    verdict: Answered = bad.verdict.answer
    depends_on = bad.verdict.depends_on
    if resource.existence is not None and verdict == "yes":
        verdict, depends_on = "depends", (*depends_on, f"whether it exists: {resource.existence}")
    return Finding(
        id=identity(check.code, resource.urn, *_field(bad), bad.key),
        code=check.code,
        title=written.title,
        severity=_severity(check, bad),
        verdict=verdict,
        resource=subject(resource),
        message=bad.message,
        location=span,
        origin=origin,
        evidence=(*bad.verdict.because, *_in_code(bad.on or resource, bad.path)),
        depends_on=depends_on,
        fix=context.write_fix(bad.fix) if bad.fix else None,
        help=written.fix,
        suppressed=silenced(
            context, (check.code, *check.tools), [origin, resource.origin(), *_code_origins(resource, bad.path)]
        )
        if context.suppressions
        else None,
        group=group_of(check.code, resource.urn, origin),
    )


def _severity(check: Check, bad: Bad) -> Severity:
    """The check's own, or what it says of this one; low where nothing speaks but that something is not known."""
    severity = bad.severity or check.severity
    return max(severity, Severity.LOW, key=_rank) if bad.verdict.is_mere_doubt else severity


def _rank(severity: Severity) -> int:
    return severity.rank


def _code_origins(resource: Resource, path: Path) -> list[Origin]:
    """Where code says a field of what was found in the cloud, and where it says the resource."""
    found = []
    for one in resource.also:
        if one.said == "code":
            said = [one.provenance.of(path[:length]) for length in range(len(path), -1, -1)]
            places = [origin for written, origin in said if written and origin]
            found += [places[0], places[-1]] if places else []
    return found


def _in_code(resource: Resource, path: Path) -> tuple[Evidence, ...]:
    """What is found in the cloud is mended in code: the place there."""
    code = next((one for one in resource.also if one.said == "code"), None)
    origins = _code_origins(resource, path)
    if code is None or not origins:
        return ()
    return (Evidence(f"the code says it as {code.address}", resource.urn, origins[0].span),)


def _field(bad: Bad) -> list[str]:
    """The field as ids know it: never another resource's, and no position where a key tells findings apart."""
    if bad.on is not None:
        return []
    return [str(part) for part in bad.path if not (bad.key and isinstance(part, int))]


def identity(*parts: str) -> str:
    """A stable short id: 16 hexadecimal digits of a hash over the parts."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def group_of(code: str, urn: str, origin: Origin | None) -> str:
    """What findings of one cause have in common: where it was written. Two instances of one module are one cause."""
    if origin is None or origin.span is None:
        return identity(code, urn)
    return identity(code, f"{origin.span.file}:{origin.span.line}")


def _failed(check: Check, resource: Resource, error: Exception) -> Problem:
    origin = resource.origin()
    own = isinstance(error, OwnRuleError)
    whose = f"mend it in {check.origin}" if own else "please report this with the block that is shown"
    said = str(error) if own else f"{type(error).__name__}: {error}"
    return Problem(
        code="check-failed",
        message=f"check {check.code} failed on {resource.address}: {said}",
        help=f"the other checks went on; {whose}",
        span=origin.span if origin else None,
    )


def order(finding: Finding) -> tuple[bool, int, bool, str, str, str]:
    """Suppressed last; then worst first, proven before depends, and a fixed order among equals."""
    return (
        finding.suppressed is not None,
        finding.severity.rank,
        finding.verdict != "yes",
        finding.code,
        finding.resource.urn,
        finding.id,
    )
