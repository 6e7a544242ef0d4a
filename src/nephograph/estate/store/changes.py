# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""What differs between two snapshots, at the level of resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import duckdb
    import numpy as np

from nephograph.estate.store import schema


class Changes(msgspec.Struct, frozen=True):
    """Urns that only the second snapshot has, only the first has, and that say something else in both; sorted.

    A resource that says the same at another place (file, address) has not changed.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def window(connection: duckdb.DuckDBPyConnection, a: int, b: int) -> Changes:
    """By the times of versions: whatever differs between two snapshots began or ended between them."""
    if a == b:
        return Changes()
    low, high = min(a, b), max(a, b)
    began = f"valid_from > {low} AND valid_from <= {high} AND valid_to > {high}"
    ended = f"valid_to > {low} AND valid_to <= {high} AND valid_from <= {low}"
    found = _compare(connection, ended, began)
    return found if a < b else Changes(found.removed, found.added, found.changed)


def full(connection: duckdb.DuckDBPyConnection, a: int, b: int) -> Changes:
    """By the content of every resource of both."""
    return _compare(connection, schema.holds(a), schema.holds(b))


def _compare(connection: duckdb.DuckDBPyConnection, first: str, second: str) -> Changes:
    rows = (
        connection.execute(f"SELECT entity, content FROM resource WHERE {first}").fetchnumpy(),
        connection.execute(f"SELECT entity, content FROM resource WHERE {second}").fetchnumpy(),
    )
    import numpy as np

    (one, said), (other, says) = ((r["entity"], r["content"]) for r in rows)
    order, turn = np.argsort(one), np.argsort(other)
    one, said, other, says = one[order], said[order], other[turn], says[turn]
    both, left, right = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    groups = (
        np.setdiff1d(other, one, assume_unique=True),
        np.setdiff1d(one, other, assume_unique=True),
        both[said[left] != says[right]],
    )
    return Changes(*_named(connection, groups))


def _named(connection: duckdb.DuckDBPyConnection, groups: Sequence[np.ndarray]) -> list[tuple[str, ...]]:
    """The urns of groups of entity ids, each sorted."""
    import numpy as np

    found: list[list[str]] = [[] for _ in groups]
    ids = np.concatenate(groups)
    if ids.size:
        places = np.repeat(np.arange(len(groups), dtype=np.uint32), [len(group) for group in groups])
        connection.register("wanted", {"id": ids, "place": places})
        for urn, place in connection.execute("SELECT urn, place FROM wanted JOIN entity USING (id)").fetchall():
            found[place].append(urn)
        connection.unregister("wanted")
    return [tuple(sorted(urns)) for urns in found]
