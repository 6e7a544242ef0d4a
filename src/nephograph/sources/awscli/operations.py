"""What the catalog knows of operations: by name, and by the top-level members of their answers."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

import msgspec

from nephograph.catalog.language import API, Kind, Spelling
from nephograph.catalog.registry import kind, kind_names
from nephograph.sources.awscli.services import squashed

PAGING = frozenset(
    {
        "NextToken",
        "nextToken",
        "NextMarker",
        "Marker",
        "IsTruncated",
        "Truncated",
        "NextContinuationToken",
        "PaginationToken",
        "position",
        "nextPageToken",
        "NextPageToken",
        "MaxItems",
        "MaxResults",
        "maxResults",
        "HasMoreResults",
        "hasMoreResults",
        "HasMoreStreams",
        "NextDNSName",
        "NextHostedZoneId",
        "NextRecordIdentifier",
        "NextRecordName",
        "NextRecordType",
        "LastEvaluatedTableName",
        "LastEvaluatedKey",
    }
)
"""Members by which answers speak of their own pages and not of what they list."""

ASIDE = frozenset({"ResponseMetadata", *PAGING})
"""Members of an answer that say nothing of a resource."""


class Way(msgspec.Struct, frozen=True, eq=False):
    """How one kind reads the objects of an answer."""

    kind: Kind
    spelling: Spelling


class Operation(msgspec.Struct, frozen=True, eq=False):
    """An operation of an API, as `service:Name`, and everybody who reads its answers."""

    name: str
    ways: tuple[Way, ...]

    @property
    def service(self) -> str:
        """The service, squashed."""
        return squashed(self.name.partition(":")[0])

    @property
    def asks(self) -> tuple[str, ...]:
        """The request parameters that select the object."""
        return tuple(dict.fromkeys(name for way in self.ways for name in way.spelling.asks))

    @property
    def lists_all(self) -> bool:
        """Asked of a whole account and region: it answers with a list, and nothing selects what is in it."""
        return not self.asks and any("*" in way.spelling.items for way in self.ways)

    @property
    def of_account(self) -> bool:
        """Nothing but the account, and perhaps the region, selects what is answered."""
        return set(self.asks) <= {"AccountId"}

    @property
    def global_(self) -> bool:
        """Answers the same in every region."""
        return all(way.kind.global_ for way in self.ways)

    @property
    def keys(self) -> tuple[str, ...]:
        """The top-level members that hold its objects; () when the answer itself is the object."""
        found = dict.fromkeys(way.spelling.items.partition(".")[0] for way in self.ways)
        return () if "" in found else tuple(found)

    @property
    def types(self) -> tuple[tuple[str, str], ...]:
        """The types of its documents (several when an answer lists several kinds) and where their objects stand."""
        return tuple(dict.fromkeys((way.spelling.type, way.spelling.items) for way in self.ways))

    def ways_of(self, type: str, items: str) -> tuple[Way, ...]:
        """Who reads the objects of one type of its documents."""
        return tuple(way for way in self.ways if (way.spelling.type, way.spelling.items) == (type, items))


class Index(msgspec.Struct):
    """Operations by their squashed name (without service) and by the top-level members of their answers."""

    operations: tuple[Operation, ...]
    by_name: dict[str, tuple[Operation, ...]]
    by_key: dict[str, tuple[Operation, ...]]
    services: frozenset[str]

    @property
    def whole(self) -> tuple[Operation, ...]:
        """Operations whose answer itself is the object."""
        return tuple(operation for operation in self.operations if not operation.keys)


@functools.cache
def index() -> Index:
    """Everything the catalog knows of operations."""
    ways: dict[str, list[Way]] = defaultdict(list)
    for name in kind_names():
        known = kind(name)
        for spelling in known.spellings:
            if spelling.dialect == API:
                # Behind a slash stands which of several lists of one answer is meant.
                ways[spelling.type.partition("/")[0]].append(Way(known, spelling))
    operations = tuple(Operation(name, tuple(found)) for name, found in sorted(ways.items()))
    by_name: dict[str, list[Operation]] = defaultdict(list)
    by_key: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        by_name[squashed(operation.name.partition(":")[2])].append(operation)
        for key in operation.keys:
            by_key[key].append(operation)
    return Index(
        operations,
        {name: tuple(found) for name, found in by_name.items()},
        {key: tuple(found) for key, found in by_key.items()},
        frozenset(operation.service for operation in operations),
    )


_WORD = re.compile(r"[^-_ ]+")


def pascal(name: str) -> str:
    """`describe-flow-logs` as botocore writes it, as far as that can be told: `DescribeFlowLogs`."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(name))
