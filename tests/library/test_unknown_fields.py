"""Where the field that makes the Bad code bad is not known, some check says so, and says on what it depends.

Not every check for itself: what is not known is asked about once, and not by each of ten checks of ports.
"""

from __future__ import annotations

import pathlib

import msgspec
import pytest

from nephograph.engines.facts import EstateFacts
from nephograph.estate.graph import Estate
from nephograph.library.registry import all_checks, checks_for, kinds_of, prose
from nephograph.library.sdk import LANGUAGES, Bad, Check
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.session import open_estate

NOT_KNOWN = Unknown(Reason.NOT_EVALUATED, "an expression")

WRITTEN = ("docker", "code", "terraform")
"""What is read from a text is known or is not there: no variable makes it."""

CHECKS = [one for one in all_checks() if one.code.partition("-")[0] not in WRITTEN]


def bad(check: Check, estate: Estate) -> tuple[Resource, Bad]:
    """What the Bad code is found guilty of, and where."""
    facts = EstateFacts(estate)
    found = [
        (resource, one)
        for kind in kinds_of(check, estate.kinds())
        for resource in estate.of_kind(kind)
        for one in check.run(resource, facts)
    ]
    return found[0]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_what_is_not_known_is_asked_about(check: Check, tmp_path: pathlib.Path) -> None:
    (tmp_path / LANGUAGES[check.language]).write_text(prose(check).bad[check.language][0])
    estate = open_estate([str(tmp_path)], today="2026-01-01").estate
    resource, one = bad(check, estate)
    if not one.path:
        pytest.skip("what is bad is that something is not there: no field says it")
    told = one.on or resource
    open_ = msgspec.structs.replace(told, config={**told.config, one.path[0]: NOT_KNOWN})
    resources = [open_ if other.urn == told.urn else other for other in estate.resources.values()]
    changed = Estate(resources, estate.edges, estate.unlinked, estate.answered)
    facts = EstateFacts(changed)
    if any(again.verdict.answer == "yes" for again in check.run(changed.resources[resource.urn], facts)):
        pytest.skip("an edge says it as well as the field")
    asked = [
        other.code
        for other in checks_for(changed.kinds())
        for kind in kinds_of(other, changed.kinds())
        for thing in changed.of_kind(kind)
        for found in other.run(thing, facts)
        if found.verdict.answer == "depends" and (found.on or thing).urn == told.urn and found.path[:1] == one.path[:1]
    ]
    assert asked, f"{told.kind}.{one.path[0]} is not known, and no check says so"
