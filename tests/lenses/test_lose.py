"""`neph lose`: what stops with a zone, a key, a role; and what only may."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.catalog.registry import kind, kind_names
from nephograph.library.dependencies import needs
from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[2]
SHOP = "examples/shop"
NETWORK = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
    resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
    resource "aws_subnet" "a" {
      vpc_id            = aws_vpc.this.id
      cidr_block        = "10.0.0.0/24"
      availability_zone = "eu-west-1a"
      tags              = { Name = "a" }
    }
    resource "aws_subnet" "b" {
      vpc_id            = aws_vpc.this.id
      cidr_block        = "10.0.1.0/24"
      availability_zone = "eu-west-1b"
      tags              = { Name = "b" }
    }
    resource "aws_db_subnet_group" "this" {
      name       = "this"
      subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
    }
"""
DATABASE = """
    resource "aws_db_instance" "db" {
      identifier           = "db"
      instance_class       = "db.t4g.small"
      db_subnet_group_name = aws_db_subnet_group.this.name
      %s
    }
"""


def told(neph: Neph, *words: str) -> dict[str, Any]:
    return json.loads(neph("lose", *words, "-f", "json").out)


def lost(neph: Neph, *words: str) -> dict[tuple[str, str], str]:
    return {(one["resource"]["label"], one["loses"]): one["verdict"] for one in told(neph, *words)["lost"]}


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)


def test_a_zone_and_every_single_loss_of_the_sample(neph: Neph, snapshot: SnapshotAssertion) -> None:
    assert neph("lose", "az", "eu-west-1a", SHOP).out == snapshot
    assert neph("lose", "all", SHOP, "--limit", "8").out == snapshot


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("", "depends"),
        ("multi_az = true", None),
        ('availability_zone = "eu-west-1a"', "yes"),
        ('availability_zone = "eu-west-1b"', None),
        ("multi_az = var.standby", None),
    ],
)
def test_a_database_survives_a_zone_only_with_a_standby(
    neph: Neph, tmp_path: pathlib.Path, said: str, verdict: str | None
) -> None:
    variable = 'variable "standby" { type = bool }\n' if "var." in said else ""
    (tmp_path / "main.tf").write_text(NETWORK + variable + DATABASE % said)
    found = lost(neph, "az", "eu-west-1a", str(tmp_path))
    if "var." in said:
        assert found[("db", "works")] == "depends"
    else:
        assert found.get(("db", "works")) == verdict
    assert found[("a", "works")] == "yes"
    assert ("b", "works") not in found


def test_a_group_over_two_zones_lives_on(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(
        NETWORK
        + """
    resource "aws_autoscaling_group" "both" {
      name                = "both"
      min_size            = 1
      max_size            = 2
      vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
    }
    resource "aws_autoscaling_group" "one" {
      name                = "one"
      min_size            = 1
      max_size            = 2
      vpc_zone_identifier = [aws_subnet.a.id]
    }
    """
    )
    found = {name for name, _ in lost(neph, "az", "eu-west-1a", str(tmp_path))}
    assert "one" in found
    assert "both" not in found


def test_a_key_takes_with_it_what_it_encrypts(neph: Neph) -> None:
    found = lost(neph, "key", "main", SHOP)
    stored = {"shop-orders", "shop-reporting", "shop/database/orders"}
    behind = {"shop-app-eu-west-1a", "shop-app-eu-west-1b", "shop-app", "shop-public", "shop.example.com"}
    assert {name for name, _ in found} == {*stored, *behind, "web.http", "web.https", "alias/shop"}
    assert set(found.values()) == {"yes"}


def test_a_private_subnet_in_another_zone_loses_its_way_out(neph: Neph) -> None:
    found = lost(neph, "az", "eu-west-1a", SHOP)
    assert found[("shop-app-eu-west-1b", "has a way out")] == "yes"
    assert ("shop-app-eu-west-1b", "works") not in found


def test_identities_outlive_a_region(neph: Neph) -> None:
    found = {name for name, _ in lost(neph, "region", "eu-west-1", SHOP)}
    assert "shop-customer-data" in found
    assert "data-reader" not in found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "neph lose az eu-west-1a"),
        (("shop-app",), "neph lose az eu-west-1a"),
        (("az", "eu-west-9", SHOP), "known here: eu-west-1"),
        (("key", "man", SHOP), "did you mean main"),
    ],
)
def test_words_that_say_nothing_that_could_be_lost(neph: Neph, words: tuple[str, ...], says: str) -> None:
    done = neph("lose", *words)
    assert done.code == 2
    assert says in " ".join(done.err.split())


def test_declarations_speak_of_kinds_and_edges_that_exist() -> None:
    edges = {link.kind for name in kind_names() for link in kind(name).links}
    for need in needs():
        assert need.kind == "*" or need.kind in kind_names()
        assert set(need.kinds) <= set(kind_names())
        for hop in (hop for chain in need.to for hop in chain):
            if hop.startswith("zone:"):
                assert hop.removeprefix("zone:") in kind(need.kind).fields
            else:
                assert hop.removeprefix("~") in edges
