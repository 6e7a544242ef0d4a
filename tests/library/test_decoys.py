"""What looks bad and is not: attached to nothing, cancelled elsewhere, never made, or not known.

A decoy is a file in `decoys/` that begins with `# why:` and then `# quiet:` (codes that find nothing in it) or
`# depends:` (codes that find something, and leave it open).
"""

from __future__ import annotations

import pathlib

import pytest

from nephograph.library.registry import all_checks
from nephograph.session import open_estate

NAMES = {".tf": "main.tf", ".dockerfile": "Dockerfile"}
FOLDER = pathlib.Path(__file__).parent / "decoys"
DECOYS = sorted(file for file in FOLDER.iterdir() if file.suffix in NAMES)
KNOWN = frozenset(check.code for check in all_checks())


@pytest.mark.parametrize("file", DECOYS, ids=lambda file: file.stem)
def test_a_decoy_is_not_taken_for_the_real_thing(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    text = file.read_text()
    why, told = text.splitlines()[:2]
    assert why.startswith("# why: ")
    word, _, listed = told.removeprefix("# ").partition(": ")
    codes = {code.strip() for code in listed.split(",")}
    assert word in ("quiet", "depends")
    assert codes <= KNOWN, codes - KNOWN
    (tmp_path / NAMES[file.suffix]).write_text(text)
    session = open_estate([str(tmp_path)])
    if not file.stem.endswith("never_made"):
        looked_at = {check.kind for check in all_checks() if check.code in codes}
        assert looked_at & set(session.estate.kinds()), "nothing of it is of a kind that these checks look at"
    answer = session.ask("check")
    assert answer.errors == ()
    found = {code: [f.verdict for f in answer.findings if f.code == code] for code in codes}
    assert found == {code: [] if word == "quiet" else ["depends"] for code in codes}, why


def test_there_are_decoys_of_many_kinds() -> None:
    assert len(DECOYS) >= 60
    assert len({code for file in DECOYS for code in file.read_text().splitlines()[1].split(": ")[1].split(", ")}) >= 60
