"""The walk over a hostile tree: each law one test."""

import os

import pytest

from nephograph.sources.terraform import SOURCE, files
from nephograph.sources.terraform.files import Tree
from tests.support.loading import load

BLOCK = 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n}\n'


def walked(path, shown="."):
    tree = Tree(path, shown)
    tree.walk()
    for directory, names in tree.directories.items():
        for name in names:
            tree.read(f"{directory}/{name}" if directory else name)
    return tree


def codes(tree):
    return [problem.code for problem in tree.problems]


def test_finds_configuration_and_skips_what_terraform_skips(tmp_path):
    for name in ("main.tf", "extra.tofu", "terraform.tfvars", "x.auto.tfvars", "notes.txt", ".#main.tf", "main.tf~"):
        (tmp_path / name).write_text("")
    for name in (".terraform", ".git", "node_modules", "module"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "inner.tf").write_text(BLOCK)
    tree = walked(tmp_path)
    assert tree.directories == {
        "": ["extra.tofu", "main.tf", "terraform.tfvars", "x.auto.tfvars"],
        "module": ["inner.tf"],
    }
    assert not tree.problems


@pytest.mark.parametrize(
    ("shown", "expected"),
    [(".", "a/m.tf"), ("infra", "infra/a/m.tf"), ("infra/", "infra/a/m.tf"), ("../x", "../x/a/m.tf")],
)
def test_paths_are_shown_as_the_person_would_open_them(tmp_path, shown, expected):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "m.tf").write_text(BLOCK)
    assert list(walked(tmp_path, shown).texts.by_file) == [expected]


def test_one_file_alone_can_be_scanned(tmp_path):
    (tmp_path / "one.tf").write_text(BLOCK)
    (tmp_path / "two.tf").write_text(BLOCK)
    assert list(walked(tmp_path / "one.tf", "dir/one.tf").texts.by_file) == ["dir/one.tf"]


def test_a_link_out_of_the_root_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.tf").write_text(BLOCK)
    root = tmp_path / "root"
    root.mkdir()
    (root / "file.tf").symlink_to(outside / "secret.tf")
    (root / "directory").symlink_to(outside)
    tree = walked(root)
    assert not tree.texts.by_file
    assert sorted((gap.kind, gap.subject) for gap in tree.gaps) == [
        ("outside-root", "directory"),
        ("outside-root", "file.tf"),
    ]


def test_a_link_inside_the_root_is_read_once_where_it_stands(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "m.tf").write_text(BLOCK)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "m.tf").symlink_to(tmp_path / "a" / "m.tf")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    assert sorted(walked(tmp_path).directories) == ["a", "b"]


def test_loops_of_links_end(tmp_path):
    (tmp_path / "loop.tf").symlink_to("loop.tf")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "m.tf").write_text(BLOCK)
    tree = walked(tmp_path)
    assert codes(tree) == ["symlink-loop"]
    assert list(tree.texts.by_file) == ["m.tf"]


def test_a_large_file_is_named_and_not_read(tmp_path):
    with (tmp_path / "big.tf").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (tmp_path / "m.tf").write_text(BLOCK)
    tree = walked(tmp_path)
    assert codes(tree) == ["too-large"]
    assert "50 MB" in tree.problems[0].message
    assert tree.problems[0].help
    assert list(tree.texts.by_file) == ["m.tf"]


def test_invalid_utf8_is_named_with_its_position(tmp_path):
    (tmp_path / "bad.tf").write_bytes(b'# one\nx = "\xc3\xa9\xff"\n')
    tree = walked(tmp_path)
    problem = tree.problems[0]
    assert codes(tree) == ["invalid-utf8"]
    assert (problem.span.line, problem.span.column) == (2, 7)
    assert problem.excerpt.startswith('x = "é')


def test_pipes_and_devices_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.tf")
    (tmp_path / "null.tf").symlink_to("/dev/null")
    tree = walked(tmp_path)
    assert codes(tree) == ["not-a-file"]
    assert [gap.subject for gap in tree.gaps] == ["null.tf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path):
    (tmp_path / "m.tf").write_text(BLOCK)
    (tmp_path / "m.tf").chmod(0)
    assert codes(walked(tmp_path)) == ["permission"]


def test_a_refused_open_is_one_problem_with_help(tmp_path, monkeypatch):
    (tmp_path / "m.tf").write_text(BLOCK)
    (tmp_path / "n.tf").write_text(BLOCK)
    real = os.open

    def refuse(path, flags, *rest, **names):
        if str(path).endswith("m.tf"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest, **names)

    monkeypatch.setattr(os, "open", refuse)
    tree = walked(tmp_path)
    assert codes(tree) == ["permission"]
    assert tree.problems[0].help
    assert list(tree.texts.by_file) == ["n.tf"]


def test_a_link_to_nothing_is_named(tmp_path):
    (tmp_path / "gone.tf").symlink_to("nowhere.tf")
    assert codes(walked(tmp_path)) == ["unreadable"]


def test_the_number_of_files_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 3)
    for position in range(6):
        (tmp_path / f"d{position}").mkdir()
        (tmp_path / f"d{position}" / "m.tf").write_text(BLOCK)
    tree = walked(tmp_path)
    assert codes(tree) == ["too-many-files"]
    assert 3 <= len(tree.directories) < 6


def test_a_byte_order_mark_keeps_offsets(tmp_path):
    (tmp_path / "m.tf").write_bytes(b"\xef\xbb\xbf" + BLOCK.encode())
    text = walked(tmp_path).texts.by_file["m.tf"]
    assert text.content == " " + BLOCK


def test_excerpts_are_masked(tmp_path):
    (tmp_path / "m.tf").write_text('variable "db_password" {\n  default = "hunter2"\n}\npassword = "hunter2"\n')
    texts = walked(tmp_path).texts
    assert texts.line("m.tf", 2) == '  default = "*******"'
    assert texts.line("m.tf", 4) == 'password = "*******"'
    assert texts.line("m.tf", 99) is None
    assert texts.line("other.tf", 1) is None


def test_files_that_are_read_only_when_named_are_named(tmp_path):
    """Values of an environment, a state and a saved plan lie there; nobody is to think that they were used."""
    (tmp_path / "main.tf").write_text('variable "a" { default = 1 }\n')
    for name in ("prod.tfvars", "dev.tfvars", "terraform.tfstate", "last.tfplan", "terraform.tfvars"):
        (tmp_path / name).write_text("")
    said = " ".join(load(SOURCE, tmp_path).assumptions)
    assert "dev.tfvars" in said
    assert "prod.tfvars" in said
    assert "terraform.tfstate" in said
    assert "last.tfplan" in said
    assert "terraform.tfvars" not in said
    said = " ".join(load(SOURCE, tmp_path, var_files=(str(tmp_path / "prod.tfvars"),)).assumptions)
    assert "prod.tfvars" not in said
    assert "dev.tfvars" in said
