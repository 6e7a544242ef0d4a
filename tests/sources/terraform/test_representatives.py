"""One instance stands for those whose number is not known; references to any of them lead to it."""

from __future__ import annotations

import pathlib

import pytest

from tests.support.trees import estate_of

SUBNETS = """
    variable "zones" {}
    resource "aws_vpc" "v" {
      cidr_block = "10.0.0.0/16"
    }
    resource "aws_subnet" "s" {
      count      = length(var.zones)
      vpc_id     = aws_vpc.v.id
      cidr_block = "10.0.0.0/24"
    }
"""


@pytest.mark.parametrize(
    "reference",
    [
        "aws_subnet.s[0].id",
        "aws_subnet.s[var.zones.first].id",
        "element(aws_subnet.s[*].id, var.zones.first)",
        "aws_subnet.s[*].id[0]",
        "aws_subnet.s.*.id[0]",
        "element(aws_subnet.s[*].id, 1)",
        "one(aws_subnet.s[*].id)",
        "tolist(aws_subnet.s[*].id)[0]",
        "element(tolist(toset(aws_subnet.s[*].id)), 0)",
    ],
)
def test_any_of_them_is_the_one_that_stands_for_all(tmp_path: pathlib.Path, reference: str) -> None:
    session = estate_of(
        tmp_path,
        main=SUBNETS
        + f"""
            resource "aws_instance" "i" {{
              ami           = "ami-1"
              instance_type = "t3.micro"
              subnet_id     = {reference}
            }}
        """,
    )
    (instance,) = session.estate.of_kind("aws_instance")
    (subnet,) = session.estate.targets(instance.urn, "in_subnet")
    assert subnet.address == "aws_subnet.s[*]"
    assert subnet.existence is not None


def test_the_other_operand_of_a_decided_logic_is_not_looked_at(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            variable "options" {
              type    = object({ on = bool })
              default = null
            }
            resource "aws_kms_key" "k" {
              enable_key_rotation = !(var.options != null && var.options.on)
              multi_region        = var.options == null || var.options.on
            }
        """,
    )
    (key,) = session.estate.of_kind("aws_kms_key")
    assert key.get("rotation") is True
    assert key.get("multi_region") is True
    assert session.context.coverage.not_evaluated == ()
