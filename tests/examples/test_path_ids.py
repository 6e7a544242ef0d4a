"""A path has one id: in code, plan, state and dump; in every run; in whatever order the files are read."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest

from nephograph.lenses.common.attack import found_paths
from nephograph.model.answer import AttackPath
from nephograph.session import open_estate
from tests.support.spellings import write_spellings

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
SHOP = ROOT / "examples" / "shop"


Key = tuple[str, str, str, str]


def named(where: pathlib.Path) -> dict[Key, str]:
    """(entry, first thing held, target, last step) → id, of every path before any is folded."""
    paths: tuple[AttackPath, ...] = found_paths(open_estate([str(where)], today="2026-01-01").context).paths
    return {(p.entry.urn, p.steps[0].target.urn, p.target.urn, p.steps[-1].rule): p.id for p in paths}


@pytest.fixture(scope="module")
def spellings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    written = write_spellings(SHOP, tmp_path_factory.mktemp("ids") / "shop")
    return {**{name: path for name, (path, _) in written.items()}, "dump": HERE / "dumps" / "shop"}


@pytest.mark.parametrize(("spelling", "least"), [("plan", 2), ("state", 10), ("shown", 7), ("dump", 10)])
def test_one_path_has_one_id_in_every_spelling(spelling: str, least: int, spellings: dict[str, pathlib.Path]) -> None:
    # (Code and cloud call an instance by different names until it is known which is which: such keys are not shared.)
    code, other = named(SHOP), named(spellings[spelling])
    both = code.keys() & other.keys()
    assert len(both) >= least
    assert {key: code[key] for key in both} == {key: other[key] for key in both}
    assert set(code.values()) & set(other.values()) == {code[key] for key in both}


def told(where: pathlib.Path, seed: str) -> list[str]:
    """The answer of another process, whose sets are in another order."""
    code = "from nephograph.surfaces.cli.main import main; main()"
    words = ["paths", str(where), "--from", "internet", "--from", "GitHub", "--from", "principal", "-f", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    return [json.dumps(path, sort_keys=True) for path in json.loads(done.stdout)["paths"]]


def test_every_run_says_the_same() -> None:
    first = told(SHOP, "1")
    assert first
    assert told(SHOP, "4711") == first


def test_the_order_of_files_and_blocks_does_not_matter(tmp_path: pathlib.Path) -> None:
    """Every block in a file of its own, in one order and in the other."""
    text = (ROOT / "tests" / "scenarios" / "ssrf_to_bucket" / "open" / "main.tf").read_text()
    blocks = [f"{block}\n}}\n" for block in text.split("\n}\n") if block.strip()]
    assert len(blocks) > 5
    found: list[dict[Key, str]] = []
    for order in (blocks, blocks[::-1]):
        folder = tmp_path / str(len(found))
        folder.mkdir()
        for number, block in enumerate(order):
            (folder / f"{number:03}.tf").write_text(block)
        found.append(named(folder))
    assert found[0]
    assert found[0] == found[1]
