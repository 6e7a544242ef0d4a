"""Cases: built to be allowed, then moved just over an edge."""

from __future__ import annotations

import copy
import functools
import json
import random
from typing import Any

from scripts.diff_iam.compare import ours
from scripts.diff_iam.comparisons import COMPARISONS, CONTEXT
from scripts.diff_iam.mutate import mutated
from scripts.diff_iam.shape import HOME, OTHER, Json
from scripts.diff_iam.targets import Target, targets

MOVED = 0.4
"""How many cases have one thing moved after they are built."""


def generate(rng: random.Random) -> Json:
    """One case: built to be allowed, then a few things are moved just over an edge."""
    cross = rng.random() < 0.3
    account = OTHER if cross else HOME
    target = rng.choice(targets(account))
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
    one: Json = {
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
    return mutated(rng, one) if chance() < MOVED else one


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
            number = self._rng.randrange(len(COMPARISONS))
            if _holds(number, self._context) == holds:
                break
        return COMPARISONS[number]


def _holds(number: int, context: Json) -> bool:
    """Is a comparison met? Told by our own evaluator from the keys that play a part."""
    low = _TEXTS[number]
    read = {key: value for key, value in context.items() if key.lower() in low}
    return _met(number, json.dumps(read))


@functools.lru_cache(maxsize=1 << 16)
def _met(number: int, context: str) -> bool:
    operator, key, values = COMPARISONS[number]
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: values}}}
    probe = {
        "name": "probe",
        "request": {"principal": f"arn:aws:iam::{HOME}:user/x", "action": "a:B", "context": json.loads(context)},
        "policies": {"identity": [{"Version": "2012-10-17", "Statement": allow}]},
    }
    return ours(probe).allowed


_TEXTS = [json.dumps(one).lower() for one in COMPARISONS]
