"""The laws of the difference, held to the sample estate: to itself, both ways round, and across refactorings."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_answers import opened
from example_estates import estate_trees
from hcl_text import Tree
from test_metamorphic import CHANGES

from nephograph.estate.differ import Differences, differences
from nephograph.model.resource import Class
from nephograph.session import Session

SHOP = estate_trees()["shop"]
REFACTORINGS = {name: change for name, change in CHANGES.items() if "in the cloud" not in name}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return opened(SHOP, tmp_path_factory.mktemp("shop"))


def told(found: Differences) -> list[str]:
    return (
        [f"+ {r.address}" for r in found.added]
        + [f"- {r.address}" for r in found.removed]
        + [f"~ {c.after.address} {f.path} {f.before!r} {f.after!r}" for c in found.changed for f in c.fields]
        + [f"? {c.after.address} {f.path} {f.before!r} {f.after!r}" for c in found.undecided for f in c.fields]
    )


def test_an_estate_does_not_differ_from_itself(shop: Session, tmp_path: Path) -> None:
    again = opened(SHOP, tmp_path / "again")
    for other in (shop, again):
        found = differences(shop.estate, other.estate)
        assert told(found) == []
        assert found.moved == []
        assert found.same == len(shop.estate.resources)


@pytest.mark.parametrize("name", REFACTORINGS)
def test_a_refactoring_changes_nothing(name: str, shop: Session, tmp_path: Path) -> None:
    tree, _ = REFACTORINGS[name](SHOP, 1)
    found = differences(shop.estate, opened(tree, tmp_path).estate)
    assert [line for line in told(found) if not line.startswith("?")] == []
    # An expression that is not evaluated is known by its words, and a renamed one has others.
    assert all("==" in repr(f.after) for c in found.undecided for f in c.fields)
    of_code = sum(1 for one in shop.estate.resources.values() if one.cls is Class.CONFIGURATION)
    every = len(shop.estate.resources)
    # (what configuration says of itself goes other ways when it is put in order)
    assert every - of_code <= found.same + len(found.undecided) <= every
    assert not found.undecided or name == "names of things in the code"


def test_what_opens_in_one_direction_closes_in_the_other(shop: Session, tmp_path: Path) -> None:
    tree, _ = CHANGES["into a module"](SHOP, 1)
    other = opened(edited(tree), tmp_path).estate
    there, back = differences(shop.estate, other), differences(other, shop.estate)
    assert {r.urn for r in there.added} == {r.urn for r in back.removed}
    assert {r.urn for r in there.removed} == {r.urn for r in back.added}
    assert there.changed

    def turned(found: Differences, forward: bool) -> set[tuple[str, str, str, str, str]]:
        return {
            (
                c.pair.before if forward else c.pair.after,
                c.pair.after if forward else c.pair.before,
                ".".join("*" if isinstance(p, int) or p in "+-" else p for p in f.path),
                repr(f.before if forward else f.after) if "→" not in f"{f.before}{f.after}" else "",
                repr(f.after if forward else f.before) if "→" not in f"{f.before}{f.after}" else "",
            )
            for c in (*found.changed, *found.undecided)
            for f in c.fields
        }

    assert turned(there, True) == turned(back, False)


def edited(tree: Tree) -> Tree:
    """The tree with the last resource block of one file gone, a block more, and one value changed."""
    changed = {name: text.replace('"0.0.0.0/1"', '"198.51.100.0/24"') for name, text in tree.items()}
    assert changed != tree
    name = next(name for name in sorted(changed) if name.endswith(".tf") and "/" not in name)
    changed[name] += '\nresource "aws_sqs_queue" "added_for_the_test" {\n  name = "added-for-the-test"\n}\n'
    return changed
