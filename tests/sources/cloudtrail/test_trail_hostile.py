"""Logs that are cut, damaged, huge or made to harm: what is intact counts, what is lost is named."""

from __future__ import annotations

import gzip
import json
import os
import pathlib
import random

import pytest

from nephograph.sources.cloudtrail import records as cutting
from nephograph.sources.cloudtrail import streams, tally
from tests.sources.cloudtrail.trail_events import LOG, event, got, log, read, uses


def _text(count: int, **format: object) -> str:
    return json.dumps({"Records": [got(f"in/{number}") for number in range(count)]}, **format)  # type: ignore[arg-type]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_that_ends_in_a_record_keeps_those_before(tmp_path: pathlib.Path, indent: int | None) -> None:
    text = _text(5, indent=indent)
    (tmp_path / LOG).write_text(text[: text.index('"in/4"')])
    usage = read(tmp_path / LOG)
    assert [resource[-1] for _, resource, _ in uses(usage)] == ["0", "1", "2", "3"]
    (problem,) = usage.problems
    assert problem.code == "events-cut"
    assert "4 events before it were read" in problem.message


def test_packed_bytes_that_are_cut_or_damaged_keep_the_events_before(tmp_path: pathlib.Path) -> None:
    noise = random.Random(1)
    events = [got(f"in/{number}", requestID=f"{noise.getrandbits(512):x}") for number in range(2000)]
    packed = gzip.compress(json.dumps({"Records": events}).encode())
    (tmp_path / "cut.json.gz").write_bytes(packed[: len(packed) // 2])
    half = len(packed) // 2
    (tmp_path / "damaged.json.gz").write_bytes(packed[:half] + b"\x00" * 64 + packed[half + 64 :])
    for path in sorted(tmp_path.iterdir()):
        usage = read(path)
        assert 500 < usage.events < 1900, path
        assert "events-cut" in [problem.code for problem in usage.problems]


def test_a_bomb_is_left_after_what_it_may_take(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 1 << 20)
    text = '{"Records": [' + json.dumps(got("a")) + "," + " " * (64 << 20) + json.dumps(got("b")) + "]}"
    (tmp_path / LOG).with_suffix(".json.gz").write_bytes(gzip.compress(text.encode()))
    usage = read(tmp_path)
    assert uses(usage) == [("s3:GetObject", "arn:aws:s3:::data/a", 1)]
    assert "as no log does" in usage.problems[0].message
    assert usage.read < 16 << 20


def test_broken_records_are_counted_and_the_others_read(tmp_path: pathlib.Path) -> None:
    good = [json.dumps(got(name)) for name in "abc"]
    odd = ['{"eventTime": 3}', '"text"', "null", json.dumps(got("x", eventTime="yesterday")), "[" * 5000 + "]" * 5000]
    body = ", ".join([good[0], *odd, good[1], '{"eventVersion": "1.09", "eventName": }', good[2]])
    (tmp_path / LOG).write_text('{"Records": [' + body + "]}")
    usage = read(tmp_path)
    assert [resource[-1] for _, resource, _ in uses(usage)] == ["a", "b", "c"]
    assert sum(gap.count for gap in usage.gaps if gap.kind == "malformed-event") == 6


def test_a_broken_line_is_one_line(tmp_path: pathlib.Path) -> None:
    lines = [
        json.dumps(got("a")),
        '{"eventTime": "2026-11-0',
        json.dumps(got("b")),
        "",
        "not json",
        json.dumps(got("c")),
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(lines))
    usage = read(tmp_path)
    assert len(uses(usage)) == 3
    assert [(gap.kind, gap.count) for gap in usage.gaps] == [("malformed-event", 2)]


def test_large_files_are_read_in_pieces_to_the_same_end(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / LOG
    path.write_text(_text(50, ensure_ascii=False).replace("in/", "in/ü"))
    whole = uses(read(path))
    monkeypatch.setattr(cutting, "WINDOW", 0)
    monkeypatch.setattr(streams, "PIECE", 777)
    usage = read(path)
    assert uses(usage) == whole
    assert len(whole) == 50
    assert usage.problems == []


def test_one_endless_record_is_no_memory(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "WINDOW", 0)
    monkeypatch.setattr(cutting, "MAX_RECORD", 1 << 16)
    monkeypatch.setattr(streams, "PIECE", 1 << 14)
    (tmp_path / LOG).write_text('{"Records": [' + json.dumps(got("a")) + ', {"x": "' + "y" * (1 << 20))
    usage = read(tmp_path)
    assert len(uses(usage)) == 1
    assert usage.problems[0].code == "events-cut"


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"{}", b"[]", b'{"Records": []}', b"\xff\xfe\x00", b"\x1f\x8b", b'{"Records": 3}']
)
def test_files_without_events_do_no_harm(tmp_path: pathlib.Path, content: bytes) -> None:
    (tmp_path / LOG).write_bytes(content)
    usage = read(tmp_path)
    assert usage.events == 0


def test_links_and_pipes_are_not_followed(tmp_path: pathlib.Path) -> None:
    outside = log(tmp_path / "outside.json", got("secret"))
    tree = tmp_path / "tree"
    log(tree / LOG, got("a"))
    (tree / "link.json").symlink_to(outside)
    os.mkfifo(tree / "pipe.json")
    usage = read(tree)
    assert [resource[-1] for _, resource, _ in uses(usage)] == ["a"]
    assert [gap.kind for gap in usage.gaps] == ["outside-root"]
    assert [problem.code for problem in usage.problems] == ["not-a-file"]


def test_more_things_than_are_kept_fold_into_what_holds_them(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "PER_PAIR", 10)
    usage = read(log(tmp_path / LOG, *(got(f"in/{number}") for number in range(100))))
    assert sum(row.count for row in usage.rows()) == 100
    assert [row.resource for row in usage.rows() if row.folded] == ["arn:aws:s3:::data/in/*"]
    assert [(gap.kind, gap.count) for gap in usage.gaps] == [("folded-events", 90)]


def test_names_that_look_like_patterns_stay_names(tmp_path: pathlib.Path) -> None:
    told = [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::data/all/*"}]
    usage = read(log(tmp_path / LOG, got("in/*"), got("${aws:username}/?"), got("all/*", resources=told)))
    assert [resource for _, resource, _ in uses(usage)] == [
        "arn:aws:s3:::data/${$}{aws:username}/${?}",
        "arn:aws:s3:::data/all/${*}",
        "arn:aws:s3:::data/in/${*}",
    ]


def test_parameters_of_any_form_are_read(tmp_path: pathlib.Path) -> None:
    deep: object = "x"
    for _ in range(60):
        deep = {"a": [deep]}
    odd = [
        "HIDDEN_DUE_TO_SECURITY_REASONS",
        [1, 2],
        3,
        deep,
        {"bucketName": ["a", {"b": 1}], "key": 7},
        {"": "", "key": None},
    ]
    usage = read(log(tmp_path / LOG, *(event("s3", "GetObject", one) for one in odd)))
    assert usage.events == len(odd)
