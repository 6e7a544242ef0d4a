"""With whom a snapshot is shared, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, depends, yes


def shared_with_everybody(snapshot: Resource, verb: str) -> Iterator[Bad]:
    """A finding where everybody may use the snapshot, at the word that says so."""
    message = f"everybody may {verb} snapshot {snapshot.label or snapshot.address}"
    for at in elements(snapshot, "shared_with"):
        said = snapshot.get(*at)
        if said == "all":
            yield Bad(message, yes(Evidence.at("it is shared with all accounts", snapshot, at)), at)
        elif at == ("shared_with",):
            yield Bad(message, depends(str(said)), at)


def shared_outside(snapshot: Resource, facts: Facts, verb: str, everybody: Severity | None = None) -> Iterator[Bad]:
    """A finding for each account outside the estate that may use the snapshot, known or not.

    `everybody` is the severity where it is shared with all; None where another check tells that.
    """
    ours = {resource.scope.account for resource in facts.resources()}
    name = snapshot.label or snapshot.address
    for at in elements(snapshot, "shared_with"):
        account = snapshot.get(*at)
        if is_unknown(account):
            yield Bad(f"another account may {verb} snapshot {name}", depends(str(account)), at)
        elif account == "all" and everybody is not None:
            fact = Evidence.at("it is shared with everybody", snapshot, at)
            yield Bad(f"everybody may {verb} snapshot {name}", yes(fact), at, severity=everybody, key=account)
        elif isinstance(account, str) and account.isdigit() and account not in ours:
            fact = Evidence.at(f"it is shared with account {account}", snapshot, at)
            yield Bad(f"account {account} may {verb} snapshot {name}", yes(fact), at, key=account)
