"""The containers of a task definition: JSON text in Terraform, lists in CloudFormation and the API."""

from __future__ import annotations

import json
import re
from typing import Any

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Reader, flag, items, keyed, mapping, reference, text, texts
from nephograph.catalog.readers import CREDENTIAL, says
from nephograph.model.value import Reason, Unknown

_LIMIT = 1_000_000
"""Characters of container definitions that are read; ECS's own limit is 64 kB."""


def containers() -> Field:
    """What runs in a task. Of a variable that is named like a credential, only that it is written is kept."""
    return keyed(
        "name",
        name=text(),
        image=text(),
        privileged=flag(default=False),
        read_only_root=flag(default=False),
        user=text(),
        added_capabilities=texts(),
        environment=mapping(),
        environment_files=texts(),
        # By name: the ARN or name of the secret or parameter.
        secrets=mapping(),
        ports=items(container=text(), host=text(), protocol=text(default="tcp")),
        log_driver=text(),
        log_group=reference("aws_cloudwatch_log_group"),
    )


def container_definitions(name: str) -> Reader:
    """Container definitions at `name`: a list, or the JSON text of one. Keys are read in either letter case."""

    def read(document: Cursor) -> Tree:
        written = document.at(*name.split("."))
        if not says(written):
            return None
        parsed = _parsed(written)
        if parsed.unknown:
            return parsed
        return [block if block.unknown else _container(block) for block in parsed.each()]

    return read


def included(name: str, reader: Reader) -> Reader:
    """What an answer holds only if it was asked to include it; an empty list may mean either."""
    left_out = Unknown(Reason.NOT_SEEN, f"{name}, if the answer was asked to include it")

    def read(document: Cursor) -> Tree:
        return reader(document) if says(document.at(name)) else document.be(left_out)

    return read


def _parsed(written: Cursor) -> Cursor:
    value, pieces = written.value, {}
    if isinstance(value, Unknown):
        if not value.parts:
            return written
        pieces = {_quoted(part): part for part in value.parts if isinstance(part, Unknown)}
        value = "".join(part if isinstance(part, str) else _quoted(part) for part in value.parts)
    if not isinstance(value, str):
        return written
    try:
        if len(value) > _LIMIT:
            raise ValueError("too long")
        return written.be(_revived(json.loads(value), {json.loads(f'"{text}"'): part for text, part in pieces.items()}))
    except (ValueError, RecursionError) as error:
        if written.unknown:
            return written  # an unknown piece stands where JSON has no place for a text
        return written.be(Unknown(Reason.INVALID, f"container definitions are not JSON: {error}"))


def _quoted(piece: Unknown) -> str:
    """The symbol of an unknown piece, to stand inside JSON text."""
    return json.dumps(piece.symbol)[1:-1]


def _revived(value: Any, pieces: dict[str, Unknown]) -> Any:
    """Values with their unknown pieces in the place of the symbols that stood for them in the text."""
    if isinstance(value, dict):
        return {name: _revived(child, pieces) for name, child in value.items()}
    if isinstance(value, list):
        return [_revived(child, pieces) for child in value]
    if not isinstance(value, str) or not pieces:
        return value
    parts = [part for part in re.split("|".join(f"({re.escape(symbol)})" for symbol in pieces), value) if part]
    found = tuple(pieces.get(part, part) for part in parts)
    if len(found) == 1 and isinstance(found[0], Unknown):
        return found[0]
    unknown = next((part for part in found if isinstance(part, Unknown)), None)
    return value if unknown is None else Unknown(unknown.reason, unknown.detail, parts=found)


def _at(block: Cursor, *names: str) -> Cursor:
    for name in names:
        block = block.first(name, name[0].upper() + name[1:])
    return block


def _container(block: Cursor) -> dict[str, Tree]:
    options = _at(block, "logConfiguration", "options")
    return {
        "name": _at(block, "name"),
        "image": _at(block, "image"),
        "privileged": _at(block, "privileged"),
        "read_only_root": _at(block, "readonlyRootFilesystem"),
        "user": _at(block, "user"),
        "added_capabilities": _at(block, "linuxParameters", "capabilities", "add"),
        "environment": _pairs(_at(block, "environment"), "value"),
        "environment_files": [_at(one, "value") for one in _at(block, "environmentFiles").each()] or None,
        "secrets": _pairs(_at(block, "secrets"), "valueFrom"),
        "ports": _ports(_at(block, "portMappings")),
        "log_driver": _at(block, "logConfiguration", "logDriver"),
        "log_group": options.at("awslogs-group"),
    }


def _pairs(blocks: Cursor, value: str) -> Tree:
    if blocks.unknown:
        return blocks
    found: dict[str, Tree] = {}
    for block in blocks.each():
        name, said = _at(block, "name"), _at(block, value)
        if not isinstance(name.value, str):
            return blocks.be(Unknown(Reason.NOT_EVALUATED, "a variable whose name is not known"))
        found[name.value] = _kept(name.value, said) if value == "value" else said
    return found or None


def _kept(name: str, said: Cursor) -> Cursor:
    if isinstance(said.value, str) and said.value and CREDENTIAL.search(name) and not said.value.startswith("arn:"):
        return said.be(Unknown(Reason.SENSITIVE, name))
    return said


def _ports(blocks: Cursor) -> Tree:
    if blocks.unknown:
        return blocks
    return [
        {"container": _at(one, "containerPort"), "host": _at(one, "hostPort"), "protocol": _at(one, "protocol")}
        for one in blocks.each()
    ] or None
