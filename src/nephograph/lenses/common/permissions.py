"""Decisions about permissions as answers: layers as a table, as data and as a drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nephograph.engines.identity.analysis import Analysis, LayerAnswer
from nephograph.estate.graph import Estate
from nephograph.lenses.common.naming import shown
from nephograph.model.answer import Arrow, Block, Drawing, Node, Table
from nephograph.model.facts import Decision
from nephograph.model.verdict import Evidence

if TYPE_CHECKING:
    from nephograph.engines.permissions.access import Part

TITLES = {
    "scp": "SCP",
    "rcp": "RCP",
    "endpoint": "endpoint policy",
    "identity": "identity policies",
    "boundary": "permissions boundary",
    "session": "session policy",
    "resource": "resource policy",
}


def not_known(request: Mapping[str, Any], parts: Sequence[Part], invented: Iterable[str]) -> tuple[str, ...]:
    """Unknown texts that a request, or what it stands for, was found with: the answer hangs on them."""
    said = json.dumps([request["resource"], request["context"], [part.resources + part.but_not for part in parts]])
    return tuple(f"{name[1:-1]} is not known" for name in sorted(invented) if json.dumps(name)[1:-1] in said)


def layer_table(analysis: Analysis) -> Block:
    """One row a layer; levels of an organization stand apart. A layer that is not there is a row of its own."""
    rows = tuple((_title(one), one.says, _place(one.because), _why(one)) for one in analysis.layers)
    return Table(("layer", "says", "at", "because"), rows, "Layer by layer")


def layer_data(analysis: Analysis) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "layer": one.layer,
            "level": one.level,
            "says": one.says,
            "because": list(one.because),
            "depends_on": list(one.depends_on),
        }
        for one in analysis.layers
    ]


def drawing(decision: Decision, analysis: Analysis, estate: Estate) -> Drawing:
    """Principal → each layer that is there → resource; what blocks is marked, what is behind it not reached."""
    who, what = estate.resources.get(decision.principal), estate.resources.get(decision.resource)
    verdict = decision.verdict.answer
    nodes = [Node("principal", shown(estate, decision.principal), str(who.cls) if who else "principal", "", "entry")]
    arrows: list[Arrow] = []
    tone = ""
    for number, one in enumerate(_walked(analysis)):
        blocks = one.layer == analysis.blocked_by and one.says in ("denies", "does not allow")
        name = f"layer {number}"
        nodes.append(Node(name, _title(one), "policy", _caption(one, verdict), "block" if blocks else ""))
        arrows.append(Arrow(nodes[-2].id, name, "", tone))
        if blocks:
            tone = "drop"
        elif tone == "" and one.says in ("depends", "may deny"):
            tone = "depends"
    target = Node("resource", shown(estate, decision.resource), str(what.cls) if what else "generic", "", "target")
    nodes.append(target)
    open_ = next(iter((*decision.condition, *decision.verdict.depends_on)), "if …")
    label = {"yes": decision.action, "no": "not allowed", "depends": open_}[verdict]
    arrows.append(Arrow(nodes[-2].id, "resource", label, {"yes": "", "no": "drop", "depends": "depends"}[verdict]))
    verb = {"yes": "can", "no": "cannot", "depends": "may"}[verdict]
    title = f"{nodes[0].label} {verb} {decision.action} on {target.label}"
    return Drawing(tuple(nodes), tuple(arrows), title)


def _walked(analysis: Analysis) -> list[LayerAnswer]:
    return [one for one in analysis.layers if one.says != "not there"]


def _caption(one: LayerAnswer, verdict: str) -> str:
    """What a layer says; where all the others suffice, its silence takes nothing away."""
    return "says nothing of it" if one.says == "does not allow" and verdict == "yes" else one.says


def _title(one: LayerAnswer) -> str:
    return f"{TITLES[one.layer]} of {one.level}" if one.level else TITLES[one.layer]


def _place(facts: tuple[Evidence, ...]) -> str:
    return next((str(fact.location) for fact in facts if fact.location), "")


def _why(one: LayerAnswer) -> str:
    told = [fact.text for fact in one.because]
    left_open = [reason for reason in one.depends_on if reason not in told]
    return "; ".join((*told, *left_open)) or "-"


def sentence(decision: Decision, estate: Estate) -> str:
    """The answer in one sentence."""
    who, what = shown(estate, decision.principal), shown(estate, decision.resource)
    told = f"{decision.action} on {what}"
    if decision.verdict.answer == "no":
        return f"No: {who} cannot {told}."
    if decision.verdict.answer == "yes":
        with_ = f" ({'; '.join(decision.condition)})" if decision.condition else ""
        return f"Yes: {who} can {told}{with_}."
    return f"Open: whether {who} can {told}."
