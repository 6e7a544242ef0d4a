"""A document that is plain data: what formats yield that hold values and no expressions (plans, states, dumps)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path, Span
from nephograph.model.value import Unknown


class DataDocument(msgspec.Struct, frozen=True, eq=False):
    """Implements `model.source.Document` over data that was read once.

    `said` is the way it was said, `span` where in its file the object begins (None: the format keeps no place),
    `call` and `time` the API call that answered it, for what is live.
    """

    dialect: str
    type: str
    root: str
    address: str
    scope: Scope
    attributes: Mapping[str, Any]
    said: Said
    existence: Unknown | None = None
    span: Span | None = None
    call: str = ""
    time: str = ""

    def origin(self, path: Path) -> Origin | None:
        """The object's place: this kind of document has no place of its own for single values."""
        return Origin(self.said, self.address, self.span, self.call, self.time)
