"""What a check costs, counted and not timed: places are looked for as they are told, questions asked once a thing."""

from __future__ import annotations

import pathlib
from collections import Counter
from typing import Any

import pytest

from nephograph.catalog.normal import Traced
from nephograph.engines.identity import administrators
from nephograph.model.answer import Answer
from nephograph.session.door import open_estate

UNIT = """
resource "aws_s3_bucket" "b{0}" {{
  bucket = "bucket-{0}"
}}
resource "aws_s3_bucket_public_access_block" "b{0}" {{
  bucket                  = aws_s3_bucket.b{0}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}}
resource "aws_s3_bucket_versioning" "b{0}" {{
  bucket = aws_s3_bucket.b{0}.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}
resource "aws_sqs_queue" "q{0}" {{
  name                    = "queue-{0}"
  sqs_managed_sse_enabled = true
}}
resource "aws_iam_role" "r{0}" {{
  name = "role-{0}"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "lambda.amazonaws.com" }} }}]
  }})
}}
resource "aws_iam_role_policy" "r{0}" {{
  name = "read"
  role = aws_iam_role.r{0}.id
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "s3:GetObject", Resource = "${{aws_s3_bucket.b{0}.arn}}/*" }}]
  }})
}}
"""

OPEN = """
resource "aws_kms_key" "open" {
  description         = "not rotated"
  enable_key_rotation = false
}
"""


class Counts:
    """How often the dear things were done."""

    def __init__(self) -> None:
        self.places = 0
        self.fields: Counter[tuple[int, Any]] = Counter()
        self.administrators = 0


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    found = Counts()
    traced, judged = Traced.of, administrators.is_administrator

    def of(self: Traced, path: Any) -> Any:
        found.places += 1
        return traced(self, path)

    def is_administrator(*args: Any) -> Any:
        found.administrators += 1
        return judged(*args)

    monkeypatch.setattr(Traced, "of", of)
    monkeypatch.setattr("nephograph.engines.predicates.trust.is_administrator", is_administrator)
    return found


def checked(folder: pathlib.Path, units: int) -> Answer:
    folder.mkdir()
    (folder / "main.tf").write_text(OPEN + "".join(UNIT.format(number) for number in range(units)))
    return open_estate([str(folder)]).ask("check")


def test_places_are_looked_for_as_many_as_are_told(tmp_path: pathlib.Path, counts: Counts) -> None:
    few = checked(tmp_path / "few", 2)
    after_few = counts.places
    many = checked(tmp_path / "many", 20)
    told = len(many.findings) - len(few.findings)
    assert after_few > 0
    assert told > 0
    # The place of each finding, of its evidence and of its fix: not of everything that was looked at.
    assert counts.places - 2 * after_few <= 6 * told


def test_a_role_whose_grants_name_their_service_is_not_judged_in_full(tmp_path: pathlib.Path, counts: Counts) -> None:
    checked(tmp_path / "roles", 5)
    assert counts.administrators == 0
