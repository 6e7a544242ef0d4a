"""The semantics ledger names tests that exist, and a page for every rule."""

from __future__ import annotations

import pathlib
import re

HERE = pathlib.Path(__file__).parent
LEDGER = HERE.parents[2] / "docs" / "semantics" / "identity.md"


def test_every_test_of_the_ledger_exists():
    named = set(re.findall(r"`(test_\w+)`", LEDGER.read_text(encoding="utf-8")))
    defined = {
        name
        for file in HERE.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= defined, sorted(named - defined)


def test_every_rule_has_its_page_and_its_test():
    rows = [
        line.strip("|").split("|") for line in LEDGER.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    rules = [row for row in rows if row[0].strip() != "rule"]
    assert len(rules) > 30
    for row in rules:
        assert len(row) == 4, row[0]
        assert row[2].strip(), row[0]
        assert "`test_" in row[3], row[0]
