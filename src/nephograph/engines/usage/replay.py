"""The proof: every used call is put to the new policy, and so is every action that is granted today and was not used.

The evaluator is the certificate (`engines.certificate`), which shares no code with what made the policy. Only what the
identity policies say is looked at: boundaries, resource policies and the organization stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.document import Document, document
from nephograph.engines.certificate.implied import implied
from nephograph.engines.certificate.malformed import MalformedError
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.identity.condition import Known
from nephograph.engines.usage.present import told
from nephograph.engines.usage.used import Used
from nephograph.engines.usage.wild import glob, is_open, unescaped
from nephograph.model.events import Circumstance

Said = Literal["allows", "denies", "silent", "depends", "none", "malformed"]


class Proof(msgspec.Struct, frozen=True):
    """Counts of decisions. `not_allowed` and `still_allowed` name what the proof fails on; both should be empty.

    `calls` are distinct: one action on one resource in one circumstance. `depends`: allowed under a condition that is
    kept from today's policy and that the log does not tell; the call was let through it. An unused action is `refused`
    when no Allow statement names it on anything it grants, whatever the denials say.
    """

    calls: int = 0
    allowed: int = 0
    depends: int = 0
    not_allowed: tuple[str, ...] = ()
    unused: int = 0
    refused: int = 0
    still_allowed: tuple[str, ...] = ()


class Evaluator:
    """Some identity policies of one principal, asked again and again. Raises `MalformedError` for what is no policy."""

    def __init__(self, principal: str, documents: Sequence[dict[str, Any]]) -> None:
        self._principal = principal
        self._documents: list[Document] = [document(one, "identity") for one in documents]
        self._keys = frozenset().union(*(one.keys for one in self._documents))

    def says(self, action: str, pattern: str, circumstance: Circumstance | None) -> Said:
        """What the policies say of an action on a resource, in a circumstance (None: any, nothing is known)."""
        arn = pattern if is_open(pattern) else unescaped(pattern)
        request = Request(self._principal, action, arn)
        try:
            context = dict(implied(request))
            context |= _texts(told(circumstance)) if circumstance is not None else {}
            have = {key.lower() for key in context}
            unknown = tuple(key for key in self._keys if key not in have)
            asked = msgspec.structs.replace(request, context=context, unknown=unknown)
            decision = decide(asked, Policies(identity=self._documents))
        except MalformedError:
            return "malformed"
        return next((layer.verdict for layer in decision.layers if layer.layer == "identity"), "none")


def prove(
    principal: str,
    documents: Sequence[dict[str, Any]],
    used: Iterable[Used],
    unused: Iterable[str],
) -> Proof:
    """Replay: `used` are the calls the policy is for, `unused` names of actions that it must not allow on anything."""
    evaluator = Evaluator(principal, documents)
    # What denies may leave an answer open where nothing allows: the grants alone tell that apart.
    grants = Evaluator(principal, [_grants(one) for one in documents])
    calls = allowed = depends = refused = asked = 0
    missed: dict[str, None] = {}
    still: dict[str, None] = {}
    for one in used:
        for circumstance in one.circumstances:
            calls += 1
            said = evaluator.says(one.action, one.resource, circumstance)
            if said == "depends" and grants.says(one.action, one.resource, circumstance) not in ("allows", "depends"):
                said = "silent"
            allowed += said == "allows"
            depends += said == "depends"
            if said not in ("allows", "depends"):
                missed[f"{one.action} on {one.resource}"] = None
    for action in unused:
        asked += 1
        places = ["*", *_places(documents, action)]
        if any(grants.says(action, place, None) in ("allows", "depends") for place in dict.fromkeys(places)):
            still[action] = None
        else:
            refused += 1
    return Proof(calls, allowed, depends, tuple(missed), asked, refused, tuple(still))


def _grants(policy: dict[str, Any]) -> dict[str, Any]:
    """A policy without its Deny statements."""
    return {**policy, "Statement": [one for one in policy["Statement"] if one["Effect"] == "Allow"]}


def _places(documents: Sequence[dict[str, Any]], action: str) -> list[str]:
    """The resources of statements that may name an action: where it would be allowed, if it were anywhere."""
    found: list[str] = []
    for one in documents:
        for statement in one["Statement"]:
            actions = statement.get("Action", [])
            named = [actions] if isinstance(actions, str) else actions
            if statement["Effect"] == "Allow" and any(glob(each.lower(), action.lower()) for each in named):
                places = statement.get("Resource", "*")
                found += [places] if isinstance(places, str) else places
    return found


def _texts(keys: dict[str, Known]) -> dict[str, str]:
    return {name: known[0] for name, known in keys.items() if isinstance(known, tuple) and len(known) == 1}
