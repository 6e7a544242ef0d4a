"""What a word means: a check's code, a step of a path, an error's code; or everything about one resource, by name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Annotated, Any

from nephograph.engines.predicates import predicates
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.attack import attack_paths, found_paths
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called, dossier
from nephograph.lenses.common.findings import findings
from nephograph.library.combinations import combinations
from nephograph.library.combinations.declare import Combination
from nephograph.library.escalations import attack_rules, escalations, requested
from nephograph.library.escalations.declare import Escalation
from nephograph.library.own_rules import NONE, OwnRules
from nephograph.library.reachability import codes as reachability_codes
from nephograph.library.reachability import explained
from nephograph.library.registry import all_checks, prose
from nephograph.library.sdk import Check
from nephograph.library.topics import about, topics
from nephograph.library.words import meaning, words
from nephograph.model.answer import Answer, AttackPath, Block, Table, Text
from nephograph.model.errors import UsageError
from nephograph.model.rule import StepRule

SECTION = "What is wrong"


class ExplainAsk(Ask, frozen=True, kw_only=True):
    """Explain a check, a step, an error code, or one resource, finding or path of an estate."""

    word: Annotated[
        str,
        Option("a code, a step's name, a resource's address, name or ARN, an id of a finding or path", positional=True),
    ]
    paths: Annotated[
        tuple[str, ...], Option("directories or files to read (default: here)", positional=True, metavar="PATH")
    ] = ()

    rules: Annotated[
        tuple[str, ...],
        Option("a folder or file of your own rules, in Python (which is executed), SQL or Rego", metavar="PATH"),
    ] = ()


ASK = ExplainAsk


def without_estate(ask: ExplainAsk, own: OwnRules = NONE) -> Answer | None:
    """The answer, when the word needs no estate to be explained. `own` are rules of somebody's own."""
    for check in (*all_checks(), *own.all):
        if check.code == ask.word:
            return Answer(command="explain", blocks=_check_blocks(check))
    for escalation in escalations():
        if escalation.id == ask.word:
            return Answer(command="explain", blocks=_escalation_blocks(escalation))
    for rule in attack_rules(requested()):
        if rule.name == ask.word:
            return Answer(command="explain", blocks=_rule_blocks(rule))
    for combination in combinations():
        if combination.code == ask.word:
            return Answer(command="explain", blocks=_combination_blocks(combination))
    if ask.word in topics():
        return Answer(command="explain", blocks=_topic_blocks(ask.word))
    text = meaning(ask.word) or explained(ask.word)
    return Answer(command="explain", blocks=(Text(text, ask.word),)) if text else None


def answer(ask: ExplainAsk, context: Context) -> Answer:
    """Explain a thing of the estate. Raises `UsageError` with the nearest words when nothing goes by that name."""
    known = without_estate(ask, context.rules)
    if known is not None:
        return known
    found, failed, _ = findings(context)
    attack = attack_paths(context, limit=1000)
    common: dict[str, Any] = {
        "command": "explain",
        "snapshot": context.snapshot,
        "coverage": context.coverage,
        "errors": (*context.problems, *failed),
        "assumptions": (*context.assumptions, *attack.assumptions),
    }
    found += attack.findings
    for finding in found:
        if finding.id == ask.word:
            return Answer(findings=(finding,), **common)
    path = _path(ask.word, attack.paths, context)
    if path is not None:
        return Answer(paths=(path,), **common)
    resources = called(context.estate, ask.word)
    if not resources:
        raise _nothing(ask.word, context)
    urns = {resource.urn for resource in resources}
    return Answer(
        findings=tuple(f for f in found if f.resource.urn in urns),
        paths=tuple(p for p in attack.paths if any({s.source.urn, s.target.urn} & urns for s in p.steps)),
        blocks=tuple(block for resource in resources for block in dossier(resource, context)),
        **common,
    )


def _path(word: str, told: Sequence[AttackPath], context: Context) -> AttackPath | None:
    """The path of that id: one that is told, one that was folded into another, one of a way in on request."""
    if not word.startswith("path-"):
        return None
    for origins in ((), tuple(sorted(requested()))):
        every = (*told, *found_paths(context, origins).paths)
        found = next((path for path in every if path.id == word), None)
        if found is not None:
            return found
    return None


def _nothing(word: str, context: Context) -> UsageError:
    known = [check.code for check in (*all_checks(), *context.rules.all)]
    known += [rule.name for rule in attack_rules(requested())] + [one.code for one in combinations()]
    known += [*topics(), *words(), *reachability_codes()]
    known += [name for r in context.estate.resources.values() for name in (r.address, r.label)]
    close = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(dict.fromkeys(close))}?" if close else "`neph check` shows addresses and codes"
    return UsageError("nothing-known", f"nothing goes by the name {word}", hint)


def _check_blocks(check: Check) -> tuple[Block, ...]:
    written = prose(check)
    blocks: list[Block] = [
        Text(f"{written.title}.\n\n{_flowing(written.what)}".rstrip(), check.code),
        *([Text(_flowing(written.why), "Why")] if written.why else []),
        *(Text(code.rstrip(), f"Bad ({language})") for language, codes in written.bad.items() for code in codes),
        *(Text(code.rstrip(), f"Good ({language})") for language, codes in written.good.items() for code in codes),
        *([Text(_flowing(written.fix), "Fix")] if written.fix else []),
        Table(
            ("about", "is"),
            (
                ("looks at", check.looks_at),
                ("severity", check.severity),
                *(("topic", f"{topic}: {about(topic)}" if topic in topics() else topic) for topic in check.topics),
                ("other tools call it", ", ".join(check.tools) or "-"),
                ("silence it", f"# neph: ignore[{check.code}] because …"),
                *(("reference", page) for page in written.references),
                *([("stands in", check.origin)] if check.origin else []),
            ),
        ),
    ]
    return tuple(blocks)


def _topic_blocks(topic: str) -> tuple[Block, ...]:
    rows = tuple((c.code, str(c.severity), prose(c).title) for c in all_checks() if topic in c.topics)
    return (Text(about(topic), topic), Table(("check", "severity", "finds"), rows))


def _flowing(text: str) -> str:
    """Paragraphs without the line ends of the file they are written in; a line of a list stays a line."""
    return re.sub(r"(?<!\n)\n(?![\n -])", " ", text)


def _rule_blocks(rule: StepRule) -> tuple[Block, ...]:
    rows = [("it holds when", str(atom)) for atom in rule.when]
    rows += [("then", str(rule.then)), *(("ATT&CK", technique) for technique in rule.techniques)]
    rows += [("reference", page) for page in rule.references]
    rows += [("asked for with", f"--from {rule.on_request}")] if rule.on_request else []
    return (Text(rule.says, rule.name), Table(("about", "is"), tuple(rows)))


def _combination_blocks(combination: Combination) -> tuple[Block, ...]:
    meant = {one.name: one.meaning.splitlines()[0] for one in predicates().values()}
    facts = tuple((str(atom), meant.get(atom.predicate, "")) for atom in combination.when)
    rows = [
        ("severity", str(combination.severity)),
        ("silence it", f"# neph: ignore[{combination.code}] because …"),
        *(("reference", page) for page in combination.references),
    ]
    return (
        Text(f"{combination.title}: {combination.says}.", combination.code),
        Table(("fact", "means"), facts, "Harmless one by one, found where all hold"),
        Text(f"{combination.help[0].upper()}{combination.help[1:]}.", "Fix"),
        Table(("about", "is"), tuple(rows)),
    )


def _escalation_blocks(escalation: Escalation) -> tuple[Block, ...]:
    rows = [
        *(("permission", action) for action in escalation.permissions),
        *(("needs", thing) for thing in escalation.needs),
        ("yields", escalation.yields),
        *(("step", rule.says) for rule in escalation.rules),
        *(("ATT&CK", technique) for technique in escalation.techniques),
        *(("reference", page) for page in escalation.references),
    ]
    return (
        Text(f"{escalation.title}.", escalation.id),
        Table(("about", "is"), tuple(rows)),
        Text(escalation.fix, "Fix"),
    )
