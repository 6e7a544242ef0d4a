"""Lines, indentation and commas of YAML and JSON around a place that is edited."""

from __future__ import annotations

import json
import re
from typing import Any

from nephograph.model.edit import TextEdit
from nephograph.sources.cloudformation.nodes import Node
from nephograph.sources.cloudformation.yaml_nodes import plain_scalar
from nephograph.sources.terraform.edit_text import (
    indent_at,
    line_end,
    line_start,
    newline_of,
    remove_element,
    remove_lines,
)
from nephograph.sources.terraform.texts import Text

STEP = "  "
_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:+@=-]*(?<!:)")


def is_block(text: Text, node: Node) -> bool:
    """True for a YAML container that is written in lines and without brackets."""
    return text.content[node.start : node.start + 1] not in ("{", "[")


def _is_json(text: Text) -> bool:
    return text.content.lstrip("\ufeff \t\r\n")[:1] == "{"


def scalar(value: Any) -> str:
    """A scalar of YAML: without quotes where it then reads as itself."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) is not None and plain_scalar(value) == value and not re.match(r"[\d.]", value)
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def flow(value: Any, quoted: bool) -> str:
    """A value on one line: JSON, or YAML in brackets."""
    if quoted:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name)}: {flow(child, False)}" for name, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(child, False) for child in value) + "]"
    return scalar(value)


def block(name: str, value: Any, indent: str) -> list[str]:
    """An entry of a block mapping as lines."""
    if isinstance(value, dict) and value.keys() == {"Ref"}:
        return [f"{indent}{scalar(name)}: !Ref {value['Ref']}"]
    if isinstance(value, dict) and value:
        return [f"{indent}{scalar(name)}:", *(line for k, v in value.items() for line in block(k, v, indent + STEP))]
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        lines = [f"{indent}{scalar(name)}:"]
        for one in value:
            inner = [line for k, v in one.items() for line in block(k, v, indent + STEP * 2)]
            lines += [f"{indent}{STEP}- {inner[0].lstrip()}", *inner[1:]]
        return lines
    return [f"{indent}{scalar(name)}: {flow(value, False)}"]


def replaced(text: Text, node: Node, value: Any) -> TextEdit:
    """Another value in the place of a node."""
    if _is_json(text):
        indent = indent_at(text, node.start)
        written = json.dumps(value, ensure_ascii=False, indent=2 if isinstance(value, dict | list) and value else None)
        written = written.replace("\n", newline_of(text) + indent)
    else:
        written = flow(value, False)
    return TextEdit(text.relative, node.start, node.end, written)


class Inserts:
    """Entries that mappings get: those of one mapping are written together."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], tuple[Text, Node, dict[str, Any]]] = {}

    def add(self, text: Text, container: Node, name: str, value: Any) -> None:
        """Note an entry; what several notes say of one missing object is joined."""
        _, _, entries = self._found.setdefault((text.relative, id(container)), (text, container, {}))
        entries[name] = _merged(entries[name], value) if name in entries else value

    def edits(self) -> list[TextEdit]:
        """One edit for each mapping."""
        return [_inserted(text, container, entries) for text, container, entries in self._found.values()]


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{name: _merged(old[name], child) if name in old else child for name, child in new.items()}}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new) == 1:
        return [_merged(old[0], new[0])]
    return new


def _inserted(text: Text, container: Node, entries: dict[str, Any]) -> TextEdit:
    newline = newline_of(text)
    if is_block(text, container):
        column = container.start - line_start(text, container.start)
        lines = [line for name, value in entries.items() for line in block(name, value, " " * column)]
        position = line_end(text, container.end)
        return TextEdit(text.relative, position, position, newline + newline.join(lines))
    quoted = _is_json(text)
    last = max(container.value.values(), key=lambda child: child.end, default=None)
    inside = text.content[container.start : container.end]
    if "\n" not in inside:
        written = ", ".join(
            f"{json.dumps(name) if quoted else scalar(name)}: {flow(value, quoted)}" for name, value in entries.items()
        )
        if last is None:
            return TextEdit(text.relative, container.start, container.end, f"{{{written}}}")
        return TextEdit(text.relative, last.end, last.end, f", {written}")
    outer = indent_at(text, container.start)
    first = min(container.keys.values(), default=None)
    indent = indent_at(text, first[0]) if first is not None else outer + STEP
    pieces = []
    for name, value in entries.items():
        if quoted:
            step = len(indent) - len(outer) or 2
            body = json.dumps(value, ensure_ascii=False, indent=step).replace("\n", newline + indent)
            pieces.append(f"{indent}{json.dumps(name)}: {body}")
        else:
            pieces.append(f"{indent}{scalar(name)}: {flow(value, False)}")
    written = f",{newline}".join(pieces)
    if last is None:
        return TextEdit(text.relative, container.start, container.end, f"{{{newline}{written}{newline}{outer}}}")
    comma = text.content[last.end : last.end + 1] == ","
    position = last.end + 1 if comma else last.end
    return TextEdit(text.relative, position, position, f"{'' if comma else ','}{newline}{written}")


def without_entry(text: Text, container: Node, name: str, child: Node) -> TextEdit:
    """A mapping without one of its entries."""
    start, _ = container.keys[name]
    if is_block(text, container):
        if start == container.start and text.content[line_start(text, start) : start].strip():
            # The first entry of an element of a list stands behind its dash: the next one takes its place.
            others = [place[0] for key, place in container.keys.items() if key != name and key in container.value]
            return TextEdit(text.relative, start, min(others), "")
        return TextEdit(text.relative, *remove_lines(text, start, child.end), "")
    return TextEdit(text.relative, *remove_element(text, start, child.end), "")


def without_element(text: Text, container: Node, child: Node) -> TextEdit:
    """A list without one of its elements."""
    if is_block(text, container):
        dash = text.content.rfind("-", line_start(text, child.start), child.start)
        return TextEdit(text.relative, *remove_lines(text, dash if dash >= 0 else child.start, child.end), "")
    return TextEdit(text.relative, *remove_element(text, child.start, child.end), "")
