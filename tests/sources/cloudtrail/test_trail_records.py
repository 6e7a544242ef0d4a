"""What events become: who, what, on what, when, from where, and with what end."""

from __future__ import annotations

import gzip
import json
import pathlib

import pytest

from nephograph.model.events import Actor, Circumstance
from tests.sources.cloudtrail.trail_events import (
    ACCOUNT,
    LOG,
    assumed,
    event,
    got,
    log,
    read,
    role_session,
    rows,
    user,
    uses,
)

APP = Actor("role", f"arn:aws:iam::{ACCOUNT}:role/app", ACCOUNT)


def test_equal_calls_are_one_row_with_its_first_and_last_time(tmp_path: pathlib.Path) -> None:
    times = ("2026-11-02T10:00:00Z", "2026-11-01T23:59:59Z", "2026-11-03T00:00:00Z")
    usage = read(log(tmp_path / LOG, *(got("in/a.csv", eventTime=time) for time in times)))
    (row,) = usage.rows()
    assert (row.actor, row.action, row.resource) == (APP, "s3:GetObject", "arn:aws:s3:::data/in/a.csv")
    assert (row.count, row.last - row.first) == (3, 86_401)
    assert row.circumstance == Circumstance("eu-west-1", "203.0.113.9", "sdk", mfa="false")
    assert sorted(usage.days.values()) == [1, 1, 1]
    assert (usage.events, usage.files, usage.problems, usage.gaps) == (3, 1, [], [])


@pytest.mark.parametrize(
    ("identity", "kind", "name"),
    [
        (role_session(path="/service/"), "role", f"arn:aws:iam::{ACCOUNT}:role/service/app"),
        (
            {"type": "AssumedRole", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/s", "accountId": ACCOUNT},
            "role",
            f"arn:aws:iam::{ACCOUNT}:role/app",
        ),
        (user(), "user", f"arn:aws:iam::{ACCOUNT}:user/alice"),
        (
            {"type": "Root", "arn": f"arn:aws:iam::{ACCOUNT}:root", "accountId": ACCOUNT},
            "root",
            f"arn:aws:iam::{ACCOUNT}:root",
        ),
        (
            {
                "type": "FederatedUser",
                "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/x",
                "sessionContext": {"sessionIssuer": {"type": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/alice"}},
            },
            "user",
            f"arn:aws:iam::{ACCOUNT}:user/alice",
        ),
        ({"type": "AWSService", "invokedBy": "lambda.amazonaws.com"}, "service", "lambda.amazonaws.com"),
        ({"type": "AWSAccount", "accountId": "444455556666", "principalId": "AIDAX"}, "account", "444455556666"),
        (
            {"type": "WebIdentityUser", "identityProvider": "token.example", "userName": "repo:a/b"},
            "federated",
            "token.example:repo:a/b",
        ),
        ({"type": "SomethingNew", "arn": "arn:aws:iam::1:thing/x"}, "unknown", "arn:aws:iam::1:thing/x"),
        (None, "unknown", ""),
    ],
)
def test_identities_are_named_as_policies_name_them(
    tmp_path: pathlib.Path, identity: object, kind: str, name: str
) -> None:
    usage = read(log(tmp_path / LOG, event("ec2", "DescribeInstances", userIdentity=identity)))
    (row,) = usage.rows()
    assert (row.actor.kind, row.actor.name) == (kind, name)


def test_a_denied_attempt_is_no_use_and_another_error_is_no_denial(tmp_path: pathlib.Path) -> None:
    codes = ["AccessDenied", "Client.UnauthorizedOperation", "AuthorizationErrorException", "NoSuchKey", None]
    usage = read(log(tmp_path / LOG, *(got("k", errorCode=code) for code in codes)))
    assert [(row.outcome, row.count) for row in usage.rows()] == [("denied", 3), ("failed", 1), ("used", 1)]


def test_calls_that_a_service_makes_for_a_principal_say_so(tmp_path: pathlib.Path) -> None:
    identity = {**role_session(), "invokedBy": "cloudformation.amazonaws.com"}
    (row,) = read(
        log(tmp_path / LOG, event("ec2", "DescribeVpcs", userIdentity=identity, vpcEndpointId="vpce-1"))
    ).rows()
    assert (row.circumstance.via, row.circumstance.endpoint) == ("cloudformation.amazonaws.com", "vpce-1")


def test_sessions_lead_back_to_the_first_principal_whatever_the_order(tmp_path: pathlib.Path) -> None:
    inner = role_session("deploy", "ASIA2")
    usage = read(
        log(
            tmp_path / LOG,
            event("ec2", "DescribeVpcs", userIdentity=inner),
            assumed("deploy", role_session("jump", "ASIA1"), "ASIA2"),
            assumed("jump", user(), "ASIA1"),
        )
    )
    chains = {chain.actor.name.rpartition("/")[2]: chain for chain in usage.chains}
    deploy = chains["deploy"]
    assert deploy.first is not None
    assert deploy.first.name.endswith(":user/alice")
    assert [one.name.rpartition("/")[2] for one in deploy.through] == ["jump"]
    assert (deploy.sessions, deploy.events) == (1, 1)
    assert chains["jump"].through == ()


def test_a_chain_that_runs_in_a_circle_ends(tmp_path: pathlib.Path) -> None:
    usage = read(
        log(
            tmp_path / LOG,
            assumed("a", role_session("b", "ASIAB"), "ASIAA"),
            assumed("b", role_session("a", "ASIAA"), "ASIAB"),
        )
    )
    assert len(usage.chains) == 2


def test_a_session_without_its_opening_says_what_it_knows(tmp_path: pathlib.Path) -> None:
    instance = role_session(key="ASIA7", ec2RoleDelivery="2.0") | {"principalId": "AROA:i-0abc"}
    usage = read(
        log(
            tmp_path / LOG,
            event("ec2", "DescribeVpcs", userIdentity=instance),
            event("ec2", "DescribeVpcs", userIdentity=role_session(key="ASIA8", sourceIdentity="bob")),
        )
    )
    assert {(chain.first, chain.told) for chain in usage.chains} == {
        (None, "instance i-0abc"),
        (None, "source identity bob"),
    }


def test_what_is_no_call_is_named_and_not_counted_as_use(tmp_path: pathlib.Path) -> None:
    usage = read(
        log(
            tmp_path / LOG,
            event("kms", "RotateKey", eventType="AwsServiceEvent"),
            event("ec2", "RunInstances", eventType="AwsCloudTrailInsight", eventCategory="Insight"),
            event("s3", "GetObject", eventType="AwsVpceEvent", eventCategory="NetworkActivity"),
            event("signin", "ConsoleLogin", eventType="AwsConsoleSignIn", userIdentity=user()),
        )
    )
    assert list(usage.rows()) == []
    assert {gap.kind for gap in usage.gaps} == {"service-events", "insight-events", "network-activity-events"}
    assert [usage.actors[number].name for number in usage.sign_ins] == [f"arn:aws:iam::{ACCOUNT}:user/alice"]


def test_an_operation_that_nobody_knows_is_kept_under_its_name_and_counted(tmp_path: pathlib.Path) -> None:
    usage = read(log(tmp_path / LOG, *(event("novel", "Do\u202eIt") for _ in range(2))))
    assert uses(usage) == [("novel:DoIt", "*", 2)]
    assert [(gap.kind, gap.subject, gap.count) for gap in usage.gaps] == [("unknown-operation", "novel:DoIt", 2)]


def test_every_form_of_log_says_the_same(tmp_path: pathlib.Path) -> None:
    events = [got(f"in/{number}") for number in range(3)]
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(json.dumps({"Records": events}).encode()))
    one, other = (gzip.compress(json.dumps({"Records": part}).encode()) for part in (events[:1], events[1:]))
    (tmp_path / "joined.json.gz").write_bytes(one + other)
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, events)))
    (tmp_path / "list.json").write_text(json.dumps(events, indent=2))
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"Records": events}).encode())
    looked_up = [{"EventId": "1", "CloudTrailEvent": json.dumps(one)} for one in events]
    (tmp_path / "looked-up.json").write_text(json.dumps({"Events": looked_up, "NextToken": "x"}))
    bridged = [{"detail-type": "AWS API Call via CloudTrail", "detail": one} for one in events]
    (tmp_path / "bridge.ndjson").write_text("\n".join(map(json.dumps, bridged)))
    wanted = uses(read(log(tmp_path / "plain.json", *events)))
    assert len(wanted) == 3
    for path in sorted(tmp_path.iterdir()):
        usage = read(path)
        assert (path.name, uses(usage), usage.problems, usage.gaps) == (path.name, wanted, [], [])


def test_a_folder_is_read_whole_and_its_digests_are_named(tmp_path: pathlib.Path) -> None:
    log(tmp_path / "2026" / "11" / LOG, got("a"))
    log(tmp_path / "2026" / "12" / LOG, got("b"))
    digest = {"awsAccountId": ACCOUNT, "digestStartTime": "2026-11-02T09:00:00Z", "digestS3Object": "x", "logFiles": []}
    (tmp_path / LOG.replace("CloudTrail_", "CloudTrail-Digest_")).write_text(json.dumps(digest))
    (tmp_path / "renamed.json").write_text(json.dumps(digest))
    usage = read(tmp_path)
    assert [row.resource[-1] for row in rows(usage)] == ["a", "b"]
    assert [gap.kind for gap in usage.gaps] == ["digest-file", "digest-file"]
    assert usage.problems == []
