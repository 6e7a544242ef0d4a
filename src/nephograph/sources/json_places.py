"""Where values stand in the text of a JSON file: found when somebody asks, by skipping what was not asked for.

Nothing is kept at load but the text. The members of a container are found the first time one of them is asked about,
each skipped by the decoder of the standard library, and are remembered.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right

from nephograph.model.span import Path, Span
from nephograph.sources.credentials import mask

MAX_SHOWN = 4_000
"""Characters of a line that is shown; masking a longer one costs too much, and a piece of it would mislead."""

_SHORTEST_SECRET = 4
"""Characters of a value that is masked wherever it stands; shorter ones would star out half of every line."""

_DECODER = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")
_NEWLINE = re.compile("\n")

Range = tuple[int, int]
"""The offsets of the first character of a value and of the one behind its last."""


class JsonText:
    """The text of one JSON file. `file` is its path as shown to people."""

    __slots__ = ("_members", "_secrets", "_starts", "content", "file")

    def __init__(self, file: str, content: str) -> None:
        self.file = file
        self.content = content
        self._members: dict[int, dict[str | int, Range]] = {}
        self._starts: list[int] | None = None
        self._secrets: set[str] = set()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _NEWLINE.finditer(self.content))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def at(self, path: Path) -> Range | None:
        """The range of the value at a path; None when there is no such value or the text is not JSON."""
        start = self._blank(0)
        found: Range = (start, len(self.content))
        for step in path:
            member = self._inside(found[0]).get(step)
            if member is None:
                return None
            found = member
        return found

    def span(self, path: Path) -> Span | None:
        """The place of the value at a path; None when there is no such value."""
        found = self.at(path)
        return self.span_of(*found) if found is not None else None

    def nearest(self, path: Path, shortest: int) -> Span | None:
        """The place of the longest beginning of the path that is there, of at least `shortest` steps."""
        for length in range(len(path), shortest - 1, -1):
            span = self.span(path[:length])
            if span is not None:
                return span
        return None

    def span_of(self, start: int, end: int) -> Span:
        """The range of characters [start, end) as lines and columns."""
        line, column = self.place(start)
        end_line, end_column = self.place(max(start, end))
        return Span(self.file, line, column, end_line, end_column)

    def hide(self, secret: str) -> None:
        """Never show this value in a line: the file says that it is sensitive, or its name does."""
        if len(secret) >= _SHORTEST_SECRET:
            self._secrets.add(json.dumps(secret)[1:-1])
            self._secrets.add(json.dumps(secret, ensure_ascii=False)[1:-1])

    def line(self, number: int) -> str | None:
        """One line as it may be shown: credentials masked, columns kept. None when it is too long or not there."""
        self.place(0)
        assert self._starts is not None
        if not 1 <= number <= len(self._starts):
            return None
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.content)
        if end - start > MAX_SHOWN:
            return None
        shown = self.content[start:end].rstrip("\r")
        for secret in sorted(self._secrets, key=len, reverse=True):
            shown = shown.replace(secret, "*" * len(secret))
        return mask(shown)

    def _blank(self, position: int) -> int:
        match = _BLANK.match(self.content, position)
        return match.end() if match else position

    def _inside(self, start: int) -> dict[str | int, Range]:
        """The members of the container that begins at `start`; {} for what is no container or not JSON."""
        if start not in self._members:
            try:
                self._members[start] = self._scan(start)
            except (ValueError, IndexError, RecursionError):
                self._members[start] = {}
        return self._members[start]

    def _scan(self, start: int) -> dict[str | int, Range]:
        text = self.content
        opening = text[start : start + 1]
        if opening not in ("{", "["):
            return {}
        closing = "}" if opening == "{" else "]"
        found: dict[str | int, Range] = {}
        position = self._blank(start + 1)
        while text[position] != closing:
            key: str | int = len(found)
            if opening == "{":
                if text[position] != '"':
                    raise ValueError("a key must be a string")
                key, position = _DECODER.raw_decode(text, position)
                position = self._blank(position)
                if text[position] != ":":
                    raise ValueError("a colon must follow the key")
                position = self._blank(position + 1)
            _, end = _DECODER.raw_decode(text, position)
            found[key] = (position, end)
            position = self._blank(end)
            if text[position] == ",":
                position = self._blank(position + 1)
            elif text[position] != closing:
                raise ValueError("a comma must stand between members")
        return found


class JsonTexts:
    """The `model.source.Excerpts` of a load: every text that was read, by its shown path."""

    def __init__(self) -> None:
        self.by_file: dict[str, JsonText] = {}

    def add(self, text: JsonText) -> None:
        """Remember a text under its shown path."""
        self.by_file[text.file] = text

    def line(self, file: str, number: int) -> str | None:
        """The text of one line without its end, credentials masked."""
        text = self.by_file.get(file)
        return text.line(number) if text else None
