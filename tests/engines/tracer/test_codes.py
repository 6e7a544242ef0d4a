"""One small estate a code of AWS: the answer carries that code, and it is the same in code and in a dump."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from code_estates import CASES, CODES, HERE, TWINS, as_dump, asked, header, last, load, read, steps, told

from nephograph.engines.tracer.blockers import blockers, flips
from nephograph.engines.tracer.question import put
from nephograph.library.reachability import codes

LEDGER = HERE.parents[2] / "docs" / "semantics" / "network.md"
LEFT_OPEN = ("UNKNOWN_DESTINATION", "UNKNOWN_PEERED_SGS", "UNKNOWN_RESOURCE", "TGW_RTB_ROUTES_ARE_UNKNOWN")


@pytest.mark.parametrize("code", CASES)
def test_the_packet_ends_with_this_code(code: str) -> None:
    said = header(CODES / code)
    ground, question = asked(load(CODES / code), said)
    found = put(ground, question)
    assert found.verdict == said.get("verdict", "no"), found.depends_on
    assert found.verdict == "no" or code in LEFT_OPEN
    assert code in told(found)
    assert said["code"] == code
    assert found.verdict == "depends" or last(found).decision == "drops"


@pytest.mark.parametrize("code", [code for code in CASES if code not in LEFT_OPEN])
def test_every_set_of_blockers_flips_the_verdict_and_none_of_its_edits_can_be_left_out(code: str) -> None:
    estate = load(CODES / code)
    ground, question = asked(estate, header(CODES / code))
    found = blockers(estate, question, put(ground, question))
    assert found.sets
    for chain in found.sets:
        if any(blocker.edit is None for blocker in chain):
            continue
        assert flips(estate, question, chain)
        for blocker in chain if len(chain) > 1 else ():
            assert not flips(estate, question, tuple(b for b in chain if b is not blocker))


@pytest.mark.parametrize("code", [code for code in CASES if any((CODES / code).glob("*.tf"))])
def test_code_and_the_dump_made_of_it_give_the_same_answer(code: str) -> None:
    said = header(CODES / code)
    in_code, in_dump = (put(*asked(estate, said)) for estate in (load(CODES / code), as_dump(code)))
    assert in_dump.verdict == in_code.verdict
    assert steps(in_dump) == steps(in_code)
    assert told(in_dump) == told(in_code)


@pytest.mark.parametrize("code", TWINS)
def test_the_same_estate_as_a_dump_gives_the_same_verdict(code: str) -> None:
    said = header(CODES / code)
    in_code, in_dump = (put(*asked(estate, said)) for estate in (load(CODES / code), read(HERE / "twins" / code)))
    assert in_dump.verdict == in_code.verdict == "no"
    assert last(in_dump).reason == last(in_code).reason
    assert [hop.kind for hop in in_dump.forward.hops] == [hop.kind for hop in in_code.forward.hops]


def test_a_nat_gateway_that_failed_carries_nothing() -> None:
    folder = HERE / "dumps" / "failed_nat"
    found = put(*asked(read(folder), header(folder)))
    assert (found.verdict, last(found).reason, last(found).kind) == ("no", "component-not-active", "NAT gateway")


def test_every_code_has_a_fixture_or_a_reason_that_it_has_none() -> None:
    rows = LEDGER.read_text()
    for code, row in codes().items():
        assert f"`{code}`" in rows, code
        if code in CASES:
            assert not row.not_covered, code
            assert row.reasons, code
        else:
            assert row.not_covered, code
