"""Why packets end: our reasons, the codes AWS has for them, and what a colleague would say about each.

One table of `codes.toml` a code; `reasons` are the words of the tracer it answers to, empty where nothing is modelled.
"""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from typing import NamedTuple

PAGE = "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html"
"""Where AWS lists its codes."""


class Explained(NamedTuple):
    """One code: the reasons of ours it answers to, what happened, what to do, where the rule is written down.

    `not_covered` says why no answer of ours ever carries it ("" when answers do).
    """

    code: str
    reasons: tuple[str, ...]
    happened: str
    do: str
    page: str
    not_covered: str = ""


@functools.cache
def codes() -> dict[str, Explained]:
    """Every code, sorted by name."""
    folder = importlib.resources.files("nephograph.library.reachability")
    raw = tomllib.loads((folder / "codes.toml").read_text(encoding="utf-8"))
    found = {}
    for code in sorted(raw):
        row = raw[code]
        reasons = tuple(row.get("reasons", ()))
        page = f"https://docs.aws.amazon.com/{row['page']}"
        found[code] = Explained(code, reasons, row["happened"], row["do"], page, row.get("not_covered", ""))
    return found


def codes_of(reason: str) -> tuple[str, ...]:
    """The codes of AWS that a reason of ours answers to."""
    return tuple(code for code, row in codes().items() if reason in row.reasons)


def explained(word: str) -> str | None:
    """What to say about a code or about one of our reasons; None for another word."""
    row = codes().get(word) or next((row for row in codes().values() if word in row.reasons), None)
    if row is None:
        return None
    other = row.code if word != row.code else ", ".join(row.reasons)
    named = f"\n\nThe same elsewhere: {other}." if other else ""
    gap = f"\n\nAnswers here never carry this code: {row.not_covered}" if row.not_covered else ""
    return f"{row.happened}\n\nWhat to do: {row.do}{gap}{named}\n\nRead on: {row.page}"
