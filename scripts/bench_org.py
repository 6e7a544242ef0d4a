"""Who can do what in a whole organization: load, evaluation, memory, who-can, one policy changed; beside the bars.

    python scripts/bench_org.py [--scale 1.0] [--questions 2000] [--samples 100] [--seed 1]

The organization is made here, the same every time: 1,000 accounts of 500 roles and 200 resources (`--scale 0.01`: ten
accounts). 80 % of the roles are of templates, 20 % have a policy of their own that names their own resources; 45 % of
the statements are conditional; SCPs stand on three levels; 30 % of the roles have a boundary; 15 % of the resources a
policy, many of which let other accounts in; policies read tags of principals and resources. Making it is not counted.
Times are CPU seconds of one process without threads; who-can and change are wall time of one question each, which
whatever else runs on the machine lengthens (the CPU time beside it does not).
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import pathlib
import random
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "src"))

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions.asking import who_can
from nephograph.engines.permissions.context import UNKNOWN, Context
from nephograph.engines.permissions.diagram import TRUE
from nephograph.engines.permissions.document import read
from nephograph.engines.permissions.glob import literal
from nephograph.engines.permissions.organization import Organization
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet
from nephograph.engines.permissions.replay import policies_of, request_of
from nephograph.engines.permissions.solve import Solver
from nephograph.engines.permissions.who import who

ACCOUNTS, ROLES, RESOURCES = 1000, 500, 200
TEMPLATES, UNITS, TEAMS = 60, 20, 25
ORGANIZATION = "o-bench"
FULL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
SERVICES = (
    ("s3",) * 6 + ("sqs",) * 4 + ("dynamodb",) * 3 + ("kms",) * 2 + ("secretsmanager",) * 2 + ("lambda", "sns", "ssm")
)
ACTIONS = {
    "s3": (["s3:GetObject", "s3:ListBucket"], ["s3:Get*", "s3:List*"], ["s3:PutObject", "s3:DeleteObject"], ["s3:*"]),
    "sqs": (["sqs:SendMessage"], ["sqs:ReceiveMessage", "sqs:DeleteMessage"], ["sqs:*"]),
    "dynamodb": (["dynamodb:GetItem", "dynamodb:Query"], ["dynamodb:PutItem", "dynamodb:UpdateItem"], ["dynamodb:*"]),
    "kms": (["kms:Decrypt"], ["kms:Encrypt", "kms:GenerateDataKey*"], ["kms:Describe*", "kms:List*"]),
    "secretsmanager": (["secretsmanager:GetSecretValue"], ["secretsmanager:Describe*"]),
    "lambda": (["lambda:InvokeFunction"], ["lambda:*"]),
    "sns": (["sns:Publish"], ["sns:*"]),
    "ssm": (["ssm:GetParameter*"], ["ssm:*"]),
}
ASKED = {
    "s3": ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"),
    "sqs": ("sqs:SendMessage", "sqs:ReceiveMessage"),
    "dynamodb": ("dynamodb:GetItem", "dynamodb:PutItem"),
    "kms": ("kms:Decrypt",),
    "secretsmanager": ("secretsmanager:GetSecretValue",),
    "lambda": ("lambda:InvokeFunction",),
    "sns": ("sns:Publish",),
    "ssm": ("ssm:GetParameter",),
}


class Maker:
    """The organization, piece by piece, as JSON and plain data."""

    def __init__(self, seed: int, accounts: int) -> None:
        self.random = random.Random(seed)
        self.accounts = [f"{100000000000 + 7919 * number:012}" for number in range(accounts)]
        self.conditional = self.statements = 0
        self.boundaries = [self._boundary(number) for number in range(3)]
        self.managed = [self._template(number) for number in range(TEMPLATES)]
        self.templates = [
            tuple(sorted(self.random.sample(range(TEMPLATES), self.random.randint(1, 3)))) for _ in range(TEMPLATES)
        ]

    def arn(self, account: str, number: int) -> str:
        """A resource of an account."""
        service = SERVICES[number % len(SERVICES)]
        name = f"{('app', 'data', 'logs', 'shared')[number % 4]}-{account[-6:]}-{number}"
        place = f"{service}:eu-west-{1 + number % 2}:{account}"
        return {
            "s3": f"arn:aws:s3:::{name}",
            "sqs": f"arn:aws:{place}:{name}",
            "sns": f"arn:aws:{place}:{name}",
            "dynamodb": f"arn:aws:{place}:table/{name}",
            "kms": f"arn:aws:{place}:key/{name}",
            "secretsmanager": f"arn:aws:{place}:secret:{name}",
            "lambda": f"arn:aws:{place}:function:{name}",
            "ssm": f"arn:aws:{place}:parameter/{name}",
        }[service]

    def _condition(self) -> dict[str, Any] | None:
        self.statements += 1
        if self.random.random() >= 0.45:
            return None
        self.conditional += 1
        team = f"team-{self.random.randrange(TEAMS)}"
        return self.random.choice(
            (
                {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
                {"StringEquals": {"aws:PrincipalTag/team": team}},
                {"Bool": {"aws:SecureTransport": "true"}},
                {"IpAddress": {"aws:SourceIp": [f"10.{self.random.randrange(16)}.0.0/16", "192.0.2.0/24"]}},
                {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
                {"StringLike": {"aws:RequestTag/project": f"p{self.random.randrange(8)}-*"}},
                {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
                {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-2"]}},
            )
        )

    def _allow(self, actions: Any, resources: Any, effect: str = "Allow") -> dict[str, Any]:
        said = {"Effect": effect, "Action": actions, "Resource": resources}
        condition = self._condition()
        return {**said, "Condition": condition} if condition else said

    @staticmethod
    def _policy(*statements: dict[str, Any]) -> bytes:
        return json.dumps({"Version": "2012-10-17", "Statement": statements}).encode()

    def _template(self, number: int) -> bytes:
        if number == 0:
            return self._policy(FULL)
        if number == 1:
            return self._policy({"Effect": "Allow", "Action": ["*:Get*", "*:List*", "*:Describe*"], "Resource": "*"})
        if number == 2:
            return self._policy({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"})
        statements = []
        for _ in range(self.random.randint(2, 5)):
            service = self.random.choice(SERVICES)
            prefix = self.random.choice(("app-*", "data-*", "shared-*", "*", "logs-*"))
            resources = f"arn:aws:s3:::{prefix}" if service == "s3" else f"arn:aws:{service}:*:*:*{prefix}"
            statements.append(self._allow(self.random.choice(ACTIONS[service]), resources if prefix != "*" else "*"))
        if self.random.random() < 0.25:
            statements.append(self._allow(["s3:DeleteObject", "s3:PutObject"], "arn:aws:s3:::logs-*", "Deny"))
        return self._policy(*statements)

    def _boundary(self, number: int) -> bytes:
        return (
            self._policy({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}),
            self._policy(self._allow(["s3:*", "sqs:*", "dynamodb:*", "kms:*", "lambda:*", "secretsmanager:*"], "*")),
            self._policy(FULL, self._allow(["s3:Delete*", "kms:ScheduleKeyDeletion"], "*", "Deny")),
        )[number]

    def scps(self) -> tuple[list[bytes], list[list[bytes]], list[list[bytes]]]:
        """Root level, a level for each unit, and five levels of which each account has one."""
        regions = {
            "Effect": "Deny",
            "NotAction": ["iam:*", "sts:*", "organizations:*", "support:*", "route53:*", "cloudfront:*"],
            "Resource": "*",
            "Condition": {
                "StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-2"]},
                "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/t0-*"},
            },
        }
        root = [
            self._policy(FULL),
            self._policy(regions),
            self._policy(self._allow("organizations:LeaveOrganization", "*", "Deny")),
        ]
        units = []
        for number in range(UNITS):
            service = SERVICES[number % len(SERVICES)]
            deny = self._allow(ACTIONS[service][-1], f"arn:aws:{service}:*:*:*protected-{number}*", "Deny")
            units.append([self._policy(FULL), self._policy(deny)])
        leaves = [[self._policy(FULL)] for _ in range(5)]
        for number in range(1, 5):
            leaves[number].append(
                self._policy(self._allow(f"{('s3', 'kms', 'sqs', 'lambda')[number - 1]}:Delete*", "*", "Deny"))
            )
        return root, units, leaves

    def role(self, account: str, number: int) -> tuple[str, tuple[int, ...], bytes | None, int | None, str]:
        """(ARN, managed policies, inline policy, boundary, team)."""
        boundary = self.random.randrange(3) if self.random.random() < 0.3 else None
        team = f"team-{self.random.randrange(TEAMS)}"
        if number % 5:
            template = number % TEMPLATES
            return f"arn:aws:iam::{account}:role/t{template}-{number}", self.templates[template], None, boundary, team
        statements = []
        for _ in range(self.random.randint(1, 3)):
            which = self.random.randrange(RESOURCES)
            arn = self.arn(account, which)
            service = SERVICES[which % len(SERVICES)]
            resources = [arn, f"{arn}/*"] if service == "s3" else arn if self.random.random() < 0.7 else f"{arn}*"
            statements.append(self._allow(self.random.choice(ACTIONS[service]), resources))
        managed = (self.random.randrange(3, TEMPLATES),) if self.random.random() < 0.5 else ()
        return f"arn:aws:iam::{account}:role/own-{number}", managed, self._policy(*statements), boundary, team

    def holding(self, account: str, number: int) -> tuple[str, bytes | None, str]:
        """(ARN, policy, team)."""
        arn, service = self.arn(account, number), SERVICES[number % len(SERVICES)]
        team = f"team-{self.random.randrange(TEAMS)}"
        if service == "kms":
            delegate = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "kms:*", "Resource": "*"}
            return arn, self._policy(delegate), team
        if self.random.random() >= 0.15 or service not in ("s3", "sqs", "sns", "secretsmanager", "lambda", "dynamodb"):
            return arn, None, team
        other = self.random.choice(self.accounts)
        kind = self.random.random()
        who: Any = {"AWS": f"arn:aws:iam::{other}:role/t7-7"}
        condition = self._condition() if kind < 0.9 else {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}
        if 0.5 < kind < 0.9:
            who = {"AWS": other}
        elif kind >= 0.9:
            who = "*"
        resources = [arn, f"{arn}/*"] if service == "s3" else arn
        said = {
            "Effect": "Allow",
            "Principal": who,
            "Action": self.random.choice(ACTIONS[service]),
            "Resource": resources,
        }
        return arn, self._policy({**said, "Condition": condition} if condition else said), team


class Clock:
    """CPU seconds of what is asked to be counted."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._begin = 0.0

    def __enter__(self) -> None:
        self._begin = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.spent += time.process_time() - self._begin


def load(maker: Maker, clock: Clock) -> tuple[PolicySet, list[int]]:
    """The organization as a `PolicySet`; only what a source would have to do is counted."""
    policies = PolicySet()
    known: dict[tuple[str, bytes], int] = {}

    def number(text: bytes, use: str = "identity") -> int:
        key = (use, text)
        if key not in known:
            known[key] = policies.policy(json.loads(text), use)  # type: ignore[arg-type]
        return known[key]

    root, units, leaves = maker.scps()
    with clock:
        managed = [number(text) for text in maker.managed]
        boundaries = [number(text, "boundary") for text in maker.boundaries]
    for place, account in enumerate(maker.accounts):
        levels = (root, units[place % UNITS], leaves[place % 5])
        roles = [maker.role(account, one) for one in range(ROLES)]
        holdings = [maker.holding(account, one) for one in range(RESOURCES)]
        with clock:
            scp = tuple(tuple(number(text, "scp") for text in level) for level in levels)
            policies.account(Account(account, scp, (), ORGANIZATION))
            for arn, held, inline, boundary, team in roles:
                own = (*(managed[one] for one in held), *((number(inline),) if inline else ()))
                policies.entity(
                    Entity(arn, own, (boundaries[boundary],) if boundary is not None else (), (("team", team),))
                )
            for arn, policy, team in holdings:
                policies.holding(
                    Holding(arn, account, (number(policy, "resource"),) if policy else (), (("team", team),))
                )
                policies.inventory.append(arn)
    policies.documents = Documents({one: text for (_, text), one in known.items()})
    return policies, managed


class Documents(dict[int, Any]):
    """Policies by number, parsed when a sample is replayed: half a gigabyte less than keeping them all."""

    def __init__(self, texts: dict[int, bytes]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, number: int) -> Any:
        return json.loads(self._texts[number])

    def changed(self, number: int, text: bytes) -> None:
        """A policy has other content from now on."""
        self._texts[number] = text


class Replay:
    """Sample answers decided again by the certificate, each on the raw documents that bear on its request."""

    def __init__(self, organization: Organization) -> None:
        self._engine = organization.engine
        self._solver = Solver(organization.engine.diagram, organization.engine.questions)
        self.counted: Counter[str] = Counter()

    def asked(self, arn: str, action: str, resource: str, residual: int | None) -> str:
        """What became of one answer: somebody can under a residual condition (None: cannot)."""
        engine = self._engine
        one = who(arn)
        assert one is not None
        owner = engine.owner(one, resource)
        documents = policies_of(engine, one, action, resource, owner)
        assert documents is not None
        known = Context(engine.known(one, resource, owner), UNKNOWN, ("aws:principaltag/", "aws:resourcetag/"))
        chosen: dict[str, tuple[str, ...]] = {}
        if residual is not None and residual != TRUE:
            found = self._solver.search(residual, [[((literal(resource),), True)]], known).found
            if found is None:
                self.counted["no request found"] += 1
                return "no request found"
            chosen = found.context
        request = request_of(engine, one, action, resource, owner, chosen)
        listed = {key.lower() for key in request["context"]}
        open_keys = () if chosen else tuple(key for key in _keys(documents) if key.lower() not in listed)
        effect = decide(Request(**request, unknown=open_keys), Policies(**documents)).effect
        agrees = (effect == "allowed") is (residual is not None)
        self.counted["replayed" if agrees else "CONTRADICTED"] += 1
        return f"{'replayed' if agrees else 'CONTRADICTED'}: {effect}"


def _keys(said: Any) -> Iterator[str]:
    """The condition keys that documents name, save those of tags, which are all known here."""
    if isinstance(said, list):
        for one in said:
            yield from _keys(one)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name == "Condition":
                yield from (k for keys in value.values() for k in keys if "tag/" not in k.lower() or "Request" in k)
            else:
                yield from _keys(value)


def replays(organization: Organization, asked: list[tuple[str, str]], seed: int, shown: int = 3) -> Replay:
    """Of every question some who can, and one of the resource's account who is not in the answer."""
    pick = random.Random(seed)
    replay = Replay(organization)
    for number, (action, arn) in enumerate(asked):
        found = dict(itertools.islice(who_can(organization, action, arn).principals(), 4000))
        some = [one for one in pick.sample(sorted(found), min(3, len(found))) if one.startswith("arn:")]
        at_home = [one for members in organization.by_account[_account(organization, arn)].values() for one in members]
        out = [one for one in pick.sample(sorted(at_home), min(5, len(at_home))) if one not in found]
        for one in (*some, *(out[:1] if len(found) < 4000 else [])):
            told = replay.asked(one, action, arn, found.get(one))
            if number < shown:
                verb = "cannot" if one not in found else "can" if found[one] == TRUE else "can, under a condition,"
                print(f"    {one} {verb} {action} on {arn}: {told}")
    return replay


def _account(organization: Organization, arn: str) -> str:
    holding = organization.set.holder(arn)
    assert holding is not None
    return holding.account


def _account_of(arn: str) -> str:
    return arn.split(":")[4]


def memory() -> float:
    """The most memory this process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def questions(maker: Maker, seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Actions and resources, evenly over services."""
    pick = random.Random(seed)
    for _ in range(count):
        which = pick.randrange(RESOURCES)
        service = SERVICES[which % len(SERVICES)]
        arn = maker.arn(pick.choice(maker.accounts), which)
        action = pick.choice(ASKED[service])
        yield action, f"{arn}/2026/report" if service == "s3" and "Object" in action else arn


def said(name: str, value: str, bar: str, reached: bool | None = None) -> None:
    """One line of the report."""
    mark = "" if reached is None else "reached" if reached else "MISSED"
    print(f"  {name:44} {value:>16}   {bar:26} {mark}", flush=True)


def changed(organization: Organization, number: int, text: bytes, ask: tuple[str, str]) -> tuple[float, float, int]:
    """CPU and wall milliseconds until a question is answered on a changed policy, and the classes it concerned."""
    begin, cpu = time.perf_counter(), time.process_time()
    classes = organization.replace(number, read(json.loads(text)))
    list(who_can(organization, *ask).groups)
    taken = 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - begin)
    documents = organization.set.documents
    assert isinstance(documents, Documents)
    documents.changed(number, text)
    return *taken, len(classes)


def told_of(organization: Organization, arn: str, asked: Iterable[tuple[str, str]]) -> Replay:
    """What is answered of one principal, by whoever can, replayed on the policies as they are now."""
    replay = Replay(organization)
    for action, resource_ in asked:
        residual = next(
            (left for one, left in who_can(organization, action, resource_).principals() if one == arn), None
        )
        replay.asked(arn, action, resource_, residual)
    return replay


def main() -> int:
    """Make, load, evaluate, ask, change; print figures beside the bars."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the 1,000 accounts")
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=100, help="questions whose answers are replayed")
    given = parser.parse_args()
    gc.disable()  # nothing made here is ever garbage in a cycle; looking for it would only cost time
    maker = Maker(given.seed, max(1, round(ACCOUNTS * given.scale)))
    clock = Clock()
    policies, managed = load(maker, clock)
    print(
        f"{len(policies.accounts)} accounts, {len(policies.entities)} roles, {len(policies.inventory)} resources, "
        f"{len(policies.policies)} different policies, {100 * maker.conditional / maker.statements:.0f} % of the "
        "statements conditional"
    )
    said("load (CPU s)", f"{clock.spent:.1f}", "")
    loaded = memory()
    evaluation = Clock()
    organization = Organization(policies)
    with evaluation:
        organization.evaluate()
    joined = evaluation.spent
    with evaluation:
        functions = organization.project()
    full = given.scale >= 1
    said("evaluation: classes and functions (CPU s)", f"{joined:.1f}", "")
    said("evaluation: functions over resources (CPU s)", f"{evaluation.spent - joined:.1f}", "")
    said(
        "evaluation (CPU s)",
        f"{evaluation.spent:.1f}",
        "bar: <= 120 (full scale)",
        evaluation.spent <= 120 if full else None,
    )
    said(
        "memory (GB; after load)",
        f"{memory():.2f} ({loaded:.2f})",
        "bar: <= 4 (full scale)",
        memory() <= 4 if full else None,
    )
    said("classes", f"{len(organization.classes)}", "")
    said("functions, nodes", f"{functions}, {len(organization.engine.diagram)}", "")
    gc.freeze()
    times: list[float] = []
    spent: list[float] = []
    answers: list[int] = []
    kinds: Counter[str] = Counter()
    for action, arn in questions(maker, given.seed + 1, given.questions):
        begin, cpu = time.perf_counter(), time.process_time()
        found = who_can(organization, action, arn)
        spent.append(1000 * (time.process_time() - cpu))
        times.append(1000 * (time.perf_counter() - begin))
        answers.append(len(found.groups) + len(found.everywhere) + len(found.singles))
        kinds["with everybody" if found.everywhere else "plain"] += 1
    times.sort()
    spent.sort()
    p50, p99 = statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]
    cpu50, cpu99 = statistics.median(spent), spent[min(len(spent) - 1, int(0.99 * len(spent)))]
    # Judged by CPU time: by the clock, a question also waits for whatever else the machine does.
    said("who-can p50 (CPU ms; wall)", f"{cpu50:.2f} ({p50:.2f})", "")
    said(
        "who-can p99 (CPU ms; wall)",
        f"{cpu99:.2f} ({p99:.2f})",
        "bar: <= 10 (full scale)",
        cpu99 <= 10 if full else None,
    )
    said("who-can worst (CPU ms; wall)", f"{spent[-1]:.2f} ({times[-1]:.2f})", "")
    said("groups in an answer: median, most", f"{statistics.median(answers):.0f}, {max(answers)}", "")
    said("answers that hold for every account", f"{kinds['with everybody']}", "")
    print("  sample answers, decided again by the certificate:")
    replay = replays(organization, list(questions(maker, given.seed + 3, given.samples)), given.seed)
    said(
        "sample answers replayed",
        ", ".join(f"{count} {what}" for what, count in replay.counted.most_common()),
        "bar: all",
        set(replay.counted) == {"replayed"},
    )
    ask = next(questions(maker, given.seed + 2, 1))
    own = next(e for e in policies.entities.values() if "/own-" in e.arn)
    again: Counter[str] = Counter()
    template = next(e for e in policies.entities.values() if managed[7] in e.policies)
    for what, holder, number, action in (
        ("a role's own policy", own, own.policies[-1], "s3:*"),
        ("a template's policy", template, managed[7], "sqs:SendMessage"),
    ):
        text = maker._policy({"Effect": "Allow", "Action": action, "Resource": "*"})
        cpu_, wall, classes = changed(organization, number, text, ask)
        said(
            f"{what} changed, {classes} classes (CPU ms; wall)",
            f"{cpu_:.1f} ({wall:.1f})",
            "bar: <= 200 (full scale)",
            cpu_ <= 200 if full else None,
        )
        account = _account_of(holder.arn)
        every = questions(maker, given.seed + 4, 100 * len(maker.accounts))
        home = [(asked, arn) for asked, arn in every if _account(organization, arn) == account]
        again += told_of(organization, holder.arn, home[:20]).counted
        others = list(questions(maker, given.seed + 5, given.samples // 5))
        again += replays(organization, others, given.seed, 0).counted
    said(
        "answers after the changes replayed",
        ", ".join(f"{count} {what}" for what, count in again.most_common()),
        "bar: all",
        set(again) == {"replayed"},
    )
    return 0 if set(replay.counted) == set(again) == {"replayed"} else 1


if __name__ == "__main__":
    sys.exit(main())
