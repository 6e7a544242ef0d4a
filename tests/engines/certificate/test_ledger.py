"""The ledger of the certificate names tests that exist and a page for every rule; the simulator's buckets are in it."""

from __future__ import annotations

import pathlib
import re

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
LEDGER = (ROOT / "docs" / "semantics" / "identity-certificate.md").read_text(encoding="utf-8")


def defined() -> set[str]:
    return {
        name
        for file in HERE.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    }


def test_every_test_of_the_ledger_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", LEDGER))
    assert len(named) > 50
    assert named <= defined(), sorted(named - defined())


def test_every_rule_has_its_page_and_its_test() -> None:
    rows = [line.strip("|").split("|") for line in LEDGER.splitlines() if line.startswith("| ")]
    rules = [row for row in rows if row[0].strip() not in ("rule", "bucket")]
    assert len(rules) > 45
    for row in rules:
        assert len(row) == 4, row[0]
        assert row[2].strip(), row[0]
        assert "`test_" in row[3], row[0]


def test_every_decided_bucket_has_a_test_that_exists() -> None:
    script = (ROOT / "scripts" / "diff_iam" / "buckets.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"(test_\w+)"', script))
    assert named
    assert named <= set(re.findall(r"`(test_\w+)`", LEDGER)) & defined()


def test_the_certificate_shares_nothing_with_the_engine() -> None:
    for file in (ROOT / "src" / "nephograph" / "engines" / "certificate").glob("*.py"):
        imported = re.findall(r"(?:from|import) (nephograph\.[\w.]+)", file.read_text(encoding="utf-8"))
        assert all(name.startswith(("nephograph.engines.certificate", "nephograph.model")) for name in imported), file
