"""The registry, and what people see of every format."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import msgspec
import pytest
import sample_answers as sample
from syrupy.assertion import SnapshotAssertion

from nephograph import render as room
from nephograph.render import Style, describe, formats, load, render, sarif

TERMINAL = ("table", "frame")


def style(width: int = 100, *, color: bool = False, unicode: bool = True, verbose: bool = False) -> Style:
    return Style(width=width, color=color, unicode=unicode, verbose=verbose, excerpts=sample.Files())


def test_formats_are_found_by_their_file_names() -> None:
    files = {file.stem for file in pathlib.Path(room.__file__).parent.glob("*.py")}
    assert list(formats()) == sorted(name for name in files if not name.startswith("_"))
    assert {"frame", "json", "markdown", "sarif", "svg", "table"} <= set(formats())
    for name in formats():
        assert describe(name)
        assert "\n" not in describe(name)


def test_an_unknown_or_private_name_is_no_format() -> None:
    for name in ("pdf", "_pen", "__init__", ""):
        with pytest.raises(KeyError):
            load(name)


def test_listing_the_formats_imports_none_of_them() -> None:
    code = (
        "import sys; from nephograph.render import formats; names = formats();"
        "print([n for n in names if 'nephograph.render.' + n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", formats())
def test_every_format_ends_its_text_with_one_line_end_and_is_deterministic(name: str) -> None:
    for answer in (sample.CHECK, sample.CLEAN, sample.EXPLAIN, sample.BOTH):
        text = render(name, answer, style())
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert text == render(name, answer, style())


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("name", TERMINAL)
def test_terminal_in_unicode(name: str, width: int, snapshot: SnapshotAssertion) -> None:
    assert render(name, sample.CHECK, style(width)) == snapshot


@pytest.mark.parametrize("name", TERMINAL)
def test_terminal_in_ascii(name: str, snapshot: SnapshotAssertion) -> None:
    text = render(name, sample.CHECK, style(60, unicode=False))
    assert text.isascii()
    assert text == snapshot


@pytest.mark.parametrize("name", TERMINAL)
def test_colour_adds_nothing_but_colour(name: str, snapshot: SnapshotAssertion) -> None:
    text = render(name, sample.CHECK, style(80, color=True))
    assert sample.without_colour(text) == render(name, sample.CHECK, style(80))
    assert text.replace("\x1b", "ESC") == snapshot


@pytest.mark.parametrize("name", TERMINAL)
def test_blocks_of_an_explanation(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(name, sample.EXPLAIN, style(60)) == snapshot


def test_verbose_folds_nothing(snapshot: SnapshotAssertion) -> None:
    assert render("table", sample.CHECK, style(100, verbose=True)) == snapshot


def test_nothing_found_says_over_how_much(snapshot: SnapshotAssertion) -> None:
    assert render("table", sample.CLEAN, style()) == snapshot


@pytest.mark.parametrize("name", ["json", "markdown", "svg"])
def test_documents(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(name, sample.CHECK, style()) == snapshot


def test_sarif(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "__version__", "1.2.3")
    assert render("sarif", sample.CHECK, style()) == snapshot


@pytest.mark.parametrize("width", [40, 47, 60, 71, 72, 100, 200])
@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("name", TERMINAL)
def test_lines_keep_the_width(name: str, unicode: bool, width: int) -> None:
    for answer in (sample.CHECK, sample.CLEAN, sample.EXPLAIN, sample.THREE, sample.FAN):
        for line in render(name, answer, style(width, unicode=unicode)).splitlines():
            copied = line.lstrip().startswith(("-->", "+", "-", "@@")) or line.startswith("   ")
            assert copied or sample.columns(line) <= width, line


def test_findings_of_one_cause_are_one_row_with_their_count() -> None:
    text = render("table", sample.CHECK, style())
    rows = [line.split() for line in text.splitlines() if line.startswith("high ") and "open-ssh" in line]
    assert [row[2] for row in rows] == ["3"]
    assert "2 more instances of the same cause" in text


def test_a_suppressed_finding_is_counted_in_the_table_and_shown_with_its_reason_in_frames() -> None:
    table, frames = (render(name, sample.CHECK, style()) for name in TERMINAL)
    assert "no-versioning" not in table
    assert "suppressed: 1 finding" in table
    assert "(suppressed: rebuilt from the warehouse every night)" in " ".join(frames.split())


def test_the_worst_path_comes_first_whatever_order_the_lens_gave() -> None:
    assert sample.CHECK.paths[0] is sample.OPEN_PATH
    for name in ("table", "frame", "markdown"):
        text = render(name, sample.CHECK, style())
        assert text.index("Internet to the customer data") < text.index("Internet to the database password")


def test_what_is_left_out_is_counted() -> None:
    many = sample.many_findings(60)
    text = render("table", many, style())
    assert "35 more causes" in text
    assert "57 more causes" in text


def test_render_is_the_public_face() -> None:
    assert set(room.__all__) == {"Format", "Style", "describe", "formats", "load", "pieces", "render", "says_errors"}


@pytest.mark.parametrize("number", [0, 1, 200, 201, 450])
def test_a_long_list_is_written_bit_by_bit_and_reads_as_one(number: int) -> None:
    one = sample.CHECK.findings[0]
    many = tuple(msgspec.structs.replace(one, message=f'{position} "findings": []') for position in range(number))
    answer = msgspec.structs.replace(sample.CHECK, findings=many)
    bits = list(room.pieces("json", answer, style()))
    whole = json.loads("".join(bits))
    assert [finding["message"] for finding in whole["findings"]] == [finding.message for finding in many]
    assert whole["paths"]
    assert list(whole)[:2] == ["schema", "command"]
    assert max(map(len, bits)) < 1_000_000
    assert "".join(bits) == render("json", answer, style()) == json_format(whole)


def json_format(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
