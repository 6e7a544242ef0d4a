"""The differential run without the simulator: its cases, how they are made small, and how parts add up."""

from __future__ import annotations

import pathlib
import random
from typing import Any

from scripts.diff_iam.compare import Difference, compare, ours
from scripts.diff_iam.generate import generate
from scripts.diff_iam.shape import documents
from scripts.diff_iam.shrink import shrink
from scripts.diff_iam.totals import Ledger, Totals, together


def cases(count: int) -> list[dict[str, Any]]:
    return [generate(random.Random(number)) for number in range(count)]


class Contrary:
    """Another evaluator: ours, save that it denies whatever a condition on the source address may bear on."""

    def decide(self, one: dict[str, Any]) -> dict[str, Any]:
        names = {"allowed": "Allowed", "implicitly_denied": "ImplicitlyDenied", "explicitly_denied": "ExplicitlyDenied"}
        said = names.get(ours(one).effect, "Unknown")
        reads = "aws:SourceIp" in str([document for _, document in documents(one)])
        return {"result": "ExplicitlyDenied" if reads else said, "ignored": []}


def test_cases_are_balanced_and_made_from_their_number_alone() -> None:
    made = cases(400)
    assert made == cases(400)
    allowed = sum(ours(one).allowed for one in made)
    assert 0.4 < allowed / len(made) < 0.6
    for layer in ("identity", "resource", "boundary", "session", "scp", "rcp", "endpoint"):
        assert sum(bool(one["policies"][layer]) for one in made) > 20, layer


def test_a_difference_is_made_small_and_stays_one() -> None:
    theirs: Any = Contrary()
    found = [one for case in cases(200) if isinstance(one := compare(case, theirs), Difference)]
    assert found
    for one in found[:10]:
        least = shrink(one, theirs)
        assert (least.ours, least.theirs) == (one.ours, one.theirs)
        assert isinstance(compare(least.case, theirs), Difference)
        assert "aws:SourceIp" in str(least.case["policies"])
        assert len(str(least.case)) <= len(str(one.case))


def test_parts_add_up_and_a_part_that_was_cut_is_done_again(tmp_path: pathlib.Path) -> None:
    ledger = Ledger(tmp_path / "parts.jsonl")
    for first in (0, 5):
        part = Totals()
        part.cases = 5
        part.effects["allowed"] = 3
        part.leave_open("why", {"name": "x" * (first + 1)})
        ledger.write(first, part)
    file = tmp_path / "parts.jsonl"
    file.write_text(file.read_text() + '{"first": 10, "tot')
    parts = ledger.parts()
    assert sorted(parts) == [0, 5]
    total = together(parts.values())
    assert (total.cases, total.effects["allowed"]) == (10, 6)
    assert total.open["why"][0] == 2
    assert total.open["why"][1] == {"name": "x"}
