"""Every fix shown as a diff is applied to a copy and checked again: it ends its finding; nothing but hints is new."""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.library.registry import all_checks, prose
from nephograph.library.sdk import LANGUAGES, Check
from nephograph.model.answer import Answer, Finding
from nephograph.session import open_estate
from nephograph.session.fixes import Fixes, apply
from tests.support.faults import faults

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECKS = all_checks()


def fixed(tree: pathlib.Path, finding: Finding) -> Answer:
    """The answer after the finding's fix was written into the tree."""
    session = open_estate([str(tree)])
    assert finding.fix is not None
    for file, (_, after) in apply(Fixes(session.reads, session.estate).text_edits(finding.fix)).items():
        pathlib.Path(file).write_text(after)
    return open_estate([str(tree)]).ask("check")


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_the_fix_of_the_bad_example_ends_it(check: Check, tmp_path: pathlib.Path) -> None:
    (tmp_path / LANGUAGES[check.language]).write_text(prose(check).bad[check.language][0])
    before = open_estate([str(tmp_path)]).ask("check")
    (finding,) = [f for f in before.findings if f.code == check.code]
    if finding.fix is None:
        pytest.skip("this check offers no fix: its prose says what a person does")
    assert finding.fix.diff, finding.fix.title
    after = fixed(tmp_path, finding)
    assert after.errors == ()
    assert finding.id not in {f.id for f in after.findings}
    assert faults(after, finding) <= faults(before, finding)


def test_every_fix_in_the_shop_ends_its_finding_and_opens_nothing(tmp_path: pathlib.Path) -> None:
    shutil.copytree(ROOT / "examples" / "shop", tmp_path / "shop")
    before = open_estate([str(tmp_path / "shop")]).ask("check")
    tried = 0
    for finding in before.findings:
        if finding.fix is None or not finding.fix.diff:
            continue
        tree = tmp_path / finding.id
        shutil.copytree(ROOT / "examples" / "shop", tree)
        after = fixed(tree, finding)
        tried += 1
        assert finding.id not in {f.id for f in after.findings}, finding.message
        assert faults(after, finding) <= faults(before, finding)
        assert {p.id for p in after.paths} <= {p.id for p in before.paths}
    assert tried >= 5
