"""With whom an image or a snapshot is shared: account ids, ARNs of organizations and units, and `all`."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.model.value import Reason, Unknown


def shared_with(name: str, operation: str, whom: tuple[str, ...]) -> Reader:
    """The permissions an answer lists under `name`; the answer about another attribute says nothing of them.

    `whom` are the members of a permission that may name somebody.
    """

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if not said.present:
            return document.be(Unknown(Reason.NOT_SEEN, f"the answer of {operation} about {name}"))
        return [one.at(member) for one in said.each() for member in whom if one.at(member).present] or None

    return read
