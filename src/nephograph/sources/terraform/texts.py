"""The texts of one load: offsets to lines and columns, and masked excerpts for frames."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from nephograph.model.span import Span
from nephograph.sources.credentials import MASK, mask, mask_text_values, names_secret
from nephograph.sources.terraform.secrets import texts_in

_DEFAULT = re.compile(r'^\s*default\s*=\s*"')
_VARIABLE = re.compile(r'^\s*variable\s+"?([\w-]+)"?\s*\{')
_LOOK_BACK = 30

MAX_SHOWN = 2_000
"""Characters of a line that are shown: more helps nobody, and masking costs time."""


SHORT = 6
"""A sensitive text of fewer characters is too likely to be part of a harmless word."""

MAX_SECRETS = 10_000


class Text:
    """One file's text. `file` is the path as shown, `relative` the path below the scanned root."""

    __slots__ = ("_starts", "content", "file", "modelled", "relative")

    def __init__(self, file: str, relative: str, content: str, modelled: bool = False) -> None:
        self.file = file
        self.relative = relative
        self.content = content
        self.modelled = modelled
        """The text is that of a module model: ours, so that no place in it is shown to anybody."""
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset of the first character of every line, ascending."""
        if self._starts is None:
            found = [0]
            position = self.content.find("\n")
            while position >= 0:
                found.append(position + 1)
                position = self.content.find("\n", position + 1)
            self._starts = found
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of a character offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The range of characters [start, end) as lines and columns."""
        line, column = self.place(start)
        end_line, end_column = self.place(max(start, end))
        return Span(self.file, line, column, end_line, end_column)

    def offset(self, line: int, column: int) -> int:
        """The character offset of a line and column."""
        return self.starts[line - 1] + column - 1

    def absolute(self, offset: int) -> int:
        """The offset in the file."""
        return offset

    def line(self, number: int) -> str | None:
        """One raw line without its end, None when there is no such line."""
        if not 1 <= number <= len(self.starts):
            return None
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.content)
        return self.content[start:end].rstrip("\r")

    def shown_line(self, number: int) -> str | None:
        """One line as it may be shown: credentials masked, columns kept."""
        line = self.line(number)
        if line is None:
            return None
        line = line[:MAX_SHOWN]
        if _DEFAULT.match(line) and self._stands_in_secret_variable(number):
            return mask_text_values(line)
        return mask(line)

    def _stands_in_secret_variable(self, number: int) -> bool:
        for back in range(number, max(0, number - _LOOK_BACK), -1):
            match = _VARIABLE.match(self.line(back) or "")
            if match:
                return names_secret(match.group(1))
        return False


class Texts:
    """The `Excerpts` of a load: every text that was read, by its shown path."""

    def __init__(self) -> None:
        self.by_file: dict[str, Text] = {}
        self._secrets: set[str] = set()

    def add(self, text: Text) -> None:
        """Remember a text under its shown path."""
        self.by_file[text.file] = text

    def line(self, file: str, number: int) -> str | None:
        """The text of one line without its end, credentials masked."""
        text = self.by_file.get(file)
        line = text.shown_line(number) if text else None
        return self.masked(line) if line else line

    def hide(self, value: Any) -> None:
        """Never show the texts in a value that is marked sensitive, wherever they are written."""
        if len(self._secrets) < MAX_SECRETS:
            self._secrets.update(line for text in texts_in(value) for line in text.splitlines() if line.strip())

    def masked(self, line: str) -> str:
        """A line with the sensitive texts in it masked, columns kept. Short ones only where they stand in quotes."""
        for secret in self._secrets:
            if len(secret) < SHORT:
                line = line.replace(f'"{secret}"', f'"{MASK * len(secret)}"')
            elif secret in line:
                line = line.replace(secret, MASK * len(secret))
        return line
