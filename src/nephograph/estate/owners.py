"""Who says what: documents become owners and parts, answers of an API about one entity become one owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from nephograph.catalog.language import API, Kind, Spelling
from nephograph.catalog.normal import Written, read, said_fields
from nephograph.catalog.registry import of_code, spellings
from nephograph.estate import names
from nephograph.model.source import Document, Loaded, Said, Scope

Ways = tuple[tuple[Kind, Spelling], ...]
"""The kinds a part speaks of, and how it spells each."""


class Owner:
    """A resource in the making: its documents so far, and what may still be said by somebody unknown.

    `also` are the owners that say the same entity in another way, each with the reason.
    """

    def __init__(self, kind: Kind, spelling: Spelling, document: Document, said: Said) -> None:
        self.kind = kind
        self.said = said
        self.written: list[Written] = [(document, spelling)]
        self.doubts: list[tuple[Document, Spelling]] = []
        self.also: list[tuple[Owner, str]] = []
        self.unread: list[str] = []
        """Attributes (with their type) that its documents say and no field reads; known once it was read."""

    def read(self, answered: Collection[str]) -> dict[str, Any]:
        """The normal form of what its documents say (see `normal.read`)."""
        config, left = read(self.kind, self.written, answered)
        self.unread = [f"{d.type}.{name}" for (d, _), names in zip(self.written, left, strict=True) for name in names]
        return config

    @property
    def main(self) -> Document:
        """The document that names it."""
        return self.written[0][0]

    @property
    def documents(self) -> list[Written]:
        """Everything that speaks of it, in whatever way."""
        return [*self.written, *(one for other, _ in self.also for one in other.documents)]

    @property
    def place(self) -> tuple[str, str]:
        """Root and address."""
        return self.main.root, self.main.address

    @property
    def answers(self) -> int:
        """How many documents of their own (not parts) say it."""
        return sum(1 for _, spelling in self.written if not spelling.part_of)


class _Placed:
    """A document of an account that its source does not know and another one names."""

    __slots__ = ("_document", "scope")

    def __init__(self, document: Document, scope: Scope) -> None:
        self._document = document
        self.scope = scope

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)


class Gathered:
    """All documents by the role they play. `accounts` names accounts of which a source knows a symbol only."""

    def __init__(self, loads: Iterable[Loaded], accounts: Mapping[str, str]) -> None:
        self._accounts = accounts
        self.owners: list[Owner] = []
        self.parts: list[tuple[Document, Ways, Said]] = []
        self.strangers: list[tuple[Document, Said]] = []
        self.documents_of_owners = 0
        self._entities: dict[str, Owner] = {}
        self._answered: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for load in loads:
            for operation, scope in load.answered:
                self._answered[scope.provider, scope.account][scope.region].add(operation)
            for document in load.documents:
                self._gather(document, load.said)

    def answered(self, kind: Kind, scope: Scope) -> frozenset[str]:
        """The operations that were answered for the whole account and region a resource of the kind lives in."""
        by_region = self._answered.get((scope.provider, scope.account), {})
        regions = by_region if kind.global_ else (scope.region, "")
        return frozenset(operation for region in regions for operation in by_region.get(region, ()))

    def _gather(self, document: Document, said: Said) -> None:
        account = self._accounts.get(document.scope.account) if self._accounts else None
        if account is not None:
            document = _Placed(document, msgspec.structs.replace(document.scope, account=account))
        ways = spellings(document.dialect, document.type)
        if not ways:
            self.strangers.append((document, said))
        elif ways[0][1].part_of:
            self.parts.append((document, ways, said))
        else:
            self.documents_of_owners += not of_code(ways[0][0].name)
            owner = Owner(*ways[0], document, said)
            known = self._said_before(owner) if document.dialect == API else None
            if known is not None:
                known.written.append(owner.written[0])
            else:
                self.owners.append(owner)

    def _said_before(self, owner: Owner) -> Owner | None:
        """The owner another answer of the API made for the same entity."""
        document, spelling = owner.written[0]
        config = said_fields(owner.kind, document, spelling, owner.kind.identity)
        urn = names.urn(owner.kind, config, document.scope, document.root, document.address)
        known = self._entities.setdefault(urn, owner)
        return known if known is not owner else None
