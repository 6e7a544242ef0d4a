"""A fix is written when it is read, into the text that was read."""

from __future__ import annotations

import os
import pathlib
import time

import pytest

from nephograph.model.answer import Finding
from nephograph.session import open_estate
from nephograph.session.fixes import Fixes

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'


def finding(tmp_path: pathlib.Path) -> Finding:
    (tmp_path / "main.tf").write_text(KEY)
    answer = open_estate([str(tmp_path)]).ask("check")
    return next(one for one in answer.findings if one.code == "aws-kms-key-not-rotated")


def test_nothing_is_written_that_nobody_reads(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = Fixes.written

    def counted(self: Fixes, fix: object) -> object:
        written.append("once")
        return real(self, fix)  # type: ignore[arg-type]

    monkeypatch.setattr(Fixes, "written", counted)
    fix = finding(tmp_path).fix
    assert fix is not None
    assert written == []
    assert "+  enable_key_rotation = true" in fix.diff
    assert fix.title
    assert written == ["once"]


def test_a_file_that_was_saved_since_is_not_written_into(tmp_path: pathlib.Path) -> None:
    fix = finding(tmp_path).fix
    assert fix is not None
    (tmp_path / "main.tf").write_text("# a line more\n" + KEY)
    now = time.time_ns()
    os.utime(tmp_path / "main.tf", ns=(now, now))
    assert fix.diff == ""
    assert "was changed since it was read" in fix.title
