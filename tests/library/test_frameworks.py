"""Frameworks as data: every control is decided by checks, by a person, or by both, and says why."""

from __future__ import annotations

import pytest

from nephograph.library.frameworks import framework, frameworks
from nephograph.library.registry import all_checks
from nephograph.library.topics import topics

TOPICS = frozenset(topic for check in all_checks() for topic in check.topics)

CONTROLS = [
    pytest.param(control, id=f"{name}-{control.id}") for name in frameworks() for control in framework(name).controls
]


def test_the_frameworks_a_person_asks_for_are_there() -> None:
    wanted = {"soc2", "iso27001", "pci-dss", "hipaa", "nist-800-53", "nist-csf", "gdpr", "cis-aws"}
    assert wanted <= set(frameworks())


@pytest.mark.parametrize("name", frameworks())
def test_a_framework_names_its_controls_once_and_refers_to_its_owner(name: str) -> None:
    known = framework(name)
    assert known.id == name
    ids = [control.id for control in known.controls]
    assert len(set(ids)) == len(ids) > 10
    assert known.source.startswith("https://")


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_is_mapped_or_says_why_not(control) -> None:  # type: ignore[no-untyped-def]
    assert set(control.topics) <= set(topics())
    assert (control.how == "manual") == (not control.topics)
    assert len(control.why) > 20
    assert control.why.endswith(".")
    assert 0 < len(control.says) < 120, "a few words of our own; the text is its owner's"


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_that_is_decided_by_checks_has_some(control) -> None:  # type: ignore[no-untyped-def]
    if control.how == "automated":
        assert set(control.topics) <= TOPICS, "no check is about it"
        assert any(control.asks(check.topics, check.kind) for check in all_checks())
    elif control.how == "partly":
        assert set(control.topics) & TOPICS, "no check is about it"


def test_every_framework_is_covered_by_some_checks_and_never_by_all_of_them_alone() -> None:
    for name in frameworks():
        hows = [control.how for control in framework(name).controls]
        assert "manual" in hows
        assert hows.count("automated") + hows.count("partly") >= 10, name


@pytest.mark.parametrize("name", ["soc2", "nist-800-53", "nist-csf", "iso27001"])
def test_every_check_of_security_answers_to_a_control(name: str) -> None:
    beside = {"cost", "policy-validity", "policy-hygiene"}
    mapped = framework(name).topics | beside
    assert [check.code for check in all_checks() if mapped.isdisjoint(check.topics)] == []
