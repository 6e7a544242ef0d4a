"""Code that looks bad and is not: the check it is a decoy for stays quiet, or says on what it depends.

`decoys/<code of the check>/<why>.tf` (or `.yaml`). Where the first line reads `# depends`, one open finding is what is
right; else there is none at all.
"""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.library.registry import all_checks
from nephograph.session import open_estate

ROOM = pathlib.Path(__file__).parent / "decoys"
DECOYS = sorted(path for path in ROOM.glob("*/*") if path.suffix in (".tf", ".yaml"))


@pytest.mark.parametrize("decoy", DECOYS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_decoy_is_no_finding(decoy: pathlib.Path, tmp_path: pathlib.Path) -> None:
    shutil.copy(decoy, tmp_path / f"main{decoy.suffix}")
    answer = open_estate([str(tmp_path)]).ask("check")
    assert answer.errors == ()
    found = [finding for finding in answer.findings if finding.code == decoy.parent.name]
    open_ = decoy.read_text().startswith("# depends")
    assert [finding.verdict for finding in found] == (["depends"] if open_ else []), [one.message for one in found]


def test_every_decoy_is_of_a_check_that_exists() -> None:
    assert {path.parent.name for path in DECOYS} <= {check.code for check in all_checks()}
