"""`neph routes`, as a person and a pipeline meet it."""

from __future__ import annotations

import json
import pathlib

import pytest
from support.command import Neph
from syrupy.assertion import SnapshotAssertion

ESTATE = """
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpc" "b" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_vpc" "c" {
  cidr_block = "10.1.128.0/17"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.b.id
  cidr_block = "10.1.1.0/24"
}
resource "aws_vpc_peering_connection" "ab" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
}
resource "aws_vpc_peering_connection" "bc" {
  vpc_id      = aws_vpc.b.id
  peer_vpc_id = aws_vpc.c.id
}
resource "aws_route_table" "a" {
  vpc_id = aws_vpc.a.id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.ab.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.a.id
}
resource "aws_route_table" "b" {
  vpc_id = aws_vpc.b.id
}
resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.b.id
}
resource "aws_internet_gateway" "b" {
  vpc_id = aws_vpc.b.id
}
resource "aws_route" "dead" {
  route_table_id         = aws_route_table.a.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.b.id
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.b.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.b.id
}
resource "aws_db_subnet_group" "db" {
  subnet_ids = [aws_subnet.b.id]
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.a.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.1.0/24"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 1024
    cidr_blocks = ["10.0.0.0/16"]
  }
}
resource "aws_network_acl" "n" {
  vpc_id     = aws_vpc.a.id
  subnet_ids = [aws_subnet.a.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.0.0.0/8"
  }
  ingress {
    rule_no    = 200
    action     = "deny"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.9.0.0/16"
  }
}
"""


@pytest.fixture
def tree(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "main.tf").write_text(ESTATE)
    monkeypatch.chdir(tmp_path)
    return "main.tf"


def test_every_kind_of_fault_is_told_with_its_proof(neph: Neph, tree: str, snapshot: SnapshotAssertion) -> None:
    done = neph("routes", tree, "--width", "110")
    assert done.code == 0
    assert done.out == snapshot


@pytest.mark.parametrize(
    ("flag", "kinds"),
    [
        ("--asymmetric", {"asymmetric", "one-way"}),
        ("--blackhole", {"blackhole"}),
        ("--overlapping", {"overlapping"}),
        ("--unused", {"unused", "shadowed", "unattached"}),
        ("--database", {"database"}),
    ],
)
def test_a_flag_asks_for_its_own_faults(neph: Neph, tree: str, flag: str, kinds: set[str]) -> None:
    said = json.loads(neph("routes", tree, flag, "--format", "json").out)
    assert {fault["fault"] for fault in said["faults"]} == kinds
    assert said["verdict"] == "yes"
    assert all(fault["because"] and fault["location"]["file"] == "main.tf" for fault in said["faults"])


def test_a_fault_may_fail_a_pipeline_and_a_sound_network_does_not(
    neph: Neph, tree: str, tmp_path: pathlib.Path
) -> None:
    assert neph("routes", tree, "--exit-code").code == 1
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n')
    done = neph("routes", tree, "--exit-code")
    assert done.code == 0
    assert "No fault" in done.out
