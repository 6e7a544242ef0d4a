"""Scripts as checks of builds see them."""

from __future__ import annotations

import pytest

from nephograph.library.shell import Command, commands


def said(script: str) -> list[tuple[str, ...]]:
    return [command.words for command in commands(script)]


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("a b && c; d || e & f", [("a", "b"), ("c",), ("d",), ("e",), ("f",)]),
        ("a 'b c' \"d && e\" f\\ g", [("a", "b c", "d && e", "f g")]),
        ("a # b && c\nd", [("a",), ("d",)]),
        ("a#b 'c # d'", [("a#b", "c # d")]),
        ("a \\\n b", [("a", "b")]),
        ("x=$(a b) c", [("x=$",), ("a", "b"), ("c",)]),
        ("a ${x:-b c} d", [("a", "${x:-b c}", "d")]),
        ("a > b 2>&1", [("a", ">", "b", "2>&1")]),
        ("(a; b) | { c; }", [("a",), ("b",), ("c",)]),
        ("a '' b", [("a", "", "b")]),
        ("", []),
        ("'never closed", [("never closed",)]),
    ],
)
def test_words(script: str, wanted: list[tuple[str, ...]]) -> None:
    assert said(script) == wanted


def test_a_pipe_is_told_from_an_or() -> None:
    assert [command.piped for command in commands("a | b || c |& d")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("A=b", "sudo", "-E", "X=y", "/usr/bin/curl", "-k"), "curl"),
        (("then", "!", "apt-get", "update"), "apt-get"),
        (("A=b",), ""),
        (("env", "X=1", "time", "make"), "make"),
    ],
)
def test_the_name_stands_behind_assignments_keywords_and_sudo(words: tuple[str, ...], name: str) -> None:
    assert Command(words).name == name


def test_short_options_are_told_one_by_one() -> None:
    command = Command(("curl", "-fsSLk", "--proto==https", "--tlsv1.2", "https://x.example"))
    assert {"-k", "-f", "--proto", "--tlsv1.2"} <= command.options
    assert command.arguments == ("https://x.example",)
