"""One small estate a code of AWS: the packet ends, and the hop it ends at carries that code."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pytest

from nephograph.engines.tracer.blockers import blockers, flips
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ends import ends_named
from nephograph.library.reachability import codes, codes_of
from nephograph.model.source import LoadOptions
from nephograph.session.door import open_estate

HERE = pathlib.Path(__file__).parent / "codes"
CASES = sorted(path.name for path in HERE.iterdir())
LEDGER = pathlib.Path(__file__).parents[3] / "docs" / "semantics" / "network.md"


def header(folder: pathlib.Path) -> dict[str, str]:
    text = next(iter(sorted(folder.glob("*.tf")) or sorted(folder.rglob("question.txt")))).read_text()
    return dict(re.findall(r"^# (from|to|traffic|code): (.+)$", text, re.MULTILINE))


def load(folder: pathlib.Path) -> Estate:
    options = LoadOptions(account="111122223333", region="eu-west-1")
    return open_estate([str(folder)], options).context.estate


def asked(estate: Estate, said: dict[str, str]) -> tuple[Ground, Question]:
    ground = Ground(estate)
    protocol, _, port = said["traffic"].partition("/")
    source, target = ends_named(ground, said["from"]), ends_named(ground, said["to"])
    return ground, Question(source, target, protocol, (int(port), int(port)))


def last(found: Reach) -> Any:
    return (found.back.hops or found.forward.hops)[-1]


@pytest.mark.parametrize("code", CASES)
def test_the_packet_ends_with_this_code(code: str) -> None:
    said = header(HERE / code)
    estate = load(HERE / code)
    ground, question = asked(estate, said)
    found = put(ground, question)
    assert found.verdict == "no", found.depends_on
    ends = {drop for t in found.traced for w in t.cases.walks if w.drop for drop in codes_of(str(w.drop.reason))}
    assert code in ends
    assert said["code"] == code
    assert last(found).decision == "drops"


@pytest.mark.parametrize("code", CASES)
def test_every_set_of_blockers_flips_the_verdict_and_none_of_its_edits_can_be_left_out(code: str) -> None:
    estate = load(HERE / code)
    ground, question = asked(estate, header(HERE / code))
    found = blockers(estate, question, put(ground, question))
    assert found.sets
    for chain in found.sets:
        if any(blocker.edit is None for blocker in chain):
            continue
        assert flips(estate, question, chain)
        for blocker in chain if len(chain) > 1 else ():
            assert not flips(estate, question, tuple(b for b in chain if b is not blocker))


@pytest.mark.parametrize("code", sorted(path.name for path in (HERE.parent / "twins").iterdir()))
def test_the_same_estate_as_a_dump_gives_the_same_verdict(code: str) -> None:
    said = header(HERE / code)
    ground, question = asked(load(HERE / code), said)
    in_code = put(ground, question)
    ground, question = asked(load(HERE.parent / "twins" / code), said)
    in_dump = put(ground, question)
    assert in_dump.verdict == in_code.verdict == "no"
    assert last(in_dump).reason == last(in_code).reason
    assert [hop.kind for hop in in_dump.forward.hops] == [hop.kind for hop in in_code.forward.hops]


def test_every_code_has_a_fixture_or_a_reason_that_it_has_none() -> None:
    rows = LEDGER.read_text()
    for code, row in codes().items():
        assert f"`{code}`" in rows, code
        if code in CASES:
            assert not row.not_covered, code
            assert row.reasons, code
        else:
            assert row.not_covered, code
