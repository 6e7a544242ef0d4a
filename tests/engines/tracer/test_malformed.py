"""Bad input: what cannot be so is named with its place; what is missing leaves answers open."""

from __future__ import annotations

import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from code_estates import CODES, asked, header, load, read

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.malformed import malformed
from nephograph.engines.tracer.question import put
from tests.support.command import Neph
from tests.support.dumps import write_dump
from tests.support.trees import write

TREE = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
    resource "aws_subnet" "front" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.0.1.0/24"
    }
    resource "aws_route_table" "front" {
      vpc_id = aws_vpc.main.id
      route {
        cidr_block = "0.0.0.0/0"
        gateway_id = aws_internet_gateway.main.id
      }
    }
    resource "aws_route_table_association" "front" {
      subnet_id      = aws_subnet.front.id
      route_table_id = aws_route_table.front.id
    }
    resource "aws_security_group" "web" {
      vpc_id = aws_vpc.main.id
      ingress {
        protocol    = "tcp"
        from_port   = 443
        to_port     = 444
        cidr_blocks = ["8.8.8.0/24"]
      }
    }
    resource "aws_instance" "web" {
      ami                         = "ami-1"
      instance_type               = "t3.micro"
      subnet_id                   = aws_subnet.front.id
      vpc_security_group_ids      = [aws_security_group.web.id]
      associate_public_ip_address = true
    }
"""
SECOND_TABLE = """
    resource "aws_route_table" "other" { vpc_id = aws_vpc.main.id }
    resource "aws_route_table_association" "other" {
      subnet_id      = aws_subnet.front.id
      route_table_id = aws_route_table.other.id
    }
"""
SECOND_SUBNET = """
    resource "aws_subnet" "back" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.0.1.128/25"
    }
"""
SECOND_ROUTE = """
      route {
        cidr_block = "0.0.0.0/0"
        nat_gateway_id = "nat-0123456789abcdef0"
      }
    }
    resource "aws_route_table_association" "front" {
"""
SAME_NUMBERS = """
    resource "aws_network_acl" "fence" {
      vpc_id = aws_vpc.main.id
      ingress {
        rule_no    = 100
        action     = "allow"
        protocol   = "-1"
        from_port  = 0
        to_port    = 0
        cidr_block = "0.0.0.0/0"
      }
      ingress {
        rule_no    = 100
        action     = "deny"
        protocol   = "-1"
        from_port  = 0
        to_port    = 0
        cidr_block = "10.0.0.0/8"
      }
    }
"""
BAD = {
    "a range of a rule": (TREE.replace("8.8.8.0/24", "300.8.8.0/24"), "bad-range", "300.8.8.0/24 of a rule of web"),
    "ports": (TREE.replace("= 444", "= 80"), "bad-ports", "ports 443 to 80 of a rule of web"),
    "a destination": (TREE.replace('"0.0.0.0/0"', '"10.300.0.0/16"'), "bad-range", "10.300.0.0/16 of a route of front"),
    "a VPC": (TREE.replace("10.0.0.0/16", "10.0.0.0/99"), "bad-range", "10.0.0.0/99 of main"),
    "a subnet": (TREE.replace("10.0.1.0/24", "10.0.1.0/2x"), "bad-range", "10.0.1.0/2x of front"),
    "a subnet elsewhere": (TREE.replace("10.0.1.0/24", "10.9.1.0/24"), "outside-vpc", "10.9.1.0/24 of subnet front"),
    "two tables": (TREE + SECOND_TABLE, "two-tables", "subnet front is associated with"),
    "two subnets": (TREE + SECOND_SUBNET, "overlapping-subnets", "subnets front and back overlap"),
    "two routes": (
        TREE.replace('    }\n    resource "aws_route_table_association" "front" {\n', SECOND_ROUTE),
        "same-destination",
        "route table front has two routes for 0.0.0.0/0",
    ),
    "two rules": (TREE + SAME_NUMBERS, "same-number", "fence has two ingress rules with number 100"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_so_is_named_with_its_place(what: str, tmp_path: pathlib.Path) -> None:
    text, code, words = BAD[what]
    found = malformed(Ground(read(write(tmp_path, **{"main.tf": text}))))
    assert [one.code for one in found] == [code]
    assert words in found[0].text
    assert found[0].location is not None
    assert found[0].help


def test_a_sound_estate_has_nothing_malformed(tmp_path: pathlib.Path) -> None:
    assert malformed(Ground(read(write(tmp_path, **{"main.tf": TREE})))) == []


@pytest.mark.parametrize("what", ["a range of a rule", "ports", "two tables"])
def test_a_question_about_it_is_answered_and_exits_with_three(what: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, **{"main.tf": BAD[what][0]})
    done = neph("reach", "--from", "8.8.8.8", "--to", "web", "--port", "443", str(tree))
    assert done.code == 3
    assert done.out.startswith("It depends")
    assert f"error[{BAD[what][1]}]" in done.out + done.err


@pytest.mark.parametrize("command", ["exposed", "routes", "segments"])
def test_every_view_of_the_network_says_what_cannot_be_so(command: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    done = neph(command, str(write(tmp_path, **{"main.tf": BAD["a range of a rule"][0]})))
    assert (done.code, f"error[{BAD['a range of a rule'][1]}]" in done.out + done.err) == (3, True)


@pytest.mark.parametrize("word", ["module.inner", "inner"])
def test_a_module_stands_for_what_has_interfaces_in_it(word: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    within = {"main.tf": 'module "inner" { source = "./inner" }', "inner/main.tf": TREE}
    done = neph("reach", "--from", "8.8.8.8", "--to", word, "--port", "443", str(write(tmp_path, **within)))
    assert done.code == 0, done.err
    assert "8.8.8.8" in done.out.splitlines()[0]


@pytest.mark.parametrize("word", ["10.0.0.0/33", "300.1.1.1", "2001:db8::/129"])
def test_a_range_that_is_none_is_an_error_of_usage(word: str, neph: Neph, tmp_path: pathlib.Path) -> None:
    done = neph("reach", "--from", word, "--to", "web", str(write(tmp_path, **{"main.tf": TREE})))
    assert done.code == 2
    assert "error[bad-address]" in done.err


def test_a_name_of_several_things_is_ambiguous_and_one_of_two_same_ends_is_refused(
    neph: Neph, tmp_path: pathlib.Path
) -> None:
    tree = str(write(tmp_path, **{"main.tf": TREE}))
    done = neph("reach", "--from", "internet", "--to", "main", tree)
    assert done.code == 2
    assert "aws_internet_gateway.main (internet gateway)" in done.err.replace("\n  ", " ")
    assert "error[same-ends]" in neph("reach", "--from", "web", "--to", "web", tree).err


def test_targets_whose_health_was_not_asked_leave_the_answer_open(tmp_path: pathlib.Path) -> None:
    folder = CODES / "TARGET_PORT_RESTRICTION"
    said, text = header(folder), (folder / "main.tf").read_text()
    open_ = re.sub(r"(from_port +|to_port +)= 80\n", r"\1= 8080\n", text)
    estate = read(write(tmp_path / "code", **{"main.tf": open_}))
    assert put(*asked(estate, said)).verdict == "yes"
    dump = write_dump(estate, tmp_path / "dump")
    for file in dump.rglob("describe-target-health*"):
        file.unlink()
    found = put(*asked(read(dump), said))
    assert found.verdict == "depends"
    assert any("targets of app" in word for word in found.depends_on)


def test_a_dump_without_route_tables_leaves_the_answer_open_and_names_them(tmp_path: pathlib.Path) -> None:
    dump = write_dump(load(CODES / "NO_ROUTE_TO_DESTINATION"), tmp_path / "dump")
    for file in dump.rglob("describe-route-tables*"):
        file.unlink()
    said = header(CODES / "NO_ROUTE_TO_DESTINATION")
    found = put(*asked(read(dump), said))
    assert found.verdict == "depends", found.forward.hops[-1]
    assert any("route table" in word for word in found.depends_on)
