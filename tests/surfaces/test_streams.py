"""Where the answer goes: a stream that is full or closed ends in one sentence, never in a traceback."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from tests.support.trees import write

KEY = 'resource "aws_kms_key" "k" {\n  description = "d"\n}\n'
FULL = pathlib.Path("/dev/full")


def _neph(words: str) -> subprocess.CompletedProcess[str]:
    """`neph`, as a shell runs it."""
    neph = f"{sys.executable} -c 'from nephograph.surfaces.cli.main import main; main()' {words}"
    return subprocess.run(["sh", "-c", neph], capture_output=True, text=True, check=False)


def _check(tree: pathlib.Path, shell: str) -> subprocess.CompletedProcess[str]:
    """`neph check TREE`, with what the shell does to its streams."""
    return _neph(f"check {tree} {shell}")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("format_", ["table", "json"])
def test_a_full_disk_is_said_in_one_sentence(tmp_path: pathlib.Path, format_: str) -> None:
    done = _check(write(tmp_path, main=KEY), f"-f {format_} > {FULL}")
    assert done.returncode == 2
    assert "cannot write the answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_help_on_a_full_disk_is_said_in_one_sentence() -> None:
    done = _neph(f"--help > {FULL}")
    assert (done.returncode, done.stderr) == (2, "Error: No space left on device\n")


def test_nothing_is_said_behind_the_answer(tmp_path: pathlib.Path) -> None:
    """Libraries may complain when the interpreter takes itself apart: it does not get to that."""
    estate = tmp_path / "estate.neph"
    assert _neph(f"load {write(tmp_path / 'tree', main=KEY)} -e {estate}").returncode == 0
    done = _neph(f"query -e {estate} 'SELECT kind FROM resource'")
    assert (done.returncode, done.stderr) == (0, "")
    assert "aws_kms_key" in done.stdout


def test_a_closed_stdout_is_said_in_one_sentence(tmp_path: pathlib.Path) -> None:
    done = _check(write(tmp_path, main=KEY), ">&-")
    assert done.returncode == 2
    assert "cannot write the answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_stderr_does_not_cost_the_answer(tmp_path: pathlib.Path) -> None:
    done = _check(write(tmp_path, main=KEY), "2>&-")
    assert done.returncode == 1
    assert "aws-kms-key-not-rotated" in done.stdout


@pytest.mark.parametrize("format_", ["svg", "csv"])
def test_a_format_without_words_for_errors_leaves_them_to_stderr(tmp_path: pathlib.Path, format_: str) -> None:
    empty, file = tmp_path / "empty", tmp_path / f"out.{format_}"
    empty.mkdir()
    done = _check(empty, f"-f {format_}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no infrastructure in" in done.stderr
    done = _check(empty, f"-o {file}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no infrastructure in" in done.stderr
    assert "wrote" not in done.stderr
    assert not file.exists()


def test_a_picture_of_what_could_be_read_says_on_stderr_what_could_not(tmp_path: pathlib.Path) -> None:
    done = _check(write(tmp_path, main=f'{KEY}module "m" {{\n  source = "./gone"\n}}\n'), "-f svg")
    assert done.returncode in (1, 3)
    assert done.stdout.startswith("<svg")
    assert "gone" in done.stderr
