"""Unit tests for policies and for your own rules, for CI: what is asked, and what you expect."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from nephograph.surfaces.cli.help import Argument, Explained
from nephograph.surfaces.cli.output import output_options

if TYPE_CHECKING:
    from nephograph.identity.cases import Outcome
    from nephograph.identity.reading import Source, Sources
    from nephograph.model.answer import Answer, Finding
    from nephograph.model.errors import Problem
    from nephograph.model.source import Gap
    from nephograph.model.span import Path, Span
    from nephograph.session.rules.cases import RuleOutcome

    Locate = Callable[[Path], Span]
    """Where a value of a case stands, by its path in the case."""

SECTION = "Who can do what"

_SHOWN = 3
_LONGEST_LINE = 16 * 1024 * 1024


@click.command(
    "test",
    cls=Explained,
    params=[
        Argument(
            ["paths"], nargs=-1, metavar="[PATH]...", about="Files of cases (YAML or JSON), or directories of them."
        )
    ],
)
@click.option(
    "--rules",
    multiple=True,
    metavar="PATH",
    help="Your own rules: their Bad and Good code is run, and cases are about them.",
)
@click.option("--jsonl", is_flag=True, help="Read one case a line from stdin, answer one JSON object a line.")
@output_options
def COMMAND(  # noqa: N802 - found under this name
    paths: tuple[str, ...], rules: tuple[str, ...], jsonl: bool, **output: Any
) -> None:
    """Decide cases and compare: a request, every policy that has a say, and the effect you expect.

    A case with a `type` (check, sql, rego) is one of a rule: a small tree, and the codes to be found in it.
    With --rules the Bad and Good code that your rules carry themselves is run, too: Bad has one finding, Good none.

    \b
      neph test cases.yaml
      neph test policies/tests -f json
      neph test --rules rules
      neph test rules/tests --rules rules
      neph test --jsonl < cases.jsonl

    Exit codes: 0 all as expected, 1 some are not, 2 a case is malformed, 3 a file or a rule cannot be read.
    """
    if jsonl:
        raise click.exceptions.Exit(_lines())
    from nephograph.surfaces.cli.progress import TerminalProgress
    from nephograph.surfaces.cli.question import guarded, show

    seen: list[Sources] = []
    answer, code = guarded("test", lambda: _files(paths, seen, rules), TerminalProgress())
    show(answer, output, seen[0] if seen else None, failed=code == 2 and not answer.findings)
    raise click.exceptions.Exit(code)


# -- files -----------------------------------------------------------------------------------------------------------


def _files(paths: tuple[str, ...], seen: list[Sources], rules: tuple[str, ...]) -> tuple[Answer, int]:
    from nephograph.identity.reading import Sources
    from nephograph.model.answer import Answer, Coverage, Table, Text
    from nephograph.model.errors import NephError, UsageError
    from nephograph.session.rules.cases import is_rule_case
    from nephograph.surfaces.cli import rule_cases, rule_examples

    if not paths and not rules:
        raise UsageError("no-cases", "no file of cases was named", "write: neph test cases.yaml (or --jsonl for stdin)")
    sources = Sources()
    seen.append(sources)
    problems: list[Problem] = []
    gaps: list[Gap] = []
    rows: list[tuple[Outcome, Locate]] = []
    of_rules: list[tuple[RuleOutcome, Span]] = []
    code = 0
    for real, shown, named in _named(paths):
        try:
            source = sources.read(real, shown)
            listed = _cases(source, named, gaps)
        except NephError as error:
            problems.append(error.problem)
            code = max(code, error.exit_code)
            continue
        for path, data in listed:
            if is_rule_case(data):
                ran = _one_of_a_rule(data, path, source, rules)
                if isinstance(ran, tuple):
                    of_rules.append(ran)
                else:
                    problems.append(ran)
                    code = 2
                continue
            outcome = _one(data, path, source, sources)
            if isinstance(outcome, tuple):
                rows.append(outcome)
            else:
                problems.append(outcome)
                code = 2
    examples = rule_examples.run(rules, {one for ran, _ in of_rules for one in ran.about}, sources)
    problems += examples.problems
    gaps += examples.gaps
    code = max(code, 3 if examples.problems and code != 2 else 0)
    if not rows and not of_rules and not examples.judged and not problems:
        asked = ", ".join((*paths, *rules))
        help = "a file of cases is a list of them; a rule has Bad and Good code" if rules else "it is a list of them"
        raise UsageError("no-cases", f"there are no cases in {asked}", help)
    findings = (
        *(_finding(outcome, locate) for outcome, locate in rows if not outcome.passed),
        *(rule_cases.finding(ran, span) for ran, span in of_rules if not ran.passed),
        *(rule_examples.finding(ran) for ran in examples.judged if not ran.passed),
    )
    every = len(rows) + len(of_rules) + len(examples.judged)
    answer = Answer(
        command="test",
        verdict=None if problems else "no" if findings else "yes",
        coverage=Coverage(not_evaluated=tuple(gap for gap in gaps if gap.subject not in sources.named)),
        errors=tuple(problems),
        findings=findings,
        blocks=(
            Table(
                ("result", "case", "effect", "blocked by"),
                (
                    *(_row(one) for one, _ in rows),
                    *(rule_cases.row(one) for one, _ in of_rules),
                    *map(rule_examples.row, examples.judged),
                ),
            ),
            Text(_summary(every, len(findings), len(problems))),
        ),
        data={
            "passed": every - len(findings),
            "failed": len(findings),
            "malformed": len(problems),
            "cases": [
                *(_case_json(outcome, locate) for outcome, locate in rows),
                *(rule_cases.as_json(ran, span) for ran, span in of_rules),
                *map(rule_examples.as_json, examples.judged),
            ],
        },
    )
    # 2 > 1 > 3 > 0
    return answer, 2 if code == 2 else 1 if findings else code


def _named(paths: tuple[str, ...]) -> Iterator[tuple[str, str, bool]]:
    """(real, shown, named by the person) of every file."""
    from nephograph.identity.reading import files_below

    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112
            for real, shown in files_below(path):
                yield real, shown, False
        else:
            yield os.path.realpath(path), path, True


def _cases(source: Source, named: bool, gaps: list[Gap]) -> list[tuple[Path, Any]]:
    """(path, data) of the cases of a file. A file of a directory that holds none is named as not evaluated."""
    from nephograph.identity.cases import MalformedCaseError
    from nephograph.model.source import Gap
    from nephograph.session.rules.cases import is_rule_case

    data = source.data
    base: Path = ()
    if isinstance(data, dict) and "cases" in data:
        data, base = data["cases"], ("cases",)
    if isinstance(data, list) and (named or base or any(_is_case(one) or is_rule_case(one) for one in data)):
        return [((*base, index), one) for index, one in enumerate(data)]
    if not named:
        gaps.append(Gap("no-cases", source.shown, "it holds no list of cases"))
        return []
    error = MalformedCaseError(f"{source.shown} holds no list of cases", base)
    raise _with_place(error, source, ())


def _is_case(data: Any) -> bool:
    return isinstance(data, dict) and "request" in data


def _one_of_a_rule(data: Any, path: Path, source: Source, rules: tuple[str, ...]) -> tuple[RuleOutcome, Span] | Problem:
    import pathlib

    from nephograph.engines.certificate.malformed import MalformedError
    from nephograph.model.errors import NephError
    from nephograph.session.rules.cases import run_case

    try:
        return run_case(data, pathlib.Path(source.real).parent, rules), source.span((*path, "expect"))
    except MalformedError as error:
        problem: Problem = _with_place(error, source, path).problem
        return problem
    except NephError as error:
        return error.problem


def _with_place(error: Any, source: Source, base: Path) -> Any:
    from nephograph.model.errors import UsageError

    span = source.span((*base, *error.path))
    return UsageError(error.code, error.problem.message, error.problem.help, span, source.text.line(span.line) or "")


def _one(data: Any, path: Path, source: Source, sources: Sources) -> tuple[Outcome, Locate] | Problem:
    from nephograph.identity.cases import case, run
    from nephograph.identity.reading import is_below
    from nephograph.model.errors import NephError, UsageError

    included: dict[Path, Source] = {}

    def read_file(name: str, at: Path) -> Any:
        folder = os.path.dirname(source.real)  # noqa: PTH120
        real = os.path.realpath(os.path.join(folder, name))  # noqa: PTH118
        if not is_below(folder, real):
            where = source.span((*path, *at))
            said = f"{name} is outside the directory of {source.shown}"
            raise UsageError("outside-root", said, "keep policies beside or below their cases", where)
        shown = os.path.join(os.path.dirname(source.shown), name).replace(os.sep, "/")  # noqa: PTH118, PTH120
        included[at] = sources.read(real, shown)
        sources.named.add(shown)
        return included[at].data

    from nephograph.engines.certificate.malformed import MalformedError

    def locate(where: Path) -> Span:
        for at, other in included.items():
            if where[: len(at)] == at:
                return other.span(where[len(at) :])
        return source.span((*path, *where))

    try:
        outcome = run(case(data, read_file, must_expect=True))
    except MalformedError as error:
        span = locate(error.path)
        told = error.problem
        return UsageError(error.code, told.message, told.help, span, sources.line(span.file, span.line) or "").problem
    except NephError as error:
        return error.problem
    return outcome, locate


def _summary(run: int, failed: int, malformed: int) -> str:
    parts = [f"{run} case{'s' * (run != 1)} run: {run - failed} as expected, {failed} not"]
    return "; ".join([*parts, f"{malformed} could not be run"] if malformed else parts) + "."


def _row(outcome: Outcome) -> tuple[str, str, str, str]:
    decision = outcome.decision
    result = "pass" if outcome.passed else "FAIL"
    return result, outcome.case.name, decision.effect, ", ".join(decision.blocking)


def _finding(outcome: Outcome, locate: Locate) -> Finding:
    import hashlib

    from nephograph.model.answer import Finding, Severity, Subject
    from nephograph.model.verdict import Evidence

    case, decision = outcome.case, outcome.decision
    span = locate(("expect",))
    key = hashlib.sha256(f"{span.file}\0{case.name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    blocked = f", blocked by {', '.join(decision.blocking)}" if decision.blocking else ""
    wanted = case.expect + (f", blocked by {', '.join(case.blocked_by)}" if case.blocked_by else "")
    return Finding(
        id=key,
        code="policy-test",
        title="A policy does not do what its test expects",
        severity=Severity.HIGH,
        verdict="yes",
        resource=Subject(f"case:{case.name}", "policy_test", case.name, case.name),
        message=f"{case.name}: expected {wanted}, is {decision.effect}{blocked}",
        location=span,
        evidence=(
            *(Evidence(text) for text in (*decision.because, *decision.notes)),
            *(
                Evidence(f"{layer.name}: {one.effect} {one.sid or one.place}", location=locate(one.path))
                for layer in decision.layers
                for one in layer.statements[:_SHOWN]
            ),
        ),
        depends_on=decision.depends_on,
        group=key,
    )


def _case_json(outcome: Outcome, locate: Locate) -> dict[str, Any]:
    import msgspec

    case, decision = outcome.case, outcome.decision
    span = locate(("expect",))
    layers = []
    for layer in decision.layers:
        plain = msgspec.to_builtins(layer)
        for one, statement in zip(plain["statements"], layer.statements, strict=True):
            one |= {"place": statement.place, "location": msgspec.to_builtins(locate(statement.path))}
        layers.append(plain)
    return {
        "name": case.name,
        "file": span.file,
        "line": span.line,
        "expect": case.expect,
        "passed": outcome.passed,
        **_decision_json(outcome),
        "notes": list(decision.notes),
        "layers": layers,
    }


def _decision_json(outcome: Outcome) -> dict[str, Any]:
    decision = outcome.decision
    return {
        "effect": decision.effect,
        "blocked_by": decision.blocked_by,
        "because": list(decision.because),
        "blocking": list(decision.blocking),
        "condition": decision.condition,
        "depends_on": list(decision.depends_on),
    }


# -- lines -----------------------------------------------------------------------------------------------------------


def _lines() -> int:
    """One case a line, one answer a line, at once. 0, 1 when an expectation is not met, 2 when a line is no case."""
    import json

    from nephograph.surfaces.cli.output import put_out

    code = 0
    stream = sys.stdin.buffer
    while line := stream.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        if not line.endswith(b"\n") and len(line) >= _LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST_LINE)
            answer: dict[str, Any] = {"name": None, "error": "the line is over 16 MB", "code": "too-large"}
        else:
            answer = answer_line(line)
        code = max(code, 2 if "error" in answer else 1 if answer.get("passed") is False else 0)
        put_out((json.dumps(answer), "\n"))
    return code


def answer_line(line: bytes) -> dict[str, Any]:
    """The answer to one line, whatever it holds: what was decided, or an `error`."""
    from nephograph.engines.certificate.malformed import MalformedError, spelled_path
    from nephograph.identity.cases import case, run
    from nephograph.identity.reading import loads

    name: Any = None
    try:
        data = loads(line.decode("utf-8"))
        name = data.get("name") if isinstance(data, dict) else None
        outcome = run(case({"name": "-", **data} if isinstance(data, dict) else data))
    except MalformedError as error:
        path = spelled_path(error.path)
        return {
            "name": name,
            "error": error.problem.message,
            "code": error.code,
            "path": path,
            "help": error.problem.help,
        }
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        return {"name": name, "error": f"the line is not JSON: {said}", "code": "json-syntax"}
    answer = {"name": name, **_decision_json(outcome)}
    if outcome.passed is not None:
        answer["passed"] = outcome.passed
    return answer
