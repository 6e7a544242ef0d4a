"""What nobody can know of an estate: where a database sits, what an appliance does, where tasks run."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from code_estates import asked, read

from nephograph.engines.tracer.blockers import blockers, flips
from nephograph.engines.tracer.question import Reach, put
from tests.support.trees import write

NETWORK = """
    provider "aws" { region = "eu-west-1" }
    resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
    resource "aws_subnet" "each" {
      for_each          = { front = "10.0.1.0/24", left = "10.0.2.0/24", right = "10.0.3.0/24", wall = "10.0.8.0/24" }
      vpc_id            = aws_vpc.main.id
      cidr_block        = each.value
      availability_zone = "eu-west-1a"
      tags              = { Name = each.key }
    }
    resource "aws_security_group" "open" {
      vpc_id = aws_vpc.main.id
      ingress {
        protocol    = "-1"
        from_port   = 0
        to_port     = 0
        cidr_blocks = ["0.0.0.0/0"]
      }
      egress {
        protocol    = "-1"
        from_port   = 0
        to_port     = 0
        cidr_blocks = ["0.0.0.0/0"]
      }
    }
    resource "aws_instance" "a" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.each["front"].id
      vpc_security_group_ids = [aws_security_group.open.id]
    }
"""
DATABASE = """
    resource "aws_db_subnet_group" "db" {
      name       = "db"
      subnet_ids = [aws_subnet.each["left"].id, aws_subnet.each["right"].id]
    }
    resource "aws_db_instance" "db" {
      identifier             = "db"
      engine                 = "postgres"
      instance_class         = "db.t3.micro"
      port                   = 5432
      db_subnet_group_name   = aws_db_subnet_group.db.name
      vpc_security_group_ids = [aws_security_group.open.id]
    }
"""
FENCE = """
    resource "aws_network_acl" "fence" {
      vpc_id     = aws_vpc.main.id
      subnet_ids = [SUBNETS]
      egress {
        rule_no    = 100
        action     = "allow"
        protocol   = "-1"
        from_port  = 0
        to_port    = 0
        cidr_block = "0.0.0.0/0"
      }
    }
"""
APPLIANCES = """
    resource "aws_instance" "b" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.each["left"].id
      vpc_security_group_ids = [aws_security_group.open.id]
    }
    resource "aws_route_table" "each" {
      for_each = { front = "10.0.2.0/24", left = "10.0.1.0/24" }
      vpc_id   = aws_vpc.main.id
      route {
        cidr_block      = each.value
        vpc_endpoint_id = aws_vpc_endpoint.wall.id
      }
    }
    resource "aws_route_table_association" "each" {
      for_each       = aws_route_table.each
      subnet_id      = aws_subnet.each[each.key].id
      route_table_id = each.value.id
    }
    resource "aws_vpc_endpoint" "wall" {
      vpc_id            = aws_vpc.main.id
      service_name      = aws_vpc_endpoint_service.wall.service_name
      vpc_endpoint_type = "GatewayLoadBalancer"
      subnet_ids        = [aws_subnet.each["wall"].id]
    }
    resource "aws_vpc_endpoint_service" "wall" {
      acceptance_required        = false
      gateway_load_balancer_arns = [aws_lb.wall.arn]
    }
    resource "aws_lb" "wall" {
      name               = "wall"
      load_balancer_type = "gateway"
      subnets            = [aws_subnet.each["right"].id]
    }
    resource "aws_lb_listener" "wall" {
      load_balancer_arn = aws_lb.wall.arn
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.wall.arn
      }
    }
    resource "aws_lb_target_group" "wall" {
      name     = "wall"
      port     = 6081
      protocol = "GENEVE"
      vpc_id   = aws_vpc.main.id
    }
    resource "aws_lb_target_group_attachment" "box" {
      target_group_arn = aws_lb_target_group.wall.arn
      target_id        = aws_instance.box.id
    }
    resource "aws_security_group" "box" {
      vpc_id = aws_vpc.main.id
      ingress {
        protocol    = "udp"
        from_port   = PORT
        to_port     = PORT
        cidr_blocks = ["10.0.0.0/16"]
      }
    }
    resource "aws_instance" "box" {
      ami                    = "ami-1"
      instance_type          = "t3.micro"
      subnet_id              = aws_subnet.each["right"].id
      vpc_security_group_ids = [aws_security_group.box.id]
    }
"""


def ask(tmp_path: pathlib.Path, text: str, to: str, port: int) -> Reach:
    estate = read(write(tmp_path, **{"main.tf": NETWORK + text}))
    return put(*asked(estate, {"from": "a", "to": to, "traffic": f"tcp/{port}"}))


def test_a_database_of_several_subnets_is_reached_when_each_of_them_is(tmp_path: pathlib.Path) -> None:
    found = ask(tmp_path, DATABASE, "db", 5432)
    assert found.verdict == "yes"
    assert {one.verdict for one in found.allowed} == {"yes"}


def test_where_its_subnets_differ_it_depends_on_the_one_it_sits_in(tmp_path: pathlib.Path) -> None:
    found = ask(tmp_path, DATABASE + FENCE.replace("SUBNETS", 'aws_subnet.each["left"].id'), "db", 5432)
    assert found.verdict == "depends"
    assert found.depends_on == ("which subnet of its group db sits in",)
    assert {one.verdict for one in found.allowed} == {"depends"}


def test_where_none_of_its_subnets_is_reached_the_answer_is_no(tmp_path: pathlib.Path) -> None:
    every = 'aws_subnet.each["left"].id, aws_subnet.each["right"].id'
    assert ask(tmp_path, DATABASE + FENCE.replace("SUBNETS", every), "db", 5432).verdict == "no"


def test_what_appliances_do_is_open_and_names_them(tmp_path: pathlib.Path) -> None:
    found = ask(tmp_path, APPLIANCES.replace("PORT", "6081"), "b", 22)
    assert found.verdict == "depends"
    assert found.depends_on[0].startswith("what box behind wall")
    assert any(hop.reason == "geneve" for hop in found.forward.hops)


def test_appliances_that_take_no_geneve_end_the_packet_and_the_edit_lets_it_in(tmp_path: pathlib.Path) -> None:
    estate = read(write(tmp_path, **{"main.tf": NETWORK + APPLIANCES.replace("PORT", "80")}))
    ground, question = asked(estate, {"from": "a", "to": "b", "traffic": "tcp/22"})
    found = put(ground, question)
    assert (found.verdict, found.forward.hops[-1].reason) == ("no", "group-refuses")
    (chain,) = blockers(estate, question, found).sets
    assert chain[0].edit is not None
    assert chain[0].edit.text.startswith("let udp/6081 in from")
    assert flips(estate, question, chain)
