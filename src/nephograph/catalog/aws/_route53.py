"""Names of zones, records and what they point to, in one form."""

import re

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


_TOLD = re.compile(r"(?:\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?|\.cloudfront\.net)$")


def named(name: Cursor) -> Tree:
    """What goes by a DNS name: a reference of code, or the name where a balancer or distribution has such names.

    The console writes `dualstack.` before the names of balancers.
    """
    if name.unknown or not isinstance(name.value, str):
        return name if name.unknown else None
    plain = name.value.lower().rstrip(".").removeprefix("dualstack.")
    return name.be(plain) if _TOLD.search(plain) else None
