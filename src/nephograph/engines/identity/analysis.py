"""Why an answer is what it is, layer by layer: what each says by itself, and which of them blocks.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

from typing import Literal

import msgspec

from nephograph.engines.identity.layers import Ceiling, Layers, Outcome, Outcomes, granted, level_outcome, outcomes
from nephograph.engines.identity.request import Request, same_account
from nephograph.model.facts import Decision
from nephograph.model.verdict import Evidence, Verdict

LayerName = Literal["scp", "rcp", "endpoint", "identity", "boundary", "session", "resource"]
Effect = Literal["allowed", "implicitly_denied", "explicitly_denied", "depends"]
Says = Literal["allows", "denies", "does not allow", "may deny", "depends", "not there"]


class LayerAnswer(msgspec.Struct, frozen=True):
    """What one layer says of the request. `level` tells levels of an organization apart, "" for other layers."""

    layer: LayerName
    says: Says
    because: tuple[Evidence, ...] = ()
    depends_on: tuple[str, ...] = ()
    level: str = ""


class Analysis(msgspec.Struct, frozen=True):
    """The effect, the layer that blocks ("" unless the answer is no), and every layer in the order AWS asks them."""

    effect: Effect
    blocked_by: LayerName | Literal[""]
    layers: tuple[LayerAnswer, ...]


class Explained(msgspec.Struct, frozen=True):
    """A decision and what each layer says (None when it was not asked for, or nothing is known to ask)."""

    decision: Decision
    analysis: Analysis | None = None


def analyse(layers: Layers, request: Request, verdict: Verdict) -> Analysis:
    """The layers of one request whose verdict is known."""
    found = outcomes(layers, request)
    told = _told(layers, request, found)
    if verdict.answer == "yes":
        return Analysis("allowed", "", told)
    if verdict.answer == "depends":
        return Analysis("depends", "", told)
    denying = next((name for name, one in _single(found) if one.deny.answer == "yes"), None)
    if denying is not None:
        return Analysis("explicitly_denied", denying, told)
    return Analysis("implicitly_denied", _blocking(layers, request, found), told)


def _single(found: Outcomes) -> tuple[tuple[LayerName, Outcome], ...]:
    """The layers in the order AWS evaluates them; where several block, the first is named."""
    return (
        ("rcp", found.rcp),
        ("scp", found.scp),
        ("resource", found.resource),
        ("identity", found.identity),
        ("boundary", found.boundary),
        ("session", found.session),
        ("endpoint", found.endpoint),
    )


def _blocking(layers: Layers, request: Request, found: Outcomes) -> LayerName:
    """The first layer that would have to allow and does not."""
    needed: set[LayerName] = {"rcp", "scp", "endpoint"}
    if granted(layers, request, found).answer != "no":
        pass
    elif not request.principal.signed:
        needed.add("resource")
    else:
        needed |= {"boundary", "session"}
        across = same_account(request.principal.account, request.account).answer == "no"
        silent = found.resource.allow.answer == "no"
        if silent and (across or layers.kind != "ordinary"):
            needed.add("resource")
        unnamed = all(way.answer == "no" for way in (found.direct, found.by_role))
        if across or (unnamed and not (silent and layers.kind != "ordinary")):
            needed.add("identity")
    return next((name for name, one in _single(found) if name in needed and one.allow.answer == "no"), "resource")


def _told(layers: Layers, request: Request, found: Outcomes) -> tuple[LayerAnswer, ...]:
    there = {
        "identity": request.principal.signed,
        "boundary": layers.boundary is not None,
        "session": layers.session is not None,
        "endpoint": layers.endpoint is not None,
        "resource": bool(layers.resource),
    }
    told: list[LayerAnswer] = []
    for name, outcome in _single(found):
        if name == "scp" or name == "rcp":
            told += _ceiling(name, layers.scp if name == "scp" else layers.rcp, request)
        else:
            told.append(_one(name, outcome) if there[name] else LayerAnswer(name, "not there"))
    return tuple(told)


def _ceiling(name: LayerName, ceiling: Ceiling | None, request: Request) -> list[LayerAnswer]:
    """One answer a level; where it is not known which account is meant, the levels of each that could be."""
    if ceiling is None:
        return [LayerAnswer(name, "not there")]
    levels = dict.fromkeys(level for chain in ceiling.chains for level in chain)
    told = [_one(name, level_outcome(ceiling.kind, level, request), level.name) for level in levels]
    if len(ceiling.chains) == 1:
        return told
    return [
        one if one.says == "allows" else msgspec.structs.replace(one, says="depends", depends_on=(ceiling.unsure,))
        for one in told
    ]


def _one(name: LayerName, outcome: Outcome, level: str = "") -> LayerAnswer:
    allow, deny = outcome.allow, outcome.deny
    if deny.answer == "yes":
        return LayerAnswer(name, "denies", deny.because, (), level)
    if allow.answer == "no" and deny.answer == "no":
        return LayerAnswer(name, "does not allow", allow.because, (), level)
    if allow.answer == "no":
        return LayerAnswer(name, "may deny", deny.because, deny.depends_on, level)
    if deny.answer == "depends" or allow.answer == "depends":
        because = tuple(dict.fromkeys((*allow.because, *deny.because)))
        open_ = tuple(dict.fromkeys((*allow.depends_on, *deny.depends_on)))
        return LayerAnswer(name, "depends", because, open_, level)
    return LayerAnswer(name, "allows", tuple(dict.fromkeys(allow.because)), (), level)
