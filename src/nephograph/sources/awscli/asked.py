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
    """The values by which the resources of some kinds are known; `others` are asked where these do not know."""

    def __init__(self, *others: Known) -> None:
        self._others = others
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
        return next((value for other in self._others if (value := other.meant(text)) is not None), None)


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
    """The values of the request parameters, by name. The first one names the resource: None when it cannot be told.

    Others that cannot be told are left out, for most may be left out of the request.
    """
    if not names:
        return {}
    first, *others = names
    written = {name: decoded(value) for name, value in _NAME_VALUE.findall(named.subject) if name in names}
    found: dict[str, str | None] = {first: None}
    for name in names:
        value = request.get(name) or said.get(name) or written.get(name)
        if name == "AccountId":
            value = value or named.account
        if isinstance(value, str) and value:
            found[name] = known.meant(value) or value if name == first else value
    if found[first] is not None or written:
        return found
    owner, rest = _owner(named.subject, known) if named.subject else (None, [])
    if owner is None:
        around = (value for text in named.around if (value := known.meant(text)) is not None)
        owner, rest = next(around, None), [named.subject] if named.subject else []
    if owner is None and named.subject and not named.doubtful:
        # Nothing of the kind is known by a name: the text is taken by its word.
        pieces = re.split(r"[/+]", named.subject, maxsplit=len(others))
        owner, rest = decoded(pieces[0]), pieces[1:]
    found[first] = owner
    open = [name for name in others if name not in found]
    found.update({name: decoded(text) for name, text in zip(open, rest, strict=False)})
    return found


def _owner(subject: str, known: Known) -> tuple[str | None, list[str]]:
    """The known resource that the text behind an operation's name begins with, and the texts behind that."""
    whole = known.meant(subject)
    if whole is not None:
        return whole, []
    # Names hold marks themselves, so the longest beginning that is known is taken.
    for place in range(len(subject) - 1, 0, -1):
        if subject[place] in _MARKS and (value := known.meant(subject[:place])) is not None:
            rest = subject[place + 1 :]
            return value, rest.split("/") if "/" in rest else [rest]
    return None, []
