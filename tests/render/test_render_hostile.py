"""Whatever a scanned tree says, no renderer raises, and nothing it says is obeyed by whoever reads the output."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest
import sample_answers as sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nephograph.model.answer import (
    Answer,
    Arrow,
    AttackPath,
    Change,
    Coverage,
    Diff,
    Drawing,
    Finding,
    Node,
    Severity,
    Step,
    Stop,
    Subject,
    Table,
    Text,
    Trail,
    Tree,
)
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Cause, Origin, Span
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import Evidence
from nephograph.render import Style, formats, render
from nephograph.render._mermaid import quoted

NASTY = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\x00\r\n\t</script><script>alert(1)</script><!-- --> ]]> &amp; "
    "|a|b| `code` ```\n```mermaid\n@everyone #12 https://evil.invalid www.evil.invalid [x](javascript:1) ![i](u) "
    '"]; click n0 \udcff \ufffe 日本 e\u0301 \\ %s {0}'
)

text = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(max_codepoint=0x2FF, categories=None), max_size=30),
    st.just(NASTY),
)
numbers = st.integers(-3, 300)
spans = st.builds(Span, text, numbers, numbers, numbers, numbers)
maybe_span = st.none() | spans
subjects = st.builds(Subject, st.sampled_from("abcd") | text, text, text, text, text)
answered = st.sampled_from(["yes", "depends"])
evidence = st.lists(st.builds(Evidence, text, text, maybe_span), max_size=2).map(tuple)
words = st.lists(text, max_size=2).map(tuple)
steps = st.builds(Step, subjects, subjects, text, text, evidence, answered, words, text, text)
severities = st.sampled_from(Severity)
paths = st.builds(
    AttackPath,
    text,
    text,
    subjects,
    subjects,
    st.lists(steps, max_size=4).map(tuple),
    answered,
    severities,
    words,
    text,
)
causes = st.lists(st.builds(Cause, text, maybe_span), max_size=2).map(tuple)
origins = st.builds(Origin, text, text, maybe_span, text, text, causes)
findings = st.builds(
    Finding,
    id=text,
    code=text,
    title=text,
    severity=severities,
    verdict=answered,
    resource=subjects,
    message=text,
    location=maybe_span,
    origin=st.none() | origins,
    evidence=evidence,
    depends_on=words,
    fix=st.none() | st.builds(Fix, text, diff=text),
    help=text,
    suppressed=st.none() | text,
    group=text,
)
data = st.one_of(
    st.none(), text, st.integers(), st.floats(), st.just(Unknown(Reason.CYCLE, NASTY)), st.just({"a": [1]})
)
ids = st.sampled_from("pqrs")
blocks = st.one_of(
    st.builds(Table, words, st.lists(words, max_size=2).map(tuple), text),
    st.builds(Text, text, text),
    st.builds(Tree, text, st.lists(st.builds(Tree, text), max_size=2).map(tuple)),
    st.builds(
        Drawing,
        st.lists(st.builds(Node, ids, text, text, text, text), max_size=4).map(tuple),
        st.lists(st.builds(Arrow, ids, ids, text, text), max_size=6).map(tuple),
        text,
    ),
    st.builds(
        Trail,
        st.lists(
            st.tuples(
                text, st.lists(st.builds(Stop, text, text, text, text, text, words, text, text), max_size=3).map(tuple)
            ),
            max_size=2,
        ).map(tuple),
        text,
    ),
    st.builds(Diff, st.lists(st.builds(Change, text, text, data, data), max_size=2).map(tuple), text),
)
answers = st.builds(
    Answer,
    command=text,
    verdict=st.sampled_from([None, "yes", "no", "depends"]),
    depends_on=words,
    coverage=st.builds(
        Coverage,
        numbers,
        numbers,
        st.lists(st.builds(Gap, text, text, text, maybe_span, numbers), max_size=3).map(tuple),
    ),
    errors=st.lists(st.builds(Problem, text, text, text, maybe_span, text), max_size=2).map(tuple),
    assumptions=words,
    findings=st.lists(findings, max_size=3).map(tuple),
    paths=st.lists(paths, max_size=2).map(tuple),
    blocks=st.lists(blocks, max_size=2).map(tuple),
    checks_run=numbers,
)


class AnyFile:
    """Every file holds this line."""

    def __init__(self, line: str) -> None:
        self.text = line

    def line(self, file: str, number: int) -> str | None:
        return self.text if number > 0 else None


styles = st.builds(
    Style, st.integers(0, 120), st.booleans(), st.booleans(), st.none() | st.builds(AnyFile, text), st.booleans()
)
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@pytest.mark.parametrize("name", formats())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=answers, style=styles)
def test_no_text_crashes_a_renderer_or_passes_a_control_character(name: str, answer: Answer, style: Style) -> None:
    shown = render(name, answer, style)
    found = FORBIDDEN.search(sample.without_colour(shown))
    assert found is None, repr(found)
    shown.encode()
    assert shown.endswith("\n")
    if name in ("json", "sarif"):
        json.loads(shown)
    if name == "svg":
        ET.fromstring(shown)
    if name == "markdown":
        assert len(shown.encode()) < 60_000
    if name in ("table", "frame") and not style.unicode:
        assert shown.isascii()


def nasty_answer() -> Answer:
    subject = Subject("urn", NASTY, NASTY, NASTY, NASTY)
    other = Subject("urn2", NASTY, NASTY, NASTY)
    span = Span(NASTY, 1, 1, 1, 5)
    fact = (Evidence(NASTY, NASTY, span),)
    finding = Finding(
        NASTY,
        NASTY,
        NASTY,
        Severity.HIGH,
        "depends",
        subject,
        NASTY,
        span,
        None,
        fact,
        (NASTY,),
        Fix(NASTY, diff=NASTY),
    )
    path = AttackPath(NASTY, NASTY, subject, other, (Step(subject, other, NASTY, NASTY, fact, label=NASTY),))
    return Answer(
        command="check", findings=(finding,), paths=(path,), errors=(Problem(NASTY, NASTY, NASTY, span, NASTY),)
    )


def test_an_escape_sequence_of_the_tree_never_reaches_a_terminal_even_in_colour() -> None:
    for name in ("table", "frame"):
        shown = render(name, nasty_answer(), Style(color=True, excerpts=AnyFile(NASTY)))
        assert set(re.findall("\x1b.", shown)) == {"\x1b["}
        assert "\x1b[2J" not in shown
        assert "\x07" not in shown


def test_markdown_keeps_every_construct_of_the_tree_inert() -> None:
    shown = render("markdown", nasty_answer(), Style(excerpts=AnyFile(NASTY)))
    outside = re.sub(r"(?ms)^(`{3,})(text|mermaid)\n.*?^\1$", "", shown)
    for construct in ("<script", "@everyone", "#12 ", "https://evil", "www.evil", "](javascript", "![i]", "`code`"):
        assert construct not in re.sub(r"\\.", "", outside), construct
    rows = [line for line in outside.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4, 5}
    assert shown.count("<details>") == shown.count("</details>")


def test_mermaid_labels_hold_no_syntax() -> None:
    shown = render("markdown", nasty_answer(), Style())
    chart = shown.split("```mermaid\n")[1].split("\n```")[0]
    for line in chart.splitlines()[1:4]:
        for label in re.findall(r'"([^"]*)"', line):
            assert not set(label.replace("<br>", "")) & set('"`<>[](){}|\\'), label
        assert line.count('"') in (2, 0)


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("1. a", "#49;#46; a"),
        ("- a", "#45; a"),
        ("tcp/443", "tcp/443"),
        ('a"]', "a#34;#93;"),
        ("a-1.b", "a-1.b"),
        ("", " "),
    ],
)
def test_a_mermaid_label_is_no_list_and_no_syntax(label: str, written: str) -> None:
    assert quoted(label) == written


def test_svg_has_no_script_no_link_and_nothing_external() -> None:
    root = ET.fromstring(render("svg", nasty_answer(), Style()))
    allowed = {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text"}
    for element in root.iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in allowed
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "://" not in value
            assert "url(" not in value or value in ("url(#head)", "url(#head-depends)")
    style = root.find("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_json_keeps_what_it_neutralises() -> None:
    told = "a\x1b\x9b\u202e日\U000e0041"
    answer = Answer(command="explain", blocks=(Text(told),))
    shown = render("json", answer, Style())
    assert json.loads(shown)["blocks"][0]["text"] == told
    assert "日" in shown


def test_json_follows_the_envelope() -> None:
    data = json.loads(render("json", sample.CHECK, Style()))
    assert list(data)[:9] == [
        "schema",
        "command",
        "snapshot",
        "verdict",
        "depends_on",
        "coverage",
        "errors",
        "findings",
        "paths",
    ]
    assert data["snapshot"] == {"id": "9f2c", "age": 0.0, "estate": "", "number": 0, "taken": ""}
    assert set(data["coverage"]) == {"seen", "evaluated", "not_evaluated"}
    finding = data["findings"][0]
    assert {
        "id",
        "code",
        "title",
        "severity",
        "verdict",
        "resource",
        "location",
        "origin",
        "message",
        "evidence",
    } <= set(finding)
    assert set(finding["location"]) == {"file", "line", "column", "end_line", "end_column"}
    assert {"urn", "kind", "address"} <= set(finding["resource"])
    assert {"from", "to", "edge", "because"} <= set(data["paths"][0]["steps"][0])
    assert data["findings"][-2]["location"] is None


@pytest.mark.parametrize("count", [1, 40, 3000])
def test_a_comment_stays_below_its_bound_and_says_what_is_left_out(count: int) -> None:
    shown = render("markdown", sample.many_findings(count, "much " * 100), Style(excerpts=AnyFile("日" * 500)))
    assert len(shown.encode()) < 60_000
    if count > 30:
        assert f"{count - 30:,} more causes" in shown
    if count == 3000:
        assert "did not fit into one comment" in shown
    assert "Coverage:" in shown
