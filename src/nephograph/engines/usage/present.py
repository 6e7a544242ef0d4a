"""What a principal is granted today by its own policies: is a call covered, and on which terms?"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from nephograph.engines.identity.condition import PRESENT, Context, Known
from nephograph.engines.identity.match import applies
from nephograph.engines.identity.request import Principal, Request, base_context
from nephograph.engines.identity.statement import Policy, Statement, Test
from nephograph.engines.usage import known
from nephograph.engines.usage.wild import is_open, unescaped
from nephograph.model.events import Circumstance
from nephograph.model.value import has_symbol

Terms = tuple[Test, ...]


class Grant(msgspec.Struct, frozen=True):
    """How a call is granted: `terms` are the conditions of the statement that grants it. `unknown`: nobody can say."""

    verdict: Literal["yes", "no", "depends", "unknown"]
    terms: Terms = ()
    statement: Statement | None = None


class Present:
    """The identity policies of a principal. `known` is False when there are none at hand, or some are not readable."""

    def __init__(self, policies: Sequence[Policy], principal: Principal, at_hand: bool) -> None:
        self.policies = tuple(policies)
        self.unreadable = tuple(policy.unknown for policy in policies if policy.unknown)
        self.unreadable += tuple(
            f"{s.name}: {s.problem}" for policy in policies for s in policy.statements if s.problem
        )
        self.known = at_hand and not self.unreadable
        self.at_hand = at_hand
        self._principal = principal
        self._allows = [s for policy in policies for s in policy.statements if s.effect == "Allow"]
        self._found: dict[tuple[str, str, Circumstance], Grant] = {}

    def grant(self, action: str, pattern: str, circumstance: Circumstance) -> Grant:
        """Is the action granted on everything that the pattern covers? Denials are not looked at: they are kept."""
        key = action, pattern, circumstance
        if key not in self._found:
            self._found[key] = self._grant(action, pattern, circumstance)
        return self._found[key]

    def _grant(self, action: str, pattern: str, circumstance: Circumstance) -> Grant:
        request = self._request(action, pattern, circumstance)
        best = Grant("no")
        for statement in self._allows:
            if statement.resources.negated and is_open(pattern):
                continue  # what is left out may lie within the pattern
            verdict = applies(statement, request).answer
            if verdict == "no" or statement.problem:
                continue
            found = Grant(verdict, statement.conditions, statement)
            if verdict == "yes" and not statement.conditions:
                return found
            if best.verdict != "yes":
                best = found
        return Grant("unknown") if best.verdict == "no" and not self.known else best

    def _request(self, action: str, pattern: str, circumstance: Circumstance) -> Request:
        arn = pattern if is_open(pattern) else unescaped(pattern)
        parts = arn.split(":", 5)
        account = parts[4] if len(parts) == 6 and parts[4].isdigit() else self._principal.account
        keys = base_context(self._principal, account, None)
        keys |= told(circumstance)
        return Request(self._principal, action, arn, account, Context(keys))

    def patterns(self, action: str) -> list[str]:
        """The resource patterns under which an action is granted; NotResource names none."""
        found: dict[str, None] = {}
        for statement in self._allows:
            if not statement.resources.negated and known.covers(statement.actions.patterns, action):
                found |= dict.fromkeys(statement.resources.patterns)
        return [one for one in found if not has_symbol(one)]

    def actions(self) -> list[known.Action]:
        """Every known action that some statement allows on something, denials left aside."""
        found: dict[str, known.Action] = {}
        for statement in self._allows:
            if statement.actions.negated:
                left_out = {one.name for one in known.matching(statement.actions.patterns)}
                named: Iterable[known.Action] = (one for one in known.matching(("*",)) if one.name not in left_out)
            else:
                named = known.matching(statement.actions.patterns)
            found |= {one.name: one for one in named}
        return [found[name] for name in sorted(found)]

    def denials(self) -> list[dict[str, Any]]:
        """Its Deny statements, as they are written: whoever takes a policy's grants away keeps what it forbids."""
        every = [s for policy in self.policies for s in policy.statements if s.effect == "Deny" and not s.problem]
        return [written(statement) for statement in every]

    def documents(self) -> list[dict[str, Any]]:
        """The statements it has, as JSON."""
        return [written(s) for policy in self.policies for s in policy.statements]


def told(circumstance: Circumstance) -> dict[str, Known]:
    """The context keys that a log tells."""
    keys: dict[str, Known] = {"aws:SecureTransport": PRESENT}
    if circumstance.region:
        keys["aws:RequestedRegion"] = (circumstance.region,)
    if is_address(circumstance.address) and not circumstance.via:
        if circumstance.endpoint:
            keys["aws:VpcSourceIp"] = (circumstance.address,)
        else:
            keys["aws:SourceIp"] = (circumstance.address,)
    if circumstance.endpoint:
        keys |= {"aws:SourceVpce": (circumstance.endpoint,), "aws:SourceIp": None}
    if circumstance.mfa:
        keys["aws:MultiFactorAuthPresent"] = (circumstance.mfa,)
    if circumstance.via.endswith(".amazonaws.com"):
        keys |= {"aws:ViaAWSService": ("true",), "aws:CalledViaLast": (circumstance.via,)}
    return keys


def is_address(text: str) -> bool:
    """Is this an IP address, and not the name of a service?"""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def condition(terms: Terms) -> dict[str, dict[str, Any]]:
    """The terms as a Condition element."""
    found: dict[str, dict[str, Any]] = {}
    for test in terms:
        values = list(test.values)
        found.setdefault(test.operator, {})[test.key] = values[0] if len(values) == 1 else values
    return {operator: dict(sorted(keys.items())) for operator, keys in sorted(found.items())}


def written(statement: Statement) -> dict[str, Any]:
    """A statement as JSON."""
    said: dict[str, Any] = {"Sid": statement.sid} if statement.sid else {}
    said["Effect"] = statement.effect or "Allow"
    said["NotAction" if statement.actions.negated else "Action"] = _one_or_many(statement.actions.patterns)
    said["NotResource" if statement.resources.negated else "Resource"] = _one_or_many(statement.resources.patterns)
    if statement.conditions:
        said["Condition"] = condition(statement.conditions)
    return said


def _one_or_many(texts: Sequence[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)
