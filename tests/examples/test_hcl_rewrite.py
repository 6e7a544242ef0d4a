"""The rewriter itself: what it leaves alone, what it changes, and that Terraform still reads the result."""

import ipaddress
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from example_estates import WORDS, estate_trees
from hcl_move import flatten, into_module
from hcl_rewrite import rename, renumber, shuffle
from hcl_text import Tree, items, read, segments, write

TREE = estate_trees()["shop"]


def labels(tree: Tree) -> set[str]:
    return {
        found
        for name, text in tree.items()
        if name.endswith(".tf")
        for found in re.findall(r'^(?:resource|data) "\w+" "(\w+)"', text, re.MULTILINE)
    }


def blocks(tree: Tree) -> list[str]:
    return sorted(
        re.sub(r"\s+", " ", i).strip() for n, t in tree.items() if n.endswith((".tf", ".tfvars")) for i in items(t)
    )


@pytest.mark.parametrize("name", [n for n in TREE if n.endswith((".tf", ".tfvars"))])
def test_segments_are_the_text(name: str) -> None:
    assert "".join(s.text for s in segments(TREE[name])) == TREE[name]


def test_segments_tell_code_strings_and_comments_apart() -> None:
    text = 'a = "x-${b["k"]}-$${c}" # "no"\nd = <<-E\n  {"n": "${f("g")}"}\n  E\n'
    kinds = [(s.kind, s.text) for s in segments(text) if s.kind != "code"]
    assert kinds == [
        ("text", "x-"),
        ("text", "k"),
        ("text", "-$${c}"),
        ("comment", '# "no"'),
        ("text", '  {"n": "'),
        ("text", "g"),
        ("text", '"}\n'),
    ]


def test_renaming_leaves_no_old_name_and_maps_addresses() -> None:
    renamed, address = rename(TREE, 7)
    assert not labels(TREE) & labels(renamed)
    text = "".join(t for n, t in renamed.items() if n.endswith((".tf", ".tfvars")))
    assert not re.search(r"\b(var|local|module)\.(name|zones|prefix|admin_networks|bastion|customer_data)\b", text)
    assert re.fullmatch(
        r'module\.\w+\.module\.\w+\["media"\]\.aws_s3_bucket\.\w+',
        address('module.storage.module.bucket["media"].aws_s3_bucket.this'),
    )
    assert address("internet") == "internet"


def test_renumbering_keeps_what_lies_in_what() -> None:
    changed, _ = renumber(TREE, 3, WORDS["shop"])
    before, after = TREE["terraform.tfvars"], changed["terraform.tfvars"]
    pattern = r'"(\d+\.\d+\.\d+\.\d+/\d+)"'
    old = [ipaddress.ip_network(n) for n in re.findall(pattern, before)]
    new = [ipaddress.ip_network(n) for n in re.findall(pattern, after)]
    assert old != new
    assert [[a.overlaps(b) for b in old] for a in old] == [[a.overlaps(b) for b in new] for a in new]
    text = "".join(t for n, t in changed.items() if n.endswith((".tf", ".tfvars")))
    assert "111122223333" not in text
    assert "data-reader" not in text
    assert '"0.0.0.0/1", "128.0.0.0/1"' in after


def test_shuffling_keeps_every_block() -> None:
    shuffled, _ = shuffle(TREE, 5)
    assert set(shuffled) != set(TREE)
    assert blocks(shuffled) == blocks(TREE)


def test_moving_into_a_module_takes_the_blocks_along() -> None:
    moved, address = into_module(TREE, ["aws_kms_key.main", "aws_security_group.break_glass"], "extra", "aws.shop")
    assert 'resource "aws_kms_key" "main"' not in moved["main.tf"]
    assert "module.extra.aws_kms_key_main.arn" in moved["main.tf"]
    assert "var.module_network_vpc_id" in moved["modules/extra/main.tf"]
    assert address("aws_kms_key.main") == "module.extra.aws_kms_key.main"
    assert address("module.app.aws_iam_role.app") == "module.app.aws_iam_role.app"


def test_flattening_leaves_no_trace_of_the_module() -> None:
    flat, address = flatten(TREE, "bastion")
    text = "".join(t for n, t in flat.items() if n.endswith(".tf"))
    assert "module.bastion" not in text
    assert not any(n.startswith("modules/bastion/") for n in flat)
    assert 'resource "aws_instance" "bastion_this" {\n  provider = aws.shop' in text
    assert address("module.bastion.aws_instance.this") == "aws_instance.bastion_this"


REWRITES = {
    "as it is": lambda tree: (tree, str),
    "renamed": lambda tree: rename(tree, 1),
    "renumbered": lambda tree: renumber(tree, 1, WORDS["shop"]),
    "shuffled": lambda tree: shuffle(tree, 1),
    "moved": lambda tree: into_module(tree, ["aws_kms_key.main", "aws_kms_alias.main"], "extra", "aws.shop"),
    "flattened": lambda tree: flatten(tree, "app"),
}


@pytest.mark.terraform
@pytest.mark.skipif(shutil.which("terraform") is None, reason="the terraform command is not here")
@pytest.mark.parametrize("rewrite", REWRITES)
def test_terraform_reads_every_rewrite(rewrite: str, tmp_path: Path) -> None:
    write(REWRITES[rewrite](TREE)[0], tmp_path)
    # `fmt` parses every file; `get` loads the configuration of every module. Neither needs a provider.
    for command in (["fmt", "-recursive"], ["get"]):
        done = subprocess.run(["terraform", *command, "-no-color"], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.terraform
@pytest.mark.skipif(shutil.which("terraform") is None, reason="the terraform command is not here")
@pytest.mark.parametrize("estate", ["shop", "tiny"])
def test_the_examples_are_formatted(estate: str, tmp_path: Path) -> None:
    write(estate_trees()[estate], tmp_path)
    done = subprocess.run(["terraform", "fmt", "-check", "-recursive"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_reading_and_writing_keeps_the_tree(tmp_path: Path) -> None:
    assert read(write(TREE, tmp_path)) == TREE
