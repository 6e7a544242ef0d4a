"""How a loss is declared."""

from __future__ import annotations

import msgspec

from nephograph.model.answer import Severity


class Loss(msgspec.Struct, frozen=True):
    """An atom of this predicate is the end of a path.

    `word` is how people ask for it (`--to backups`). `severity` says how bad it is; None: by the data that the resource
    holds. `yields` tells it, with {thing} for what the atom is about; `verb` does in a word or two, before the thing.
    `kinds` narrows it to resources of these kinds.
    """

    predicate: str
    word: str
    verb: str
    yields: str
    severity: Severity | None = None
    kinds: tuple[str, ...] = ()
