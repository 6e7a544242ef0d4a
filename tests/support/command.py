"""The command line, run inside the test's process."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

from nephograph.surfaces.cli.main import run


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Neph:
    """Callable: `neph("check", str(tree))`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str) -> Outcome:
        self._monkeypatch.setattr(sys, "argv", ["neph", *words])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            run()
        captured = self._capsys.readouterr()
        return Outcome(int(left.value.code or 0), captured.out, captured.err)
