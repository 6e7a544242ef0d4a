"""`--verify`: answers are decided again by the certificate, and a difference fails loudly."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Sequence

import msgspec
import pytest

from nephograph.engines.certificate import decide as certificate
from nephograph.engines.certificate.decision import Decision as Certified
from nephograph.lenses import who
from nephograph.lenses.common import replayed
from tests.support.command import Neph

SHOP = str(pathlib.Path(__file__).parents[2] / "examples" / "shop")
WHO = ("who", "s3:GetObject", "shop-customer-data", SHOP, "--verify")


@pytest.mark.parametrize(
    "question",
    [
        WHO,
        ("who", "sqs:SendMessage", "shop-orders", SHOP, "--verify"),
        ("who", "s3:GetObject", "shop-media-111122223333", SHOP, "--verify", "--context", "aws:SourceIp=192.0.2.1"),
        ("what", "shop-app", SHOP, "--verify"),
        ("can", "data-reader", "s3:GetObject", "shop-customer-data/x", SHOP, "--verify"),
        ("can", "shop-app", "iam:CreateUser", "*", SHOP, "--verify"),
        ("can", "anonymous", "s3:GetObject", "shop-customer-data/x", SHOP, "--verify"),
    ],
)
def test_answers_replay(neph: Neph, question: Sequence[str]) -> None:
    found = neph(*question, "-f", "json")
    assert found.code in (0, 2), found.err
    if found.code == 2:
        pytest.skip("the example has no such resource")
    told = json.loads(found.out)["replayed"]
    assert told["contradict"] == 0
    assert told["agree"] > 0


def test_a_person_is_told_how_many_agree(neph: Neph) -> None:
    found = neph(*WHO)
    assert found.code == 0
    assert "Replayed by a second evaluator:" in found.out
    assert "0 contradict" in " ".join(found.out.split())
    assert "Replayed" not in neph(*WHO[:-1]).out


def test_a_difference_fails_with_the_request(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluator that refuses everything contradicts every yes."""
    real = certificate.decide

    def refuses(*case: object) -> Certified:
        return msgspec.structs.replace(real(*case), effect="implicitly_denied")  # type: ignore[arg-type]

    monkeypatch.setattr(replayed, "decide", refuses)
    found = neph(*WHO, "-f", "json")
    assert found.code == 3
    told = json.loads(found.out)
    assert told["replayed"]["contradict"] > 0
    (problem, *_) = told["errors"]
    assert problem["code"] == "internal"
    assert problem["message"].startswith("two evaluators contradict each other on s3:GetObject on ")
    assert "one says yes, the other implicitly denied" in problem["message"]


def test_a_session_policy_is_not_replayed(neph: Neph) -> None:
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    question = ("can", "shop-app", "s3:GetObject", "shop-customer-data/x", SHOP, "--verify")
    found = neph(*question, "--session-policy", policy, "-f", "json")
    told = json.loads(found.out)["replayed"]
    assert (told["agree"], told["contradict"]) == (0, 0)
    assert "the session was made with a policy of its own" in told["not_replayed"]


def test_a_wrong_answer_about_one_request_fails(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    real = certificate.decide

    def refuses(*case: object) -> Certified:
        return msgspec.structs.replace(real(*case), effect="implicitly_denied")  # type: ignore[arg-type]

    encrypted = ("--context", "aws:SecureTransport=true")
    question = ("can", "data-reader", "s3:GetObject", "shop-customer-data/x", SHOP, *encrypted)
    assert neph(*question, "--verify").code == 0
    monkeypatch.setattr(replayed, "decide", refuses)
    assert neph(*question, "--verify").code == 3
    assert neph(*question).code == 0


def test_a_lost_answer_is_seen(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who can and is not listed: the certificate says so."""
    monkeypatch.setattr(who, "everybody", lambda *asked: [])
    found = neph("who", "logs:PutLogEvents", "*", SHOP, "--verify", "-f", "json")
    assert found.code == 3
    assert "one says no, the other yes, whatever is not known" in json.loads(found.out)["errors"][0]["message"]


def test_a_review_replays_what_it_lists(neph: Neph) -> None:
    found = neph("review", SHOP, "--verify", "-f", "json")
    assert found.code == 0, found.err
    answer = json.loads(found.out)
    told = answer["replayed"]
    assert told["contradict"] == 0
    assert told["agree"] > 100
    administrators = sum(one["administrator"] == "yes" for one in answer["principals"])
    assert told["not_replayed"]["an administrator is allowed everything, which is no request"] == administrators > 0
    assert "replayed" not in json.loads(neph("review", SHOP, "-f", "json").out)


def test_a_review_that_contradicts_fails(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    real = certificate.decide

    def refuses(*case: object) -> Certified:
        return msgspec.structs.replace(real(*case), effect="implicitly_denied")  # type: ignore[arg-type]

    monkeypatch.setattr(replayed, "decide", refuses)
    found = neph("review", SHOP, "--only", "data-reader", "--verify", "-f", "json")
    assert found.code == 3
    assert json.loads(found.out)["replayed"]["contradict"] > 0
