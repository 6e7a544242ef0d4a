"""Small random organizations and requests put to them, as the engine and as the certificate take them.

Every layer and most condition operators are in play, names are few so that things meet, and requests are drawn near
what policies say, so that about half of them are allowed.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from nephograph.engines.certificate import decide as certificate
from nephograph.engines.certificate.decision import Decision
from nephograph.engines.certificate.document import document as certified
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet

HOME, OTHER = "111111111111", "222222222222"
ACTIONS = (
    "s3:GetObject", "s3:PutObject", "s3:ListBucket", "sqs:SendMessage", "kms:Decrypt", "sts:AssumeRole",
    "s3:GetNewThing", "zzz:Do", "sts:AssumeRoleWithWebIdentity", "ec2:RunInstances", "sts:GetCallerIdentity",
)  # fmt: skip
RESOURCES = (
    "arn:aws:s3:::data/a", "arn:aws:s3:::data/u/ann", "arn:aws:s3:::data", f"arn:aws:sqs:eu-west-1:{HOME}:jobs",
    f"arn:aws:sqs:eu-west-1:{OTHER}:jobs", f"arn:aws:kms:eu-west-1:{HOME}:key/k", f"arn:aws:iam::{HOME}:role/app",
    f"arn:aws:iam::{OTHER}:role/far", "*",
)  # fmt: skip
PATTERNS = (
    "*", "arn:aws:s3:::*", "arn:aws:s3:::data/*", "arn:aws:s3:::data/u/${aws:username}", "arn:aws:s3:::data/?",
    "arn:aws:s3:::data/u/${aws:PrincipalTag/team, 'ann'}", "arn:aws:s3:::${aws:username}/*", f"arn:aws:*:*:{HOME}:*",
    "arn:aws:sqs:*:*:jobs", "arn:aws:kms:*:*:key/*", "arn:aws:iam::*:role/*", f"arn:aws:iam::{OTHER}:role/far",
    "arn:aws:s3:::data/${s3:prefix}", "arn:aws:s3:::data/${*}", "arn:aws:s3:::da*a/*n", "arn:aws:s3:::data",
)  # fmt: skip
ACTION_PATTERNS = (
    "*", "s3:*", "s3:Get*", "S3:putobject", "s3:ListBucket", "sqs:*", "kms:Decrypt", "kms:*", "sts:AssumeRole", "sts:*",
    "s3:?etObject", "*:*", "s3:GetNewThing", "zzz:Do", "s*:*e*", "ec2:Run*", "nonsense",
)  # fmt: skip
PRINCIPALS = (
    f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:user/ann", f"arn:aws:iam::{OTHER}:role/far",
    f"arn:aws:sts::{HOME}:assumed-role/app/me", f"arn:aws:iam::{HOME}:root", "anonymous", "lambda.amazonaws.com",
    f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
    f"arn:aws:iam::{HOME}:oidc-provider/id.example.com", "a" * 64, f"arn:aws:sts::{HOME}:federated-user/ann",
    f"arn:aws:sts::{OTHER}:assumed-role/far/you",
)  # fmt: skip
NAMED = (
    "*", {"AWS": "*"}, {"AWS": HOME}, {"AWS": OTHER}, {"AWS": f"arn:aws:iam::{HOME}:root"},
    {"AWS": [f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{OTHER}:role/far"]},
    {"AWS": f"arn:aws:iam::{HOME}:user/ann"}, {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/me"},
    {"Service": "lambda.amazonaws.com"}, {"Federated": f"arn:aws:iam::{HOME}:oidc-provider/id.example.com"},
    {"AWS": [HOME, f"arn:aws:iam::{HOME}:role/app"], "Service": "*"},
    {"AWS": [HOME, f"arn:aws:iam::{HOME}:role/app", f"arn:aws:sts::{HOME}:assumed-role/app/me"]},
    {"CanonicalUser": "a" * 64}, {"Federated": "*"}, {"AWS": [HOME, f"arn:aws:sts::{HOME}:federated-user/ann"]},
)  # fmt: skip
VALUES: dict[str, tuple[Any, ...]] = {
    "aws:SourceIp": ("10.0.0.1", "192.0.2.7", "2001:db8::1", ["10.0.0.1"], "nowhere"),
    "s3:prefix": ("a", "u/ann", "", "*", ["a", "u/ann"]),
    "aws:MultiFactorAuthAge": (10, 3600, "x"),
    "aws:CurrentTime": ("2026-01-01T00:00:00Z", "1767225600", "2027-06-01"),
    "aws:TagKeys": (["team"], ["team", "cost"], [], [""], "Team"),
    "aws:SecureTransport": ("true", "false", True),
    "aws:ResourceTag/kind": ("red", "blue"),
    "aws:SourceArn": (f"arn:aws:sns:eu-west-1:{HOME}:t", "nope"),
    "kms:EncryptionContext:bytes": ("YQ==", "Yg==", "no bytes!"),
}
_TEXTS = ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
_ORDERED = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
FAMILIES: tuple[tuple[tuple[str, ...], tuple[tuple[str, tuple[Any, ...]], ...]], ...] = (
    (
        tuple(f"String{name}" for name in _TEXTS),
        (
            ("s3:prefix", ("a", ["a", "u/${aws:username}"], "${*}", "", "u/*", "?", "${aws:username, 'u'}/*", "A")),
            ("S3:Prefix", ("u/*",)),
            ("aws:TagKeys", ("team", ["team", "cost"], "t*", "T*")),
            ("aws:ResourceTag/kind", ("red", "${aws:PrincipalTag/team}")),
            ("aws:PrincipalTag/team", ("red", ["red", "blue"], "r*")),
            ("aws:PrincipalOrgID", ("o-1", "o-*")),
            ("aws:PrincipalAccount", (HOME,)),
            ("aws:ResourceAccount", ("${aws:PrincipalAccount}", HOME)),
            ("aws:PrincipalType", ("User", ["AssumedRole", "Account"])),
        ),
    ),
    (
        ("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
        (
            ("aws:PrincipalArn", ("arn:aws:iam::*:role/*", f"arn:aws:iam::{HOME}:*/ann", "arn:*")),
            ("aws:SourceArn", ("arn:aws:sns:*:*:t", f"arn:*:sns:*:{HOME}:*", "arn:aws:sns:*", "${aws:PrincipalArn}")),
        ),
    ),
    (tuple(f"Numeric{name}" for name in _ORDERED), (("aws:MultiFactorAuthAge", ("3600", 11, "10", ["10", "1e1"])),)),
    (
        tuple(f"Date{name}" for name in _ORDERED),
        (("aws:CurrentTime", ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026", "1767225601")),),
    ),
    (("IpAddress", "NotIpAddress"), (("aws:SourceIp", ("10.0.0.0/8", ["192.0.2.0/24", "2001:db8::/32"], "10.0.0.1")),)),
    (("Bool",), (("aws:SecureTransport", ("true", "false")), ("aws:PrincipalIsAWSService", ("false", "TRUE")))),
    (("BinaryEquals",), (("kms:EncryptionContext:bytes", ("YQ==", ["Yg==", "YQ=="])),)),
    (
        ("Null",),
        tuple((key, ("true", "false", ["true", "false"])) for key in ("aws:TagKeys", "s3:prefix", "aws:username")),
    ),
)


def comparison(choice: random.Random) -> tuple[str, str, Any]:
    """One operator, with its set operator and IfExists, a key, and values. Every form AWS has comes up."""
    names, tests = choice.choice(FAMILIES[:2] if choice.random() < 0.4 else FAMILIES)
    name = choice.choice(names)
    key, values = choice.choice(tests)
    if name != "Null":
        if choice.random() < (0.75 if key == "aws:TagKeys" else 0.06):
            name = f"{choice.choice(('ForAllValues', 'ForAnyValue'))}:{name}"
        if choice.random() < 0.2:
            name = f"{name}IfExists"
    return name, key, choice.choice(values)


class World:
    """One organization with requests: `engine` knows it whole, `case` cuts out what bears on one request."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.set = PolicySet()
        self.raw: dict[int, dict[str, Any]] = {}
        self._read: dict[tuple[int, str], Any] = {}
        pick = self.random.random
        for account in (HOME, OTHER):
            in_organization = pick() < 0.6
            scp = tuple(self._scp_level() for _ in range(self.random.randint(1, 3))) if in_organization else ()
            rcp = (
                tuple(self._some("rcp", 1) for _ in range(self.random.choice((0, 0, 1, 2)))) if in_organization else ()
            )
            organization = "o-1" if in_organization else ""
            self.set.account(Account(account, scp, rcp, organization))
        for arn in (*PRINCIPALS[:3], PRINCIPALS[7], PRINCIPALS[10]):
            tags = (("team", self.random.choice(("red", "blue"))),) if pick() < 0.5 else ()
            boundary = self._some("boundary", 1) if pick() < 0.2 else ()
            self.set.entity(Entity(arn, self._some("identity", 2), boundary, tags))
        for arn in RESOURCES[2:8]:
            account = OTHER if f":{OTHER}:" in arn or (arn.endswith("data") and pick() < 0.3) else HOME
            tags = (("kind", self.random.choice(("red", "blue"))),) if pick() < 0.5 else None
            policies = self._some("resource", 1) if pick() < 0.75 else ()
            self.set.holding(Holding(arn, account, policies, tags))
        self.session = self._some("session", 1) if pick() < 0.2 else ()
        self.endpoint = self._some("endpoint", 1) if pick() < 0.15 else ()
        self.engine = Engine(self.set)

    def _scp_level(self) -> tuple[int, ...]:
        full = self._policy("scp", {"Effect": "Allow", "Action": "*", "Resource": "*"})
        return (full, *self._some("scp", 1)) if self.random.random() < 0.93 else self._some("scp", 2)

    def _some(self, use: str, most: int) -> tuple[int, ...]:
        return tuple(self._policy(use) for _ in range(self.random.randint(1, most)))

    def _policy(self, use: str, *statements: dict[str, Any]) -> int:
        said = list(statements) or [self._statement(use) for _ in range(self.random.randint(1, 3))]
        document = {"Statement": said, "Version": "2012-10-17" if self.random.random() < 0.85 else "2008-10-17"}
        number = self.set.policy(document, use, name=use)  # type: ignore[arg-type]
        self.raw[number] = document
        return number

    def _statement(self, use: str) -> dict[str, Any]:
        choose, chance = self.random.choice, self.random.random
        denies = chance() < (0.5 if use == "rcp" else 0.1)
        wide = not denies and chance() < 0.786
        name = "NotAction" if chance() < 0.1 else "Action"
        actions = [choose(ACTION_PATTERNS) for _ in range(self.random.randint(1, 3))]
        said: dict[str, Any] = {
            "Effect": "Deny" if denies else "Allow",
            name: ["*"] if wide and name == "Action" else actions,
        }
        name = "NotResource" if chance() < 0.1 else "Resource"
        patterns = [choose(PATTERNS) for _ in range(self.random.randint(1, 2))]
        if use != "resource" or chance() < 0.6:
            said[name] = "*" if wide and name == "Resource" else patterns if chance() < 0.6 else [*patterns, "arn:*"]
        if use in ("resource", "rcp", "endpoint"):
            element = "NotPrincipal" if chance() < 0.12 else "Principal"
            said[element] = "*" if use != "resource" and chance() < 0.7 else choose(NAMED)
        if chance() < (0.25 if not denies else 0.75):
            condition: dict[str, Any] = {}
            for _ in range(self.random.randint(1, 2)):
                operator, key, values = comparison(self.random)
                condition.setdefault(operator, {})[key] = values
            said["Condition"] = condition
        return said

    def request(self) -> dict[str, Any]:
        """One request: the arguments of `Engine.can`."""
        choose, chance = self.random.choice, self.random.random
        principal = choose(PRINCIPALS[:3]) if chance() < 0.72 else choose(PRINCIPALS)
        service_first = chance() < 0.85
        account = principal.split(":")[4] if principal.startswith("arn:") else ""
        near = [one for one in RESOURCES if (":s3:" in one or f":{account}:" in one)]
        resource = choose(near if account and chance() < 0.75 else RESOURCES)
        action = choose(ACTIONS)
        if service_first:
            service = resource.split(":")[2] if ":" in resource else "ec2"
            fitting = [one for one in ACTIONS if one.startswith({"iam": "sts"}.get(service, service) + ":")]
            action = choose(fitting or ACTIONS)
        context = {key: choose(values) for key, values in VALUES.items() if chance() < 0.45}
        unknown = [key for key in VALUES if chance() < 0.15] if chance() < 0.2 else []
        return {
            "principal": principal,
            "action": action,
            "resource": resource,
            "context": context,
            "unknown": unknown,
            "session": self.session if any(kind in principal for kind in ("user/", "role/")) else (),
            "endpoint": self.endpoint,
        }

    def case(self, request: dict[str, Any]) -> tuple[Request, Policies]:
        """The same as the certificate takes it: one request and the policies that bear on it."""
        from nephograph.engines.permissions.who import who

        one = who(request["principal"])
        assert one is not None
        resource = request["resource"]
        owner = self.engine.owner(one, resource)
        known = self.engine.known(one, resource, owner)
        context = {key.lower(): value for key, value in request["context"].items()}
        context |= {key: value[0] if isinstance(value, tuple) else None for key, value in known.items()}
        unknown = tuple(key for key in request["unknown"] if key.lower() not in known)
        entity = self.set.behind(one)
        account = self.set.accounts.get(one.account)
        owning = self.set.accounts.get(owner)
        holding = self.set.holder(resource)
        asked = Request(one.spelled, request["action"], resource, owner, context, unknown)
        return asked, Policies(
            identity=self._documents(entity.policies if entity else (), "identity"),
            resource=self._documents(holding.policies, "resource")[0] if holding and holding.policies else None,
            boundary=self._documents(entity.boundary if entity else (), "boundary"),
            session=self._documents(request["session"], "session"),
            scp=[self._documents(level, "scp") for level in (account.scp if account else ())],
            rcp=[self._documents(level, "rcp") for level in (owning.rcp if owning else ())],
            endpoint=self._documents(request["endpoint"], "endpoint"),
        )

    def _documents(self, numbers: tuple[int, ...], use: str) -> list[Any]:
        found = []
        for number in numbers:
            if (number, use) not in self._read:
                self._read[number, use] = certified(self.raw[number], use)  # type: ignore[arg-type]
            found.append(self._read[number, use])
        return found

    def compared(self, request: dict[str, Any]) -> Compared:
        """One request, decided by both."""
        return agreement(self.engine.can(**request).effect, certificate.decide(*self.case(request)))


class Compared(NamedTuple):
    """`same`: both answers are one. Else `finer` when one of them leaves open what the other tells, see `agreement`."""

    same: bool
    finer: bool
    ours: str
    decision: Decision


def agreement(ours: str, decision: Decision) -> Compared:
    """Do two evaluators agree?

    Where everything is known and AWS says what it means, the answers have to be the same. Where something is open, each
    tells only some of what follows whatever the open questions come to, so that one may leave open what the other
    tells; they may never contradict each other.
    """
    theirs = decision.effect
    if ours == theirs:
        return Compared(True, False, ours, decision)
    left_open = any(one.verdict == "depends" for layer in decision.layers for one in layer.statements)
    contradicted = "allowed" in (ours, theirs) and "depends" not in (ours, theirs)
    return Compared(False, left_open and not contradicted, ours, decision)
