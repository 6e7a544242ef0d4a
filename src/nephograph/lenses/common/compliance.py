"""Findings by the controls of a framework: which fail, which are open, which a person has to judge."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from nephograph.library.frameworks import Control, Framework, framework, frameworks
from nephograph.library.sdk import Check
from nephograph.model.answer import Block, Finding, Table, Text
from nephograph.model.errors import UsageError


def asked(name: str) -> Framework:
    """The framework of that id. Raises `UsageError` with the nearest ones when there is none."""
    if name not in frameworks():
        close = difflib.get_close_matches(name, frameworks(), n=3, cutoff=0.4) or frameworks()
        raise UsageError("nothing-known", f"there is no framework {name}", f"there is {', '.join(close)}")
    return framework(name)


def by_control(wanted: Framework, found: Sequence[Finding], ran: Iterable[Check]) -> tuple[list[Block], dict[str, Any]]:
    """The controls as blocks and as data. `ran` are the checks that were asked; a finding counts unless suppressed."""
    checks = list(ran)
    topics = {check.code: check.topics for check in checks}
    live = [finding for finding in found if finding.suppressed is None]
    rows, data, states = [], [], Counter[str]()
    for control in wanted.controls:
        its = [f for f in live if control.asks(topics.get(f.code, ()), f.resource.kind)]
        state = _state(control, its, checks)
        states[state] += 1
        codes = Counter(f.code for f in its)
        shown = ", ".join(f"{code} ({number})" for code, number in codes.most_common(3))
        more = f" and {len(codes) - 3} more" if len(codes) > 3 else ""
        rows.append((control.id, control.says, control.how, state, shown + more or control.why))
        data.append(
            {
                "id": control.id,
                "says": control.says,
                "how": control.how,
                "why": control.why,
                "topics": list(control.topics),
                "kinds": list(control.kinds),
                "state": state,
                "findings": [finding.id for finding in its],
            }
        )
    told = ", ".join(f"{states[state]} {state}" for state in STATES if states[state])
    blocks: list[Block] = [
        Text(f"{wanted.title}: {told}."),
        Table(("control", "asks", "decided", "state", "because of"), tuple(rows), wanted.id),
    ]
    return blocks, {"id": wanted.id, "title": wanted.title, "source": wanted.source, "controls": data}


STATES = ("failing", "open", "without a fault that is found", "about nothing that was read", "for a person to judge")
"""What a control is: something found, something that depends, checked and quiet, no check asked, or manual."""


def _state(control: Control, its: Sequence[Finding], ran: Iterable[Check]) -> str:
    if control.how == "manual":
        return STATES[4]
    if any(finding.verdict == "yes" for finding in its):
        return STATES[0]
    if its:
        return STATES[1]
    return STATES[2] if any(control.asks(check.topics, check.kind) for check in ran) else STATES[3]
