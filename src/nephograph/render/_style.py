"""How an answer is to look: what the terminal can do and how much a person wants to read."""

from __future__ import annotations

import msgspec

from nephograph.model.source import Excerpts


class Style(msgspec.Struct, frozen=True):
    """What a renderer may assume of its reader.

    `width` is in terminal columns (below 40 counts as 40); without `color` no escape sequence is written; without
    `unicode` every character written is ASCII. `excerpts` gives access to source lines, None where there are none.
    `verbose` folds nothing.
    """

    width: int = 100
    color: bool = False
    unicode: bool = True
    excerpts: Excerpts | None = None
    verbose: bool = False
