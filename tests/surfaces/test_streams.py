"""Where the answer goes: a stream that is full or closed ends in one sentence, never in a traceback."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from tests.support.trees import write

KEY = 'resource "aws_kms_key" "k" {\n  description = "d"\n}\n'
FULL = pathlib.Path("/dev/full")


def _check(tree: pathlib.Path, shell: str) -> subprocess.CompletedProcess[str]:
    """`neph check TREE`, with what the shell does to its streams."""
    neph = f"{sys.executable} -c 'from nephograph.surfaces.cli.main import run; run()' check {tree} {shell}"
    return subprocess.run(["sh", "-c", neph], capture_output=True, text=True, check=False)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("format_", ["table", "json"])
def test_a_full_disk_is_said_in_one_sentence(tmp_path: pathlib.Path, format_: str) -> None:
    done = _check(write(tmp_path, main=KEY), f"-f {format_} > {FULL}")
    assert done.returncode == 2
    assert "cannot write the answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_closed_stdout_is_said_in_one_sentence(tmp_path: pathlib.Path) -> None:
    done = _check(write(tmp_path, main=KEY), ">&-")
    assert done.returncode == 2
    assert "cannot write the answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_stderr_does_not_cost_the_answer(tmp_path: pathlib.Path) -> None:
    done = _check(write(tmp_path, main=KEY), "2>&-")
    assert done.returncode == 1
    assert "aws-kms-key-not-rotated" in done.stdout
