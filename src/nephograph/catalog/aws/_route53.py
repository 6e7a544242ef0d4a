"""Names of zones and records in one form."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader


def dns_name(*names: str) -> Reader:
    """The first of these that is set: in small letters, without the last dot; the API writes `*` as `\\052`."""

    def read(document: Cursor) -> Tree:
        cursors = [document.at(*name.split(".")) for name in names]
        cursor = next((c for c in cursors if c.unknown or c.value not in (None, "")), cursors[0])
        if not isinstance(cursor.value, str):
            return cursor
        return cursor.be(cursor.value.lower().rstrip(".").replace("\\052", "*")) if cursor.value else None

    return read


def zone_id(*names: str) -> Reader:
    """The id of a zone without the `/hostedzone/` that the API and old code write before it."""

    def read(document: Cursor) -> Tree:
        cursor = document.first(*names)
        return cursor.be(cursor.value.removeprefix("/hostedzone/")) if isinstance(cursor.value, str) else cursor

    return read
