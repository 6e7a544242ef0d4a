"""Texts whose pieces may be unknown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nephograph.model.value import Reason, Unknown, unknowns
from nephograph.sources.cloudformation.nodes import text_of

MAX_TEXT = 1_000_000
"""Characters of one value; a template itself may have a million."""


def joined(pieces: Iterable[Any]) -> str | Unknown:
    """Pieces as one text: a str when all are known, else an Unknown that keeps the known parts."""
    parts: list[str | Unknown] = []
    size = 0
    for piece in pieces:
        for part in piece.parts if isinstance(piece, Unknown) and piece.parts else (piece,):
            if isinstance(part, Unknown):
                parts.append(part)
                continue
            if isinstance(part, dict | list) or part is None:
                return Unknown(Reason.INVALID, "a text is put together of something that is none")
            said = text_of(part)
            size += len(said)
            if size > MAX_TEXT:
                return Unknown(Reason.BUDGET, f"a text of more than {MAX_TEXT:,} characters")
            if parts and isinstance(parts[-1], str):
                parts[-1] += said
            else:
                parts.append(said)
    parts = [part for part in parts if part != ""]
    first = next((part for part in parts if isinstance(part, Unknown)), None)
    if first is None:
        return "".join(part for part in parts if isinstance(part, str))
    return first if len(parts) == 1 else Unknown(first.reason, parts=tuple(parts))


def derived(detail: str, *values: object) -> Unknown:
    """What follows from values of which one at least is not known: for the same reason as the first of them."""
    first = next((one for value in values for one in unknowns(value)), None)
    if first is None:
        return Unknown(Reason.NOT_EVALUATED, detail)
    return first if first.reason is Reason.INVALID else Unknown(first.reason, detail)


def said(value: Any) -> str:
    """A value as it stands in the detail of an unknown one: short, and nothing secret."""
    if isinstance(value, Unknown):
        return value.symbol if len(value.symbol) < 80 else value.symbol[:77] + "…"
    if isinstance(value, dict | list):
        return "…"
    text = text_of(value)
    return text if len(text) < 60 else text[:57] + "…"
