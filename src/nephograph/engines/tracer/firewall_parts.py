"""What both engines of Network Firewall have in common: rule groups in order, and values that are not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.span import Span
from nephograph.model.value import Unknown


class Decided(NamedTuple):
    """What an engine does with a packet (`pass`, `drop` or `forward`), by which rule, and where that was written."""

    action: str
    rule: str
    location: Span | None = None


def either(walker: Walker, what: str, location: Span | None = None) -> Decided:
    """Something that is not known decides: it lets the packet pass, or it does not."""
    return Decided("pass" if walker.course.perhaps(f"what {what} decides") else "drop", what, location)


def groups(walker: Walker, policy: Resource, field: str) -> list[tuple[Resource | None, str]]:
    """(rule group, "") in the order of their priorities; (None, what it is) for one that is not in the data."""
    items = policy.get(field)
    if not isinstance(items, list):
        return [] if items is None else [(None, f"the rule groups of {name(policy)}")]
    numbers = [item.get("priority") if isinstance(item, dict) else None for item in items]
    if len(items) > 1 and any(isinstance(one, Unknown) for one in (*items, *numbers)):
        return [(None, f"the order of the rule groups of {name(policy)}")]
    found: list[tuple[Resource | None, str]] = []
    for _, at in sorted((one if isinstance(one, int | float) else 0, at) for at, one in enumerate(numbers)):
        linked = walker.ground.linked(policy, "uses_rule_group", field, at)
        said = items[at].get("group") if isinstance(items[at], dict) else items[at]
        found.append((linked[0], "") if linked else (None, f"rule group {said} of {name(policy)}"))
    return found


def among(walker: Walker, said: Any, meets: Callable[[Any], bool], what: str) -> bool:
    """Is there one in a list that meets? Nothing said is met by everything; what is not known is asked for."""
    if said is None or (isinstance(said, list) and not said):
        return True
    items = said if isinstance(said, list) else [said]
    if any(meets(one) for one in items if not isinstance(one, Unknown)):
        return True
    lost = [one for one in items if isinstance(one, Unknown)]
    return bool(lost) and walker.course.perhaps(f"whether {what} covers this ({lost[0]})")
