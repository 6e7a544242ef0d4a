"""The order of paths, criterion by criterion, and the words a path is told in."""

from __future__ import annotations

import random
from typing import Any

import msgspec

from nephograph.engines.paths.attack import Target, paths_to
from nephograph.engines.paths.closure import close
from nephograph.engines.paths.ranking import CRITERIA, because, ranked
from nephograph.model.answer import AttackPath, Severity, Step, Subject
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.rule import StepRule, atom
from nephograph.model.source import Scope
from nephograph.model.verdict import YES


def subject(word: str) -> Subject:
    return Subject(word, "", word, word)


def path(name: str, steps: int = 1, **more: Any) -> AttackPath:
    step = Step(subject("internet"), subject(name), "enter", "")
    return AttackPath(name, name, subject("internet"), subject(name), (step,) * steps, **more)


def test_criteria_are_compared_in_their_order() -> None:
    paths = [
        path("proven-critical", steps=5, severity=Severity.CRITICAL),
        path("proven-high-short", steps=2, severity=Severity.HIGH),
        path("proven-high-long", steps=3, severity=Severity.HIGH),
        path("open-critical", severity=Severity.CRITICAL, verdict="depends", depends_on=("a",)),
        path("open-critical-more", severity=Severity.CRITICAL, verdict="depends", depends_on=("a", "b")),
        path("open-low", severity=Severity.LOW, verdict="depends", depends_on=("a",)),
    ]
    shuffled = random.Random(7).sample(paths, len(paths))
    assert [p.id for p in ranked(shuffled)] == [p.id for p in paths]


def test_a_path_says_why_it_stands_where_it_stands() -> None:
    told = because(path("x", steps=3, severity=Severity.CRITICAL))
    assert told == [
        ("proof", "every step is proven"),
        ("severity", "critical"),
        ("steps", "3"),
        ("conditions", "0"),
    ]
    assert [name for name, _ in told] == [name for name, _ in CRITERIA]


class Nowhere:
    def of(self, path: tuple[str | int, ...]) -> tuple[bool, None]:
        return False, None

    def is_written(self, path: tuple[str | int, ...]) -> bool:
        return False


def test_resources_are_called_by_their_labels_and_text_is_not_a_template_twice() -> None:
    named = Resource(
        urn="neph:aws::bucket/data",
        kind="aws_s3_bucket",
        native="AWS::S3::Bucket",
        cls=Class.OBJECT_STORAGE,
        address="aws_s3_bucket.data",
        scope=Scope("aws"),
        config={},
        provenance=Nowhere(),
        label="{ports}-data",
    )
    rule = StepRule(
        "knock",
        atom("has", "?bucket"),
        (atom("open", "?bucket", "?ports"),),
        "internet",
        "?bucket",
        "the internet reaches {bucket} on {ports} {unknown}",
        "{ports}",
    )

    class Table:
        def query(self, predicate: str, args: Any) -> list[Fact]:
            return [Fact("open", (named.urn, "tcp/443"), YES)]

    resources = {named.urn: named}
    found = paths_to(close([rule], Table()), [Target(atom("has", named.urn))], resources.get)
    (step,) = found.paths[0].steps
    assert step.text == "the internet reaches {ports}-data on tcp/443 {unknown}"
    assert (step.target.label, step.target.cls) == ("{ports}-data", "object_storage")
    assert [(e.text, e.subject) for e in step.because] == [("open({ports}-data, tcp/443)", named.urn)]
    # The id rests on entities and rules alone, so it survives a new label.
    relabelled = {named.urn: msgspec.structs.replace(named, label="other", address="module.x.aws_s3_bucket.data")}
    again = paths_to(close([rule], Table()), [Target(atom("has", named.urn))], relabelled.get)
    assert again.paths[0].id == found.paths[0].id
