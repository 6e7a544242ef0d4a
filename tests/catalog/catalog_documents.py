"""Documents for tests, written the way Terraform's JSON syntax writes references.

`"${aws_vpc.main.id}"` is a reference to another resource, `"${var.cidr}"` a variable without a value,
`"${data.x.y.id}"` a data source; inside a longer text they are its unknown pieces.
`{"$unknown": [reason, detail]}` is an Unknown that a spelling makes itself.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from nephograph.model.source import Said, Scope
from nephograph.model.span import Cause, Origin, Path
from nephograph.model.value import Reason, Ref, Unknown

_PIECE = re.compile(r"(\$\{[^}]*\})")


def revive(value: Any) -> Any:
    """JSON data with its references brought to life."""
    if isinstance(value, dict):
        if set(value) == {"$unknown"}:
            reason, detail = value["$unknown"]
            return Unknown(Reason(reason), detail)
        return {name: revive(child) for name, child in value.items()}
    if isinstance(value, list):
        return [revive(child) for child in value]
    if isinstance(value, str) and "${" in value:
        pieces = [_piece(part) for part in _PIECE.split(value) if part]
        return pieces[0] if len(pieces) == 1 else Unknown(Reason.AFTER_APPLY, parts=tuple(pieces))
    return value


def _piece(text: str) -> str | Unknown:
    if not text.startswith("${"):
        return text
    name = text[2:-1]
    if name.startswith("var."):
        return Unknown(Reason.NO_VALUE, name)
    if name.startswith("data."):
        return Unknown(Reason.DATA_SOURCE, name)
    address, _, attribute = name.rpartition(".")
    return Unknown(Reason.AFTER_APPLY, ref=Ref(address, (attribute,)))


SCOPE = Scope("aws", "111122223333", "eu-west-1")


@dataclasses.dataclass
class Document:
    """A document as a source would yield it."""

    type: str
    attributes: Mapping[str, Any]
    address: str = ""
    existence: Unknown | None = None
    dialect: str = "terraform"
    root: str = ""
    scope: Scope = SCOPE
    said: Said = "code"

    def origin(self, path: Path) -> Origin:
        """The path itself, so that a test can see where a value was read."""
        return Origin("code", self.address, causes=(Cause(".".join(str(part) for part in path)),))


def dialect_of(type_: str) -> str:
    """`aws_vpc`, `AWS::EC2::VPC`, `ec2:DescribeVpcs` and `dockerfile/stage` tell by their form whose word they are."""
    if "/" in type_ and ":" not in type_:
        return type_.partition("/")[0]
    return "cloudformation" if "::" in type_ else "api" if ":" in type_ else "terraform"


def document(written: Mapping[str, Any], position: int = 0) -> Document:
    """`{"aws_vpc": {attributes}}` as a document."""
    ((type_, attributes),) = written.items()
    return Document(
        type_,
        revive(attributes),
        f"{type_}.d{position}",
        dialect=dialect_of(type_),
        said="dump" if dialect_of(type_) == "api" else "code",
    )
