"""What load balancing kinds share: settings as keys and values, parts of ARNs, tags that are asked for apart."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, Spelling
from nephograph.catalog.readers import says, tags


def setting(name: str, key: str) -> Reader:
    """The value of one key in the list `name` of `{"Key": …, "Value": …}`; the empty text says nothing."""

    def read(document: Cursor) -> Tree:
        for one in document.at(name).each():
            if one.unknown:
                return one
            if one.at("Key").value == key:
                return one.at("Value") if says(one.at("Value")) else None
        return None

    return read


def after(name: str, mark: str) -> Reader:
    """What follows `mark` in the ARN `name`."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        if arn.unknown or not isinstance(arn.value, str):
            return arn
        return arn.be(arn.value.partition(mark)[2] or None)

    return read


def said(name: str) -> Reader:
    """A text of which states write the empty one where nothing is set."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(*name.split("."))
        return cursor if says(cursor) else None

    return read


TAGS = Spelling(
    "api",
    "elbv2:DescribeTags",
    {"tags": tags("Tags")},
    items="TagDescriptions.*",
    part_of="ResourceArn",
    key="ResourceArn",
    asks=("ResourceArns",),
)
"""Tags are told by an operation of their own, for balancers, listeners, rules and target groups alike."""
