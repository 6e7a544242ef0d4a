"""One record, as far as usage asks: who, what, on what, when, from where, and with what end.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import Any

import msgspec

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z")
_DENIED = re.compile(r"Denied|Unauthori[sz]ed|NotAuthori[sz]ed|AuthorizationError|Forbidden", re.IGNORECASE)


class Issuer(msgspec.Struct, rename="camel"):
    """Whose the session is."""

    type: str | None = None
    arn: str | None = None
    account_id: str | None = None


class Attributes(msgspec.Struct, rename="camel"):
    """How the session was opened."""

    mfa_authenticated: str | bool | None = None


class Federation(msgspec.Struct, rename="camel"):
    """The provider whose token opened the session."""

    federated_provider: str | None = None


class Session(msgspec.Struct, rename="camel"):
    """The temporary credentials of a call."""

    session_issuer: Issuer | None = None
    attributes: Attributes | None = None
    source_identity: str | None = None
    ec2_role_delivery: str | float | None = None
    web_id_federation_data: Federation | None = None


class Identity(msgspec.Struct, rename="camel"):
    """The userIdentity element."""

    type: str | None = None
    principal_id: str | None = None
    arn: str | None = None
    account_id: str | None = None
    access_key_id: str | None = None
    user_name: str | None = None
    invoked_by: str | None = None
    identity_provider: str | None = None
    session_context: Session | None = None


class ResourceOf(msgspec.Struct):
    """One of the resources that a record names. (Prefixes of ARNs say no more than the parameters do.)"""

    arn: str | None = msgspec.field(default=None, name="ARN")


class Record(msgspec.Struct, rename="camel"):
    """One event. What was asked and answered is decoded only where it is looked at."""

    event_time: str
    event_source: str
    event_name: str
    user_identity: Identity | None = None
    aws_region: str | None = None
    source_ip: str | None = msgspec.field(default=None, name="sourceIPAddress")
    user_agent: str | None = None
    error_code: str | None = None
    request_parameters: msgspec.Raw = msgspec.Raw(b"null")
    response_elements: msgspec.Raw = msgspec.Raw(b"null")
    resources: list[ResourceOf] | None = None
    event_type: str | None = None
    event_category: str | None = None
    recipient_account_id: str | None = None
    vpc_endpoint_id: str | None = None


class _Wrapped(msgspec.Struct, rename="camel"):
    """A record inside another: an event of EventBridge, or one that lookup-events answers as a text."""

    detail: msgspec.Raw = msgspec.Raw(b"")
    cloud_trail_event: str | None = msgspec.field(default=None, name="CloudTrailEvent")


_RECORD = msgspec.json.Decoder(Record)
_WRAPPED = msgspec.json.Decoder(_Wrapped)


def decoded(data: bytes | msgspec.Raw) -> Record | None:
    """The record; None for what is none."""
    try:
        return _RECORD.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        inner = _WRAPPED.decode(data)
        held = bytes(inner.detail) or (inner.cloud_trail_event or "").encode()
        return _RECORD.decode(held)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def parameters(data: bytes) -> dict[str, Any]:
    """The parameters of a request; nothing where they are none, or are withheld."""
    try:
        said = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def is_digest(data: bytes | msgspec.Raw) -> bool:
    """True for the content of a digest file, which lists log files and holds no events."""
    return b'"digestS3Object"' in bytes(data)[:4096] or b'"digestStartTime"' in bytes(data)[:4096]


def seconds(time: str) -> int | None:
    """Seconds since 1970 of an eventTime; None for what is no time."""
    found = _TIME.fullmatch(time)
    if found is None:
        return None
    day = _day(time[:10])
    if day is None:
        return None
    return day * 86_400 + int(found[4]) * 3600 + int(found[5]) * 60 + int(found[6])


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> int | None:
    try:
        return datetime.date.fromisoformat(text).toordinal() - datetime.date(1970, 1, 1).toordinal()
    except ValueError:
        return None


@functools.lru_cache(maxsize=4096)
def is_denied(code: str) -> bool:
    """True for an error that says that the caller may not: the call is then an attempt, and no use.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    """
    return _DENIED.search(code) is not None


_AGENTS = (
    ("console", ("console.", "signin.", "AWS Console", "AWS-Console", "S3Console")),
    ("cli", ("aws-cli/", "AWS-CLI", "AWSCLI")),
    ("terraform", ("APN/1.0 HashiCorp", "HashiCorp Terraform", "terraform", "OpenTofu")),
    ("sdk", ("Boto", "aws-sdk", "botocore", "AWS-SDK", "S3Transfer", "aws-internal", "m/", "aws-chalice", "ElasticM")),
    ("browser", ("Mozilla/", "Opera/")),
)


@functools.lru_cache(maxsize=65_536)
def agent_class(agent: str) -> str:
    """A class of user agents: console, cli, terraform, sdk, browser, service, or other."""
    text = agent.lstrip("[ ")
    for name, starts in _AGENTS:
        if text.startswith(starts) or (name == "terraform" and "Terraform" in text):
            return name
    return "service" if text.rstrip("] ").endswith(".amazonaws.com") or text == "AWS Internal" else "other"
