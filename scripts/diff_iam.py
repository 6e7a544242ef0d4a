"""A differential run: our certificate beside the npm simulator @cloud-copilot/iam-simulate, on generated requests.

    make diff-iam N=20000            # or: python scripts/diff_iam.py --count 20000 --seed 1

The simulator (AGPL) is a process of its own in `.bench/diff-iam`, installed there by npm when the run begins; nothing
of it is part of this repository. It is asked through `runSimulation` only, over JSON lines. Agreement proves little
where both are wrong, and a difference proves nothing until AWS's page is read: every difference is made small, put into
a bucket by what is left of it, and every bucket is decided in docs/semantics/identity-certificate.md. A difference that
falls into no decided bucket fails the run.
"""

from __future__ import annotations

import argparse
import collections
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLACE = ROOT / ".bench" / "diff-iam"
PACKAGE = "@cloud-copilot/iam-simulate"
sys.path.insert(0, str(ROOT / "src"))

from nephograph.identity import Decision  # noqa: E402
from nephograph.identity.cases import case, run  # noqa: E402

HOME, OTHER = "111122223333", "444455556666"
Json = dict[str, Any]

DRIVER = """
import { anonymousPrincipal, runSimulation } from '%s'
import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  const simulation = JSON.parse(line)
  if (simulation.request.principal === 'anonymous') simulation.request.principal = anonymousPrincipal
  let answer
  const before = process.hrtime.bigint()
  try {
    const found = await runSimulation(simulation, {})
    answer = found.resultType === 'error'
      ? { error: JSON.stringify(found.errors) }
      : { result: found.overallResult, ignored: found.result?.ignoredContextKeys ?? [] }
  } catch (failure) {
    answer = { error: String(failure) }
  }
  answer.ns = Number(process.hrtime.bigint() - before)
  process.stdout.write(JSON.stringify(answer) + '\\n')
}
"""


class Theirs:
    """The simulator: one persistent node process."""

    def __init__(self) -> None:
        PLACE.mkdir(parents=True, exist_ok=True)
        if not (PLACE / "node_modules" / PACKAGE).is_dir():
            (PLACE / "package.json").write_text('{"private": true, "type": "module"}\n')
            flags = ("--no-package-lock", "--no-audit", "--no-fund", "--no-save", "--silent")
            subprocess.run(["npm", "install", *flags, PACKAGE], cwd=PLACE, check=True)
        (PLACE / "driver.mjs").write_text(DRIVER % PACKAGE)
        manifest = json.loads((PLACE / "node_modules" / PACKAGE / "package.json").read_text())
        self.version = manifest["version"]
        self.nanoseconds = 0
        self.calls = 0
        self._process = subprocess.Popen(
            ["node", "driver.mjs"], cwd=PLACE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def decide(self, one: Json) -> Json:
        """`result` and `ignored`, or `error`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(_as_simulation(one)) + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        self.nanoseconds += answer["ns"]
        self.calls += 1
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


def _as_simulation(one: Json) -> Json:
    request, policies = one["request"], one["policies"]
    named = lambda docs, prefix: [{"name": f"{prefix}{i}", "policy": doc} for i, doc in enumerate(docs)]  # noqa: E731
    levels = lambda said, prefix: [  # noqa: E731
        {"orgIdentifier": f"level{i}", "policies": named(docs, f"{prefix}{i}-")} for i, docs in enumerate(said)
    ]
    found: Json = {
        "request": {
            "principal": request["principal"],
            "action": request["action"],
            "resource": {"resource": request["resource"], "accountId": request["resource_account"]},
            "contextVariables": request["context"],
        },
        "identityPolicies": named(policies["identity"], "i"),
        "serviceControlPolicies": levels(policies["scp"], "s"),
        "resourceControlPolicies": levels(policies["rcp"], "r"),
    }
    if policies["resource"] is not None:
        found["resourcePolicy"] = policies["resource"]
    if policies["boundary"]:
        found["permissionBoundaryPolicies"] = named(policies["boundary"], "b")
    if policies["endpoint"]:
        found["vpcEndpointPolicies"] = named(policies["endpoint"], "e")
    if policies["session"]:
        found["sessionPolicy"] = policies["session"][0]
    return found


# -- cases -----------------------------------------------------------------------------------------------------------


class Target(NamedTuple):
    """Something to ask for: an action, a resource, patterns that cover both, and patterns that just miss."""

    action: str
    resource: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    near: tuple[str, ...]


def _targets(account: str) -> list[Target]:
    arn = f"arn:aws:sqs:eu-west-1:{account}:orders"
    key = f"arn:aws:kms:eu-west-1:{account}:key/0a1b2c3d-0000-4000-8000-1234567890ab"
    role = f"arn:aws:iam::{account}:role/ops/deploy"
    secret = f"arn:aws:secretsmanager:eu-west-1:{account}:secret:db/main-AbCdEf"
    table = f"arn:aws:dynamodb:eu-west-1:{account}:table/carts"
    acl = f"arn:aws:wafv2:eu-west-1:{account}:regional/webacl/front/0a1b"
    log = f"arn:aws:logs:eu-west-1:{account}:log-group:/app/web:*"
    s3 = "arn:aws:s3:::data"
    return [
        Target(
            "s3:GetObject",
            f"{s3}/logs/2024/a:b.txt",
            ("s3:GetObject", "s3:Get*", "S3:getobject", "s3:*", "*", "s3:Get?bject", "s3:*Object"),
            (
                f"{s3}/*",
                "*",
                f"{s3}/logs/*",
                f"{s3}/logs/????/a:b.txt",
                "arn:aws:s3:::*",
                "arn:*",
                f"{s3}/logs/*.txt",
                "arn:aws:s3:::data/${aws:PrincipalTag/dir, 'logs'}/*",
                f"{s3}/${{aws:username}}/*",
                "arn:*:s3:::d*/*",
            ),
            (
                f"{s3}",
                f"{s3}/log/*",
                f"{s3}/logs/???/a:b.txt",
                "arn:aws:s3:::dat/*",
                f"{s3}/Logs/*",
                f"{s3}/${{aws:PrincipalTag/none}}*",
                f"{s3}/${{*}}",
            ),
        ),
        Target(
            "s3:ListBucket",
            s3,
            ("s3:ListBucket", "s3:List*", "s3:*", "*"),
            (s3, "arn:aws:s3:::*", "*", "arn:aws:s3:::dat?"),
            (f"{s3}/*", "arn:aws:s3:::data?", "arn:aws:s3:::dat"),
        ),
        Target(
            "sqs:SendMessage",
            arn,
            ("sqs:SendMessage", "sqs:Send*", "sqs:*", "*", "SQS:*Message"),
            (arn, f"arn:aws:sqs:*:{account}:*", "arn:aws:sqs:*:*:orders", "*", f"arn:aws:sqs:*:{account}:order?"),
            (arn + "x", f"arn:aws:sqs:us-east-1:{account}:orders", f"arn:aws:sqs:*:{account}:Orders"),
        ),
        Target(
            "kms:Decrypt",
            key,
            ("kms:Decrypt", "kms:*", "kms:De*", "*"),
            (key, "*", f"arn:aws:kms:*:{account}:key/*", "arn:aws:kms:*:*:*"),
            (f"arn:aws:kms:*:{account}:alias/*", key[:-1]),
        ),
        Target(
            "sts:AssumeRole",
            role,
            ("sts:AssumeRole", "sts:*", "sts:Assume*", "*"),
            (role, "*", f"arn:aws:iam::{account}:role/*", "arn:aws:iam::*:role/ops/*"),
            (f"arn:aws:iam::{account}:role/deploy", f"arn:aws:iam::{account}:role/ops"),
        ),
        Target(
            "secretsmanager:GetSecretValue",
            secret,
            ("secretsmanager:GetSecretValue", "secretsmanager:Get*", "*"),
            (secret, f"arn:aws:secretsmanager:*:{account}:secret:db/*", "*", secret[:-6] + "??????"),
            (secret[:-6] + "?????", f"arn:aws:secretsmanager:*:{account}:secret:DB/*"),
        ),
        Target(
            "dynamodb:GetItem",
            table,
            ("dynamodb:GetItem", "dynamodb:*Item", "dynamodb:*", "*"),
            (table, "arn:aws:dynamodb:*:*:table/*", "*", f"arn:aws:dynamodb:*:{account}:*"),
            (table + "/index/*", "arn:aws:dynamodb:*:*:table/Carts"),
        ),
        Target(
            "wafv2:GetWebACL",
            acl,
            ("wafv2:GetWebACL", "wafv2:Get*", "*"),
            (acl, "arn:aws:wafv2:*:*:*/webacl/*/*", "*", "arn:aws:wafv2:*"),
            ("arn:aws:wafv2:*:*:*/ipset/*/*",),
        ),
        Target(
            "logs:GetLogEvents",
            log.replace(":*", ":log-stream:one"),
            ("logs:GetLogEvents", "logs:Get*", "*"),
            (
                "*",
                f"arn:aws:logs:*:{account}:log-group:/app/*",
                f"arn:aws:logs:*:{account}:*",
                "arn:aws:logs:*:*:log-group:*:log-stream:*",
            ),
            (f"arn:aws:logs:*:{account}:log-group:/app/web",),
        ),
        Target(
            "s3:ListAllMyBuckets",
            "*",
            ("s3:ListAllMyBuckets", "s3:List*", "s3:*", "*"),
            ("*",),
            ("arn:aws:s3:::*", s3),
        ),
    ]


CONTEXT: dict[str, tuple[Any, ...]] = {
    "aws:SourceIp": ("203.0.113.7", "10.1.2.3", "2001:db8::1"),
    "aws:SecureTransport": ("true", "false"),
    "aws:MultiFactorAuthPresent": ("true", "false"),
    "aws:MultiFactorAuthAge": ("10", "3600", "7200"),
    "aws:CurrentTime": ("2024-05-06T07:08:09Z", "2026-01-01T00:00:00Z"),
    "aws:PrincipalTag/team": ("red", "blue", "Red", "r*d", ""),
    "aws:PrincipalTag/dir": ("logs", "*", "other"),
    "aws:username": ("logs", "ana"),
    "aws:RequestTag/env": ("prod", "dev"),
    "aws:TagKeys": (["env"], ["env", "team"], [], ["Env", "other"]),
    "aws:PrincipalOrgPaths": (["o-1/r-1/ou-1/"], ["o-1/r-1/ou-1/ou-2/"], []),
    "aws:PrincipalOrgID": ("o-1", "o-2"),
    "aws:SourceVpce": ("vpce-1", "vpce-2"),
    "aws:SourceArn": ("arn:aws:sns:eu-west-1:111122223333:topic", "arn:aws:s3:::bucket"),
    "aws:PrincipalArn": (f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:user/ana"),
}

COMPARISONS: tuple[tuple[str, str, Any], ...] = (
    ("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "10.0.0.0/8"]),
    ("IpAddress", "aws:SourceIp", "203.0.113.7"),
    ("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "2001:db8::/32"]),
    ("Bool", "aws:SecureTransport", "true"),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", "true"),
    ("Bool", "aws:MultiFactorAuthPresent", "false"),
    ("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
    ("NumericLessThanEquals", "aws:MultiFactorAuthAge", "3600"),
    ("NumericGreaterThanEqualsIfExists", "aws:MultiFactorAuthAge", ["3600", "10"]),
    ("NumericNotEquals", "aws:MultiFactorAuthAge", ["10", "7200"]),
    ("NumericEquals", "aws:MultiFactorAuthAge", "10.0"),
    ("DateGreaterThan", "aws:CurrentTime", "2025-01-01T00:00:00Z"),
    ("DateLessThanEquals", "aws:CurrentTime", "2024-05-06T07:08:09Z"),
    ("DateNotEquals", "aws:CurrentTime", "2024-05-06T07:08:09Z"),
    ("StringEquals", "aws:PrincipalTag/team", ["red", "blue"]),
    ("StringNotEquals", "aws:PrincipalTag/team", ["red", "green"]),
    ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", "RED"),
    ("StringNotEqualsIgnoreCase", "AWS:principaltag/Team", "RED"),
    ("StringLike", "aws:PrincipalTag/team", ["r*", "?lue"]),
    ("StringNotLike", "aws:PrincipalTag/team", "r?d"),
    ("StringEquals", "aws:PrincipalTag/team", "r${*}d"),
    ("StringLike", "aws:PrincipalTag/team", "r${*}d"),
    ("StringEquals", "aws:RequestTag/env", "${aws:PrincipalTag/dir}"),
    ("StringNotEquals", "aws:RequestTag/env", "${aws:PrincipalTag/dir}"),
    ("StringEquals", "aws:RequestTag/env", "${aws:PrincipalTag/nothing, 'prod'}"),
    ("StringLike", "aws:username", "${aws:PrincipalTag/dir}"),
    ("StringEqualsIfExists", "aws:RequestTag/env", "prod"),
    ("StringNotEqualsIfExists", "aws:RequestTag/env", "prod"),
    ("StringLikeIfExists", "aws:SourceVpce", "vpce-?"),
    ("ForAllValues:StringEquals", "aws:TagKeys", ["env", "team"]),
    ("ForAnyValue:StringEquals", "aws:TagKeys", ["env", "team"]),
    ("ForAllValues:StringNotEquals", "aws:TagKeys", ["team"]),
    ("ForAnyValue:StringNotEquals", "aws:TagKeys", ["env"]),
    ("ForAllValues:StringLike", "aws:TagKeys", ["e*", "t??m"]),
    ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/r-1/ou-1/*"),
    ("ForAnyValue:StringEqualsIgnoreCase", "aws:TagKeys", "ENV"),
    ("Null", "aws:TagKeys", "true"),
    ("Null", "aws:SourceVpce", "false"),
    ("Null", "aws:PrincipalTag/team", ["true"]),
    ("StringEquals", "aws:PrincipalOrgID", "o-1"),
    ("StringNotEquals", "aws:PrincipalOrgID", "o-1"),
    ("ArnLike", "aws:SourceArn", "arn:aws:sns:*:111122223333:*"),
    ("ArnEquals", "aws:SourceArn", "arn:aws:s3:::buck?t"),
    ("ArnNotLike", "aws:SourceArn", ["arn:aws:sns:*:*:topic"]),
    ("ArnLikeIfExists", "aws:SourceArn", "arn:aws:s3:::*"),
    ("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{HOME}:role/*"),
    ("ArnNotEquals", "aws:PrincipalArn", f"arn:aws:iam::{HOME}:role/app"),
    ("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"),
)


def generate(rng: random.Random) -> Json:
    """One case: built to be allowed, then a few things are moved just over an edge."""
    cross = rng.random() < 0.3
    account = OTHER if cross else HOME
    target = rng.choice(_targets(account))
    if target.resource == "*":
        cross, account = False, HOME
    who = _principal(rng)
    context: Json = {key: copy.deepcopy(rng.choice(values)) for key, values in CONTEXT.items() if rng.random() < 0.45}
    maker = _Maker(rng, target, context, who)
    signed = who.startswith("arn:")
    needs_resource = cross or not signed or target.action.startswith(("kms:", "sts:"))
    chance = rng.random
    policies: Json = {
        "identity": [maker.document("identity") for _ in range(rng.choice((1, 1, 2)))]
        if signed and chance() < 0.92
        else [],
        "resource": maker.document("resource") if chance() < (0.95 if needs_resource else 0.4) else None,
        "boundary": [maker.document("boundary")] if signed and ":root" not in who and chance() < 0.25 else [],
        "session": [maker.document("session")]
        if ("assumed-role" in who and chance() < 0.4) or ("federated-user" in who and chance() < 0.9)
        else [],
        "scp": [maker.level() for _ in range(rng.choice((1, 2, 3)))] if signed and chance() < 0.4 else [],
        "rcp": [[maker.document("rcp")] if chance() < 0.6 else [] for _ in range(rng.choice((1, 2)))]
        if chance() < 0.3
        else [],
        "endpoint": [maker.document("endpoint")] if chance() < 0.12 else [],
    }
    if target.resource == "*":
        policies["resource"] = None
    return {
        "name": "case",
        "request": {
            "principal": who,
            "action": target.action,
            "resource": target.resource,
            "resource_account": account,
            "context": context,
        },
        "policies": policies,
    }


def _principal(rng: random.Random) -> str:
    return rng.choices(
        (
            f"arn:aws:iam::{HOME}:role/app",
            f"arn:aws:sts::{HOME}:assumed-role/app/i-1",
            f"arn:aws:iam::{HOME}:user/ana",
            f"arn:aws:iam::{HOME}:user/team/ana",
            f"arn:aws:sts::{HOME}:federated-user/ana",
            f"arn:aws:iam::{HOME}:root",
            "lambda.amazonaws.com",
            "anonymous",
        ),
        (22, 30, 20, 5, 4, 3, 8, 8),
    )[0]


class _Maker:
    """Makes documents for one request."""

    def __init__(self, rng: random.Random, target: Target, context: Json, who: str) -> None:
        self._rng = rng
        self._target = target
        self._context = context
        self._who = who

    def level(self) -> list[Json]:
        if self._rng.random() < 0.05:
            return []
        full = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        if self._rng.random() < 0.5:
            return [full, self.document("scp")] if self._rng.random() < 0.5 else [full]
        return [self.document("scp")]

    def document(self, use: str) -> Json:
        rng = self._rng
        statements = [] if use == "rcp" else [self._statement(use, "Allow", rng.random() < 0.9)]
        if rng.random() < 0.25:
            statements.append(self._statement(use, "Allow", rng.random() < 0.5))
        if use == "rcp":
            statements = []
        if use == "rcp" or rng.random() < 0.2:
            statements.append(self._statement(use, "Deny", rng.random() < 0.3))
        rng.shuffle(statements)
        found: Json = {"Version": "2012-10-17", "Statement": statements}
        if rng.random() < 0.04 and use not in ("rcp", "scp"):
            found["Version"] = "2008-10-17"
        return found

    def _statement(self, use: str, effect: str, hits: bool) -> Json:
        rng = self._rng
        missed = None if hits else rng.choice(("Action", "Resource", "Principal", "Condition"))
        found: Json = {"Sid": f"S{rng.randrange(10**6)}", "Effect": effect}
        found |= self._actions(use, missed == "Action")
        found |= self._resources(use, missed == "Resource")
        if use == "resource":
            found |= self._principals(missed == "Principal", effect)
        elif use in ("rcp", "endpoint"):
            found["Principal"] = "*"
        if rng.random() < 0.5 or missed == "Condition":
            found["Condition"] = self._condition(missed != "Condition")
        return found

    def _actions(self, use: str, miss: bool) -> Json:
        rng, target = self._rng, self._target
        service = target.action.partition(":")[0]
        wrong = [f"{service}:Tag*", f"{service}:Put*", "ec2:*", f"{service}:X?"]
        right = [one for one in target.actions if use != "rcp" or one != "*"]
        if rng.random() < 0.12 and use not in ("rcp",):
            return {"NotAction": [rng.choice(right)] if miss else rng.sample(wrong, 2)}
        chosen = [rng.choice(wrong if miss else right)]
        return {"Action": chosen[0]} if rng.random() < 0.5 else {"Action": [*chosen, rng.choice(wrong)]}

    def _resources(self, use: str, miss: bool) -> Json:
        rng, target = self._rng, self._target
        if use == "resource" and target.action.startswith("sts:"):
            return {}
        if use == "scp" and rng.random() < 0.5 and not miss:
            return {"Resource": "*"}
        if rng.random() < 0.12 and target.resource != "*":
            return {"NotResource": [rng.choice(target.resources)] if miss else [rng.choice(target.near)]}
        chosen = [rng.choice(target.near if miss else target.resources)]
        return {"Resource": chosen[0]} if rng.random() < 0.5 else {"Resource": [*chosen, rng.choice(target.near)]}

    def _principals(self, miss: bool, effect: str) -> Json:
        rng, who = self._rng, self._who
        role = f"arn:aws:iam::{HOME}:role/app"
        right: list[Any] = ["*", {"AWS": "*"}]
        wrong: list[Any] = [
            {"AWS": OTHER},
            {"AWS": f"arn:aws:iam::{HOME}:role/apple"},
            {"AWS": f"arn:aws:iam::{OTHER}:root"},
            {"Service": "ec2.amazonaws.com"},
            {"AWS": [f"arn:aws:iam::{HOME}:user/an", f"arn:aws:sts::{HOME}:assumed-role/app/i-2"]},
        ]
        if who.startswith("arn:"):
            right += [{"AWS": HOME}, {"AWS": f"arn:aws:iam::{HOME}:root"}, {"AWS": who}, {"AWS": [who, OTHER]}]
            right += [{"AWS": role}] * 3 if "assumed-role" in who else []
            wrong += [] if "assumed-role" in who or who == role else [{"AWS": role}]
        elif who != "anonymous":
            right += [{"Service": who}, {"Service": [who, "ec2.amazonaws.com"]}] * 2
        if rng.random() < 0.06:
            named = rng.choice(right[2:] or wrong) if (effect == "Deny") != miss else rng.choice(wrong)
            return {"NotPrincipal": named}
        return {"Principal": rng.choice(wrong if miss else right)}

    def _condition(self, holds: bool) -> Json:
        found: Json = {}
        for _ in range(self._rng.choice((1, 1, 2))):
            operator, key, values = self._comparison(holds)
            found.setdefault(operator, {}).setdefault(key, copy.deepcopy(values))
        return found

    def _comparison(self, holds: bool) -> tuple[str, str, Any]:
        """One that holds, or not, by our own evaluator; after some tries whatever comes."""
        for _ in range(6):
            found = self._rng.choice(COMPARISONS)
            if _holds(found, self._context) == holds:
                break
        return found


def _holds(comparison: tuple[str, str, Any], context: Json) -> bool:
    operator, key, values = comparison
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: values}}}
    probe = {
        "name": "probe",
        "request": {"principal": f"arn:aws:iam::{HOME}:user/x", "action": "a:B", "context": context},
        "policies": {"identity": [{"Version": "2012-10-17", "Statement": allow}]},
    }
    return ours(probe).allowed


# -- deciding and shrinking ------------------------------------------------------------------------------------------

_OURS = {"allowed": "Allowed", "implicitly_denied": "ImplicitlyDenied", "explicitly_denied": "ExplicitlyDenied"}


def ours(one: Json) -> Decision:
    """Our decision."""
    return run(case(one)).decision


class Difference(NamedTuple):
    """One case the two do not agree on."""

    case: Json
    ours: str
    theirs: str


def compare(one: Json, theirs: Theirs) -> Difference | str:
    """The difference, or why there is none: `same`, `error`, `ignored` (they dropped context that matters)."""
    answer = theirs.decide(one)
    if "error" in answer:
        return f"error: {answer['error'][:160]}"
    if answer["ignored"]:
        one = copy.deepcopy(one)
        for key in answer["ignored"]:
            one["request"]["context"].pop(key, None)
    effect = ours(one).effect
    if _OURS.get(effect) == answer["result"]:
        return "same"
    return Difference(one, effect, answer["result"])


def smaller(one: Json) -> Iterator[Json]:
    """The case with one thing left out, the largest things first."""
    policies = one["policies"]
    for layer in ("identity", "boundary", "session", "scp", "rcp", "endpoint"):
        for index in range(len(policies[layer])):
            yield _without(one, ("policies", layer, index))
    if policies["resource"] is not None:
        found = copy.deepcopy(one)
        found["policies"]["resource"] = None
        yield found
    for key in one["request"]["context"]:
        yield _without(one, ("request", "context", key))
    for path, document in list(_documents(one)):
        if len(path) > 3:  # a document of a level
            yield _without(one, path)
        for index, statement in enumerate(document["Statement"]):
            here = (*path, "Statement", index)
            if len(document["Statement"]) > 1:
                yield _without(one, here)
            condition = statement.get("Condition", {})
            for operator in condition:
                yield _without(one, (*here, "Condition", operator) if len(condition) > 1 else (*here, "Condition"))
            for element in ("Action", "NotAction", "Resource", "NotResource"):
                value = statement.get(element)
                if isinstance(value, list) and len(value) > 1:
                    for place in range(len(value)):
                        yield _without(one, (*here, element, place))
                elif element in ("Action", "Resource") and value not in (None, "*"):
                    yield _with(one, (*here, element), "*")


def _documents(one: Json) -> Iterator[tuple[tuple[Any, ...], Json]]:
    for layer, said in one["policies"].items():
        if layer == "resource":
            if said is not None:
                yield ("policies", layer), said
        elif layer in ("scp", "rcp"):
            for level, documents in enumerate(said):
                for index, document in enumerate(documents):
                    yield ("policies", layer, level, index), document
        else:
            for index, document in enumerate(said):
                yield ("policies", layer, index), document


def _without(one: Json, path: tuple[Any, ...]) -> Json:
    found = copy.deepcopy(one)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return found


def _with(one: Json, path: tuple[Any, ...], value: Any) -> Json:
    found = copy.deepcopy(one)
    holder: Any = found
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return found


def shrink(difference: Difference, theirs: Theirs, budget: int = 300) -> Difference:
    """The smallest case found that still differs in the same way."""
    best = difference
    progress = True
    while progress and budget > 0:
        progress = False
        for candidate in smaller(best.case):
            budget -= 1
            found = compare(candidate, theirs)
            if isinstance(found, Difference) and (found.ours, found.theirs) == (best.ours, best.theirs):
                best, progress = found, True
                break
            if budget <= 0:
                break
    return best


# -- buckets ---------------------------------------------------------------------------------------------------------


class Bucket(NamedTuple):
    """A decided cause: who is right by AWS's page, and the test of ours that holds it."""

    name: str
    right: str
    page: str
    test: str
    is_it: Callable[[Difference], bool]


def _kind(one: Json) -> str:
    who = one["request"]["principal"]
    for mark in ("assumed-role", "federated-user", ":role/", ":user/", ":root"):
        if mark in who:
            return mark.strip(":/")
    return "anonymous" if who == "anonymous" else "service"


def signature(difference: Difference) -> str:
    """What is left of a small difference, without names: cases with one cause have few of these."""
    one = difference.case
    request = one["request"]
    parts = [f"{difference.ours} / {difference.theirs}", _kind(one), request["action"]]
    parts.append("same account" if request["resource_account"] == HOME else "cross account")
    for path, document in _documents(one):
        for statement in document["Statement"]:
            words = [statement["Effect"]]
            words += sorted(key for key in statement if key.startswith("Not"))
            words += [f"{op}({key})" for op, keys in statement.get("Condition", {}).items() for key in keys]
            named = statement.get("Principal", statement.get("NotPrincipal"))
            words.append(json.dumps(named) if named else "")
            parts.append(f"{path[1]}: {' '.join(word for word in words if word)}")
    return " | ".join(parts)


def _statements(one: Json) -> Iterator[tuple[str, str, Json]]:
    """(layer, version of the document, statement)."""
    for path, document in _documents(one):
        for statement in document["Statement"]:
            yield path[1], document.get("Version", ""), statement


def _resources(one: Json, elements: tuple[str, ...] = ("Resource", "NotResource")) -> Iterator[str]:
    for _, _, statement in _statements(one):
        for element in elements:
            said = statement.get(element, [])
            yield from [said] if isinstance(said, str) else said


def _conditions(one: Json) -> Iterator[tuple[str, str, list[str]]]:
    for _, _, statement in _statements(one):
        for operator, keys in statement.get("Condition", {}).items():
            for key, values in keys.items():
                yield operator, key, [values] if isinstance(values, str) else values


def _valueless(text: str, context: Json) -> bool:
    names = [found.partition(",") for found in re.findall(r"[$][{]([^{}]*)[}]", text)]
    return any(name not in ("*", "?", "$") and not default and name not in context for name, default, _ in names)


def _old_variables(one: Json) -> bool:
    return any(version != "2012-10-17" and "${" in json.dumps(statement) for _, version, statement in _statements(one))


def _past_colons(one: Json) -> bool:
    return any(text.endswith("*") and text.count(":") < 5 and text != "*" for text in _resources(one)) or any(
        text.startswith("arn:aws:logs:*:*:log-group:*") for text in _resources(one)
    )


def _unsigned(one: Json) -> bool:
    return one["request"]["principal"] == "anonymous" and one["request"]["action"].startswith(("kms:", "sts:"))


def _not_principal(difference: Difference) -> bool:
    # Where nothing allows, an open Deny leaves an implicit denial.
    return difference.ours in ("depends", "implicitly_denied") and any(
        statement["Effect"] == "Deny" and "NotPrincipal" in statement
        for _, _, statement in _statements(difference.case)
    )


def _granted_by_exclusion(difference: Difference) -> bool:
    return difference.ours == "depends" and any(
        statement["Effect"] == "Allow" and "NotPrincipal" in statement
        for _, _, statement in _statements(difference.case)
    )


def _federated(difference: Difference) -> bool:
    return (
        difference.ours == "depends"
        and "federated-user" in difference.case["request"]["principal"]
        and ":user/" in json.dumps(difference.case["policies"]["resource"])
    )


def _beyond_session(difference: Difference) -> bool:
    one = difference.case
    return (difference.ours, difference.theirs) == ("allowed", "ImplicitlyDenied") and bool(
        one["policies"]["session"] and one["policies"]["resource"]
    )


def _negated_null(one: Json) -> bool:
    context = one["request"]["context"]
    return any(
        "Not" in operator and any(_valueless(value, context) for value in values)
        for operator, _, values in _conditions(one)
    )


def _rcp_elsewhere(one: Json) -> bool:
    service = one["request"]["action"].partition(":")[0]
    return service in ("wafv2", "sns", "iam") and any(layer == "rcp" for layer, _, _ in _statements(one))


_VARIABLES = "IAM/latest/UserGuide/reference_policies_variables.html"
_LOGIC = "IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"
_RESOURCE = "IAM/latest/UserGuide/reference_policies_elements_resource.html"
_SETS = "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"

BUCKETS: tuple[Bucket, ...] = (
    Bucket(
        "requests without credentials to KMS or STS",
        "ours",
        "kms/latest/APIReference/Welcome.html, STS/latest/APIReference/API_AssumeRole.html",
        "test_unsigned_requests",
        lambda d: _unsigned(d.case),
    ),
    Bucket(
        "the root user has no identity policies and needs none",
        "ours",
        _LOGIC,
        "test_the_root_user",
        lambda d: d.case["request"]["principal"].endswith(":root"),
    ),
    Bucket(
        "a role without a trust policy that allows is not entered",
        "ours",
        _LOGIC,
        "test_a_role_is_entered_by_its_trust_policy",
        lambda d: (
            d.case["request"]["action"].startswith("sts:")
            and d.case["policies"]["resource"] is None
            and d.theirs == "Allowed"
        ),
    ),
    Bucket(
        "variables in a document of an older version are plain text",
        "ours",
        _VARIABLES,
        "test_variables_of_an_old_document_are_text",
        lambda d: _old_variables(d.case),
    ),
    Bucket(
        "${*} is a star and no wildcard",
        "ours",
        _VARIABLES,
        "test_special_characters_are_themselves",
        lambda d: "${*}" in json.dumps(d.case["policies"]),
    ),
    Bucket(
        "a negated comparison with a variable without a value holds",
        "ours",
        _VARIABLES,
        "test_a_variable_without_a_value",
        lambda d: _negated_null(d.case),
    ),
    Bucket(
        "NotResource with a variable without a value excludes nothing",
        "ours",
        _VARIABLES,
        "test_a_variable_without_a_value",
        lambda d: any(_valueless(text, d.case["request"]["context"]) for text in _resources(d.case, ("NotResource",))),
    ),
    Bucket(
        "an empty set of values is null",
        "ours",
        _SETS,
        "test_null",
        lambda d: any(
            operator == "Null" and d.case["request"]["context"].get(key) == []
            for operator, key, _ in _conditions(d.case)
        ),
    ),
    Bucket(
        "a star before a slash in the last part of an ARN",
        "ours",
        _RESOURCE,
        "test_patterns_of_managed_policies",
        lambda d: any(":*/" in text for text in _resources(d.case)),
    ),
    Bucket(
        "a star at the end of a part runs past colons",
        "ours",
        _RESOURCE,
        "test_a_star_runs_past_colons",
        lambda d: _past_colons(d.case),
    ),
    Bucket(
        "RCPs restrict the resources of some services only",
        "ours",
        "organizations/latest/userguide/orgs_manage_policies_rcps.html",
        "test_rcps",
        lambda d: _rcp_elsewhere(d.case),
    ),
    Bucket(
        "NotPrincipal with Deny that leaves out the account or the role: AWS does not say",
        "open",
        "IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
        "test_not_principal_with_deny",
        _not_principal,
    ),
    Bucket(
        "NotPrincipal with Allow and the limits of a role: AWS does not say",
        "open",
        "IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
        "test_not_principal_with_allow",
        _granted_by_exclusion,
    ),
    Bucket(
        "a federated user without a session policy has no permissions of its own",
        "ours",
        "STS/latest/APIReference/API_GetFederationToken.html",
        "test_a_federated_user_has_what_its_session_policy_lets_through",
        lambda d: (
            "federated-user" in d.case["request"]["principal"]
            and not d.case["policies"]["session"]
            and (d.ours, d.theirs) == ("implicitly_denied", "Allowed")
        ),
    ),
    Bucket(
        "a user's ARN and a session that some user opened: the request does not say which",
        "open",
        _LOGIC,
        "test_a_federated_user_and_the_user_behind_it",
        _federated,
    ),
    Bucket(
        "session policies do not limit what a resource grants the session itself, or everybody",
        "ours",
        _LOGIC,
        "test_what_session_policies_do_not_limit",
        _beyond_session,
    ),
)


def main() -> int:
    """Run, print, and fail on what is not decided."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    reader.add_argument("--count", type=int, default=20_000, help="cases (default 20,000)")
    reader.add_argument("--seed", type=int, default=1, help="of the generator")
    reader.add_argument(
        "--shrink", type=int, default=100_000, help="how many differences are made small (default: all)"
    )
    told = reader.parse_args()
    try:
        theirs = Theirs()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the simulator cannot be run here (node and npm are needed): {error}", file=sys.stderr)
        return 2
    rng = random.Random(told.seed)
    tally: collections.Counter[str] = collections.Counter()
    effects: collections.Counter[str] = collections.Counter()
    decided: collections.Counter[str] = collections.Counter()
    open_: dict[str, list[Difference]] = {}
    seconds = 0.0
    shrunk = 0
    for _ in range(told.count):
        one = generate(rng)
        before = time.perf_counter()
        effects[ours(one).effect] += 1
        seconds += time.perf_counter() - before
        found = compare(one, theirs)
        if isinstance(found, str):
            tally[found.partition(":")[0]] += 1
            if found.startswith("error"):
                decided[found] += 1
            continue
        tally["different"] += 1
        # Only a case made small says its cause: a large one holds many things that play no part.
        bucket = None
        if shrunk < told.shrink:
            shrunk += 1
            found = shrink(found, theirs)
            bucket = next((b for b in BUCKETS if b.is_it(found)), None)
        if bucket is not None:
            decided[bucket.name] += 1
        else:
            open_.setdefault(signature(found), []).append(found)
    speed = told.count / seconds
    their_speed = theirs.calls / (theirs.nanoseconds / 1e9)
    theirs.close()
    print(f"{told.count:,} cases, seed {told.seed}, {PACKAGE} {theirs.version}")
    print("effects: " + ", ".join(f"{name} {n / told.count:.0%}" for name, n in effects.most_common()))
    print("agreement: " + ", ".join(f"{name} {n:,}" for name, n in tally.most_common()))
    print(f"decisions/second: ours {speed:,.0f}, theirs {their_speed:,.0f} ({speed / their_speed:.1f} times)")
    rights = {bucket.name: f"{bucket.right}; {bucket.page}" for bucket in BUCKETS}
    for name, count in decided.most_common():
        print(f"decided: {count:6,}  {name} ({rights.get(name, 'refused')})")
    for sign, found in sorted(open_.items(), key=lambda item: -len(item[1])):
        print(f"\nOPEN {len(found):,}: {sign}\n{json.dumps(min(found, key=lambda d: len(json.dumps(d.case))).case)}")
    print(f"\n{sum(map(len, open_.values())):,} differences are not decided, in {len(open_):,} buckets")
    return 1 if open_ else 0


if __name__ == "__main__":
    sys.exit(main())
