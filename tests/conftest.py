"""Fixtures every room may use."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from tests.support.command import Neph


@pytest.fixture
def neph(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Neph:
    """The command line, in this process."""
    return Neph(monkeypatch, capsys)


# One fixed walk through the examples, so that a run of today is the run of tomorrow; HYPOTHESIS_PROFILE=explore walks on.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
