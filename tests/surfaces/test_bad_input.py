"""Bad and hostile input at the command: one clear error each, the right exit code, no traceback, nothing else lost."""

from __future__ import annotations

import json
import os
import pathlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nephograph.model.errors import UsageError
from nephograph.render import Style, formats, render
from nephograph.session import open_estate
from tests.support.command import Neph, Outcome

KEY = 'resource "aws_kms_key" "k" {\n  description = "d"\n}\n'
SHOP = pathlib.Path(__file__).resolve().parents[2] / "examples" / "shop"


def lay(root: pathlib.Path, what: str) -> None:
    """A healthy file with one finding, and beside it the trouble."""
    (root / "good.tf").write_text(KEY)
    bad = root / "bad.tf"
    match what:
        case "syntax":
            bad.write_text('resource "aws_kms_key" "b" {\n  enable_key_rotation = = true\n}\n')
        case "missing-module":
            bad.write_text('module "m" {\n  source = "./absent"\n}\n')
        case "cycle":
            bad.write_text(
                'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_sns_topic" "t" {\n  name = local.a\n}\n'
            )
        case "too-large":
            with bad.open("wb") as stream:
                stream.truncate(50 * 1024 * 1024)
        case "invalid-utf8":
            bad.write_bytes(b'resource "aws_kms_key" "\xff" {}\n')
        case "not-a-file":
            os.mkfifo(bad)
        case "symlink-loop":
            bad.symlink_to("bad.tf")


TROUBLES = ["syntax", "missing-module", "cycle", "too-large", "invalid-utf8", "not-a-file", "symlink-loop"]


@pytest.mark.parametrize("code", TROUBLES)
def test_a_trouble_is_one_error_and_costs_nothing_else(neph: Neph, tmp_path: pathlib.Path, code: str) -> None:
    lay(tmp_path, code)
    answer = json.loads(neph("check", str(tmp_path), "-f", "json").out)
    (error,) = answer["errors"]
    assert error["code"] == code
    assert error["message"]
    assert error["help"]
    assert {f["resource"]["address"] for f in answer["findings"]} - {"aws_sns_topic.t"} == {"aws_kms_key.k"}


@pytest.mark.parametrize("code", TROUBLES)
def test_a_trouble_exits_3_and_findings_go_before_it(neph: Neph, tmp_path: pathlib.Path, code: str) -> None:
    lay(tmp_path, code)
    assert neph("check", str(tmp_path)).code == 1
    assert neph("check", str(tmp_path), "--fail-on", "never").code == 3


def test_the_caret_of_a_syntax_error_is_under_its_column(neph: Neph, tmp_path: pathlib.Path) -> None:
    lay(tmp_path, "syntax")
    lines = neph("check", str(tmp_path)).out.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.strip().endswith("bad.tf:2:25")]
    source = next(line for line in lines[place:] if "enable_key_rotation = = true" in line)
    caret = next(line for line in lines[place:] if "^" in line)
    assert caret.index("^") == source.index("= true")


def test_what_could_not_be_read_is_not_passed_over_in_the_coverage(neph: Neph, tmp_path: pathlib.Path) -> None:
    lay(tmp_path, "syntax")
    shown = " ".join(neph("check", str(tmp_path)).out.split())
    assert "what could not be read is not counted" in shown
    assert "nothing left out" not in shown


def test_a_link_out_of_the_tree_is_not_followed(neph: Neph, tmp_path: pathlib.Path) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    (secret / "secret.tf").write_text('resource "aws_kms_key" "outside" {}\n')
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "main.tf").write_text(KEY + 'resource "aws_sqs_queue" "q" {\n  name = file("../elsewhere/secret.tf")\n}\n')
    (tree / "link.tf").symlink_to(secret / "secret.tf")
    outcome: Outcome = neph("check", str(tree), "-f", "json")
    assert 'outside"' not in outcome.out
    answer = json.loads(outcome.out)
    assert {gap["kind"] for gap in answer["coverage"]["not_evaluated"]} >= {"outside-root"}
    assert answer["coverage"]["seen"] == 2


def test_escape_sequences_of_the_tree_do_not_reach_the_terminal(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_kms_key" "k" {\n  description = "\x1b[2J\u202eevil"\n}\n')
    for name in ("table", "frame", "markdown"):
        shown = neph("check", str(tmp_path), "-f", name).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_a_credential_is_never_printed(neph: Neph, tmp_path: pathlib.Path) -> None:
    value = "correct-horse-battery-staple"
    (tmp_path / "main.tf").write_text(
        'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = "r"\n'
        "  environment {\n    variables = {\n"
        f'      DB_PASSWORD = "{value}"\n    }}\n  }}\n}}\n'
        f'resource "aws_db_instance" "d" {{\n  identifier = "d"\n  engine = "postgres"\n  password = "{value}"\n}}\n'
        f'resource "acme_thing" "t" {{\n  api_token = "{value}"\n}}\n'
    )
    for words in (("check",), ("explain", "f"), ("explain", "d"), ("explain", "acme_thing.t")):
        for name in formats():
            shown = neph(*words, str(tmp_path), "-f", name).out
            assert value not in shown, (words, name)


_FILES = sorted(SHOP.rglob("*.tf"))
_NOISE = st.sampled_from(
    [
        '"',
        "{",
        "}",
        "[",
        "]",
        "${",
        "%{ if",
        "<<EOT\n",
        "\\u12",
        "null",
        "each.value",
        "count = 1e9\n",
        "\x00",
        "\ud7ff",
        "=",
        "…",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_input_makes_check_raise(tmp_path: pathlib.Path, data: st.DataObject) -> None:
    root = tmp_path / "tree"
    root.mkdir(exist_ok=True)
    for old in root.iterdir():
        old.unlink()
    for number in range(2):
        text = data.draw(st.sampled_from(_FILES)).read_text()
        for _ in range(data.draw(st.integers(0, 4))):
            start = data.draw(st.integers(0, len(text)))
            text = text[:start] + data.draw(_NOISE) + text[start + data.draw(st.integers(0, 20)) :]
        (root / f"f{number}.tf").write_text(text)
    try:
        session = open_estate([str(root)])
    except UsageError:
        return
    answer = session.ask("check")
    assert not [p for p in answer.errors if p.code == "check-failed"]
    for name in formats():
        render(name, answer, Style(excerpts=session.excerpts))
