"""Fixtures every room may use."""

from __future__ import annotations

import pytest

from tests.support.command import Neph


@pytest.fixture
def neph(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Neph:
    """The command line, in this process."""
    return Neph(monkeypatch, capsys)
