"""The same cases once more, written as real Terraform and read by the Terraform source."""

from __future__ import annotations

import json
import pathlib
import re
from typing import Any

import pytest

from nephograph.catalog.normal import normal_form
from nephograph.model.source import LoadOptions
from nephograph.model.value import Unknown
from nephograph.sources.terraform import SOURCE
from tests.catalog.catalog_documents import dialect_of, revive
from tests.catalog.test_kinds import CASES, KNOWN, case, expected, spelled_by

REFERENCE = re.compile(r"\$\{([^}]*)\}")


def writable(documents: list[dict[str, Any]]) -> bool:
    """A block that is unknown as a whole has no spelling of its own (it comes from a dynamic block)."""
    if any(dialect_of(type_) != "terraform" for each in documents for type_ in each):
        return False
    return not any(mixed(value) for each in documents for value in each.values())


def mixed(value: Any) -> bool:
    if isinstance(value, dict):
        return any(mixed(child) for child in value.values())
    if isinstance(value, list):
        kinds = {isinstance(child, dict) for child in value}
        return len(kinds) > 1 or any(mixed(child) for child in value)
    return False


def hcl(attributes: dict[str, Any], indent: str = "  ") -> str:
    """A list of objects is written as blocks, everything else as an attribute."""
    lines = []
    for name, value in attributes.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{indent}{name} {{\n{hcl(block, indent + '  ')}{indent}}}\n" for block in value]
        else:
            lines.append(f"{indent}{name} = {json.dumps(value)}\n")
    return "".join(lines)


def code(documents: list[dict[str, Any]]) -> str:
    """The documents and empty declarations of all they refer to."""
    blocks = {
        (type_, f"d{position}"): attributes
        for position, each in enumerate(documents)
        for type_, attributes in each.items()
    }
    heads = [f'resource "{type_}" "{name}" {{\n{hcl(attributes)}}}\n' for (type_, name), attributes in blocks.items()]
    for reference in sorted(set(REFERENCE.findall(json.dumps(documents)))):
        parts = reference.split(".")
        if parts[0] == "var":
            heads.append(f'variable "{parts[1]}" {{}}\n')
        elif parts[0] == "data":
            heads.append(f'data "{parts[1]}" "{parts[2]}" {{}}\n')
        elif (parts[0], parts[1]) not in blocks:
            blocks[parts[0], parts[1]] = {}
            heads.append(f'resource "{parts[0]}" "{parts[1]}" {{}}\n')
    return "\n".join(heads)


def named(value: Any) -> Any:
    """Values with their unknowns by name: how a source words the reason is its own affair."""
    if isinstance(value, Unknown):
        return value.symbol if value.parts or value.ref else f"⟨{value.detail.partition(' (')[0]}⟩"
    if isinstance(value, dict):
        return {name: named(child) for name, child in value.items()}
    if isinstance(value, list):
        return [named(child) for child in value]
    return value


@pytest.mark.parametrize(
    ("path", "spelling"),
    [
        pytest.param(path, spelling, id=f"{path.parent.name}-{path.stem}-{spelling}")
        for path in CASES
        for spelling, documents in case(path)["spellings"].items()
        if writable(documents)
    ],
)
def test_terraform_code_yields_the_normal_form(path: pathlib.Path, spelling: str, tmp_path: pathlib.Path) -> None:
    documents = case(path)["spellings"][spelling]
    (tmp_path / "main.tf").write_text(code(documents), encoding="utf-8")

    loaded = SOURCE.load(tmp_path, "code", LoadOptions(), lambda stage, done, total: None)

    assert loaded.problems == []
    found = {document.address: document for document in loaded.documents}
    said = [found[f"{type_}.d{position}"] for position, each in enumerate(documents) for type_ in each]
    known = KNOWN[path.parent.name]
    written = [(document, spelled_by(known, document)) for document in said]
    assert named(normal_form(known, written)) == named(revive(expected(path, spelling))), (
        f"the Terraform source reads this otherwise than {path.name} expects:\n{code(documents)}"
    )
