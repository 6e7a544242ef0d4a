"""Fixtures every room may use."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, settings

from tests.support.command import Neph


@pytest.fixture(autouse=True)
def no_rules_of_whoever_runs_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The folder of configuration is an empty one."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-configuration"))


@pytest.fixture
def neph(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Neph:
    """The command line, in this process."""
    return Neph(monkeypatch, capsys)


# One fixed walk through the examples, so that a run of today is the run of tomorrow, and a failure is said at once;
# HYPOTHESIS_PROFILE=explore walks on, and makes what it finds small.
_AT_ONCE = (Phase.explicit, Phase.generate)
settings.register_profile("fixed", derandomize=True, deadline=None, database=None, phases=_AT_ONCE)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
