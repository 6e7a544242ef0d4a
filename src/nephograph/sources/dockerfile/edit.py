"""Edits of a Dockerfile: one word of an instruction is replaced; everything else is left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from nephograph.model.edit import DocumentEdit, SetAttribute, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded
from nephograph.sources.dockerfile.document import DockerDocument

_BY_HAND = "Make the change by hand at the place shown."


def text_edits(loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
    """The text edits for all edits together. Raises `EditError` for anything but a word of an instruction."""
    documents = {(d.root, d.address): d for d in loaded.documents if isinstance(d, DockerDocument)}
    found: dict[TextEdit, None] = {}
    for edit in edits:
        document = documents.get((edit.root, edit.address))
        if document is None:
            raise EditError("edit-no-document", f"{edit.address} is in no Dockerfile.", "Load it again.")
        path = edit.path if isinstance(edit, SetAttribute) else ()
        place = document.places.get(path[:-1])
        if not isinstance(edit, SetAttribute) or path[-1:] != ("instruction",) or place is None:
            raise EditError("edit-place", "The change has no small place in the Dockerfile.", _BY_HAND)
        word = document.text.content[place[0] :].split(None, 1)[0]
        found[TextEdit(document.text.relative, place[0], place[0] + len(word), str(edit.value))] = None
    return list(found)
