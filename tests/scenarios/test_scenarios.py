"""Eight attacks on whole estates: the story as people read it, the twin without a path, the edits that end each.

`<name>/open/main.tf` has the attack, `<name>/hardened/main.tf` does the same work without it.
"""

from __future__ import annotations

import pathlib

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.model.answer import Text
from nephograph.session import open_estate
from tests.support.command import Neph

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = sorted(path.name for path in HERE.iterdir() if (path / "open").is_dir())
ASKED = {"leaked_key_to_data": ("leaked-key",)}
"""Ways in that are followed on request."""


def asked(name: str) -> tuple[str, ...]:
    return ASKED.get(name, ())


def test_there_are_eight() -> None:
    assert len(NAMES) == 8


@pytest.mark.parametrize("name", NAMES)
def test_the_story(name: str, neph: Neph, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = [word for one in asked(name) for word in ("--from", one)]
    told = neph("paths", f"tests/scenarios/{name}/open", "--format", "frame", "--fail-on-depends", *words)
    assert told.code == 1
    assert told.out == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_the_hardened_twin_has_no_path_and_says_why(name: str) -> None:
    answer = open_estate([str(HERE / name / "hardened")], today="2026-01-01").ask("paths", origins=asked(name))
    assert answer.errors == ()
    assert answer.paths == ()
    assert answer.verdict == "no"
    (why,) = answer.blocks
    assert isinstance(why, Text)
    assert why.text.startswith(("No way in", "What is", "Paths there are", "Nothing here is a way in by leaked-key"))


@pytest.mark.parametrize("name", NAMES)
def test_the_cheapest_changes_end_every_way(name: str) -> None:
    session = open_estate([str(HERE / name / "open")], today="2026-01-01")
    cheapest = session.ask("chokes", origins=asked(name)).data["cheapest"]
    assert cheapest["changes"]
    assert cheapest["left"] == []
    assert cheapest["proven"]


@pytest.mark.parametrize("name", NAMES)
def test_every_path_has_a_fix_that_was_seen_to_end_it(name: str) -> None:
    session = open_estate([str(HERE / name / "open")], today="2026-01-01")
    paths = session.ask("paths", origins=asked(name)).paths
    for path in paths:
        fix = session.ask("fix", id=path.id, origins=asked(name))
        assert fix.data["verified"], path.title
        assert path.id in fix.data["ends"]
        assert not [one for one in fix.data["opens"] if one.startswith("path-")]
        assert "it is gone" in fix.blocks[0].text  # type: ignore[union-attr]
