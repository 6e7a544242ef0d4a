"""JSON as a tree with ranges. What stands before a mistake is kept."""

from __future__ import annotations

import json
import json.decoder
import re
from typing import Any

from nephograph.sources.cloudformation.nodes import MAX_DEPTH, MAX_NODES, Fault, Node, Range, Read

_BLANK = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"true|false|null")
_scan_string: Any = json.decoder.scanstring  # type: ignore[attr-defined]
_HELP = "Mend the text; everything before the mistake was read."


class _NotJsonError(Exception):
    """The text ends to be JSON here."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(why)
        self.position = position
        self.why = why


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.left = MAX_NODES

    def blank(self, position: int) -> int:
        match = _BLANK.match(self.text, position)
        return match.end() if match else position

    def string(self, position: int) -> tuple[str, int]:
        try:
            value, end = _scan_string(self.text, position + 1, False)
        except json.JSONDecodeError as error:
            raise _NotJsonError(min(error.pos, len(self.text)), error.msg.lower()) from None
        return value, end

    def value(self, position: int, depth: int, into: list[Node]) -> int:
        """Read the value at a position into the list; the position behind it. A container is listed at once."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            raise _NotJsonError(
                position, f"more than {MAX_DEPTH} levels" if self.left >= 0 else f"more than {MAX_NODES} values"
            )
        char = self.text[position : position + 1]
        if char == '"':
            text, end = self.string(position)
            into.append(Node(text, position, end))
            return end
        if char in ("{", "["):
            node = Node({} if char == "{" else [], position, len(self.text))
            into.append(node)
            node.end = self.mapping(node, depth) if char == "{" else self.listing(node, depth)
            return node.end
        word = _WORD.match(self.text, position)
        if word is not None:
            into.append(Node(_WORDS[word.group()], position, word.end()))
            return word.end()
        number = _NUMBER.match(self.text, position)
        if number is not None and number.end() - position < 400:
            said = number.group()
            into.append(Node(float(said) if number[1] or number[2] else int(said), position, number.end()))
            return number.end()
        raise _NotJsonError(position, "a value belongs here")

    def mapping(self, node: Node, depth: int) -> int:
        position = self.blank(node.start + 1)
        if self.text[position : position + 1] == "}":
            return position + 1
        while True:
            if self.text[position : position + 1] != '"':
                raise _NotJsonError(position, "a name in quotes belongs here")
            key, end = self.string(position)
            place: Range = (position, end)
            position = self.blank(end)
            if self.text[position : position + 1] != ":":
                raise _NotJsonError(position, "a colon belongs here")
            if key in node.value:
                self.faults.append(duplicate(key, place))
            found: list[Node] = []
            whole = False
            try:
                position = self.value(self.blank(position + 1), depth + 1, found)
                whole = True
            finally:
                # Of what a mistake stands in, the complete entries of a section are kept, and no half resource.
                if found and (whole or depth == 0):
                    node.value[key] = found[0]
                    node.keys[key] = place
            position = self.blank(position)
            char = self.text[position : position + 1]
            if char == "}":
                return position + 1
            if char != ",":
                raise _NotJsonError(position, "a comma or a closing brace belongs here")
            position = self.blank(position + 1)

    def listing(self, node: Node, depth: int) -> int:
        position = self.blank(node.start + 1)
        if self.text[position : position + 1] == "]":
            return position + 1
        while True:
            position = self.blank(self.value(position, depth + 1, node.value))
            char = self.text[position : position + 1]
            if char == "]":
                return position + 1
            if char != ",":
                raise _NotJsonError(position, "a comma or a closing bracket belongs here")
            position = self.blank(position + 1)


def duplicate(key: str, place: Range) -> Fault:
    """A name that a mapping holds twice: the last one counts, as CloudFormation reads it."""
    why = f"{key} is written twice in one mapping; the last one is read"
    return Fault("duplicate-key", why, "Give each its own name, or remove one.", *place)


def read_json(text: str) -> Read:
    """The tree of a JSON text. On a mistake: what stands before it, and a fatal Fault."""
    reader = _Reader(text)
    found: list[Node] = []
    start = reader.blank(1 if text.startswith("\ufeff") else 0)
    try:
        end = reader.blank(reader.value(start, 0, found))
        if end < len(text):
            raise _NotJsonError(end, "nothing belongs behind the end")
    except _NotJsonError as stop:
        position = min(stop.position, max(len(text) - 1, 0))
        message = f"the text is not JSON here: {stop.why}"
        reader.faults.append(Fault("template-syntax", message, _HELP, position, position + 1, True))
    return Read(found[0] if found else None, reader.faults)
