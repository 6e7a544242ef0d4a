"""Every fix of the planted estates is written, read again and gone; and written twice it changes nothing more."""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.lenses.common.attack import found_paths
from nephograph.library.combinations import combinations
from nephograph.library.registry import step_rules
from nephograph.model.answer import Finding
from nephograph.model.errors import UsageError
from nephograph.model.rule import StepRule
from nephograph.session import open_estate

TESTS = pathlib.Path(__file__).parents[1]
ROOT = TESTS.parent
SCENARIOS = sorted(path for path in (TESTS / "scenarios").glob("*/open"))
ON_REQUEST = {"leaked_key_to_data": ("leaked-key",)}
STEPS: list[StepRule] = [
    rule for rule in step_rules() if (TESTS / "library" / "steps" / rule.name / "has.tf").is_file()
]
COMBINATIONS = [one.code for one in combinations()]


def applied(where: pathlib.Path, id_: str, origins: tuple[str, ...], folder: pathlib.Path) -> None:
    """Write the fix into a copy, and again."""
    copied = folder / "copy"
    shutil.rmtree(copied, ignore_errors=True)
    if where.is_dir():
        shutil.copytree(where, copied)
    else:
        copied.mkdir()
        shutil.copy(where, copied / "main.tf")
    fixed = open_estate([str(copied)], today="2026-01-01").ask("fix", id=id_, origins=origins, apply=True)
    assert fixed.errors == ()
    assert fixed.data["verified"]
    assert fixed.data["written"]
    texts = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    again = open_estate([str(copied)], today="2026-01-01")
    left = {one.id for one in again.ask("check").findings} | {
        one.id for one in found_paths(again.context, origins).paths
    }
    assert not set(fixed.data["ends"]) & left
    # What comes up afterwards was foretold.
    assert set(fixed.data["opens"]) <= left
    with pytest.raises(UsageError) as gone:
        again.ask("fix", id=id_, origins=origins, apply=True)
    assert gone.value.problem.code == "nothing-known"
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()} == texts


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """Codes whose findings have an edit that a source can write."""
    live = [one for one in findings if one.suppressed is None and one.fix and one.fix.diff]
    return sorted({one.code for one in live})


@pytest.mark.parametrize("where", SCENARIOS, ids=lambda path: path.parent.name)
def test_every_path_and_finding_of_a_scenario(where: pathlib.Path, tmp_path: pathlib.Path) -> None:
    origins = ON_REQUEST.get(where.parent.name, ())
    session = open_estate([str(where)], today="2026-01-01")
    ids = [one.id for one in found_paths(session.context, origins).paths]
    assert ids
    for id_ in (*ids, *codes(session.ask("check").findings)):
        applied(where, id_, origins, tmp_path)


@pytest.mark.parametrize("rule", STEPS, ids=lambda rule: rule.name)
def test_every_path_of_every_step(rule: StepRule, tmp_path: pathlib.Path) -> None:
    where = TESTS / "library" / "steps" / rule.name / "has.tf"
    origins = (rule.on_request,) if rule.on_request else ()
    for path in found_paths(open_estate([str(where)], today="2026-01-01").context, origins).paths:
        applied(where, path.id, origins, tmp_path)


@pytest.mark.parametrize("code", COMBINATIONS)
def test_every_combination(code: str, tmp_path: pathlib.Path) -> None:
    applied(TESTS / "library" / "combinations" / code / "has.tf", code, (), tmp_path)


def test_the_paths_of_the_sample(tmp_path: pathlib.Path) -> None:
    where = ROOT / "examples" / "shop"
    for path in open_estate([str(where)], today="2026-01-01").ask("paths").paths:
        applied(where, path.id, (), tmp_path)
