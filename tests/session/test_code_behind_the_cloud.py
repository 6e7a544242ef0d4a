"""What is found in the cloud is mended in code: the place there, the diff there, the comment there."""

from __future__ import annotations

import json
import pathlib

from nephograph.model.answer import Finding
from nephograph.session import Session, open_estate
from tests.support.trees import write

VOLUME = """
    provider "aws" {{
      region = "eu-west-1"
    }}
    {comment}
    resource "aws_ebs_volume" "data" {{
      availability_zone = "eu-west-1a"
      size              = 8
      tags              = {{ Name = "data" }}
    }}
"""


def opened(tmp_path: pathlib.Path, comment: str = "") -> Session:
    code = write(tmp_path / "code", main=VOLUME.format(comment=comment))
    answer = tmp_path / "accounts" / "111122223333" / "eu-west-1" / "ec2" / "describe-volumes.json"
    answer.parent.mkdir(parents=True)
    volume = {
        "VolumeId": "vol-1",
        "AvailabilityZone": "eu-west-1a",
        "Encrypted": False,
        "Size": 8,
        "State": "in-use",
        "Attachments": [],
        "Tags": [{"Key": "Name", "Value": "data"}],
    }
    answer.write_text(json.dumps({"Volumes": [volume]}))
    return open_estate([str(code), str(tmp_path / "accounts")], today="2026-01-01")


def unencrypted(session: Session) -> Finding:
    (finding,) = [f for f in session.ask("check").findings if f.code == "aws-ec2-volume-unencrypted"]
    return finding


def test_a_finding_of_a_dump_names_the_code(tmp_path: pathlib.Path) -> None:
    finding = unencrypted(opened(tmp_path))
    assert finding.location is not None
    assert finding.location.file.endswith("describe-volumes.json")
    said = [e for e in finding.evidence if e.text == "the code says it as aws_ebs_volume.data"]
    assert [e.location is not None and e.location.file.endswith("main.tf") for e in said] == [True]


def test_its_fix_is_a_diff_of_the_code(tmp_path: pathlib.Path) -> None:
    fix = unencrypted(opened(tmp_path)).fix
    assert fix is not None
    assert "main.tf" in fix.diff
    assert "+  encrypted         = true" in fix.diff or "+  encrypted = true" in fix.diff


def test_a_comment_in_the_code_silences_it(tmp_path: pathlib.Path) -> None:
    finding = unencrypted(opened(tmp_path, "# neph: ignore[aws-ec2-volume-unencrypted] because it is scratch space"))
    assert finding.suppressed == "it is scratch space"
