"""What checks of written credentials share: which places count, and how a finding names them."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad
from nephograph.model.answer import Severity
from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, depends, yes

_TOLD_ELSEWHERE = ("dockerfile",)
"""Languages whose own checks tell of credentials."""


def told(credential: Resource, group: str) -> Iterator[Bad]:
    """The finding of one credential of a group, at its first place that counts: one cause, all its places."""
    if is_unknown(credential.get("group")):
        yield Bad("a credential is written in code", depends(str(credential.get("group"))), ("places",))
        return
    if credential.get("group") != group or credential.get("sample") is True:
        return
    places = [at for at in _places(credential) if credential.get(*at, "sample") is not True]
    if not places:
        return
    what, name = credential.get("what"), credential.get("name")
    under = f" under {name}" if isinstance(name, str) else ""
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    proof = [Evidence.at(f"it stands in {place_of(credential, at)}", credential, at) for at in places]
    message = f"{_an(str(what))} is written in {place_of(credential, places[0])}{under}{more}"
    low = Severity.LOW if str(what).startswith(("encrypted", "temporary")) else None
    yield Bad(message, yes(*proof), places[0], severity=low)


def samples(credential: Resource) -> list[Path]:
    """The places of a credential that is a sample, or that stands in samples alone."""
    places = list(_places(credential))
    known = credential.get("sample") is True
    return places if known or (places and all(credential.get(*at, "sample") is True for at in places)) else []


def place_of(credential: Resource, at: Path) -> str:
    """File and line of one place."""
    return f"{credential.get(*at, 'file')}:{credential.get(*at, 'line')}"


def _places(credential: Resource) -> Iterator[Path]:
    for at in elements(credential, "places"):
        if credential.get(*at, "language") not in _TOLD_ELSEWHERE and credential.get(*at, "told") is not True:
            yield at


def _an(what: str) -> str:
    return f"{'an' if what[:1] in 'aeiouAEIOU' else 'a'} {what}"
