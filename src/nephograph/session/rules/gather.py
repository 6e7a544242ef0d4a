"""Reads every rule that a question is put with, and binds the ones that look at the whole to an estate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from nephograph.library.combinations import combinations
from nephograph.library.own_rules import Asked, OwnRules
from nephograph.library.registry import codes
from nephograph.library.sdk import Check
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.session.opened import Opened
from nephograph.session.rules import python_rules, rego_rules, sql_rules
from nephograph.session.rules.places import RuleFile, configured, rule_files, text_of

Ask = Callable[[Sequence[tuple[Check, str]], Opened], Iterable[Asked]]


class Gathered(msgspec.Struct, frozen=True):
    """The rules, and for those that look at the whole: their texts by their codes, and who asks them."""

    rules: OwnRules
    texts: Mapping[str, str] = {}
    asks: Mapping[str, Ask] = {}

    def of(self, opened: Opened) -> OwnRules:
        """The rules, ready to be put to an estate."""
        if not self.rules.questions:
            return self.rules

        def ask(wanted: Sequence[Check]) -> Iterable[Asked]:
            by_language: dict[str, list[tuple[Check, str]]] = {}
            for rule in wanted:
                by_language.setdefault(rule.asks, []).append((rule, self.texts[rule.code]))
            for language, rules in by_language.items():
                yield from self.asks[language](rules, opened)

        return msgspec.structs.replace(self.rules, ask=ask)


def own_rules(
    given: Sequence[str], trees: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Gathered:
    """Every rule of somebody's own: of the files and folders `given`, of the configuration, of the scanned trees.

    Raises `UsageError` when what was given is not there. A rule that cannot be read is a Problem, and left out.
    """
    found = rule_files(given, trees, configured(os.environ if environment is None else environment))
    problems, gaps = list(found.problems), list(found.gaps)
    checks: list[Check] = []
    questions: list[Check] = []
    texts: dict[str, str] = {}
    taken: dict[str, str] = {}
    for file in found.files:
        text = text_of(file)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        read, wrong = _read(file, text)
        problems += [one for one in wrong if isinstance(one, Problem)]
        gaps += [one for one in wrong if isinstance(one, Gap)]
        for rule in read:
            if clash := _clash(rule, taken):
                problems.append(clash)
                continue
            taken[rule.code] = rule.origin
            (questions if rule.asks else checks).append(rule)
            texts[rule.code] = text
    rules = OwnRules(tuple(checks), tuple(questions), problems=tuple(problems), gaps=tuple(gaps))
    return Gathered(rules, texts, _ASKS)


_ASKS: dict[str, Ask] = {
    sql_rules.ASKS: sql_rules.ask,
    rego_rules.ASKS: rego_rules.ask,
    rego_rules.ASKS_PLANS: rego_rules.ask_plans,
}
"""Who puts the questions of each sort."""


def _read(file: RuleFile, text: str) -> tuple[Sequence[Check], Sequence[Problem | Gap]]:
    if file.language == "python":
        return python_rules.checks_in(file, text)
    rule = (rego_rules if file.language == "rego" else sql_rules).rule_in(file, text)
    return ([rule], []) if isinstance(rule, Check) else ([], [rule])


def _clash(rule: Check, taken: Mapping[str, str]) -> Problem | None:
    """A code is one rule's."""
    if rule.code in taken:
        said = f"{rule.origin} and {taken[rule.code]} are both called {rule.code}; the first one is asked"
    elif rule.code in codes() or rule.code in {one.code for one in combinations()}:
        said = f"{rule.origin} is called {rule.code}, as a check of nephograph is; it is not asked"
    else:
        return None
    return Problem("rule-code", said, "give the file another name; a team's own prefix keeps codes apart")


def trees_of(ask: Any) -> tuple[str, ...]:
    """The trees that a question reads: their rules are asked, too. A stored estate has none."""
    from nephograph.session.at_hand import directory

    paths = (*getattr(ask, "paths", ()), *ask.sources)
    return paths or (() if directory(ask.estate) else (".",))
