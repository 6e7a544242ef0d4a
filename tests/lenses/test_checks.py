"""`neph checks`: the library as a list, narrowed by what each check says of itself."""

from __future__ import annotations

import json
import re

import pytest

from nephograph.library.registry import all_checks
from nephograph.library.topics import about, topics
from tests.support.command import Neph


def listed(neph: Neph, *arguments: str) -> list[dict[str, object]]:
    done = neph("checks", *arguments, "--format", "json")
    assert done.code == 0
    found: list[dict[str, object]] = json.loads(done.out)["checks"]
    return found


def test_every_check_is_listed_with_what_it_is(neph: Neph) -> None:
    assert [row["code"] for row in listed(neph)] == [check.code for check in all_checks()]
    (row,) = listed(neph, "--kind", "aws_sqs_queue", "not", "encrypted")
    assert row["code"] == "aws-sqs-queue-unencrypted"
    assert row["severity"] == "medium"
    assert row["topics"] == ["encryption-at-rest"]
    assert "CKV_AWS_27" in row["tools"]


def test_filters_of_different_sorts_hold_together(neph: Neph) -> None:
    rows = listed(neph, "--kind", "aws_s3", "--topic", "public-exposure", "--severity", "high")
    assert "aws-s3-bucket-public-read" in [row["code"] for row in rows]
    for row in rows:
        assert str(row["kind"]).startswith("aws_s3")
        assert "public-exposure" in row["topics"]
        assert row["severity"] == "high"
    assert listed(neph, "--kind", "aws_unheard_of") == []


def test_of_one_sort_any_is_enough(neph: Neph) -> None:
    both = {str(row["severity"]) for row in listed(neph, "--severity", "critical", "--severity", "info")}
    assert both == {"critical", "info"}


def test_a_topic_that_is_none_is_a_usage_error_with_the_nearest(neph: Neph) -> None:
    done = neph("checks", "--topic", "encryption-at-rst")
    assert done.code == 2
    assert "encryption-at-rest" in done.out + done.err


def test_a_topic_is_explained_with_its_checks(neph: Neph) -> None:
    said = neph("explain", "encryption-at-rest", "--width", "200").out
    assert "aws-sqs-queue-unencrypted" in said
    assert "Stored data" in said


@pytest.mark.parametrize("topic", topics())
def test_a_topic_is_a_word_and_a_sentence_or_two(topic: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", topic)
    assert about(topic).endswith(".")
    assert len(about(topic)) < 400
