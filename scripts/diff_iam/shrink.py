"""The smallest case that still differs: a large one holds many things that play no part."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from scripts.diff_iam.compare import Difference, compare
from scripts.diff_iam.shape import GONE, Json, Place, changed, documents
from scripts.diff_iam.simulator import Theirs

Edit = tuple[tuple[Place, Any], ...]


def edits(one: Json) -> Iterator[Edit]:
    """What can be left out of the case, the largest things first."""
    policies, context = one["policies"], one["request"]["context"]
    if context:
        yield ((("request", "context"), {}),)
    for layer in ("identity", "boundary", "session", "scp", "rcp", "endpoint"):
        if policies[layer]:
            yield ((("policies", layer), []),)
            for index in range(len(policies[layer])) if len(policies[layer]) > 1 else ():
                yield ((("policies", layer, index), GONE),)
    if policies["resource"] is not None:
        yield ((("policies", "resource"), None),)
    for key in context:
        yield ((("request", "context", key), GONE),)
    for path, document in documents(one):
        if len(path) > 3:  # a document of a level
            yield ((path, GONE),)
        for index, statement in enumerate(document["Statement"]):
            yield from _within((*path, "Statement", index), statement, len(document["Statement"]) > 1)


def _within(here: Place, statement: Json, spare: bool) -> Iterator[Edit]:
    if spare:
        yield ((here, GONE),)
    condition = statement.get("Condition", {})
    for operator in condition:
        yield (((*here, "Condition", operator) if len(condition) > 1 else (*here, "Condition"), GONE),)
    for element in ("Action", "NotAction", "Resource", "NotResource"):
        value = statement.get(element)
        if isinstance(value, list) and len(value) > 1:
            for place in range(len(value)):
                yield (((*here, element, place), GONE),)
        elif element in ("Action", "Resource") and value not in (None, "*"):
            yield (((*here, element), "*"),)


def shrink(difference: Difference, theirs: Theirs, budget: int = 400) -> Difference:
    """The smallest case found that still differs in the same way.

    What is left out is not tried again, and the search goes on behind it; a pass that takes nothing away ends it.
    """
    best, place, progress = difference, 0, False
    while budget > 0:
        edit = next(itertools.islice(edits(best.case), place, None), None)
        if edit is None:
            if not progress:
                break
            place, progress = 0, False
            continue
        budget -= 1
        found = compare(changed(best.case, *edit), theirs)
        if isinstance(found, Difference) and (found.ours, found.theirs) == (best.ours, best.theirs):
            best, progress = found, True
        else:
            place += 1
    return best
