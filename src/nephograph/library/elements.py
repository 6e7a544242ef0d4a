"""The elements of a list that a check looks at one by one."""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import is_unknown


def elements(resource: Resource, *path: str | int) -> Iterator[Path]:
    """The path of every element of a list.

    Where the list itself is not known, that is its own path once: a field that is asked for below it is not known
    either, so that whoever tests one answers that it depends. No list, no paths.
    """
    value = resource.get(*path)
    if is_unknown(value):
        yield path
    elif isinstance(value, list):
        for position in range(len(value)):
            yield (*path, position)
