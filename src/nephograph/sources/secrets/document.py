"""A credential that was found, as a document: what it is and where it stands. Its value is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path, Span
from nephograph.model.value import Unknown

DIALECT = "written"
TYPE = "written/credential"
SCOPE = Scope("code")


class SecretDocument(msgspec.Struct, frozen=True, eq=False):
    """Implements `model.source.Document`; `spans` are the places, in the order of the attribute `places`."""

    root: str
    address: str
    attributes: Mapping[str, Any]
    spans: tuple[Span, ...]
    dialect: str = DIALECT
    type: str = TYPE
    said: Said = "code"
    scope: Scope = SCOPE
    existence: Unknown | None = None

    def origin(self, path: Path) -> Origin | None:
        """The place asked for, else the first."""
        number = path[1] if len(path) > 1 and path[0] == "places" and isinstance(path[1], int) else 0
        return Origin(self.said, self.address, self.spans[number if number < len(self.spans) else 0])
