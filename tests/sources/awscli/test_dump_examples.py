"""The dumps of the examples: read whole, and each document becomes a resource or a part of one."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.estate.build import Built, build
from nephograph.model.resource import Class
from nephograph.model.source import Loaded, LoadOptions
from nephograph.sources.awscli import SOURCE
from nephograph.sources.terraform import SOURCE as TERRAFORM

ROOT = pathlib.Path(__file__).parents[3]
DUMPS = ROOT / "tests" / "examples" / "dumps"


def read(name: str) -> tuple[Loaded, Built]:
    loaded = SOURCE.load(DUMPS / name, name, LoadOptions(), lambda *_: None)
    return loaded, build([loaded])


@pytest.mark.parametrize("name", ["tiny", "shop"])
def test_a_dump_of_an_example_is_read_whole(name: str) -> None:
    loaded, built = read(name)

    assert SOURCE.recognises(DUMPS / name)
    assert loaded.problems == loaded.assumptions == []
    assert {gap.kind for gap in loaded.gaps} <= {"not-in-dump"}
    assert built.evaluated == loaded.seen == len(loaded.documents)
    assert built.gaps == []


@pytest.mark.parametrize("name", ["tiny", "shop"])
def test_a_dump_holds_every_resource_of_the_example(name: str) -> None:
    example = ROOT / "examples" / name
    code = build([TERRAFORM.load(example, name, LoadOptions(), lambda *_: None)]).estate.resources.values()
    real = read(name)[1].estate.resources.values()

    for kind in sorted({resource.kind for resource in code if resource.cls is not Class.CONFIGURATION}):
        wanted = [r for r in code if r.kind == kind]
        found = [r for r in real if r.kind == kind]
        assert len(found) >= len(wanted), kind
        assert {r.scope.account for r in found} >= {r.scope.account for r in wanted}
