"""What a lens is given: the estate, the engines' facts, and what loading left to say."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from nephograph.estate.graph import Estate
from nephograph.lenses.common.data_rules import DataRule
from nephograph.library.own_rules import NONE, OwnRules
from nephograph.model.answer import Coverage, Snapshot, Subject
from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.events import Usage
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.source import Suppression


class Version(msgspec.Struct, frozen=True):
    """One version of a resource: what happened (added, changed, moved), when, and until when it held (None: still)."""

    what: str
    taken_from: str
    taken_to: str | None
    snapshot: int
    address: str


class Context(msgspec.Struct, frozen=True):
    """One opened estate. `today` is an ISO date; `write_fix` gives a fix its text diff where a source can.

    `moved` are moved blocks of the code (root, old address, new address). `versions` tells the stored history of a urn.
    `before` is the other estate of a comparison. `usage` is what logs told, when a question names some. `apply_fix`
    writes a fix into the files that were read, and reads them again; None where the estate was read from no files.
    `data_rules` say what resources hold; `rules` are those of somebody's own.
    """

    estate: Estate
    facts: Facts
    coverage: Coverage
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]
    suppressions: tuple[Suppression, ...]
    snapshot: Snapshot
    today: str
    write_fix: Callable[[Fix], Fix]
    moved: tuple[tuple[str, str, str], ...] = ()
    versions: Callable[[str], tuple[Version, ...]] | None = None
    before: Context | None = None
    usage: Usage | None = None
    apply_fix: Callable[[Fix], Applied] | None = None
    data_rules: tuple[DataRule, ...] = ()
    rules: OwnRules = NONE


def subject(resource: Resource) -> Subject:
    """How answers name a resource."""
    return Subject(resource.urn, resource.kind, resource.address, resource.label, str(resource.cls))


class Applied(msgspec.Struct, frozen=True):
    """A fix that was written: the files that changed, and what is read there now."""

    files: tuple[str, ...]
    after: Context
