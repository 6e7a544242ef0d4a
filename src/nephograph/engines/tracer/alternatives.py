"""Something that sits in one of several subnets, and nobody says in which: each is a case, and all of them count.

AWS chooses the subnet of the group a database is put into, and the machine a task of ECS runs on. Sources:
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from nephograph.engines.tracer.places import Interface
from nephograph.model.verdict import Answered

ONE_OF = "#one-of"
"""The end of the urn of an interface that is one of several possible ones."""

End = TypeVar("End")
Traced = TypeVar("Traced")


def place(end: object) -> tuple[Hashable, str]:
    """(what the end is whichever subnet it sits in, the subnet that is assumed here: "" when it is known)."""
    if isinstance(end, Interface) and end.urn.endswith(ONE_OF):
        return end.resource.urn, end.urn
    return (end.urn, "") if isinstance(end, Interface) else (str(end), "")


def doubt(end: object) -> str:
    """What is not known of an end, "" when its place is."""
    if isinstance(end, Interface) and end.urn.endswith(ONE_OF):
        if end.resource.kind == "aws_ecs_service":
            return f"which machine tasks of {end.name} run on"
        return f"which subnet of its group {end.name} sits in"
    return ""


def sorted_out(traced: Sequence[Traced], ends: Callable[[Traced], tuple[object, object]]) -> list[list[list[Traced]]]:
    """Groups of one start and one goal, each a list of cases: what was traced of one pair of subnets."""
    groups: dict[Hashable, dict[Hashable, list[Traced]]] = {}
    for one in traced:
        (start, from_), (goal, to) = (place(end) for end in ends(one))
        groups.setdefault((start, goal), {}).setdefault((from_, to), []).append(one)
    return [list(cases.values()) for cases in groups.values()]


def all_of(verdicts: Sequence[Answered]) -> Answered:
    """The verdict over cases of which one holds: what they agree on, else it depends."""
    return verdicts[0] if len(set(verdicts)) == 1 else "depends"


def best_of(verdicts: Sequence[Answered]) -> Answered:
    """The verdict over ways that may all be used."""
    return next((v for v in ("yes", "depends") if v in verdicts), "no")
