"""`neph trim` and `neph review`, as a person meets them."""

from __future__ import annotations

import csv
import io
import json
import pathlib
from collections.abc import Sequence
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.usage.policy import LIMIT, size
from tests.sources.cloudtrail.trail_events import ACCOUNT, LOG, assumed, event, got, log, role_session, user
from tests.support.command import Neph

APP = f"arn:aws:iam::{ACCOUNT}:role/app"
TABLE = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/orders"

ROLE = """
resource "aws_iam_role" "app" {{
  name = "app"
  tags = {{ Team = "payments" }}
  assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [
    {{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = "444455556666" }} }}
  ] }})
}}
resource "aws_iam_role_policy" "app" {{
  role   = aws_iam_role.app.name
  policy = <<EOT
{policy}
EOT
}}
"""

GRANTS: list[dict[str, Any]] = [
    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
    {
        "Effect": "Allow",
        "Action": "dynamodb:*",
        "Resource": f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
    },
    {"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"], "Resource": "*"},
    {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"},
]


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty directory to stand in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)
    return tmp_path


def grant(here: pathlib.Path, *statements: dict[str, Any]) -> None:
    """Write a role with these statements."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements or GRANTS)}, indent=1)
    (here / "infra").mkdir(exist_ok=True)
    (here / "infra" / "main.tf").write_text(ROLE.format(policy=policy.replace("${", "$${")))


def trimmed(neph: Neph, *words: str) -> dict[str, Any]:
    done = neph("trim", "app", "infra", "--used", "logs", "-f", "json", *words)
    assert done.code == 0, done.out
    answer: dict[str, Any] = json.loads(done.out)
    return answer


def allows(policies: Sequence[dict[str, Any]], action: str, resource: str, **context: str) -> bool:
    keys = {name.replace("_", ":"): value for name, value in context.items()}
    return decide(Request(APP, action, resource, context=keys), Policies(identity=policies)).allowed


USED = (
    *(got(f"in/{number}.csv") for number in range(3)),
    event("s3", "ListObjects", {"bucketName": "data"}, eventCategory="Data"),
    event("dynamodb", "GetItem", {"tableName": "orders"}, eventCategory="Data"),
    event("dynamodb", "DeleteTable", {"tableName": "orders"}, errorCode="AccessDenied"),
    event("sqs", "SendMessage", {"queueUrl": f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/q"}),
    event("s3", "PutObject", {"bucketName": "other", "key": "x"}, userIdentity=role_session("another")),
)


def test_the_policy_allows_what_was_used_and_nothing_else(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(here / "logs" / LOG, *USED)
    answer = trimmed(neph)
    policies = answer["policies"]
    assert (answer["verdict"], answer["principal"]) == ("yes", APP)
    assert allows(policies, "s3:GetObject", "arn:aws:s3:::data/in/later.csv")
    assert allows(policies, "s3:ListBucket", "arn:aws:s3:::data")
    assert allows(policies, "sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q")
    assert allows(policies, "dynamodb:GetItem", TABLE, aws_RequestedRegion="eu-west-1")
    for action, resource in (
        ("s3:GetObject", "arn:aws:s3:::data/secret"),
        ("s3:GetObject", "arn:aws:s3:::other/in/x"),
        ("s3:PutObject", "arn:aws:s3:::data/in/x"),
        ("sqs:ReceiveMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"),
        ("dynamodb:DeleteTable", TABLE),
    ):
        assert not allows(policies, action, resource, aws_RequestedRegion="eu-west-1"), action
    assert not allows(policies, "dynamodb:GetItem", TABLE, aws_RequestedRegion="us-east-1"), "its condition stays"
    proof = answer["proof"]
    assert (proof["used_calls"], proof["allowed"], proof["not_allowed"], proof["still_allowed"]) == (6, 6, [], [])
    assert proof["unused_actions"] == proof["refused"] > 200
    assert {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"} in policies[0]["Statement"]
    assert [one["action"] for one in answer["denied"]] == ["dynamodb:DeleteTable"]
    assert not any(one["action"] == "s3:PutObject" for one in answer["used"]), "another role's use is not its own"


def test_what_a_person_reads(neph: Neph, here: pathlib.Path, snapshot: SnapshotAssertion) -> None:
    grant(here)
    log(here / "logs" / LOG, *USED)
    assert neph("trim", "app", "infra", "--used", "logs").out == snapshot
    assert neph("review", "infra", "--used", "logs").out == snapshot


def test_nothing_becomes_wider_than_it_is_granted(neph: Neph, here: pathlib.Path) -> None:
    names = ["arn:aws:s3:::data/in/a", "arn:aws:s3:::data/in/b"]
    grant(here, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": names})
    log(here / "logs" / LOG, got("in/a"), got("in/b"))
    (statement,) = trimmed(neph)["policies"][0]["Statement"]
    assert statement["Resource"] == names


def test_names_are_kept_where_that_is_asked(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(here / "logs" / LOG, got("in/a*"), got("in/b"))
    policies = trimmed(neph, "--exact")["policies"]
    assert allows(policies, "s3:GetObject", "arn:aws:s3:::data/in/a*")
    assert not allows(policies, "s3:GetObject", "arn:aws:s3:::data/in/ab")
    assert allows(trimmed(neph)["policies"], "s3:GetObject", "arn:aws:s3:::data/in/ab")


def test_many_folders_become_what_they_have_in_common(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(here / "logs" / LOG, *(got(f"year/2026/day-{number}/x") for number in range(9)))
    (statement, _) = trimmed(neph)["policies"][0]["Statement"]
    assert statement["Resource"] == "arn:aws:s3:::data/year/2026/*"


def test_what_a_log_does_not_tell_is_no_more_than_what_is_granted(neph: Neph, here: pathlib.Path) -> None:
    own = f"arn:aws:ec2:eu-west-1:{ACCOUNT}:network-interface/eni-1"
    grant(here, {"Effect": "Allow", "Action": "ec2:*", "Resource": own})
    log(here / "logs" / LOG, event("ec2", "DeleteNetworkInterface", {}))
    (statement,) = trimmed(neph)["policies"][0]["Statement"]
    assert statement == {"Effect": "Allow", "Action": "ec2:DeleteNetworkInterface", "Resource": own}


def test_a_condition_that_the_log_does_not_tell_leaves_the_answer_open(neph: Neph, here: pathlib.Path) -> None:
    terms = {"StringEquals": {"aws:PrincipalTag/team": "payments"}}
    grant(here, {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": terms})
    log(here / "logs" / LOG, got("in/a"))
    answer = trimmed(neph)
    assert answer["verdict"] == "depends"
    assert answer["policies"][0]["Statement"][0]["Condition"] == terms
    assert (answer["proof"]["allowed"], answer["proof"]["allowed_under_conditions"]) == (0, 1)


def test_what_its_own_policies_do_not_grant_is_named(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(here / "logs" / LOG, got("in/a"), event("kms", "ListKeys"))
    answer = trimmed(neph)
    assert [one["action"] for one in answer["ungranted"]] == ["kms:ListKeys"]
    assert allows(answer["policies"], "kms:ListKeys", "*")
    assert not allows(trimmed(neph, "--only-granted")["policies"], "kms:ListKeys", "*")


def test_what_the_log_cannot_hold_is_said_and_kept_on_demand(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(here / "logs" / LOG, event("sqs", "GetQueueUrl", {"queueName": "q"}))
    answer = trimmed(neph)
    assert "s3:GetObject" in answer["unlogged"]
    assert "s3:GetBucketPolicy" not in answer["unlogged"]
    assert any("--keep-unlogged" in text for text in answer["assumptions"])
    assert not allows(answer["policies"], "s3:GetObject", "arn:aws:s3:::data/x")
    kept = trimmed(neph, "--keep-unlogged")
    assert allows(kept["policies"], "s3:GetObject", "arn:aws:s3:::data/x")
    assert not allows(kept["policies"], "s3:GetBucketPolicy", "arn:aws:s3:::data")
    assert kept["proof"]["still_allowed"] == []


def test_a_role_that_is_handed_over_is_in_the_policy_where_it_is_granted(neph: Neph, here: pathlib.Path) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/fn"
    create = event("lambda", "CreateFunction20150331", {"functionName": "f", "role": role})
    log(here / "logs" / LOG, create)
    grant(here, {"Effect": "Allow", "Action": ["lambda:*", "iam:PassRole"], "Resource": "*"})
    answer = trimmed(neph)
    assert allows(answer["policies"], "iam:PassRole", role)
    assert not allows(answer["policies"], "iam:PassRole", APP)
    assert answer["dependent"][0]["in_policy"] is True
    grant(here, {"Effect": "Allow", "Action": "lambda:*", "Resource": "*"})
    answer = trimmed(neph)
    assert not allows(answer["policies"], "iam:PassRole", role)
    assert answer["dependent"] == [
        {"action": "iam:PassRole", "resource": role, "because": "role handed to a service", "in_policy": False}
    ]


def test_wildcards_only_where_they_are_asked_for_and_granted(neph: Neph, here: pathlib.Path) -> None:
    used = [event("ec2", f"Describe{what}") for what in ("Vpcs", "Subnets", "Instances")]
    log(here / "logs" / LOG, *used)
    grant(here, {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})
    assert trimmed(neph)["policies"][0]["Statement"][0]["Action"] == [
        "ec2:DescribeInstances",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
    ]
    answer = trimmed(neph, "--wildcards")
    assert answer["policies"][0]["Statement"][0]["Action"] == "ec2:Describe*"
    assert "ec2:DescribeVolumes" in answer["allowed_by_wildcards"]
    grant(here, {"Effect": "Allow", "Action": ["ec2:DescribeV*", "ec2:DescribeS*", "ec2:DescribeI*"], "Resource": "*"})
    assert len(trimmed(neph, "--wildcards")["policies"][0]["Statement"][0]["Action"]) == 3


def test_long_policies_are_split_below_the_limit_and_still_proven(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    names = [f"{number:03}-{'n' * 60}" for number in range(200)]
    log(here / "logs" / LOG, *(got(f"{name}/x", bucket=name[:63]) for name in names))
    answer = trimmed(neph)
    assert len(answer["policies"]) > 1
    assert all(size(one) <= LIMIT for one in answer["policies"])
    assert answer["proof"]["allowed"] == 200
    assert answer["verdict"] == "yes"


def test_an_administrator_that_used_two_things(neph: Neph, here: pathlib.Path) -> None:
    grant(here, {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})
    log(here / "logs" / LOG, got("in/a"), event("ec2", "DescribeVpcs"))
    answer = trimmed(neph)
    assert answer["proof"]["refused"] == answer["proof"]["unused_actions"] > 20_000
    assert len(answer["policies"][0]["Statement"]) == 2


def test_without_an_estate_the_log_alone_tells(neph: Neph, here: pathlib.Path) -> None:
    log(here / "logs" / LOG, got("in/a"))
    for name in ("app", APP):
        answer = json.loads(neph("trim", name, "--used", "logs", "-f", "json").out)
        assert allows(answer["policies"], "s3:GetObject", "arn:aws:s3:::data/in/a")
        assert (answer["removed"], answer["changes"]) == ([], [])


def test_questions_that_cannot_be_answered_say_why(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    log(
        here / "logs" / LOG,
        got("in/a"),
        event("ec2", "DescribeVpcs", userIdentity={"type": "Root", "accountId": ACCOUNT}),
    )
    (here / "empty").mkdir()
    for words, said in (
        (("trim", "app", "infra"), "no logs are named"),
        (("trim", "app", "infra", "--used", "nowhere"), "nowhere does not exist"),
        (("trim", "app", "infra", "--used", "empty"), "no event of CloudTrail in empty"),
        (("trim", "ap", "infra", "--used", "logs"), "did you mean app"),
        (("trim", f"arn:aws:iam::{ACCOUNT}:root", "--used", "logs"), "has no policies of its own"),
    ):
        done = neph(*words)
        assert done.code == 2, words
        assert said in done.err, words


def test_a_log_that_is_cut_is_an_answer_with_its_loss(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    text = log(here / "logs" / LOG, got("in/a"), got("in/b")).read_text()
    (here / "logs" / LOG).write_text(text[:-40])
    done = neph("trim", "app", "infra", "--used", "logs", "-f", "json")
    assert done.code == 3
    answer = json.loads(done.out)
    assert [one["code"] for one in answer["errors"]] == ["events-cut"]
    assert answer["policies"]


def test_a_policy_whose_content_is_not_at_hand_is_not_compared(neph: Neph, here: pathlib.Path) -> None:
    (here / "infra").mkdir()
    (here / "infra" / "main.tf").write_text(
        ROLE.partition('resource "aws_iam_role_policy"')[0].format()
        + 'resource "aws_iam_role_policy_attachment" "app" {\n  role = aws_iam_role.app.name\n'
        '  policy_arn = "arn:aws:iam::aws:policy/SomethingNew"\n}\n'
    )
    log(here / "logs" / LOG, got("in/a"))
    answer = trimmed(neph)
    assert allows(answer["policies"], "s3:GetObject", "arn:aws:s3:::data/in/a")
    assert (answer["changes"], answer["ungranted"], answer["removed"]) == ([], [], [])
    assert any("SomethingNew" in text for text in answer["assumptions"])


def test_names_in_logs_steer_no_terminal(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    odd = "in/\x1b[31m\u202e<script>`$(x)"
    log(here / "logs" / LOG, got(odd), event("sqs", "\x1b[2J", userAgent="\x1b]0;x\x07"))
    for format in ("table", "markdown", "csv", "json", "svg"):
        for words in (("trim", "app", "infra", "--exact"), ("review", "infra")):
            done = neph(*words, "--used", "logs", "-f", format)
            assert done.code == 0, done.err
            assert "\x1b" not in done.out
            assert "\u202e" not in done.out
    policies = trimmed(neph, "--exact")["policies"]
    assert allows(policies, "s3:GetObject", f"arn:aws:s3:::data/{odd}")


def test_logs_alone_are_no_estate(neph: Neph, here: pathlib.Path) -> None:
    log(here / "logs" / LOG, got("in/a"))
    answer = json.loads(neph("check", "logs", "-f", "json").out)
    assert [gap["kind"] for gap in answer["coverage"]["not_evaluated"]] == ["events"]


def test_the_review_lists_everybody_with_use_and_owner(neph: Neph, here: pathlib.Path) -> None:
    grant(here)
    (here / "infra" / "more.tf").write_text(
        'resource "aws_iam_user" "bob" {\n  name = "bob"\n}\n'
        'resource "aws_iam_access_key" "bob" {\n  user = aws_iam_user.bob.name\n}\n'
        'resource "aws_iam_user_policy_attachment" "bob" {\n  user = aws_iam_user.bob.name\n'
        '  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n'
        'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'
    )
    log(here / "logs" / LOG, *USED, assumed("app", user("carol"), "ASIAEXAMPLE1"))
    answer = json.loads(neph("review", "infra", "--used", "logs", "-f", "json").out)
    found = {one["name"]: one for one in answer["principals"]}
    app, bob, carol = found["app"], found["bob"], found["carol"]
    assert (app["administrator"], bob["administrator"], carol["administrator"]) == ("no", "yes", None)
    assert set(app["services"]) == {"s3", "dynamodb", "sqs"}
    assert "R" in app["data_stores"]["data"]
    assert app["external"] == ["444455556666"]
    assert (app["last_used"], bob["last_used"]) == ("2026-11-02", None)
    assert app["last_used_by_service"] == dict.fromkeys(("dynamodb", "s3", "sqs"), "2026-11-02")
    assert app["used_by"] == [f"arn:aws:iam::{ACCOUNT}:user/carol"]
    assert (app["owner"], app["owner_from"]) == ("payments", "tag team")
    assert (bob["owner"], bob["owner_from"]) == ("infra/more.tf", "code")
    assert any(one.startswith("key ") for one in bob["credentials"])
    rows = list(csv.DictReader(io.StringIO(neph("review", "infra", "--used", "logs", "-f", "csv").out)))
    assert {row["principal"]: row["admin"] for row in rows} | {"x": ""} == {
        "app": "no",
        "bob": "yes",
        "carol": "not of the estate",
        "another": "not of the estate",
        "x": "",
    }
    without = json.loads(neph("review", "infra", "-f", "json").out)
    assert without["period"] is None
    assert {one["name"] for one in without["principals"]} == {"app", "bob"}
    narrowed = json.loads(neph("review", "infra", "--used", "logs", "--only", "BO", "--only", "car", "-f", "json").out)
    assert {one["name"] for one in narrowed["principals"]} == {"bob", "carol"}
