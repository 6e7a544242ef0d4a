"""Sessions, stitched back to whoever opened the first of them.

The answer of AssumeRole (and of its like) holds the id of the access key it issued; calls of the session are made with
that key. Events come in no order, so the keys are put together when all is read.
https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
"""

from __future__ import annotations

import msgspec

from nephograph.model.events import Actor, Chain
from nephograph.sources.cloudtrail.record import Identity, Record

MAX_SESSIONS = 1_000_000
"""Sessions that are kept one by one; what comes after them counts only for its role."""
MAX_LINKS = 32
"""Roles that assume roles; a chain longer than this is no work of people."""

_OPENING = ("AssumeRole", "GetFederationToken", "GetSessionToken")


class _Opened(msgspec.Struct, rename="camel"):
    access_key_id: str | None = None


class _Answer(msgspec.Struct, rename="camel"):
    credentials: _Opened | None = None


_ANSWER = msgspec.json.Decoder(_Answer)


class _Session(msgspec.Struct):
    actor: int
    told: str
    events: int = 0
    last: int = 0


class Sessions:
    """The keys of sessions that were used, and of those that were issued."""

    def __init__(self) -> None:
        self._used: dict[str, _Session] = {}
        self._issued: dict[str, tuple[int, str]] = {}
        self.left_out = 0

    def used(self, identity: Identity | None, actor: int, time: int) -> None:
        """A call was made with the credentials of a session."""
        if identity is None or identity.session_context is None or not identity.access_key_id:
            return
        session = self._used.get(identity.access_key_id)
        if session is None:
            if len(self._used) >= MAX_SESSIONS:
                self.left_out += 1
                return
            session = self._used[identity.access_key_id[:128]] = _Session(actor, _told(identity))
        session.events += 1
        session.last = max(session.last, time)

    def opened(self, record: Record, actor: int) -> None:
        """A call that issues credentials was answered."""
        if not record.event_name.startswith(_OPENING) or record.error_code:
            return
        try:
            answer = _ANSWER.decode(record.response_elements)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        key = answer.credentials.access_key_id if answer.credentials else None
        if key and len(self._issued) < MAX_SESSIONS:
            by = record.user_identity.access_key_id if record.user_identity else None
            self._issued[key[:128]] = (actor, by or "")

    def chains(self, actors: list[Actor]) -> list[Chain]:
        """Each role with where its sessions come from, the busiest first."""
        found: dict[tuple[int, int, tuple[int, ...], str], list[int]] = {}
        for key, session in self._used.items():
            first, through = self._back(key)
            told = session.told if first < 0 else ""
            counts = found.setdefault((session.actor, first, through, told), [0, 0, 0])
            counts[0] += 1
            counts[1] += session.events
            counts[2] = max(counts[2], session.last)
        chains = [
            Chain(
                actors[actor],
                actors[first] if first >= 0 else None,
                tuple(actors[one] for one in through),
                told,
                *counts,
            )
            for (actor, first, through, told), counts in found.items()
        ]
        return sorted(chains, key=lambda c: (-c.events, c.actor.name, c.first.name if c.first else c.told))

    def _back(self, key: str) -> tuple[int, tuple[int, ...]]:
        """The first principal of a session (-1: the log does not hold it), and those between."""
        passed: list[int] = []
        seen = {key}
        first = -1
        while (opened := self._issued.get(key)) is not None and len(passed) < MAX_LINKS:
            if first >= 0:
                passed.append(first)
            first, key = opened
            if not key or key in seen:
                break
            seen.add(key)
        return first, tuple(passed)


def _told(identity: Identity) -> str:
    """What a session says of its opener where the log does not hold the call."""
    session = identity.session_context
    assert session is not None
    if session.source_identity:
        return f"source identity {session.source_identity[:128]}"
    name = (identity.principal_id or "").partition(":")[2]
    if session.ec2_role_delivery is not None and name.startswith("i-"):
        return f"instance {name[:64]}"
    if session.web_id_federation_data and session.web_id_federation_data.federated_provider:
        return f"federated by {session.web_id_federation_data.federated_provider[:256]}"
    return ""
