"""Whoever asks for help is told every word that may be written, and what comes back."""

from __future__ import annotations

import pytest

from nephograph.library.registry import all_checks, prose
from nephograph.render import describe, formats
from tests.support.command import Neph


@pytest.mark.parametrize("command", ["check", "paths", "explain"])
def test_help_says_what_the_arguments_are_and_which_may_be_left_out(neph: Neph, command: str) -> None:
    told = neph(command, "--help").out
    assert "Arguments:" in told
    assert "[PATH]..." in told.partition("Arguments:")[0]


@pytest.mark.parametrize("command", ["check", "paths", "explain", "demo"])
def test_help_says_what_each_format_is(neph: Neph, command: str) -> None:
    told = " ".join(neph(command, "--help").out.split())
    for name in formats():
        assert f"{name} {describe(name)}" in told


@pytest.mark.parametrize("command", ["check", "paths"])
def test_a_command_that_can_fail_a_pipeline_says_its_exit_codes(neph: Neph, command: str) -> None:
    assert "Exit codes:" in neph(command, "--help").out.partition("Options:")[2]


def test_explaining_a_check_breaks_lines_for_the_reader_and_not_where_the_file_does(neph: Neph) -> None:
    check = next(c for c in all_checks() if "\n" in prose(c).what.partition("\n\n")[0])
    first, _, _ = prose(check).what.partition("\n\n")
    assert " ".join(first.split()) in neph("explain", check.code, "--width", "400").out


def test_every_command_stands_in_a_section(neph: Neph) -> None:
    told = neph("--help").out
    assert "More:" not in told
    for title in ("What is wrong:", "Attack paths:", "Who can do what:", "Network:", "The estate:"):
        assert f"\n{title}\n" in told
