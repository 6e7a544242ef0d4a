"""The types of columns: a kind's fields as one STRUCT, and the same fields as the structure `from_json` reads."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from nephograph.catalog.language import Field

_SCALARS = {
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "number": "DOUBLE",
    "reference": "VARCHAR",
    "texts": "VARCHAR[]",
    "references": "VARCHAR[]",
    "mapping": "MAP(VARCHAR, VARCHAR)",
    "policy": "JSON",
}
"""Unknown values are NULL in all of them; the column `unknown` says which and why."""

Structure = str | list["Structure"] | dict[str, "Structure"]
"""What `from_json` takes: type names, a list of one, or named fields."""


def structure(fields: Mapping[str, Field]) -> dict[str, Structure]:
    """The fields of a kind as `from_json` reads them."""
    return {name: _of(field) for name, field in sorted(fields.items())}


def _of(field: Field) -> Structure:
    if field.type in ("group", "items"):
        if not field.fields:
            return "JSON"
        inner = structure(field.fields)
        return [inner] if field.type == "items" else inner
    return _SCALARS[field.type]


def signature(fields: Mapping[str, Field]) -> str:
    """The structure as text: equal texts, equal tables."""
    return msgspec.json.encode(structure(fields)).decode()


def column(field: Field) -> str:
    """The SQL type of one field."""
    return _sql(_of(field))


def struct(fields: Mapping[str, Field]) -> str:
    """The SQL type of all fields together."""
    return _sql(structure(fields) or "JSON")  # a kind without fields has nothing to be typed


def _sql(found: Structure) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return f"{_sql(found[0])}[]"
    return f"STRUCT({', '.join(f'{quoted(name)} {_sql(inner)}' for name, inner in found.items())})"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
