"""What a resource is called where nothing names it: never only `this`."""

from __future__ import annotations

import pathlib

import pytest

from tests.support.trees import estate_of

BUCKET = 'variable "name" {}\nresource "aws_s3_bucket" "this" {\n  count  = 1\n  bucket = var.name\n}\n'
CALL = 'variable "x" {}\nmodule "reports" {\n  source = "./m"\n  name   = var.x\n}\n'
NAMED = 'module "reports" {\n  source = "./m"\n  name   = "acme-reports"\n}\n'
EACH = 'variable "x" {}\nmodule "reports" {\n  source   = "./m"\n  for_each = toset(["a.b"])\n  name     = var.x\n}\n'


@pytest.mark.parametrize(
    ("main", "label"),
    [(CALL, "reports.this[0]"), (NAMED, "acme-reports"), (EACH, 'reports["a.b"].this[0]')],
    ids=["module", "named", "each"],
)
def test_a_nameless_resource_of_a_module_carries_the_name_of_the_call(
    tmp_path: pathlib.Path, main: str, label: str
) -> None:
    session = estate_of(tmp_path, main=main, m__main=BUCKET)
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert bucket.label == label


def test_a_nameless_resource_of_the_root_is_called_as_it_is_written(tmp_path: pathlib.Path) -> None:
    (bucket,) = estate_of(tmp_path, main=BUCKET).estate.of_kind("aws_s3_bucket")
    assert bucket.label == "this[0]"
