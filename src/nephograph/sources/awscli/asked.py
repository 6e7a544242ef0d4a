"""What an answer was asked for: request parameters, found in the answer, in the file's name, or beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from nephograph.sources.awscli.naming import Named, decoded

_NAME_VALUE = re.compile(r"(\w+)=([^/]*)")
_OTHER = re.compile(r"[^A-Za-z0-9]+")
_MARKS = "/+._"
_NAMES_IT = ("arn", "id", "name", "url", "value")


class Known:
    """The values by which the resources of some kinds are known."""

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._folded: dict[str, set[str]] = defaultdict(set)
        self._tails: dict[str, set[str]] = defaultdict(set)

    def add(self, attributes: Mapping[str, Any], key: str) -> None:
        """A resource: its key, and every attribute that sounds like a name of it."""
        for value in names_of(attributes, key):
            self._values.add(value)
            self._folded[_folded(value)].add(value)
            for tail in (value.rpartition("/")[2], value.rpartition(":")[2]):
                if tail != value:
                    self._tails[tail].add(value)

    def meant(self, text: str) -> str | None:
        """The value that a piece of a file's name means: itself, with its marks replaced, or by its last piece."""
        for candidate in (text, decoded(text)):
            if candidate in self._values:
                return candidate
        for table, key in ((self._folded, _folded(decoded(text))), (self._tails, decoded(text))):
            found = table.get(key, ())
            if len(found) == 1:
                return next(iter(found))
        return None


def names_of(attributes: Mapping[str, Any], key: str) -> set[str]:
    """The texts of an object that name it: its key, and what sounds like a name."""
    return {
        value
        for name, value in attributes.items()
        if isinstance(value, str) and value and (name == key or name.lower().endswith(_NAMES_IT))
    }


def _folded(value: str) -> str:
    """A value as it looks when a file's name cannot hold its marks."""
    return _OTHER.sub("_", value)


def asked(
    names: Sequence[str], named: Named, said: Mapping[str, Any], request: Mapping[str, str], known: Known
) -> dict[str, str | None]:
    """The values of the request parameters, None for what cannot be told; the first one names the resource."""
    found: dict[str, str | None] = {}
    for name in names:
        value = request.get(name) or said.get(name)
        found[name] = value if isinstance(value, str) and value else None
    written = dict(_NAME_VALUE.findall(named.subject)) if "=" in named.subject else {}
    for name in names:
        if found[name] is None and name in written:
            found[name] = known.meant(written[name]) or decoded(written[name])
    open = [name for name in names if found[name] is None]
    if not open or written:
        return found
    texts = _pieces(named.subject, len(open), known) if named.subject else None
    if texts is None:
        first = next((value for text in named.around if (value := known.meant(text)) is not None), None)
        if first is not None and open[0] == names[0]:
            found[open[0]] = first
            rest = named.subject if len(open) == 2 and not named.doubtful else ""
            found.update({name: decoded(rest) for name in open[1:] if rest})
        return found
    for name, text in zip(open, texts, strict=True):
        value = known.meant(text) if name == names[0] else None
        if value is None and not named.doubtful:
            value = decoded(text)
        found[name] = value
    return found


def _pieces(subject: str, count: int, known: Known) -> list[str] | None:
    """The subject of a name as so many values; None when it does not fall into them."""
    if count == 1:
        # Behind the name may stand another parameter, which the answer repeats: get-role-policy.<role>.<policy>
        cuts = [place for place, char in enumerate(subject) if char in _MARKS]
        longest = (subject[:cut] for cut in reversed(cuts) if known.meant(subject[:cut]) is not None)
        return [subject if known.meant(subject) is not None else next(longest, subject)]
    for mark in _MARKS:
        pieces = subject.split(mark)
        if len(pieces) == count:
            return pieces
        # An owner's name may hold the mark itself.
        for cut in range(1, len(pieces) - count + 2):
            owner = mark.join(pieces[:cut])
            if known.meant(owner) is not None and len(pieces) - cut == count - 1:
                return [owner, *pieces[cut:]]
    return None
