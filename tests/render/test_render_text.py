"""Harmless, measured, wrapped text; excerpts with carets under exactly their columns."""

from __future__ import annotations

import pytest
import sample_answers as sample
from hypothesis import given
from hypothesis import strategies as st

from nephograph.model.span import Span
from nephograph.render import Style
from nephograph.render._excerpt import excerpt, window
from nephograph.render._pen import Pen
from nephograph.render._text import clean, columns, neutral, shorten, wrap

TEXT = st.text(max_size=80)
SOURCE = st.text(st.sampled_from("ab \t日é\u0301\x1b\u202e{}="), max_size=60)


def pen(width: int = 80, *, unicode: bool = True, line: str = "") -> Pen:
    return Pen(Style(width=width, unicode=unicode, excerpts=sample.Files({"f": line.split("\n")})))


@given(TEXT, st.booleans())
def test_nothing_that_steers_a_terminal_is_left(text: str, unicode: bool) -> None:
    shown = clean(text, unicode=unicode)
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    shown.encode()
    assert unicode or shown.isascii()


def test_an_escape_sequence_is_shown_not_obeyed() -> None:
    assert neutral("a\x1b[31mb") == "a␛[31mb"
    assert neutral("a\x1b[31mb", unicode=False) == "a\\x1b[31mb"
    assert neutral("\x9b31m") == "<U+009B>31m"
    assert neutral("x\u202ey") == "x<U+202E>y"


@given(TEXT, st.integers(20, 60))
def test_wrapping_keeps_the_width_and_loses_no_letter(text: str, width: int) -> None:
    text = clean(text)
    lines = wrap(text, width, first="- ")
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines)[1:].split()) == "".join(text.split())


@given(TEXT, st.integers(1, 40), st.sampled_from(["start", "middle", "end"]))
def test_shortening_fits(text: str, room: int, keep: str) -> None:
    assert columns(shorten(clean(text), room, keep=keep)) <= room


@given(SOURCE, st.integers(1, 70), st.integers(0, 70), st.booleans())
def test_carets_stand_under_their_characters(line: str, start: int, length: int, unicode: bool) -> None:
    text, before, under = window(pen(unicode=unicode), line, start, start + length, 2000)
    wanted = neutral(line[start - 1 : start - 1 + length].replace("\t", "    "), unicode=unicode)
    cells = ""
    at = 0
    for char in text + " " * 200:
        if before <= at < before + under and not (at == before and sample.columns(char) == 0 and not cells):
            cells += char
        at += sample.columns(char)
    if sample.columns(wanted):
        assert under == sample.columns(wanted)
        assert sample.columns(cells.rstrip()) <= sample.columns(wanted)
    else:
        assert under == 1


@given(st.text(st.sampled_from("ab\t日 "), min_size=1, max_size=400), st.integers(1, 410), st.integers(0, 400))
def test_a_long_line_is_cut_around_its_carets(line: str, start: int, length: int) -> None:
    text, before, under = window(pen(), line, start, start + length, 37)
    assert sample.columns(text) <= 37
    assert before >= 0
    assert before + under <= 38
    if start <= len(line) and line[start - 1] in "ab":
        position = 0
        for char in text:
            if position == before:
                assert char == line[start - 1]
                break
            position += sample.columns(char)


def frame_of(line: str, span: Span, width: int = 60) -> list[str]:
    return excerpt(pen(width, line=line), span, 2)


def test_tabs_wide_and_combining_characters() -> None:
    assert frame_of('\tname = "日本"', Span("f", 1, 9, 1, 13))[1:] == [
        ' 1 │     name = "日本"',
        "   │            ^^^^^^",
    ]
    assert frame_of("cafe\u0301 = 1", Span("f", 1, 1, 1, 6))[1:] == [" 1 │ cafe\u0301 = 1", "   │ ^^^^"]


def test_an_empty_span_and_one_behind_the_end_have_one_caret() -> None:
    assert frame_of("abc", Span("f", 1, 4, 1, 4))[-1] == "   │    ^"
    assert frame_of("abc", Span("f", 1, 9, 1, 20))[-1] == "   │    ^"


def test_several_lines_have_a_rail_from_the_first_to_the_last_character() -> None:
    assert frame_of("x = {\n  a = 1\n}", Span("f", 1, 5, 3, 2)) == [
        "   │",
        " 1 │   x = {",
        "   │  _____^",
        " 2 │ |   a = 1",
        " 3 │ | }",
        "   │ |_^",
    ]


def test_a_missing_file_and_no_files_at_all() -> None:
    assert excerpt(pen(), Span("gone", 1, 1, 1, 2), 1) == ["  │ (this line cannot be shown)"]
    assert excerpt(Pen(Style()), Span("gone", 1, 1, 1, 2), 1) == []
    assert excerpt(Pen(Style()), Span("gone", 7, 3, 7, 4), 1, given="a b c")[1:] == ["7 │ a b c", "  │   ^"]


def test_a_file_of_one_huge_line_is_not_walked() -> None:
    line = "x" * 50_000_000
    text, before, _ = window(pen(), line, 25_000_000, 25_000_003, 40)
    assert len(text) == 40
    assert text[before] == "x"


@pytest.mark.parametrize("span", [Span("f", 0, 0, 0, 0), Span("f", 3, 1, 1, 1), Span("f", 1, -5, 1, 10**9)])
def test_impossible_spans_are_survived(span: Span) -> None:
    frame_of("abc\ndef", span)
