"""A text that an editor changes: blocks that an edit does not touch keep their nodes, and only learn where they stand.

A file is cut into pieces, each one top-level block with the rest of its lines, or what stands between two blocks. Of an
edit only the pieces it touches are read again, as a text of their own. All other nodes keep the text and the offsets
they were read at; the text knows how many lines and characters each of its pieces has moved since.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

import msgspec

from nephograph.model.span import Span
from nephograph.sources.terraform.blocks import Block, Body
from nephograph.sources.terraform.comments import may_suppress
from nephograph.sources.terraform.syntax import Parsed, parse
from nephograph.sources.terraform.texts import Text

Watch = set[tuple["LiveText", int]]
"""Pieces of texts, each by the text and the offset it starts at there."""


class LiveText(Text):
    """The text some pieces of a file were read from. Spans are kept, and moved with their pieces."""

    __slots__ = ("_moved", "_pieces", "_spans")

    watchers: ClassVar[list[Watch]] = []
    """Who is told which pieces spans are asked of, innermost last."""

    def __init__(self, file: str, relative: str, content: str, line: int = 0, offset: int = 0) -> None:
        super().__init__(file, relative, content)
        self._pieces: list[int] = [0]
        self._moved: list[tuple[int, int]] = [(line, offset)]
        self._spans: dict[tuple[int, int], Span] = {}

    def cut(self, starts: list[int]) -> None:
        """The offsets at which its pieces start, ascending, the first one 0."""
        self._pieces = starts
        self._moved = [self._moved[0]] * len(starts)

    def _piece(self, offset: int) -> int:
        return bisect_right(self._pieces, offset) - 1

    def piece(self, offset: int) -> int:
        """The offset at which the piece starts that stands at an offset."""
        return self._pieces[self._piece(offset)]

    def move(self, piece_start: int, lines: int, characters: int) -> None:
        """One piece stands elsewhere now."""
        index = self._piece(piece_start)
        line, offset = self._moved[index]
        self._moved[index] = (line + lines, offset + characters)

    def settle(self) -> None:
        """Correct the spans that were handed out; whoever keeps one sees it stand where it stands now."""
        for (start, end), span in self._spans.items():
            line, _, end_line, _ = self._range(start, end)
            if (line, end_line) != (span.line, span.end_line):
                msgspec.structs.force_setattr(span, "line", line)
                msgspec.structs.force_setattr(span, "end_line", end_line)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file as it is now."""
        line, column = super().place(offset)
        return line + self._moved[self._piece(offset)][0], column

    def _range(self, start: int, end: int) -> tuple[int, int, int, int]:
        # The end of the last thing of a piece may be the start of the next piece: both move with where it starts.
        lines = self._moved[self._piece(start)][0]
        line, column = super().place(start)
        end_line, end_column = super().place(max(start, end))
        return line + lines, column, end_line + lines, end_column

    def span(self, start: int, end: int) -> Span:
        """The range of characters [start, end) as lines and columns of the file as it is now."""
        if self.watchers:
            self.watchers[-1].add((self, self.piece(start)))
        found = self._spans.get((start, end))
        if found is None:
            found = self._spans[start, end] = Span(self.file, *self._range(start, end))
        return found

    def absolute(self, offset: int) -> int:
        """The offset in the file as it is now."""
        return offset + self._moved[self._piece(offset)][1]


class Piece:
    """Lines of a file: `text[start:end]`. `block` is the block in them, None between blocks."""

    __slots__ = ("block", "end", "start", "text")

    def __init__(self, text: LiveText, start: int, end: int, block: Block | None) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.block = block

    @property
    def content(self) -> str:
        """Its lines."""
        return self.text.content[self.start : self.end]


class LiveFile:
    """One file of configuration, cut into pieces. Raises ValueError for a text that is not made of whole blocks."""

    def __init__(self, file: str, relative: str, content: str, parsed: Parsed) -> None:
        self.file = file
        self.relative = relative
        self.content = content
        self.replaced: Watch = set()
        """The pieces that the last edit replaced."""
        self.pieces = _pieces(LiveText(file, relative, content), parsed)

    @property
    def blocks(self) -> list[Block]:
        """Its blocks in the order of the text."""
        return [piece.block for piece in self.pieces if piece.block is not None]

    def edit(self, content: str) -> tuple[list[Block], list[Block]] | None:
        """Take the new content: (blocks that are gone, blocks that are new), None when it is not made of whole blocks.

        The file is as it was when the answer is None.
        """
        old = self.content
        head, tail = _common(old, content)
        # A piece whose edge the edit touches is read again, too: it may have lost its line end.
        first = last = -1
        position = 0
        for index, piece in enumerate(self.pieces):
            end = position + piece.end - piece.start
            if end >= head and first < 0:
                first, begin = index, position
            if position <= len(old) - tail:
                last, stop = index, end
            position = end
        if first < 0 or last < first:
            return None
        grown = len(content) - len(old)
        chunk = content[begin : stop + grown]
        parsed = parse(chunk)
        if parsed.problems or (chunk and chunk[-1] != "\n" and stop + grown != len(content)):
            return None
        text = LiveText(self.file, self.relative, chunk, old.count("\n", 0, begin), begin)
        try:
            fresh = _pieces(text, parsed)
        except ValueError:
            return None
        # What was read again and is as it was stays the same piece.
        while first <= last and fresh and fresh[0].content == self.pieces[first].content:
            first += 1
            del fresh[0]
        while first <= last and fresh and fresh[-1].content == self.pieces[last].content:
            last -= 1
            del fresh[-1]
        replaced = self.pieces[first : last + 1]
        behind = self.pieces[last + 1 :]
        self.pieces[first : last + 1] = fresh
        self.replaced = {(piece.text, piece.start) for piece in replaced}
        lines = chunk.count("\n") - old.count("\n", begin, stop)
        if lines or grown:
            for piece in behind:
                piece.text.move(piece.start, lines, grown)
        if lines:
            for moved in {piece.text for piece in behind}:
                moved.settle()
        self.content = content
        return [p.block for p in replaced if p.block is not None], [p.block for p in fresh if p.block is not None]


def _pieces(text: LiveText, parsed: Parsed) -> list[Piece]:
    content = text.content
    found: list[Piece] = []
    position = 0
    body = Body(text, parsed.body)
    if body.arguments or parsed.problems or content.startswith("\ufeff") or may_suppress(content):
        raise ValueError("not made of blocks alone")
    for block in body.blocks:
        start = content.rfind("\n", 0, block.start) + 1
        end = content.find("\n", block.end) + 1 or len(content)
        if start < position:
            raise ValueError("two blocks on one line")
        if start > position:
            found.append(Piece(text, position, start, None))
        found.append(Piece(text, start, end, block))
        position = end
    if position < len(content) or not found:
        found.append(Piece(text, position, len(content), None))
    edges = [piece.start for piece in found]
    for start, end in parsed.comments:
        if bisect_right(edges, start) != bisect_right(edges, end - 1):
            raise ValueError("a comment runs from one piece into the next")
    text.cut(edges)
    return found


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts have in common at their beginning, and behind that at their end."""
    short = min(len(old), len(new))
    low, high = 0, short
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    head = low
    low, high = 0, short - head
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return head, low


__all__ = ["LiveFile", "LiveText", "Watch"]
