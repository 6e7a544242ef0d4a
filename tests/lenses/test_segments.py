"""`neph segments`: who reaches whom, as a table, as JSON that two runs can be compared by, as a picture."""

from __future__ import annotations

import json
import pathlib
from xml.etree import ElementTree

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[2]
SHOP = "examples/shop"


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_table_of_the_shop(neph: Neph, snapshot: SnapshotAssertion) -> None:
    found = neph("segments", SHOP)
    assert found.code == 0
    assert found.out == snapshot


@pytest.mark.parametrize("by", ["tier", "vpc", "account"])
def test_two_runs_say_the_same_in_json(neph: Neph, by: str) -> None:
    one, other = (json.loads(neph("segments", SHOP, "--by", by, "--format", "json").out) for _ in range(2))
    assert (one["segments"], one["reaches"]) == (other["segments"], other["reaches"])
    assert sum(segment["interfaces"] for segment in one["segments"]) == 13


def test_tiers_follow_from_routes_and_not_from_names(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text("""
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.i.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.t.id
}
resource "aws_security_group" "g" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.2.0/24"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_instance" "a" {
  ami                         = "ami-0123456789abcdef0"
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.g.id]
}
resource "aws_instance" "b" {
  ami                    = "ami-0123456789abcdef0"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.g.id]
}
""")
    found = json.loads(neph("segments", str(tmp_path), "--format", "json").out)
    assert [(s["tier"], s["interfaces"]) for s in found["segments"]] == [("public", 1), ("isolated", 1)]
    inside = [r for r in found["reaches"] if "internet" not in (r["from"], r["to"])]
    traffic = [{"protocol": "tcp", "from_port": 5432, "to_port": 5432, "verdict": "yes"}]
    assert [(r["from"], r["to"], r["traffic"]) for r in inside] == [("v · isolated", "v · public", traffic)]


def test_the_picture_has_every_segment(neph: Neph) -> None:
    found = neph("segments", SHOP, "--format", "svg")
    shown = " ".join(ElementTree.fromstring(found.out).itertext())
    assert all(name in shown for name in ("internet", "shop · public", "shop · private", "shop · isolated"))


def test_an_estate_without_interfaces_says_so(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }\n')
    found = neph("segments", str(tmp_path))
    assert found.code == 0
    assert "Nothing of this estate has a network interface." in found.out
