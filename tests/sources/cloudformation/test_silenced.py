"""Suppressions in comments and in Metadata are facts of the template."""

from __future__ import annotations

import pathlib

import pytest
from cloudformation_trees import read

from nephograph.sources.credentials import mask

TEMPLATE = """\
Resources:
  # neph: ignore[aws-s3-bucket-unversioned] until 2027-01 because scratch
  A:
    Type: AWS::S3::Bucket
  B:
    # checkov:skip=CKV_AWS_21:scratch space
    Type: AWS::S3::Bucket
    Metadata:
      cfn_nag: {rules_to_suppress: [{id: W41, reason: later}]}
      checkov: {skip: [{id: CKV_AWS_18, comment: no logs}]}
      cfn-lint: {config: {ignore_checks: [W3045]}}
      guard: {SuppressedRules: [S3_BUCKET_LOGGING_ENABLED]}
      neph: {ignore: [{code: aws-s3-bucket-public-read, because: a site, until: 2027-06}]}
  C:
    Type: AWS::S3::Bucket
"""


def test_each_covers_its_resource(tmp_path: pathlib.Path) -> None:
    found = {
        (one.tool, one.codes[0], one.reason, one.until, one.covers.line, one.covers.end_line)
        for one in read(tmp_path, TEMPLATE).suppressions
    }
    assert found == {
        ("neph", "aws-s3-bucket-unversioned", "scratch", "2027-01", 3, 4),
        ("checkov", "CKV_AWS_21", "scratch space", "", 5, 13),
        ("cfn_nag", "W41", "later", "", 5, 13),
        ("checkov", "CKV_AWS_18", "no logs", "", 5, 13),
        ("cfn-lint", "W3045", "", "", 5, 13),
        ("guard", "S3_BUCKET_LOGGING_ENABLED", "", "", 5, 13),
        ("neph", "aws-s3-bucket-public-read", "a site", "2027-06", 5, 13),
    }


def test_no_credential_is_kept_or_shown(tmp_path: pathlib.Path) -> None:
    loaded = read(
        tmp_path,
        """
        Parameters:
          Token: {Type: String, NoEcho: true, Default: token-in-clear}
        Resources:
          It:
            Type: AWS::Lambda::Function
            Properties:
              Environment:
                Variables:
                  DB_PASSWORD: correct-horse-battery
                  TOKEN: !Ref Token
                  Plain: visible
        """,
    )
    (document,) = loaded.documents
    assert "horse" not in repr(document.attributes)
    assert loaded.excerpts is not None
    lines = [loaded.excerpts.line(f"{tmp_path.name}/template.yaml", number) or "" for number in range(1, 15)]
    shown = "\n".join(lines)
    assert "horse" not in shown
    assert "token-in-clear" not in shown
    assert "Plain: visible" in shown
    assert "DB_PASSWORD: *********************" in shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  MasterUserPassword: hunter2hunter2", "  MasterUserPassword: **************"),
        ("+      - api_key: abc123 # mine", "+      - api_key: ****** # mine"),
        ("  Password: !Ref Password", "  Password: !Ref Password"),
        ("  Password: {Type: String}", "  Password: {Type: String}"),
        ("  SecretArn: arn:aws:secretsmanager:x", "  SecretArn: arn:aws:secretsmanager:x"),
        ("  Name: plain", "  Name: plain"),
    ],
)
def test_a_credential_without_quotes_is_masked(line: str, shown: str) -> None:
    assert mask(line) == shown
