"""The raw documents behind a resource: what was written, as data, without credentials (the sources mask them)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nephograph.estate.store.lossless import flatten, restore
from nephograph.model.source import Document, Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Unknown


class StoredDocument(msgspec.Struct, frozen=True):
    """Implements `model.source.Document` over a stored copy; single places are kept with the resource, not here."""

    dialect: str
    type: str
    root: str
    address: str
    scope: Scope
    attributes: Mapping[str, Any]
    existence: Unknown | None = None

    def origin(self, path: Path) -> Origin | None:
        """Always None: ask the resource (`Resource.origin`), which keeps the places of its fields."""
        del path
        return None


class Place(msgspec.Struct, frozen=True):
    """What a resource and its documents usually have in common, so that it is kept with the resource alone."""

    root: str
    address: str
    provider: str
    account: str
    region: str


def encode(documents: Sequence[Document], place: Place) -> tuple[str, str]:
    """Documents of a resource as (JSON, aside); ("", "") for none. What differs from the place is in it.

    Anything that has a Document's attributes will do.
    """
    if not documents:
        return "", ""
    flat = flatten([_row(document, place) for document in documents], ordered=False)
    return flat.json, flat.aside


def decode(text: str, aside: str, place: Place) -> tuple[StoredDocument, ...]:
    """The documents that `encode` was given."""
    if not text:
        return ()
    common = msgspec.structs.asdict(place)
    return tuple(
        StoredDocument(
            row["dialect"],
            row["type"],
            row["root"],
            row["address"],
            Scope(row["provider"], row["account"], row["region"]),
            row["attributes"],
            row.get("existence"),
        )
        for row in ({**common, **found} for found in restore(text, aside))
    )


def _row(document: Document, place: Place) -> dict[str, Any]:
    scope = document.scope
    own = Place(document.root, document.address, scope.provider, scope.account, scope.region)
    common = msgspec.structs.asdict(place)
    row: dict[str, Any] = {
        "dialect": document.dialect,
        "type": document.type,
        **{name: value for name, value in msgspec.structs.asdict(own).items() if value != common[name]},
        "attributes": dict(document.attributes),
    }
    if document.existence is not None:
        row["existence"] = document.existence
    return row
