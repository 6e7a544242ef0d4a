"""The order of attack paths: named criteria, compared one after the other; there is no hidden score."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nephograph.model.answer import AttackPath

CRITERIA: tuple[tuple[str, str], ...] = (
    ("proof", "paths whose every step is proven stand before paths that depend on something not known"),
    ("severity", "what is lost at the end: the worst first"),
    ("steps", "the fewer steps an attacker has to take, the earlier"),
    ("conditions", "the fewer things it depends on, the earlier"),
)
"""The criteria in the order they are compared, with what each means. Equal paths are ordered by the
names of entry, target and stations."""


class Standing(NamedTuple):
    """Where one path stands by every criterion; smaller is earlier."""

    proof: int
    severity: int
    steps: int
    conditions: int


def standing(path: AttackPath) -> Standing:
    """The values a path is ranked by, in the order of `CRITERIA`."""
    return Standing(int(path.verdict != "yes"), path.severity.rank, len(path.steps), len(path.depends_on))


def ranked(paths: Iterable[AttackPath]) -> list[AttackPath]:
    """Paths in order; the order does not depend on the order they come in."""

    def key(path: AttackPath) -> tuple[Standing, str, str, tuple[str, ...], str]:
        stations = tuple(step.target.label for step in path.steps)
        return standing(path), path.entry.label, path.target.label, stations, path.id

    return sorted(paths, key=key)


def because(path: AttackPath) -> list[tuple[str, str]]:
    """(criterion, how this path does on it), for a person who asks why it stands where it stands."""
    proof = "every step is proven" if path.verdict == "yes" else "depends on something not known"
    values = (proof, str(path.severity), str(len(path.steps)), str(len(path.depends_on)))
    return [(name, value) for (name, _), value in zip(CRITERIA, values, strict=True)]
