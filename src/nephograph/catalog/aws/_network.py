"""What networking kinds share: words for protocols, and IPv6 ranges as the API lists them."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.catalog.readers import first_of, says
from nephograph.model.value import Reason, Unknown

_PROTOCOLS = {"-1": "all", "all": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def protocol_word(cursor: Cursor) -> Cursor:
    """A protocol in one word: -1 and all are `all`, IANA numbers of the common ones get their name."""
    if cursor.unknown or not cursor.present:
        return cursor
    word = str(cursor.value).lower()
    return cursor.be(_PROTOCOLS.get(word, word))


def associated_ipv6_ranges(document: Cursor) -> list[Tree]:
    """The IPv6 ranges of a VPC or subnet that are associated; what was taken away stays listed for a while."""
    blocks = document.at("Ipv6CidrBlockAssociationSet").each()
    held = [b for b in blocks if b.at("Ipv6CidrBlockState", "State").value in (None, "associated", "associating")]
    return [one.at("Ipv6CidrBlock") for one in held]


def associated_ipv6(document: Cursor) -> Tree:
    """The one IPv6 range that a subnet may have."""
    return next(iter(associated_ipv6_ranges(document)), None)


def written_or_chosen(name: str, *pools: str) -> Reader:
    """A range that is written, or else chosen by IPAM at creation when a pool is named."""

    def read(document: Cursor) -> Tree:
        written = document.at(name)
        named = [pool for pool in (document.at(pool) for pool in pools) if says(pool)]
        if says(written) or not named:
            return written if says(written) else None
        return named[0].be(Unknown(Reason.AFTER_APPLY, "the range IPAM chooses"))

    return read


def gone(document: Cursor, *states: str) -> bool:
    """True when a described object is only a remainder: it is deleted or being deleted."""
    return document.at("State").value in states


def enabled(*names: str) -> Reader:
    """A flag that a dialect writes as `enable` or `disable`, under the first of these names that is set."""

    def read(document: Cursor) -> Tree:
        cursor = first_of(document, *names)
        return cursor.be(cursor.value == "enable") if cursor.value in ("enable", "disable") else cursor

    return read
