"""What a module still says in the words of Terraform before 0.12: one finding for all places of one form."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad
from nephograph.model.edit import Fix, SetField
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, depends, yes

_SHOWN = 10
"""Places that are told one by one."""


def legacy(syntax: Resource, form: str, message: str, title: str) -> Iterator[Bad]:
    """The finding for one form. `message` goes on after how many places of which module there are.

    The fix writes all it can.
    """
    if is_unknown(syntax.get("legacy")):
        yield Bad(f"places {message}", depends(str(syntax.get("legacy"))), ("legacy",))
        return
    places = [at for at in elements(syntax, "legacy") if syntax.get(*at, "form") == form]
    if not places:
        return
    proof = [Evidence.at(_told(syntax, at), syntax, at) for at in places[:_SHOWN]]
    more = [Evidence(f"{len(places) - _SHOWN} more places")] if len(places) > _SHOWN else []
    writes = tuple(
        SetField(syntax.urn, (*at, "written"), plain)
        for at in places
        if isinstance(plain := syntax.get(*at, "plain"), str)
    )
    rest = len(places) - len(writes)
    fix = Fix(f"{title}; {rest} by hand" if rest else title, writes) if writes else None
    of = "" if syntax.label == "." else f" of {syntax.label}"
    said = f"{len(places)} place{'s' * (len(places) != 1)}{of} {message}"
    yield Bad(said, yes(*proof, *more), places[0], fix)


def _told(syntax: Resource, at: Path) -> str:
    plain, where = syntax.get(*at, "plain"), syntax.get(*at, "where")
    written = str(syntax.get(*at, "written"))
    return f"{where}: {written} is {plain}" if isinstance(plain, str) else f"{where}: {written}"
