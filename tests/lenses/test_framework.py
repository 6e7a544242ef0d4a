"""`neph check --framework`: findings under the controls they speak against."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from tests.support.command import Neph
from tests.support.trees import write

VOLUME = """
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = %s
}
"""


def controls(neph: Neph, tree: pathlib.Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = json.loads(neph("check", str(tree), "--framework", name, "--format", "json").out)
    return answer, {control["id"]: control for control in answer["framework"]["controls"]}


def test_a_finding_stands_under_every_control_it_speaks_against(neph: Neph, tmp_path: pathlib.Path) -> None:
    answer, found = controls(neph, write(tmp_path, main=VOLUME % "false"), "soc2")
    (finding,) = [f for f in answer["findings"] if f["code"] == "aws-ec2-volume-unencrypted"]
    assert finding["id"] in found["CC6.1"]["findings"]
    assert found["CC6.1"]["state"] == "failing"
    assert finding["id"] not in found["CC8.1"]["findings"]
    assert found["CC1.1"]["state"] == "for a person to judge"
    assert found["CC1.1"]["findings"] == []


def test_what_was_checked_and_is_quiet_is_told_apart_from_what_was_not_checked(
    neph: Neph, tmp_path: pathlib.Path
) -> None:
    _, found = controls(neph, write(tmp_path, main=VOLUME % "true"), "cis-aws")
    assert found["2.2.1"]["state"] == "without a fault that is found"
    assert found["2.3.1"]["state"] == "about nothing that was read", "the same topic, of another service"


def test_what_depends_leaves_a_control_open(neph: Neph, tmp_path: pathlib.Path) -> None:
    code = 'variable "on" {\n  type = bool\n}\n' + VOLUME % "var.on"
    _, found = controls(neph, write(tmp_path, main=code), "cis-aws")
    assert found["2.2.1"]["state"] == "open"


def test_a_suppressed_finding_fails_no_control(neph: Neph, tmp_path: pathlib.Path) -> None:
    code = "# neph: ignore[aws-ec2-volume-unencrypted] because it is scratch\n" + (VOLUME % "false").lstrip()
    _, found = controls(neph, write(tmp_path, main=code), "cis-aws")
    assert found["2.2.1"]["state"] == "without a fault that is found"


def test_the_table_names_controls_and_codes(neph: Neph, tmp_path: pathlib.Path) -> None:
    said = neph("check", str(write(tmp_path, main=VOLUME % "false")), "--framework", "cis-aws", "--width", "200").out
    assert "2.2.1" in said
    assert "aws-ec2-volume-unencrypted (1)" in said


def test_a_framework_that_is_none_is_a_usage_error_with_the_nearest(neph: Neph, tmp_path: pathlib.Path) -> None:
    done = neph("check", str(write(tmp_path, main=VOLUME % "false")), "--framework", "soc3")
    assert done.code == 2
    assert "soc2" in done.out + done.err


def test_checks_are_listed_by_framework(neph: Neph) -> None:
    listed = json.loads(neph("checks", "--framework", "hipaa", "--format", "json").out)["checks"]
    codes = [check["code"] for check in listed]
    assert "aws-ec2-volume-unencrypted" in codes
    assert "aws-ec2-volume-unattached" not in codes
