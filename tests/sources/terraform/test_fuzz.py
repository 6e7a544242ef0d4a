"""A short run of the fuzzer, the same every time: no exception, no instance lost. The long one is `make fuzz-hcl`."""

import random

import pytest

from scripts.fuzz_hcl import load, mutated, seeds, tree


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return seeds(None)


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_tree_loads(seed: int, texts: list[str]) -> None:
    assert load(tree(texts, random.Random(seed))) == ""


def test_a_mutation_changes_the_text(texts: list[str]) -> None:
    chance = random.Random(1)
    changed = [mutated(text, text, chance) != text for text in texts[:50]]
    assert sum(changed) > 25
