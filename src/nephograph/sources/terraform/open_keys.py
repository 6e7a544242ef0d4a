"""Objects of which some keys are known only in part: in a JSON text their other members stay known."""

from __future__ import annotations

from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.json_text import all_differ
from nephograph.sources.terraform.values import derived, describe


class Members:
    """The keys and values of an object; equal to itself only."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: tuple[tuple[str | Unknown, Any], ...]) -> None:
        self.pairs = pairs


class OpenKeys(Unknown, frozen=True):
    """Such an object, no two keys of which are the same. Whatever does not know better takes it for a value that is not
    known: which keys it has, is not."""

    members: Members = Members(())


def open_keys(known: dict[str, Any], opened: dict[Unknown, Any], hidden: bool) -> Unknown:
    """An object with keys that are not known; a plain Unknown where one of them may overwrite another."""
    first = next(iter(opened))
    unknown = derived(f"{{{describe(first)} = …}}", first)
    if hidden or unknown.reason is Reason.INVALID or not all_differ([*known, *opened]):
        return unknown
    pairs: tuple[tuple[str | Unknown, Any], ...] = (*known.items(), *opened.items())
    return OpenKeys(unknown.reason, unknown.detail, members=Members(pairs))
