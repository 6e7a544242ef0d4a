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


OPEN = """
variable "peer" {}
variable "cidr" {}
variable "ports" {}
resource "aws_vpc" "app" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "data" { cidr_block = var.cidr }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.app.id }
resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.app.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "work" {
  vpc_id     = aws_vpc.app.id
  cidr_block = "10.0.2.0/24"
}
resource "aws_subnet" "db" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
}
resource "aws_route_table" "web" {
  vpc_id = aws_vpc.app.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.i.id
  }
}
resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}
resource "aws_route_table" "work" {
  vpc_id = aws_vpc.app.id
  route {
    cidr_block                = var.cidr
    vpc_peering_connection_id = aws_vpc_peering_connection.p.id
  }
}
resource "aws_route_table_association" "work" {
  subnet_id      = aws_subnet.work.id
  route_table_id = aws_route_table.work.id
}
resource "aws_route_table" "db" {
  vpc_id = aws_vpc.data.id
  route {
    cidr_block                = "10.0.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.p.id
  }
}
resource "aws_route_table_association" "db" {
  subnet_id      = aws_subnet.db.id
  route_table_id = aws_route_table.db.id
}
resource "aws_security_group" "app" {
  vpc_id = aws_vpc.app.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    security_groups = [var.peer]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  vpc_id = aws_vpc.data.id
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/16"]
  }
}
resource "aws_instance" "web" {
  ami                         = "ami-0123456789abcdef0"
  subnet_id                   = aws_subnet.web.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.app.id]
}
resource "aws_instance" "work" {
  ami                    = "ami-0123456789abcdef0"
  subnet_id              = aws_subnet.work.id
  vpc_security_group_ids = [aws_security_group.app.id]
}
resource "aws_instance" "db" {
  ami                    = "ami-0123456789abcdef0"
  subnet_id              = aws_subnet.db.id
  vpc_security_group_ids = [aws_security_group.db.id]
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.app.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
"""
"""Two peered VPCs of which the range of one, and a group of the other's rules, are variables without a value."""


@pytest.fixture
def open_ends(tmp_path: pathlib.Path) -> str:
    """A directory with an estate of which not everything is known."""
    (tmp_path / "main.tf").write_text(OPEN)
    return str(tmp_path)


def test_what_is_open_has_a_mark_and_says_what_it_depends_on(
    neph: Neph, open_ends: str, snapshot: SnapshotAssertion
) -> None:
    assert neph("segments", open_ends).out == snapshot


def test_a_narrow_terminal_shows_the_same(neph: Neph, open_ends: str, snapshot: SnapshotAssertion) -> None:
    found = neph("segments", open_ends, "--width", "60").out
    assert max(map(len, found.splitlines())) <= 60
    assert found == snapshot


def test_what_is_open_is_said_in_json_and_what_is_left_out_is_counted(neph: Neph, open_ends: str) -> None:
    found = json.loads(neph("segments", open_ends, "--format", "json").out)
    said = {(r["from"], r["to"]): r for r in found["reaches"]}
    data = said["app · isolated", "data · isolated"]
    assert (data["verdict"], data["depends_on"]) == (
        "depends",
        ["a route of work (var.cidr: variable without a value)"],
    )
    mixed = said["internet", "app · public"]
    assert mixed["verdict"] == "yes"
    assert {t["from_port"]: t["verdict"] for t in mixed["traffic"]} == {22: "depends", 443: "yes"}
    assert all(r["depends_on"] for r in said.values() if any(t["verdict"] == "depends" for t in r["traffic"]))
    assert ("app · public", "data · isolated") not in said
    assert [(one["kind"], one["names"]) for one in found["left_out"]] == [("services", ["s3"])]


def test_an_arrow_that_is_open_is_drawn_so(neph: Neph, open_ends: str) -> None:
    shown = [
        text.strip() for text in ElementTree.fromstring(neph("segments", open_ends, "--format", "svg").out).itertext()
    ]
    assert "tcp/5432 ?" in shown
    assert "tcp/443, tcp/22?" in shown
    assert "depends on what is not known" in shown


def test_two_runs_differ_where_something_became_known(neph: Neph, open_ends: str, tmp_path: pathlib.Path) -> None:
    before = json.loads(neph("segments", open_ends, "--format", "json").out)
    (tmp_path / "terraform.tfvars").write_text('cidr = "10.1.0.0/16"\n')
    after = json.loads(neph("segments", open_ends, "--format", "json").out)
    changed = {(r["from"], r["to"]) for r in after["reaches"] if r not in before["reaches"]}
    assert ("app · isolated", "data · isolated") in changed
    assert ("internet", "app · public") not in changed
    data = next(r for r in after["reaches"] if r["to"] == "data · isolated")
    assert (data["verdict"], data["depends_on"]) == ("yes", [])


ONE_OF = """
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "front" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "back" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.i.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.front.id
  route_table_id = aws_route_table.t.id
}
resource "aws_db_subnet_group" "g" { subnet_ids = [aws_subnet.front.id, aws_subnet.back.id] }
resource "aws_security_group" "g" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_db_instance" "d" {
  instance_class         = "db.t3.micro"
  allocated_storage      = 20
  engine                 = "postgres"
  username               = "u"
  password               = "p"
  publicly_accessible    = true
  db_subnet_group_name   = aws_db_subnet_group.g.name
  vpc_security_group_ids = [aws_security_group.g.id]
}
"""


def test_a_database_that_stands_in_one_of_two_tiers_is_perhaps_in_either(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(ONE_OF)
    found = json.loads(neph("segments", str(tmp_path), "--format", "json").out)
    inward = [r for r in found["reaches"] if r["from"] == "internet"]
    assert [(r["to"], r["verdict"], r["depends_on"]) for r in inward] == [
        ("v · public", "depends", ["in which of its subnets d stands"])
    ]
    whole = json.loads(neph("segments", str(tmp_path), "--by", "vpc", "--format", "json").out)
    assert [r["verdict"] for r in whole["reaches"]] == ["depends"]


def test_the_picture_has_every_segment(neph: Neph) -> None:
    found = neph("segments", SHOP, "--format", "svg")
    shown = " ".join(ElementTree.fromstring(found.out).itertext())
    assert all(name in shown for name in ("internet", "shop · public", "shop · private", "shop · isolated"))


def test_an_estate_without_interfaces_says_so(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }\n')
    found = neph("segments", str(tmp_path))
    assert found.code == 0
    assert "Nothing of this estate has a network interface." in found.out
