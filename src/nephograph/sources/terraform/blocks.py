"""A block of a text: its head, its arguments and its nested blocks, read from the parser's tuples when asked for."""

from __future__ import annotations

from typing import Any

from nephograph.model.span import Span
from nephograph.sources.terraform.texts import Text

Node = tuple[Any, ...]


class Written:
    """A node together with the text it stands in."""

    __slots__ = ("node", "text")

    def __init__(self, text: Text, node: Node) -> None:
        self.text = text
        self.node = node

    @property
    def span(self) -> Span:
        """The range of the node."""
        return self.text.span(self.node[1], self.node[2])

    @property
    def source(self) -> str:
        """The characters of the node."""
        return self.text.content[self.node[1] : self.node[2]]


def generated_type(block: Block) -> str:
    """The type of a block, or of the blocks that a dynamic block generates."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


class Body:
    """Arguments and blocks between braces. `end` is the offset of the closing brace (the file's end for a file)."""

    __slots__ = ("arguments", "blocks", "end", "names", "overridden", "said", "start", "text")

    def __init__(self, text: Text, node: Node) -> None:
        self.text = text
        self.start: int = node[1]
        self.end: int = node[2]
        self.arguments: dict[str, Node] = {}
        self.blocks: list[Block] = []
        self.names: dict[str, None] | None = None
        self.said: dict[str, None] | None = None
        """The names of arguments and blocks in the order of the text; worked out and kept by `resources`."""
        self.overridden: dict[str, Text] | None = None
        """Where the arguments stand that an override file says anew."""
        arguments = self.arguments
        for item in node[3]:
            if item[0] == "attr":
                arguments[item[3]] = item
            else:
                self.blocks.append(Block(text, item))

    def value(self, name: str) -> Written | None:
        """The value of an argument."""
        item = self.arguments.get(name)
        return Written(self.text_of(name), item[4]) if item is not None else None

    def text_of(self, name: str) -> Text:
        """The text an argument stands in."""
        return self.overridden.get(name, self.text) if self.overridden else self.text

    def override(self, other: Body) -> None:
        """Let another body have its word: its arguments win, its blocks stand for all blocks of their type."""
        if self.overridden is None:
            self.overridden = {}
        for name, item in other.arguments.items():
            self.arguments[name] = item
            self.overridden[name] = other.text
        said = {generated_type(block) for block in other.blocks}
        self.blocks = [block for block in self.blocks if generated_type(block) not in said] + other.blocks
        self.names = self.said = None

    def of_type(self, type: str) -> list[Block]:
        """The nested blocks of one type, in order."""
        return [block for block in self.blocks if block.type == type]


class Block:
    """One block."""

    __slots__ = ("_body", "end", "head_end", "labels", "node", "start", "text", "type")

    def __init__(self, text: Text, node: Node) -> None:
        self.text = text
        self.node = node
        self.start: int = node[1]
        self.end: int = node[2]
        self.type: str = node[3]
        labels = node[4]
        self.labels: tuple[str, ...] = tuple([label[2] for label in labels]) if labels else ()
        self.head_end: int = node[6]
        self._body: Body | None = None

    @property
    def body(self) -> Body:
        """What stands between the braces."""
        if self._body is None:
            self._body = Body(self.text, self.node[5])
        return self._body

    @property
    def span(self) -> Span:
        """The range of the whole block."""
        return self.text.span(self.start, self.end)

    @property
    def head_span(self) -> Span:
        """The range of the head: type and labels."""
        end = self.head_end
        while end > self.start and self.text.content[end - 1] in " \t":
            end -= 1
        return self.text.span(self.start, end)
