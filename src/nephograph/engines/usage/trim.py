"""The least policy for what was used: what it allows, what it leaves out, and the proof of both."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from nephograph.engines.usage import known, replay
from nephograph.engines.usage.policy import Document, Need, documents, statements
from nephograph.engines.usage.present import Grant, Present, Terms, condition
from nephograph.engines.usage.scope import scoped
from nephograph.engines.usage.unlogged import is_unlogged
from nephograph.engines.usage.used import Record, Used
from nephograph.engines.usage.wild import glob, is_open
from nephograph.model.events import Circumstance


class Options(msgspec.Struct, frozen=True):
    """`exact`: names of resources as they are. `wildcards`: `s3:Get*` for many of one verb, where it is granted today.

    `keep_unlogged`: keep what is granted today and what the log cannot tell of. `only_granted`: leave out what was used
    and is granted by none of today's policies.
    """

    exact: bool = False
    wildcards: bool = False
    keep_unlogged: bool = False
    only_granted: bool = False


class Trimmed(msgspec.Struct, frozen=True):
    """The policy and what it comes from.

    `used` are what it allows; `ungranted` those of them (or, with `only_granted`, beside them) that none of today's
    policies grants; `implied_left` what calls take unlogged and nothing grants today. `removed` are actions that are
    granted today and not used, `unlogged` those of them that the log cannot tell of, `extra` what wildcards allow
    beyond use. `before` tells the patterns of today for the actions that stay.
    """

    policies: tuple[Document, ...]
    used: tuple[Used, ...]
    scopes: dict[str, tuple[str, ...]]
    before: dict[str, tuple[str, ...]]
    removed: tuple[str, ...]
    unlogged: tuple[str, ...]
    ungranted: tuple[Used, ...]
    implied_left: tuple[Used, ...]
    extra: tuple[str, ...]
    conditional: tuple[str, ...]
    kept_denials: int
    proof: replay.Proof


def trim(record: Record, present: Present, principal: str, logged: frozenset[str], options: Options) -> Trimmed:
    """The least policy for a record of use. `principal` is the ARN that asks, `logged` services with data events."""
    record = msgspec.structs.replace(record, used=tuple(part for one in record.used for part in _told(one, present)))
    grants = {one: [present.grant(one.action, one.resource, c) for c in one.circumstances] for one in record.used}
    ungranted = [one for one, found in grants.items() if present.at_hand and any(g.verdict == "no" for g in found)]
    implied_left = [one for one in ungranted if one.implied]
    ungranted = [one for one in ungranted if not one.implied]
    left = {*implied_left, *(ungranted if options.only_granted else ())}
    used = [one for one in record.used if one not in left]
    actions = present.actions() if present.at_hand else []
    names = {one.action.lower() for one in used}
    unused = [one for one in actions if one.name.lower() not in names]
    unlogged = [one for one in unused if is_unlogged(one, logged)]
    needs = _needs(used, grants, present, options)
    conditional = sorted({need.action for need in needs if need.condition != "{}"})
    if options.keep_unlogged:
        needs += [need for one in unlogged for need in _as_today(one.name, present)]
        unused = [one for one in unused if one not in unlogged]
    scopes = _scopes(needs)
    extra: list[str] = []
    if options.wildcards:
        needs, extra = _wild(needs, {one.name for one in actions}, present.at_hand)
    denials = present.denials()
    policies = documents([*statements(needs), *denials])
    removed = [one.name for one in unused if one.name not in extra]
    return Trimmed(
        policies=tuple(policies),
        used=tuple(used),
        scopes=scopes,
        before={name: tuple(sorted(present.patterns(name))) for name in scopes} if present.at_hand else {},
        removed=tuple(removed),
        unlogged=tuple(one.name for one in unlogged),
        ungranted=tuple(ungranted),
        implied_left=tuple(implied_left),
        extra=tuple(extra),
        conditional=tuple(conditional),
        kept_denials=len(denials),
        proof=replay.prove(principal, policies, used, removed),
    )


def _told(one: Used, present: Present) -> list[Used]:
    """What a log does not tell in full is no more than what is granted today within it."""
    if not is_open(one.resource) or not present.at_hand or one.folded:
        return [one]
    if any(present.grant(one.action, one.resource, each).verdict != "no" for each in one.circumstances):
        return [one]
    within = [each for each in present.patterns(one.action) if glob(one.resource, each)]
    return [msgspec.structs.replace(one, resource=each) for each in within] or [one]


def _needs(used: Sequence[Used], grants: dict[Used, list[Grant]], present: Present, options: Options) -> list[Need]:
    """What has to be allowed: by action and by the terms on which it is granted today."""
    by_terms: dict[tuple[str, Terms], dict[str, Circumstance]] = defaultdict(dict)
    for one in used:
        found = grants[one]
        every = {grant.terms for grant in found}
        # Granted without terms in one circumstance and with them in another: both statements stay what they are.
        for each, circumstance in zip(found, one.circumstances, strict=True):
            wanted = () if () in every and each.verdict in ("no", "unknown") else each.terms
            by_terms[one.action, wanted].setdefault(one.resource, circumstance)
    needs: list[Need] = []
    for (action, terms), resources in sorted(by_terms.items(), key=lambda one: (one[0][0], str(one[0][1]))):
        circumstance = next(iter(resources.values()))

        def covered(
            pattern: str, action: str = action, terms: Terms = terms, circumstance: Circumstance = circumstance
        ) -> bool:
            grant = present.grant(action, pattern, circumstance)
            return grant.verdict == "unknown" or (grant.verdict != "no" and grant.terms == terms)

        patterns = scoped(resources, covered, present.patterns(action), options.exact)
        needs.append(Need(action, tuple(patterns), json.dumps(condition(terms), sort_keys=True)))
    return needs


def _as_today(action: str, present: Present) -> list[Need]:
    """An action as it is granted today, statement by statement."""
    found: list[Need] = []
    for policy in present.policies:
        for statement in policy.statements:
            actions, resources = statement.actions, statement.resources
            plain = statement.effect == "Allow" and not actions.negated and not resources.negated
            if plain and known.covers(actions.patterns, action):
                said = json.dumps(condition(statement.conditions), sort_keys=True)
                found.append(Need(action, resources.patterns, said))
    return found


def _scopes(needs: Sequence[Need]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for need in needs:
        found[need.action] |= dict.fromkeys(need.resources)
    return {action: tuple(sorted(patterns)) for action, patterns in sorted(found.items())}


MANY_OF_A_VERB = 3


def _wild(needs: list[Need], granted: set[str], at_hand: bool) -> tuple[list[Need], list[str]]:
    """Actions of one verb on the same resources as one pattern, where all that it names is granted today."""
    grouped: dict[tuple[str, str, tuple[str, ...]], list[Need]] = defaultdict(list)
    for need in needs:
        grouped[_verb(need.action), need.condition, need.resources].append(need)
    found: list[Need] = []
    extra: dict[str, None] = {}
    used = {need.action for need in needs}
    for (verb, said, resources), those in grouped.items():
        named = [one.name for one in known.matching((f"{verb}*",))]
        if len(those) < MANY_OF_A_VERB or (at_hand and not granted.issuperset(named)):
            found += those
            continue
        found.append(Need(f"{verb}*", resources, said))
        extra |= dict.fromkeys(name for name in named if name not in used)
    return found, [name for name in extra if any(glob(need.action, name) for need in found)]


def _verb(action: str) -> str:
    """`s3:GetObject` → s3:Get."""
    prefix, _, name = action.partition(":")
    end = next((place for place, letter in enumerate(name) if place and letter.isupper()), len(name))
    return f"{prefix}:{name[:end]}"


def as_data(one: Used) -> dict[str, Any]:
    """One used action for programs."""
    return {
        "action": one.action,
        "resource": one.resource,
        "count": one.count,
        "first": one.first,
        "last": one.last,
        "in_log": not one.implied,
    }
