"""What is wrong with this code: the worst attack paths and every finding, each with its place and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from nephograph.lenses.common.ask import Gate, Option
from nephograph.lenses.common.attack import Attack, attack_paths
from nephograph.lenses.common.compliance import asked, by_control
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.findings import chosen, findings, order
from nephograph.lenses.common.ranking import in_context
from nephograph.model.answer import Answer, AttackPath, Finding
from nephograph.model.errors import Problem
from nephograph.model.verdict import Answered

SECTION = "What is wrong"


class CheckAsk(Gate, frozen=True, kw_only=True):
    """Check infrastructure code: the worst attack paths and findings, with proof and with the fix."""

    paths: Annotated[
        tuple[str, ...], Option("directories or files to check (default: here)", positional=True, metavar="PATH")
    ] = ()
    only: Annotated[
        tuple[str, ...],
        Option("run only checks whose code starts with this (aws-s3), and look for no attack paths", metavar="CODE"),
    ] = ()
    framework: Annotated[
        str,
        Option("group findings by the controls of a framework (soc2, iso27001, nist-800-53 …)", metavar="FRAMEWORK"),
    ] = ""
    rules: Annotated[
        tuple[str, ...],
        Option("a folder or file of your own rules, in Python (which is executed), SQL or Rego", metavar="PATH"),
    ] = ()
    data_rules: Annotated[
        str, Option("a neph.toml whose [[data]] rules say what resources hold", name="data-rules", metavar="FILE")
    ] = ""
    max_paths: Annotated[int, Option("how many attack paths to list at most", metavar="N")] = 25


ASK = CheckAsk


def answer(ask: CheckAsk, context: Context) -> Answer:
    """Findings and paths of one estate."""
    if ask.framework:
        return _by_control(ask, context)
    found, failed, checks = findings(context, ask.only)
    attack = attack_paths(context, limit=ask.max_paths) if not ask.only else None
    return composed(context, found, failed, checks, attack)


def _by_control(ask: CheckAsk, context: Context) -> Answer:
    """Findings alone, of the checks that the framework's controls ask for, and the controls."""
    wanted = asked(ask.framework)
    found, failed, checks = findings(context, ask.only, wanted.topics)
    blocks, data = by_control(wanted, found, chosen(context, ask.only, wanted.topics))
    answer = composed(context, found, failed, checks, None)
    return msgspec.structs.replace(answer, blocks=tuple(blocks), data={**answer.data, "framework": data})


def composed(
    context: Context, found: Sequence[Finding], failed: Sequence[Problem], checks: int, attack: Attack | None
) -> Answer:
    """The answer of findings in their order, checks that failed, how many ran, and attack paths (None: not asked)."""
    found = sorted((*found, *attack.findings), key=order) if attack and attack.findings else list(found)
    found = in_context(context, found, attack.paths) if attack else found
    paths = attack.paths if attack else ()
    told: list[Finding | AttackPath] = [*(finding for finding in found if finding.suppressed is None), *paths]
    answered = {one.verdict for one in told}
    # Where no check is about what was read, nothing was judged: "no" would call it clean.
    quiet: Answered | None = "no" if checks else None
    return Answer(
        command="check",
        snapshot=context.snapshot,
        verdict="yes" if "yes" in answered else "depends" if "depends" in answered else quiet,
        depends_on=tuple(dict.fromkeys(on for one in told for on in one.depends_on)),
        coverage=context.coverage,
        errors=(*context.problems, *failed),
        assumptions=(*context.assumptions, *(attack.assumptions if attack else ())),
        findings=tuple(found),
        paths=paths,
        checks_run=checks,
    )
