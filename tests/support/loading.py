"""Loading with one source, for tests of sources."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import msgspec

from nephograph.model.source import Document, Loaded, LoadOptions, Source


def load(source: Source, path: pathlib.Path, **options: Any) -> Loaded:
    """What a source reads at a path; options as in `LoadOptions`."""
    return source.load(path, path.name, msgspec.structs.replace(LoadOptions(), **options), lambda *_: None)


def load_json(source: Source, directory: pathlib.Path, data: Any, name: str = "plan.json", **options: Any) -> Loaded:
    """What a source reads of one JSON file with this content."""
    path = directory / name
    path.write_text(json.dumps(data, indent=2))
    return load(source, path, **options)


def by_address(loaded: Loaded) -> dict[str, Document]:
    """The documents by their address; two of one address are an error of the test's subject."""
    found = {document.address: document for document in loaded.documents}
    assert len(found) == len(loaded.documents)
    return found
