"""SARIF: the properties the standard requires, and the limits of who reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sample_answers as sample

from nephograph.model.answer import Answer
from nephograph.model.span import Span
from nephograph.render import Style, render
from nephograph.render.sarif import region, uri


def run_of(answer: Answer) -> dict[str, Any]:
    log = json.loads(render("sarif", answer, Style()))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    valid(run)
    return run


def valid(run: dict[str, Any]) -> None:
    """What sections 3.14 to 3.52 of SARIF 2.1.0 require of the objects used."""
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
        assert len(rule["properties"]["tags"]) <= 20
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    for invocation in run["invocations"]:
        assert isinstance(invocation["executionSuccessful"], bool)
        for note in invocation["toolExecutionNotifications"]:
            assert note["message"]["text"]
            assert note["level"] in ("none", "note", "warning", "error")
            for location in note.get("locations", []):
                valid_location(location)
    for result in run["results"]:
        assert result["message"]["text"]
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert all(result["partialFingerprints"].values())
        assert result["locations"]
        for location in result["locations"] + result.get("relatedLocations", []):
            valid_location(location)
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] in ("inSource", "external")
        for flow in result.get("codeFlows", []):
            assert flow["threadFlows"]
            for thread in flow["threadFlows"]:
                assert thread["locations"]
                for spot in thread["locations"]:
                    assert spot["importance"] in ("important", "essential", "unimportant")
                    assert spot["nestingLevel"] >= 0
                    valid_location(spot["location"])
                    assert spot["location"]["message"]["text"]


def valid_location(location: dict[str, Any]) -> None:
    assert "physicalLocation" in location or location["logicalLocations"]
    if "physicalLocation" in location:
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        area = location["physicalLocation"]["region"]
        start, end = (area["startLine"], area["startColumn"]), (area["endLine"], area["endColumn"])
        assert (1, 1) <= start <= end


def test_the_sample_is_valid_and_complete() -> None:
    run = run_of(sample.CHECK)
    assert len(run["results"]) == len(sample.FINDINGS) + 2
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run_of(sample.CLEAN)["results"] == []
    assert run_of(sample.CLEAN)["invocations"][0]["executionSuccessful"] is True


def test_ids_are_the_fingerprints() -> None:
    prints = {result["partialFingerprints"]["nephograph/v1"] for result in run_of(sample.CHECK)["results"]}
    assert prints == {finding.id for finding in sample.FINDINGS} | {path.id for path in sample.CHECK.paths}


def test_a_path_is_one_code_flow_in_the_order_of_its_steps() -> None:
    result = next(r for r in run_of(sample.ONE)["results"] if r["ruleId"] == "attack-path")
    spots = result["codeFlows"][0]["threadFlows"][0]["locations"]
    told = [spot["location"]["message"]["text"] for spot in spots if spot["nestingLevel"] == 0]
    assert told == [step.text for step in sample.LONG_PATH.steps]
    proofs = [spot["location"]["message"]["text"] for spot in spots if spot["nestingLevel"] == 1]
    assert proofs == [item.text for step in sample.LONG_PATH.steps for item in step.because]


def test_only_a_silenced_finding_is_suppressed_and_it_comes_last() -> None:
    results = run_of(sample.CHECK)["results"]
    assert ["suppressions" in result for result in results] == [False] * (len(results) - 1) + [True]
    assert results[-1]["suppressions"][0]["justification"] == "rebuilt from the warehouse every night"


def test_no_more_results_than_are_shown_and_the_worst_are_kept() -> None:
    run = run_of(sample.many_findings(6000))
    assert len(run["results"]) == 5000
    assert {r["level"] for r in run["results"][:2400]} == {"error"}
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1,000 more results not shown")


def test_gaps_and_errors_are_notifications() -> None:
    notes = run_of(sample.CHECK)["invocations"][0]["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in notes] == [
        "syntax",
        "missing-module",
        "unknown-kind",
        "unknown-kind",
        "absent-module",
    ]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("infra/main.tf", "infra/main.tf"),
        ("./infra/a b.tf", "infra/a%20b.tf"),
        ("../x/50%.tf", "../x/50%25.tf"),
        ("/srv/infra/ü.tf", "file:///srv/infra/%C3%BC.tf"),
        ("a\udcff.tf", "a%FF.tf"),
        ("a:b.tf", "a%3Ab.tf"),
    ],
)
def test_files_become_uri_references(file: str, expected: str) -> None:
    assert uri(file) == expected


def test_a_broken_span_still_makes_a_region() -> None:
    assert region(Span("f", 0, 0, 0, 0)) == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert region(Span("f", 5, 9, 4, 2)) == {"startLine": 5, "startColumn": 9, "endLine": 5, "endColumn": 9}


def test_what_sarif_would_read_as_a_link_or_a_placeholder_is_escaped() -> None:
    run = run_of(sample.many_findings(1, 'module.a["x"] {0} [click](https://example.invalid)'))
    text = run["results"][0]["message"]["text"]
    assert text == 'module.a["x"] {{0}} \\[click](https://example.invalid) 0'
