"""Nothing is lost: every instance that a generated tree declares is a document, and every other block is named."""

import json
import random

import pytest

KINDS = {"data-source", "ephemeral", "removed", "import", "absent-module", "unsupported-block", "terragrunt"}
"""How gaps are called that stand for blocks or instances."""


class Made:
    """A generated tree, and what it declares."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.files: dict[str, str] = {}
        self.instances = 0
        self.named = 0
        self.problems = 0

    def module(self, path: str, depth: int, times: int) -> None:
        """A directory of `times` instances with everything that can be declared, and modules below it."""
        native, other = [], {"resource": {"x_json": {}}}
        for number in range(self.random.randint(1, 4)):
            head, size = self.repetition()
            native.append(f'resource "x_y" "r{number}" {{\n{head}  v = {number}\n}}\n')
            self.instances += times * size
        for number in range(self.random.randint(0, 2)):
            other["resource"]["x_json"][f"j{number}"] = {"count": number + 1, "v": "${count.index}"}
            self.instances += times * (number + 1)
        for number in range(self.random.randint(0, 2)):
            head, size = self.repetition()
            native.append(f'data "x_data" "d{number}" {{\n{head}}}\n')
            self.named += times * size
        if self.random.random() < 0.5:
            native.append('ephemeral "x_e" "e" {}\ncheck "c" {\n  data "x_data" "inner" {}\n}\n')
            self.named += 2 * times
        if self.random.random() < 0.3:
            native.append("removed {\n  from = x_y.gone\n}\n")
            self.named += times
        if self.random.random() < 0.3:
            native.append('surprise "s" {\n}\n')
            self.named += 1  # a kind of block is named where it is written
        if self.random.random() < 0.3:
            native.append('module "far" {\n  source = "somebody/far/aws"\n}\n')
            self.named += times
        if self.random.random() < 0.3:
            native.append('resource "x_y" "broken" {\n  v = = 1\n}\n')
            self.problems += 1
        for number in range(self.random.randint(0, 2) if depth else 0):
            head, size = self.repetition()
            native.append(f'module "m{number}" {{\n  source = "./m{number}"\n{head}}}\n')
            self.module(f"{path}m{number}/", depth - 1, times * size)
        self.files[f"{path}main.tf"] = "".join(native)
        self.files[f"{path}more.tf.json"] = json.dumps(other)

    def repetition(self) -> tuple[str, int]:
        """A meta-argument, and how many instances it makes."""
        size = self.random.randint(0, 3)
        keys = ", ".join(f'"k{key}"' for key in range(size))
        return self.random.choice([("", 1), (f"  count = {size}\n", size), (f"  for_each = toset([{keys}])\n", size)])


@pytest.mark.parametrize("seed", range(40))
def test_what_a_tree_declares_is_evaluated_or_named(tree, seed):
    made = Made(seed)
    made.module("", 3, 1)
    loaded = tree.load(made.files)
    assert loaded.seen == len(loaded.documents) == made.instances
    assert len({document.address for document in loaded.documents}) == made.instances
    assert sum(gap.count for gap in loaded.gaps if gap.kind in KINDS) == made.named
    assert {gap.kind for gap in loaded.gaps} <= KINDS
    assert loaded.codes() == ["syntax"] * made.problems


@pytest.mark.parametrize("number", [60, 200])
def test_nested_modules_over_for_each_are_all_there(tree, number):
    calls = "".join(
        f'module "m{i}" {{\n  source = "./outer"\n  for_each = toset(["a", "b"])\n  name = "${{each.key}}{i}"\n}}\n'
        for i in range(number)
    )
    loaded = tree.load(
        {
            "main.tf": calls,
            "outer/main.tf": 'variable "name" {}\nmodule "in" {\n  source = "../inner"\n  count = 2\n'
            '  name = "${var.name}-${count.index}"\n}\nresource "x_y" "o" {\n  name = var.name\n}\n',
            "inner/main.tf": 'variable "name" {}\nresource "x_y" "i" {\n  name = var.name\n}\n',
        }
    )
    assert loaded.seen == len(loaded.documents) == number * 2 * 3
    assert {d.attributes["name"] for d in loaded.documents} == {
        f"{key}{i}{end}" for i in range(number) for key in "ab" for end in ("", "-0", "-1")
    }
    assert loaded.gaps == []


def test_instances_that_cannot_be_counted_stand_once_and_say_so(tree):
    loaded = tree.load(
        {
            "main.tf": 'variable "n" {}\nresource "x_y" "a" {\n  count = var.n\n}\nmodule "m" {\n  source = "./m"\n'
            "  for_each = var.n\n}\n",
            "m/main.tf": 'resource "x_y" "b" {}\n',
        }
    )
    assert loaded.addresses == ["x_y.a[*]", "module.m[*].x_y.b"]
    assert loaded.seen == 2
    assert all(document.existence is not None for document in loaded.documents)
