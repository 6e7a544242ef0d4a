"""Cases of rules: a small tree, and the codes that are to be found in it.

    - name: a bucket without an owner is found
      type: sql                  # check, sql or rego
      rules: ../rules/owner.sql  # for sql and rego: files or folders, as seen from the file of cases
      tree:
        main.tf: |
          resource "aws_s3_bucket" "b" {}
      expect: [owner]            # codes, or code: how often; [] for none

`tree` may be the name of a folder or file beside the cases. `rule` narrows to some codes, which may be those of the
library's checks. Python is never named in a case: whoever runs the cases names it (`neph test --rules`).
"""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import msgspec

from nephograph.engines.certificate.malformed import MalformedError, Path
from nephograph.library.own_rules import OwnRules
from nephograph.model.answer import Finding
from nephograph.model.errors import Problem
from nephograph.session.door import open_estate
from nephograph.session.rules.gather import own_rules

TYPES = ("check", "sql", "rego")
_KEYS = ("name", "type", "rules", "rule", "tree", "expect", "description", "comment", "id", "tags", "because")
_HELP = "docs/guides/your-own-rules.md shows the form"
_MAX_FILES = 100
_ASKS = {"check": "", "sql": "SQL", "rego": "Rego"}


class MalformedRuleCaseError(MalformedError):
    """A case of a rule that is not of the form."""

    code = "malformed-case"


class RuleOutcome(msgspec.Struct, frozen=True):
    """A case of a rule that was run: how often each code was expected and found, and what went wrong."""

    name: str
    type: str
    expected: dict[str, int]
    """How often each code; 0 for "at least once"."""
    found: dict[str, int]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    about: frozenset[str] = frozenset()
    """The codes it is about, found or not."""

    @property
    def passed(self) -> bool:
        """Every code that is expected, no other one, and nothing that could not be done."""
        if self.problems or self.expected.keys() != self.found.keys():
            return False
        return all(count in (0, self.found[code]) for code, count in self.expected.items())


def is_rule_case(data: Any) -> bool:
    """Is this a case of a rule, and not one of a policy?"""
    return isinstance(data, Mapping) and "type" in data and "request" not in data


def run_case(data: Mapping[str, Any], folder: pathlib.Path, given: Sequence[str]) -> RuleOutcome:
    """Run one case that stands in a file of `folder`, with the rules of the case and those `given`.

    Raises `MalformedRuleCaseError` with the path of what is wrong, and `NephError` when its tree holds nothing.
    """
    for key in data:
        if key not in _KEYS and not str(key).startswith("x-"):
            _refuse(f"{key} is not known here", (str(key),), f"there may be {', '.join(_KEYS)}")
    name, type_ = data.get("name"), data["type"]
    if not isinstance(name, str) or not name:
        _refuse("a case has a name", ())
    if type_ not in TYPES:
        _refuse(f"{type_} is no type of a case", ("type",), f"there is {', '.join(TYPES)}")
    expected = _expected(data)
    named = _texts(data, "rules")
    if named and type_ == "check":
        why = "a case names no Python, which would be run: name it with neph test --rules"
        _refuse(why, ("rules",))
    beside = [_below(folder, one, ("rules",)) for one in named]
    for one in beside:
        if one.suffix == ".py" or (one.is_dir() and next(one.rglob("*.py"), None) is not None):
            _refuse("a case names no Python, which would be run: name it with neph test --rules", ("rules",))
    gathered = own_rules([*given, *(str(one) for one in beside)], [], {})
    wanted = _wanted(data, type_, gathered.rules)
    with tempfile.TemporaryDirectory(prefix="neph-case-") as scratch:
        tree = _tree(data.get("tree"), folder, pathlib.Path(scratch))
        answer = open_estate([str(tree)]).judging(gathered).ask("check", only=tuple(sorted(wanted)))
    findings = tuple(one for one in answer.findings if one.code in wanted and one.suppressed is None)
    return RuleOutcome(
        name, type_, expected, dict(Counter(one.code for one in findings)), findings, answer.errors, frozenset(wanted)
    )


def _expected(data: Mapping[str, Any]) -> dict[str, int]:
    said = data.get("expect")
    if isinstance(said, Mapping) and all(str(n).isdecimal() and int(n) > 0 for n in said.values()):
        return {str(code): int(count) for code, count in said.items()}
    if not isinstance(said, list) or not all(isinstance(code, str) for code in said):
        at: Path = ("expect",) if said is not None else ()
        _refuse("expect is a list of codes, or an object of codes and how often", at)
    return dict.fromkeys(said, 0)


def _texts(data: Mapping[str, Any], key: str) -> list[str]:
    said = data.get(key)
    found = [said] if isinstance(said, str) else said if said is not None else []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        _refuse(f"{key} is a text, or a list of texts", (key,))
    return list(found)


def _wanted(data: Mapping[str, Any], type_: str, rules: OwnRules) -> set[str]:
    """The codes the case is about."""
    named = _texts(data, "rule")
    if named:
        return set(named)
    of_type = rules.checks if type_ == "check" else [one for one in rules.questions if one.asks.endswith(_ASKS[type_])]
    if not of_type:
        _refuse(f"there is no rule of type {type_}", (), "name its file under rules, its code under rule, or --rules")
    return {one.code for one in of_type}


def _tree(said: Any, folder: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    """The tree of a case: a folder or file beside it, or the files it holds itself, written for the time of the run."""
    if isinstance(said, str):
        return _below(folder, said, ("tree",))
    if not isinstance(said, Mapping) or not said or len(said) > _MAX_FILES:
        _refuse("tree is the name of a folder, or an object of file names and texts", ("tree",))
    for name, text in said.items():
        if not isinstance(name, str) or not isinstance(text, str):
            _refuse("tree is an object of file names and texts", ("tree", str(name)))
        file = _below(scratch, name, ("tree", name), there=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return scratch


def _below(folder: pathlib.Path, name: str, at: Path, there: bool = True) -> pathlib.Path:
    """A path as seen from a folder, below it; what is read may stand anywhere below where the command was called."""
    path = pathlib.Path(os.path.realpath(folder / name))
    homes = [folder.resolve(), *([pathlib.Path.cwd().resolve()] if there else [])]
    if not any(path.is_relative_to(home) for home in homes):
        _refuse(f"{name} is outside", at, "it stands below the file of cases, or below where neph is called")
    if there and not path.exists():
        _refuse(f"{name} does not exist", at, "it is looked for from the file of cases")
    return path


def _refuse(message: str, at: Path, help: str = _HELP) -> NoReturn:
    raise MalformedRuleCaseError(message, at, help)
