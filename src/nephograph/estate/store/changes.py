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
    order = np.argsort(one)
    one, said = one[order], said[order]
    # Where each of the other stands among the first, if it does.
    at = np.searchsorted(one, other)
    both = np.zeros(len(other), bool)
    both[at < len(one)] = one[at[at < len(one)]] == other[at < len(one)]
    left = np.ones(len(one), bool)
    left[at[both]] = False
    groups = (other[~both], one[left], other[both][said[at[both]] != says[both]])
    return Changes(*_named(connection, groups))


def _named(connection: duckdb.DuckDBPyConnection, groups: Sequence[np.ndarray]) -> list[tuple[str, ...]]:
    """The urns of groups of entity ids, each sorted."""
    import numpy as np

    ids = np.concatenate(groups)
    if not ids.size:
        return [() for _ in groups]
    places = np.repeat(np.arange(len(groups), dtype=np.uint8), [len(group) for group in groups])
    connection.register("wanted", {"id": ids, "place": places})
    rows = connection.execute("SELECT urn, place FROM wanted JOIN entity USING (id)").fetchnumpy()
    connection.unregister("wanted")
    return [tuple(sorted(rows["urn"][rows["place"] == place].tolist())) for place in range(len(groups))]
