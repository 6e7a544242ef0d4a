"""Events of CloudTrail, written for one test. Accounts, names and keys are made up."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from nephograph.engines.usage.namer import ActionNamer
from nephograph.model.events import Row, Usage
from nephograph.sources.cloudtrail import SOURCE

ACCOUNT = "111122223333"
LOG = f"{ACCOUNT}_CloudTrail_eu-west-1_20261102T1000Z_abcDEF.json"


def role_session(role: str = "app", key: str = "ASIAEXAMPLE1", path: str = "/", **session: Any) -> dict[str, Any]:
    """The identity of a session of a role."""
    issuer = {"type": "Role", "arn": f"arn:aws:iam::{ACCOUNT}:role{path}{role}", "accountId": ACCOUNT, "userName": role}
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE:{role}-session",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{role}-session",
        "accountId": ACCOUNT,
        "accessKeyId": key,
        "sessionContext": {"sessionIssuer": issuer, "attributes": {"mfaAuthenticated": "false"}, **session},
    }


def user(name: str = "alice") -> dict[str, Any]:
    """The identity of a user with long-term keys."""
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    return {"type": "IAMUser", "arn": arn, "accountId": ACCOUNT, "userName": name, "accessKeyId": "AKIAEXAMPLE"}


def event(service: str, operation: str, parameters: Any = None, **said: Any) -> dict[str, Any]:
    """One record; `said` are members of it."""
    return {
        "eventVersion": "1.09",
        "userIdentity": role_session(),
        "eventTime": "2026-11-02T10:00:00Z",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": operation,
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "203.0.113.9",
        "userAgent": "Boto3/1.34.0",
        "requestParameters": parameters,
        "responseElements": None,
        "eventType": "AwsApiCall",
        "eventCategory": "Management",
        "recipientAccountId": ACCOUNT,
        **said,
    }


def got(key: str, bucket: str = "data", **said: Any) -> dict[str, Any]:
    """A data event: an object was read."""
    return event("s3", "GetObject", {"bucketName": bucket, "key": key}, eventCategory="Data", **said)


def assumed(role: str, by: dict[str, Any], key: str, **said: Any) -> dict[str, Any]:
    """A role was taken on, and this key was issued."""
    answer = {"credentials": {"accessKeyId": key, "expiration": "Nov 2, 2026, 11:00:00 AM"}}
    arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
    return event("sts", "AssumeRole", {"roleArn": arn}, userIdentity=by, responseElements=answer, **said)


def log(path: pathlib.Path, *events: Any) -> pathlib.Path:
    """Write a log file as CloudTrail does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"Records": list(events)}), encoding="utf-8")
    return path


def read(*paths: pathlib.Path) -> Usage:
    """What the source tallies."""
    return SOURCE.events([(path, path.name) for path in paths], ActionNamer(), lambda *_: None)


def rows(usage: Usage, outcome: str = "used") -> list[Row]:
    """The rows of one outcome, sorted."""
    return sorted((row for row in usage.rows() if row.outcome == outcome), key=lambda r: (r.action, r.resource))


def uses(usage: Usage, outcome: str = "used") -> list[tuple[str, str, int]]:
    """Action, resource and count of the rows of one outcome."""
    return [(row.action, row.resource, row.count) for row in rows(usage, outcome)]
