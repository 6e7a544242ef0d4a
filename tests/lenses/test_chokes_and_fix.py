"""What is said to end a path ends it: on a copy, in the files, and for no higher price than brute force finds."""

from __future__ import annotations

import itertools
import pathlib
import shutil

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.engines.facts import EstateFacts
from nephograph.engines.paths.chokes import pairs_of
from nephograph.engines.paths.closure import close
from nephograph.estate.edited import edited
from nephograph.lenses.common.attack import is_target
from nephograph.lenses.common.cures import chokes_of
from nephograph.library.changes import changes
from nephograph.library.escalations import attack_rules
from nephograph.model.errors import UsageError
from nephograph.session import Session, open_estate
from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[2]
SHOP = ROOT / "examples" / "shop"
EXPOSED = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
    resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
    resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
    resource "aws_subnet" "public" {
      vpc_id                  = aws_vpc.this.id
      cidr_block              = "10.0.0.0/24"
      map_public_ip_on_launch = true
    }
    resource "aws_route_table" "public" {
      vpc_id = aws_vpc.this.id
      route {
        cidr_block = "0.0.0.0/0"
        gateway_id = aws_internet_gateway.this.id
      }
    }
    resource "aws_route_table_association" "public" {
      subnet_id      = aws_subnet.public.id
      route_table_id = aws_route_table.public.id
    }
    resource "aws_security_group" "web" {
      vpc_id = aws_vpc.this.id
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["0.0.0.0/1"]
      }
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["128.0.0.0/1"]
      }
    }
    resource "aws_instance" "web" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.public.id
      vpc_security_group_ids = [aws_security_group.web.id]
      iam_instance_profile   = aws_iam_instance_profile.web.name
    }
    resource "aws_iam_instance_profile" "web" {
      name = "web"
      role = aws_iam_role.web.name
    }
    resource "aws_iam_role" "web" {
      name = "web"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
      inline_policy {
        name = "read"
        policy = jsonencode({ Version = "2012-10-17", Statement = [
          { Sid = "One", Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
          { Sid = "Two", Effect = "Allow", Action = "s3:Get*", Resource = "arn:aws:s3:::data/*" },
          { Sid = "Logs", Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" },
        ] })
      }
    }
    resource "aws_s3_bucket" "data" { bucket = "data" }
"""


@pytest.fixture
def tree(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "main.tf").write_text(EXPOSED)
    return folder


def opened(tree: pathlib.Path) -> Session:
    return open_estate([str(tree)], today="2026-01-01")


def brute_force(session: Session) -> int:
    """The least cost of edits after which nothing is reached, every set of candidates tried on a copy."""
    estate = session.context.estate
    found = chokes_of(session.context)
    found.cure([pair.target for pair in found.pairs()])  # so that all proofs of a fact have been seen
    every = found.candidates()
    assert len(every) < 12
    costs = []
    for size in range(len(every) + 1):
        for chosen in itertools.combinations(every, size):
            after = edited(estate, [one.edit for one in chosen])
            if not pairs_of(close(attack_rules(), EstateFacts(after)), is_target):
                costs.append(sum(one.cost for one in chosen))
    return min(costs)


def test_the_cheapest_set_is_the_one_brute_force_finds(tree: pathlib.Path) -> None:
    """Two halves of the internet, and two statements for one permission: one edit is not enough."""
    session = opened(tree)
    cheapest = session.ask("chokes").data["cheapest"]
    assert cheapest["proven"]
    assert cheapest["left"] == []
    assert cheapest["cost"] == cheapest["bound"] == brute_force(session) == 2
    assert sorted(one["title"] for one in cheapest["changes"]) == ["take the rule from web"] * 2


def test_what_a_change_ends_alone_is_measured(tree: pathlib.Path) -> None:
    found = {(one["title"], one["at"]): one["ended"] for one in opened(tree).ask("chokes").data["single"]}
    # Neither half of the internet nor either statement ends anything alone.
    assert set(found) == {("run web without its role", "main.tf:46")} or all(
        "rule" not in title and "statement" not in title for title, _ in found
    )
    assert set(found.values()) == {1}


def test_the_sample(neph: Neph, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert neph("chokes", "examples/shop").out == snapshot


def test_no_path_no_choke(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "data" { bucket = "data" }')
    done = neph("chokes", str(tmp_path))
    assert "there is nothing to end" in done.out
    assert done.code == 0


def ids(tree: pathlib.Path) -> tuple[list[str], list[str]]:
    answer = opened(tree).ask("check")
    fixable = [one.id for one in answer.findings if one.fix and one.fix.edits and one.fix.diff]
    return [path.id for path in answer.paths], fixable


@pytest.mark.parametrize("name", ["exposed", "shop"])
def test_every_fix_ends_what_it_says_and_opens_nothing(name: str, tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    source = tree if name == "exposed" else SHOP
    paths, findings = ids(source)
    assert paths
    for position, id_ in enumerate((*paths, *findings)):
        copy = tmp_path / str(position)
        shutil.copytree(source, copy)
        tried = opened(copy).ask("fix", id=id_)
        assert tried.verdict == "yes", (id_, tried.blocks)
        assert tried.data["verified"]
        assert tried.data["opens_as_bad"] == []
        assert contents(copy) == contents(source)
        if tried.data["fix"].diff:
            written = opened(copy).ask("fix", id=id_, apply=True)
            assert written.verdict == "yes", (id_, written.blocks)
            assert contents(copy) != contents(source)
            once = contents(copy)
            with pytest.raises(UsageError, match="it may be gone already"):
                opened(copy).ask("fix", id=id_, apply=True)
            assert contents(copy) == once


def contents(tree: pathlib.Path) -> dict[str, bytes]:
    return {str(one.relative_to(tree)): one.read_bytes() for one in sorted(tree.rglob("*")) if one.is_file()}


def test_a_stored_estate_has_no_files_to_write(tree: pathlib.Path, tmp_path: pathlib.Path, neph: Neph) -> None:
    (path, *_), _ = ids(tree)
    assert neph("load", str(tree), "-e", str(tmp_path / "kept.neph")).code == 0
    done = neph("fix", path, "-e", str(tmp_path / "kept.neph"), "--apply")
    assert done.code == 2
    assert "not read from files" in done.err


def test_an_id_that_is_not_there(tree: pathlib.Path, neph: Neph) -> None:
    done = neph("fix", "path-000000000000", str(tree))
    assert done.code == 2
    assert "no finding or path here goes by path-000000000000" in " ".join(done.err.split())


def test_declared_changes_speak_of_fields_that_exist() -> None:
    from nephograph.catalog.registry import kind

    for change in changes():
        fields = kind(change.kind).fields
        assert change.path[0] in fields
        assert change.title.count("{thing}") == 1
