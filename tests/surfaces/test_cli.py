"""The command line as a user meets it: answers on stdout, progress on stderr, the right exit code, no traceback."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

from nephograph.session import open_estate
from tests.support.command import Neph
from tests.support.trees import write

KEY = 'resource "aws_kms_key" "k" {\n  description = "d"\n}\n'
ROTATED = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = true\n}\n'
ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_findings_exit_1_and_a_clean_tree_exits_0(neph: Neph, tmp_path: pathlib.Path) -> None:
    assert neph("check", str(write(tmp_path / "bad", main=KEY))).code == 1
    assert neph("check", str(write(tmp_path / "good", main=ROTATED))).code == 0


@pytest.mark.parametrize(("threshold", "code"), [("low", 1), ("medium", 0), ("never", 0)])
def test_the_threshold_decides_what_fails(neph: Neph, tmp_path: pathlib.Path, threshold: str, code: int) -> None:
    assert neph("check", str(write(tmp_path, main=KEY)), "--fail-on", threshold).code == code


def test_what_depends_fails_only_when_asked(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main='variable "on" {}\nresource "aws_kms_key" "k" {\n  enable_key_rotation = var.on\n}\n')
    outcome = neph("check", str(tree), "--format", "json")
    assert outcome.code == 0
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["verdict"] == "depends"
    assert "var.on" in " ".join(finding["depends_on"])
    assert neph("check", str(tree), "--fail-on-depends").code == 1


def test_strict_fails_when_something_was_not_evaluated(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main=ROTATED + 'resource "acme_robot" "r" {}\n')
    assert neph("check", str(tree)).code == 0
    assert neph("check", str(tree), "--strict").code == 3


def test_a_value_given_on_the_command_line_is_used(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(
        tmp_path,
        main='variable "on" {\n  type = bool\n}\nresource "aws_kms_key" "k" {\n  enable_key_rotation = var.on\n}\n',
    )
    assert neph("check", str(tree), "--var", "on=true", "--fail-on-depends").code == 0
    assert neph("check", str(tree), "--var", "on=false").code == 1
    assert neph("check", str(tree), "--var", "on").code == 2


def test_no_infrastructure_and_no_such_path_are_usage_errors(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing here")
    for path in (tmp_path, tmp_path / "absent"):
        outcome = neph("check", str(path))
        assert outcome.code == 2
        assert outcome.out == ""
        assert "help" in outcome.err


def test_an_error_of_usage_is_an_envelope_for_programs(neph: Neph, tmp_path: pathlib.Path) -> None:
    outcome = neph("check", str(tmp_path / "absent"), "--format", "json")
    assert outcome.code == 2
    (error,) = json.loads(outcome.out)["errors"]
    assert error["code"] == "no-such-path"


def test_the_envelope_has_what_every_command_promises(neph: Neph, tmp_path: pathlib.Path) -> None:
    answer = json.loads(neph("check", str(write(tmp_path, main=KEY)), "--format", "json").out)
    assert {"schema", "command", "snapshot", "verdict", "depends_on", "coverage", "errors"} <= set(answer)
    assert answer["coverage"]["seen"] == answer["coverage"]["evaluated"] == 1
    (finding,) = answer["findings"]
    assert {"id", "code", "title", "severity", "verdict", "resource", "location", "origin", "message"} <= set(finding)
    assert finding["resource"]["address"] == "aws_kms_key.k"


def test_an_ignore_comment_silences_and_is_counted(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main="# neph: ignore[aws-kms-key-not-rotated] because it is asymmetric\n" + KEY)
    outcome = neph("check", str(tree), "--format", "json")
    assert outcome.code == 0
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["suppressed"] == "it is asymmetric"


def test_an_ignore_comment_runs_out(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main="# neph: ignore[aws-kms-key-not-rotated] until 2020-01 because later\n" + KEY)
    assert neph("check", str(tree)).code == 1


def test_another_tools_skip_comment_is_understood(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main=KEY.replace("description", "# checkov:skip=CKV_AWS_7:asymmetric\n  description"))
    assert neph("check", str(tree)).code == 0


def test_an_output_file_is_written_in_the_format_of_its_ending(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path / "tree", main=KEY)
    report = tmp_path / "report.sarif"
    outcome = neph("check", str(tree), "-o", str(report))
    assert outcome.code == 1
    assert outcome.out == ""
    assert json.loads(report.read_text())["version"] == "2.1.0"


def test_explain_knows_checks_steps_codes_and_resources(neph: Neph, tmp_path: pathlib.Path) -> None:
    tree = write(tmp_path, main=KEY)
    assert "rotate" in neph("explain", "aws-kms-key-not-rotated").out
    assert "T1078" in neph("explain", "assume-role").out
    assert "codebuild:StartBuild" in neph("explain", "codebuild-002").out
    assert neph("explain", "syntax").code == 0
    shown = neph("explain", "aws_kms_key.k", str(tree))
    assert shown.code == 0
    assert "AWS::KMS::Key" in shown.out


def test_explain_names_the_nearest_words(neph: Neph, tmp_path: pathlib.Path) -> None:
    outcome = neph("explain", "aws_kms_key.kk", str(write(tmp_path, main=KEY)))
    assert outcome.code == 2
    assert "aws_kms_key.k" in outcome.err


def test_a_command_that_does_not_exist_names_the_nearest(neph: Neph) -> None:
    outcome = neph("chek")
    assert outcome.code == 2
    assert "check" in outcome.err


def test_the_demo_shows_the_way_to_the_customer_data_and_exits_0(neph: Neph) -> None:
    outcome = neph("demo")
    assert outcome.code == 0
    assert "customer" in outcome.out
    assert "\x1b" not in outcome.out


def test_version_says_what_is_installed(neph: Neph) -> None:
    outcome = neph("version")
    assert outcome.code == 0
    assert "terraform" in outcome.out


def test_a_reader_that_goes_away_is_no_error(tmp_path: pathlib.Path) -> None:
    words = ["neph", "demo", "-v", "--format", "json"]
    code = f"from nephograph.surfaces.cli.main import main; import sys; sys.argv = {words}; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert "Traceback" not in complaint


def test_a_bug_is_one_frame_and_exit_3(neph: Neph, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("the floor is lava")

    monkeypatch.setattr("nephograph.surfaces.cli.question.open_for", broken)
    outcome = neph("check", str(write(tmp_path, main=KEY)))
    assert outcome.code == 3
    assert "the floor is lava" in outcome.out
    assert "NEPH_TRACEBACK" in outcome.out
    assert "Traceback" not in outcome.out + outcome.err


def test_progress_is_drawn_on_a_terminal_only(neph: Neph, tmp_path: pathlib.Path) -> None:
    assert neph("check", str(write(tmp_path, main=KEY))).err == ""


@pytest.mark.parametrize(("today", "silent"), [("2027-01-31", True), ("2027-02-01", False)])
def test_a_month_is_over_when_it_ends(tmp_path: pathlib.Path, today: str, silent: bool) -> None:
    tree = write(tmp_path, main="# neph: ignore[aws-kms-key-not-rotated] until 2027-01 because later\n" + KEY)
    (finding,) = open_estate([str(tree)], today=today).ask("check").findings
    assert (finding.suppressed is not None) == silent


def test_the_id_of_a_finding_holds_no_position(tmp_path: pathlib.Path) -> None:
    bucket = """
        resource "google_storage_bucket" "b" {
          name     = "b"
          location = "EU"
        }
    """
    member = """
        resource "google_storage_bucket_iam_member" "{who}" {{
          bucket = google_storage_bucket.b.name
          role   = "roles/storage.objectViewer"
          member = "{who}"
        }}
    """
    alone, second = (
        member.format(who="allUsers"),
        member.format(who="user:a@example.com").replace('"user:a@example.com" {', '"a" {'),
    )
    ids = [
        [f.id for f in open_estate([str(write(tmp_path / name, main=bucket + text))]).ask("check").findings]
        for name, text in (("one", alone), ("two", second + alone))
    ]
    assert ids[0] == ids[1] != []
