"""What databases of RDS, DocumentDB and Neptune share: three services of one API.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, Spelling
from nephograph.catalog.readers import first_of, in_code, says, tags
from nephograph.model.value import Reason, Unknown

SOURCE = Unknown(Reason.NOT_SEEN, "what the source of the copy says")
CLUSTER = Unknown(Reason.NOT_SEEN, "what its cluster says")
GATEWAY = Unknown(Reason.AFTER_APPLY, "public where its VPC has an internet gateway")
"""What a database is whose template does not say whether it is publicly accessible."""

_PORTS = (
    ("aurora-postgres", 5432),
    ("aurora", 3306),
    ("postgres", 5432),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("oracle", 1521),
    ("custom-oracle", 1521),
    ("sqlserver", 1433),
    ("custom-sqlserver", 1433),
    ("db2", 50000),
    ("docdb", 27017),
    ("neptune", 8182),
)


def port(name: str, engine: str) -> Reader:
    """The port, else the engine's own one; both as their attributes are called."""

    def read(document: Cursor) -> Tree:
        said, kind = document.at(*name.split(".")), document.at(engine)
        if (says(said) and said.value != 0) or kind.unknown or not isinstance(kind.value, str):
            return said if says(said) else kind
        return next((kind.be(number) for known, number in _PORTS if kind.value.startswith(known)), None)

    return read


def password(*names: str) -> Reader:
    """Is the master password written in the code? A dynamic reference of a template names a secret instead."""

    def read(document: Cursor) -> Tree:
        said = first_of(document, *names)
        if isinstance(said.value, str) and said.value.startswith("{{resolve:"):
            return said.be(False)
        return in_code(*names)(document)

    return read


def of_copy(path: str, *sources: str, default: object = None) -> Reader:
    """An attribute that a copy takes over from its source where it says nothing itself."""

    def read(document: Cursor) -> Tree:
        said = document.at(*path.split("."))
        if says(said):
            return said
        copied = [document.at(name) for name in sources]
        if any(says(source) and source.value != {} for source in copied):
            return said.be(SOURCE)
        return said.be(default) if default is not None else None

    return read


def restorers(attributes: str) -> Reader:
    """Accounts that may restore a snapshot: the values of its attribute `restore`, among them `all` for everybody."""

    def read(document: Cursor) -> Tree:
        found: list[Tree] = [
            account
            for attribute in document.at(attributes).each()
            if attribute.at("AttributeName").value == "restore"
            for account in attribute.at("AttributeValues").each()
        ]
        return found or None

    return read


TAGS = Spelling(
    "api", "rds:ListTagsForResource", {"tags": tags("TagList")}, part_of="ResourceName", asks=("ResourceName",)
)
"""The tags of anything of RDS, asked for by its ARN."""
