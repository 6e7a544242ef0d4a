"""Every step rule has an estate in which it is a step of a path, and one in which one thing less makes it none.

`steps/<rule>/has.tf` and `steps/<rule>/guarded.tf` differ in what guards against the step, and in little else. Where
code alone cannot say it, both are folders.
"""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.library.registry import step_rules
from nephograph.model.rule import StepRule
from nephograph.session import open_estate

CASES = pathlib.Path(__file__).parent / "steps"
RULES = step_rules()


def planted(rule: StepRule, case: str, tmp_path: pathlib.Path) -> None:
    """The estate of a case, where nothing of the project lies beside it."""
    written = CASES / rule.name / f"{case}.tf"
    if written.with_suffix("").is_dir():
        shutil.copytree(written.with_suffix(""), tmp_path, dirs_exist_ok=True)
        return
    assert written.is_file(), f"write {written.relative_to(CASES.parents[2])}: CONTRIBUTING.md, Add a step"
    (tmp_path / "main.tf").write_text(written.read_text(encoding="utf-8"), encoding="utf-8")


def steps_taken(rule: StepRule, case: str, tmp_path: pathlib.Path) -> set[str]:
    """The rules whose steps are in some path of that estate."""
    planted(rule, case, tmp_path)
    origins = (rule.on_request,) if rule.on_request else ()
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("paths", origins=origins)
    assert answer.errors == ()
    return {step.rule for path in answer.paths for step in path.steps}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_estate_that_has_it(rule: StepRule, tmp_path: pathlib.Path) -> None:
    taken = steps_taken(rule, "has", tmp_path)
    assert rule.name in taken, f"no path of has.tf takes this step; its paths take {sorted(taken) or 'none'}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_estate_that_guards_it(rule: StepRule, tmp_path: pathlib.Path) -> None:
    taken = steps_taken(rule, "guarded", tmp_path)
    assert rule.name not in taken, "guarded.tf has the step all the same"


@pytest.mark.parametrize("rule", [r for r in RULES if r.on_request], ids=lambda rule: rule.name)
def test_a_way_in_on_request_is_not_followed_without(rule: StepRule, tmp_path: pathlib.Path) -> None:
    planted(rule, "has", tmp_path)
    answer = open_estate([str(tmp_path)], today="2026-01-01").ask("paths")
    assert rule.name not in {step.rule for path in answer.paths for step in path.steps}


def test_no_estate_is_left_of_a_rule_that_is_gone() -> None:
    assert {path.name for path in CASES.iterdir()} <= {rule.name for rule in RULES}
