"""What a call is to policies: its actions, and the ARNs it acted on, out of what the log tells.

A resource type of an action has an ARN template (`arn:${Partition}:s3:::${BucketName}`). An ARN of the record that fits
it is taken; else the template is filled from the request's parameters by the names of its variables. What stays open is
a `*`: the log does not tell it.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from nephograph.engines.usage import known
from nephograph.engines.usage.operations import actions_of
from nephograph.engines.usage.parameters import Parameters
from nephograph.engines.usage.wild import escaped
from nephograph.model.events import Call, Named

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_REGIONAL = {"cn": "aws-cn", "us-gov": "aws-us-gov", "us-iso": "aws-iso", "us-isob": "aws-iso-b"}
_MOST = 64
"""Resources of one call that are told apart; a call on more acts on all of their type."""

_VERSIONED = re.compile(r"s3:(Get|Put|Delete)Object(|Acl|Tagging|Attributes|Torrent)")
_SUFFIXED = {("secretsmanager", "Secret"): "-??????", ("logs", "log-group"): ":*"}
"""AWS writes six characters behind the name of a secret that a request calls by its name, and `:*` behind a log group.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
"""
_PLAIN = frozenset({"logs:TagResource", "logs:UntagResource", "logs:ListTagsForResource"})
"""The actions on log groups that take their ARN without it."""
_ROLE = re.compile(r"arn:[\w-]+:iam::\d{12}:role/.+", re.DOTALL)
_REGION, _ACCOUNT = re.compile(r"[a-z0-9-]{1,40}"), re.compile(r"\d{12}")
_HANDED = re.compile(r"role", re.IGNORECASE)
_QUOTED = re.compile(rb"%([0-9A-Fa-f]{2})")


class ActionNamer:
    """Implements `model.events.Namer`."""

    def name(self, call: Call) -> Sequence[Named]:
        """The actions of a call, each with its resources; then what it takes and no log records."""
        actions, certain = actions_of(call.service, call.operation)
        parameters = Parameters(call.parameters)
        found: list[Named] = []
        for place, name in enumerate(actions):
            if call.service == "s3" and call.parameters.get("versionId") and _VERSIONED.fullmatch(name):
                name = name.replace("Object", "ObjectVersion", 1)
            action = known.action(name) if certain else None
            if action is None:
                found.append(Named(name, ("*",), certain))
            elif place and name == "s3:GetObject" and call.operation in ("CopyObject", "UploadPartCopy"):
                found.append(Named(name, (_copied(parameters, call.region),)))
            else:
                found.append(Named(name, tuple(_resources(action, call, parameters))))
        passed = tuple(_passed(call, found[0].action, parameters))
        if passed:
            found.append(Named("iam:PassRole", passed, implied=True))
        return found

    def around(self, resource: str) -> str:
        """What holds a resource: its folder, else everything of its service."""
        bucket, slash, key = resource.partition("/") if ":s3:::" in resource else ("", "", "")
        if slash:
            folder = key.rpartition("/")[0]
            return f"{bucket}/{folder}/*" if folder else f"{bucket}/*"
        parts = resource.split(":", 5)
        if len(parts) < 6:
            return "*"
        kind = re.match(r"[\w-]+[/:]", parts[5])
        return ":".join(parts[:5]) + f":{kind[0] if kind else ''}*"


def _resources(action: known.Action, call: Call, parameters: Parameters) -> list[str]:
    """What the call acted on, as patterns: every type the action requires, and those optional ones that are told."""
    service = known.service(action.name.partition(":")[0])
    assert service is not None
    found: dict[str, None] = {}
    partly: dict[str, None] = {}
    for kind in action.required:
        template = service.types.get(kind, "")
        told = _of_type(action, kind, template, call, parameters)
        found |= dict.fromkeys(told or (_filled(template, {}, call),))
    for kind in action.optional:
        template = service.types.get(kind, "")
        told = _of_type(action, kind, template, call, parameters)
        whole = [arn for arn in told if not _is_partial(arn)]
        found |= dict.fromkeys(whole)
        partly |= dict.fromkeys(arn for arn in told if _is_partial(arn))
    if len(found) > _MOST:
        return [_filled(service.types.get(kind, ""), {}, call) for kind in action.required] or ["*"]
    # Of types that are optional the first that is told in part stands for all: an action takes one of them.
    return list(found) or list(partly)[:1] or ["*"]


def _is_partial(arn: str) -> bool:
    return arn.endswith(("/*", ":*")) or "/*/" in arn or ":*:" in arn


def _of_type(action: known.Action, kind: str, template: str, call: Call, parameters: Parameters) -> list[str]:
    """The resources of one type, whole or in part; nothing when the record tells nothing of it."""
    if not template:
        return []
    shape = _shape(template)
    given = [arn for arn in (*call.resources, *parameters.arns) if shape.fullmatch(arn)]
    if given:
        exact = [arn for arn in given if not _is_longer(arn, template)] or given
        return [escaped(arn) for arn in dict.fromkeys(exact)]
    variables = [name for name in _VARIABLE.findall(template) if name not in ("Partition", "Region", "Account")]
    values: list[dict[str, str]] = [{}]
    for variable in variables:
        told = parameters.values(variable, kind, _object_of(action.name))
        if not told:
            continue
        values = [{**one, variable: value} for one in values for value in told][: _MOST + 1]
    suffix = "" if action.name in _PLAIN else _SUFFIXED.get((action.name.partition(":")[0], kind), "")
    filled = [_filled(template, one, call) + (suffix if one else "") for one in values if one]
    return [arn for arn in filled if arn]


def _is_longer(arn: str, template: str) -> bool:
    """Does the ARN have more parts than the template, so that it is of a type below it (`table/x/index/y`)?"""
    return arn.count("/") > template.count("/") and not template.endswith("}")


def _filled(template: str, values: dict[str, str], call: Call) -> str:
    """The template with its variables put in, `*` for what is not known."""
    if not template:
        return "*"
    region = call.region if _REGION.fullmatch(call.region) else "*"
    account = call.account if _ACCOUNT.fullmatch(call.account) else "*"
    own = {"Partition": _partition(call.region), "Region": region, "Account": account}

    def put(found: re.Match[str]) -> str:
        name = found[1]
        return own[name] if name in own else escaped(values[name]) if name in values else "*"

    return _VARIABLE.sub(put, template)


@functools.lru_cache(maxsize=8192)
def _shape(template: str) -> re.Pattern[str]:
    """Reads the ARNs of a type: a variable is anything without the sign that ends it, the last one anything."""
    pieces = _VARIABLE.split(template)
    out = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            out.append(re.escape(piece))
            continue
        last = place == len(pieces) - 2 and not pieces[-1]
        ends = ":" if piece in ("Partition", "Region", "Account") else (pieces[place + 1][:1] or "/")
        whole = last and piece != "BucketName"
        out.append("(?s:.+)" if whole else f"[^{re.escape(ends)}/]*" if last else f"[^{re.escape(ends)}]*")
    return re.compile("".join(out))


def _partition(region: str) -> str:
    for start, partition in sorted(_REGIONAL.items(), key=lambda one: -len(one[0])):
        if region.startswith(f"{start}-"):
            return partition
    return "aws"


@functools.lru_cache(maxsize=65_536)
def _object_of(action: str) -> str:
    """What an action's name is about: `DescribeDBInstances` → dbinstance."""
    words = re.sub(r"^(?:[A-Z][a-z]+)", "", action.partition(":")[2]).lower()
    return words.removesuffix("s")


def _copied(parameters: Parameters, region: str) -> str:
    """The object that a copy reads: `x-amz-copy-source` is a bucket and a key, or an access point."""
    said = parameters.text("x-amz-copy-source").lstrip("/").partition("?")[0]
    bucket, slash, key = said.partition("/")
    if not slash or bucket.startswith("arn:"):
        return f"arn:{_partition(region)}:s3:::*"
    return f"arn:{_partition(region)}:s3:::{escaped(bucket)}/{escaped(_unquoted(key))}"


def _unquoted(text: str) -> str:
    """The text behind a URL's escapes."""
    raw = _QUOTED.sub(lambda found: bytes([int(found[1], 16)]), text.encode())
    return raw.decode("utf-8", "replace")


def _passed(call: Call, action: str, parameters: Parameters) -> Iterator[str]:
    """Roles that a call hands to a service. Passing is checked and not logged.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    if call.service in ("sts", "iam", "sso", "access-analyzer") or known.level(action) in ("Read", "List"):
        return
    for path, arn in parameters.named_arns:
        if _HANDED.search(path) and _ROLE.fullmatch(arn):
            yield escaped(arn)
