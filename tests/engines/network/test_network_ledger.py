"""The ledger names tests that exist."""

from __future__ import annotations

import pathlib
import re

LEDGER = pathlib.Path(__file__).parents[3] / "docs" / "semantics" / "network.md"


def test_every_row_of_the_ledger_names_a_test_that_exists() -> None:
    here = pathlib.Path(__file__).parent
    files = [*here.glob("test_*.py"), *(here.parent / "tracer").glob("test_*.py")]
    files += (here.parent / "reachability").glob("test_*.py")
    known = re.findall(r"^def test_(\w+)", "\n".join(p.read_text() for p in files), re.MULTILINE)
    rows = [line.split("|") for line in LEDGER.read_text().splitlines() if line.startswith("| ")]
    rows = [cells for cells in rows if cells[1].strip() not in ("rule", "code", "---")]
    assert len(rows) > 20
    for cells in rows:
        named = re.findall(r"`([^`]+)`", cells[4])
        assert named, cells[1]
        for name in named:
            pattern = re.escape(name).replace("…", ".*").replace(r"\*", ".*")
            assert any(re.fullmatch(pattern, test) for test in known), name
