"""What a conditional gives whose condition is not known, and what of that is known all the same."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.session import open_estate
from nephograph.sources.terraform.values import MAX_AMONG, MAX_AMONG_TEXT
from tests.sources.terraform.console import Plain, run

ON = Unknown(Reason.NO_VALUE, "var.on")
NAME = Unknown(Reason.NO_VALUE, "var.name")
ID = Unknown(Reason.AFTER_APPLY, "", Ref("aws_s3_bucket.b", ("id",)))
TAIL = Unknown(Reason.NO_VALUE, "var.name", parts=("logs-", NAME))


def value(text: str) -> Any:
    values = {"var.on": ON, "var.more": Unknown(Reason.NO_VALUE, "var.more"), "var.name": NAME}
    return run(text, Plain({**values, "aws_s3_bucket.b": Unknown(ID.reason, "", Ref("aws_s3_bucket.b"))}))


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ('var.on ? "a" : "b"', ("a", "b")),
        ("var.on ? 1 : 2", (1, 2)),
        ("var.on ? true : false", (True, False)),
        ('var.on ? "a" : null', ("a", None)),
        ('var.on ? 1 : "a"', ("1", "a")),
        ('var.on ? true : "logs-${var.name}"', ("true", TAIL)),
        ('var.on ? "a" : "logs-${var.name}"', ("a", TAIL)),
        ('var.on ? "a" : var.more ? "b" : "a"', ("a", "b")),
        ('var.on ? aws_s3_bucket.b.id : "b"', (ID, "b")),
        ('var.on ? "a" : var.name', ()),
        ('var.on ? "a" : ["b"]', ()),
        ('var.on ? sensitive("a") : "b"', ()),
        ('var.on ? "a" : file(1 / 0)', ()),
        (" : ".join(f'var.on ? "{n}"' for n in range(MAX_AMONG)) + ' : "0"', tuple(map(str, range(MAX_AMONG)))),
        (" : ".join(f'var.on ? "{n}"' for n in range(MAX_AMONG)) + ' : "x"', ()),
        (f'var.on ? "{"a" * MAX_AMONG_TEXT}" : "b"', ()),
    ],
)
def test_it_is_one_of_its_arms_where_both_are_plain(text: str, among: tuple[Any, ...]) -> None:
    found = value(text)
    assert isinstance(found, Unknown)
    assert found.among == among
    assert found.reason is Reason.NO_VALUE


def test_arms_that_come_to_one_value_are_that_value() -> None:
    assert value('var.on ? "1" : 1') == "1"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('(var.on ? "a" : "b") == "c"', False),
        ('(var.on ? "a" : "b") != null', True),
        ('(var.on ? "a" : "logs-${var.name}") == "c"', False),
        ('coalesce(var.on ? "a" : "b", "c") == "c"', False),
        ('(var.on ? "a" : "b") == "a"', None),
        ('(var.on ? "a" : null) == null', None),
        ('(var.on ? 1 : 2) == "1"', None),
        ('tostring(var.on ? 1 : 2) == "1"', None),
        ('(var.on ? "a" : "logs-${var.name}") == "logs-x"', None),
        ('coalesce(var.on ? "" : "b", "c") == "c"', None),
    ],
)
def test_what_no_arm_can_be_is_known_of_it(text: str, meant: bool | None) -> None:
    found = value(text)
    assert found is meant if meant is not None else isinstance(found, Unknown)


def test_what_is_marked_sensitive_does_not_say_what_it_may_be() -> None:
    found = value('sensitive(var.on ? "hunter2-of-mars" : "letmein-of-mars")')
    assert "of-mars" not in repr(found)


def attribute(folder: pathlib.Path, said: str, name: str) -> Any:
    (folder / "main.tf").write_text(said)
    (one,) = open_estate([str(folder)]).estate.of_kind("aws_db_instance")
    return one.config.get(name)


DATABASE = 'variable "on" {}\nresource "aws_db_instance" "d" {\n  engine = "mysql"\n  %s\n}\n'


def test_a_password_in_both_arms_is_written_in_code_and_not_kept(tmp_path: pathlib.Path) -> None:
    said = DATABASE % 'password = var.on ? "hunter2-of-mars" : "letmein-of-mars"'
    assert attribute(tmp_path, said, "password_in_code") is True
    answer = open_estate([str(tmp_path)]).ask("check")
    assert "of-mars" not in repr(answer)


CALLED = """
variable "on" {}
module "m" {
  source = "./m"
  days   = var.on ? 30 : null
  more   = { days = var.on ? 30 : null }
}
"""
CALLEE = """
variable "days" {
  default  = 0
  nullable = %s
}
variable "more" {
  type = object({ days = optional(number, 0) })
}
resource "aws_db_instance" "d" {
  engine              = "mysql"
  monitoring_interval = %s
}
"""


@pytest.mark.parametrize(
    ("nullable", "said", "among"),
    [("true", "var.days", (30, 0)), ("false", "var.days", ()), ("true", "var.more.days", ())],
)
def test_where_null_takes_a_default_the_arms_do_not_tell(
    tmp_path: pathlib.Path, nullable: str, said: str, among: tuple[Any, ...]
) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(CALLEE % (nullable, said))
    found = attribute(tmp_path, CALLED, "monitoring_seconds")
    assert isinstance(found, Unknown)
    assert found.among == among
