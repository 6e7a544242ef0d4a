"""How an attacker gets from the internet, or from a stranger's pipeline, to data and to administrator."""

from __future__ import annotations

from typing import Annotated

from nephograph.lenses.common.ask import Gate, Option
from nephograph.lenses.common.attack import attack_paths
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Answer, Text

SECTION = "Attack paths"


class PathsAsk(Gate, frozen=True, kw_only=True):
    """Attack paths from the outside to data and to administrator, each step proven."""

    paths: Annotated[
        tuple[str, ...], Option("directories or files to read (default: here)", positional=True, metavar="PATH")
    ] = ()
    origins: Annotated[
        tuple[str, ...],
        Option(
            "only paths that start here: internet, or somebody who holds what goes by this name; or a way in that is "
            "followed on request: leaked-key, third-party, github, gitlab, hcp-terraform, principal (everybody inside)",
            name="from",
            metavar="WORD",
        ),
    ] = ()
    targets: Annotated[
        tuple[str, ...],
        Option(
            "only paths that end here: a word of a name, class or kind; or data, secrets, admin, keys, backups, "
            "audit-logs, guardrails",
            name="to",
            metavar="WORD",
        ),
    ] = ()
    data_rules: Annotated[
        str, Option("a neph.toml whose [[data]] rules say what resources hold", name="data-rules", metavar="FILE")
    ] = ""
    limit: Annotated[int, Option("how many paths to list at most", metavar="N")] = 50


ASK = PathsAsk


def answer(ask: PathsAsk, context: Context) -> Answer:
    """The paths of one estate, worst first."""
    attack = attack_paths(context, limit=ask.limit, origins=ask.origins, targets=ask.targets)
    verdicts = {path.verdict for path in attack.paths}
    return Answer(
        command="paths",
        snapshot=context.snapshot,
        verdict="yes" if "yes" in verdicts else "depends" if verdicts else "no",
        depends_on=tuple(dict.fromkeys(on for path in attack.paths for on in path.depends_on)),
        coverage=context.coverage,
        errors=context.problems,
        assumptions=(*context.assumptions, *(one for one in attack.assumptions if one not in attack.why)),
        blocks=(Text(" ".join(attack.why)),) if attack.why else (),
        paths=attack.paths,
        findings=() if ask.origins or ask.targets else attack.findings,
    )
