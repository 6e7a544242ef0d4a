"""The text under the parser's finger: blanks, comments, offsets, and how a syntax error is said."""

from __future__ import annotations

import re

import msgspec

MAX_DEPTH = 100
"""How deep blocks, expressions and template directives may nest in one another."""

END = "\0"
"""Stands behind the last character, so that looking one character ahead needs no bounds check."""

IDENTIFIER = r"[^\W\d][\w-]*+"
_BLANK = re.compile(r"[ \t\r]*+")
_BLANK_OR_NEWLINE = re.compile(r"\s*+")
_TO_LINE_END = re.compile(r"[^\n\0]*+")
_NAME = re.compile(IDENTIFIER)


class SyntaxProblem(msgspec.Struct, frozen=True):
    """One syntax error. `start` and `end` are character offsets; `block` is the head of the block that was lost.

    `block` is "" where nothing was lost (a repeated attribute, for example: the first one stands).
    """

    start: int
    end: int
    message: str
    expected: str = ""
    help: str = ""
    block: str = ""


class Broken(Exception):  # noqa: N818 - never leaves the parser: it carries a problem to the block that recovers
    """Raised at a syntax error, caught where parsing can go on."""

    def __init__(self, problem: SyntaxProblem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class Reader:
    """Reads one text. Positions are passed and returned; only comments, problems and the depth are kept here."""

    def __init__(self, text: str) -> None:
        self.size = len(text)
        self.text = text + END
        self.comments: list[tuple[int, int]] = []
        self.problems: list[SyntaxProblem] = []
        self.depth = 0

    def space(self, pos: int, newlines: bool) -> int:
        """The position behind blanks and comments; line ends count as blank when `newlines`."""
        text = self.text
        # Mostly there is nothing, or one blank: then no regular expression is asked.
        char = text[pos]
        if char == " ":
            char = text[pos + 1]
            if " " < char < "\x7f" and char != "#" and char != "/":
                return pos + 1
        elif " " < char < "\x7f" and char != "#" and char != "/":
            return pos
        blank = _BLANK_OR_NEWLINE if newlines else _BLANK
        while True:
            pos = blank.match(text, pos).end()  # type: ignore[union-attr]  # matches the empty text too
            char = text[pos]
            if char == "#" or (char == "/" and text[pos + 1] == "/"):
                end = _TO_LINE_END.match(text, pos).end()  # type: ignore[union-attr]
                if text[end - 1] == "\r":
                    end -= 1
            elif char == "/" and text[pos + 1] == "*":
                end = text.find("*/", pos + 2)
                if end < 0:
                    raise self.error(
                        pos, "This comment is never closed.", "*/", "Close the comment with */.", end=pos + 2
                    )
                end += 2
            else:
                return pos
            self.comment(pos, end)
            pos = end

    def comment(self, start: int, end: int) -> None:
        """Keep a comment; looking ahead may meet the same one twice."""
        if not self.comments or self.comments[-1][0] < start:
            self.comments.append((start, end))

    def name(self, pos: int) -> tuple[str, int]:
        """The identifier at `pos` ("" when there is none) and the position behind it."""
        match = _NAME.match(self.text, pos)
        return (match.group(), match.end()) if match else ("", pos)

    def error(self, pos: int, message: str, expected: str = "", help: str = "", *, end: int = 0) -> Broken:
        """The exception for a mistake that stands at `pos` (to `end`, or one character)."""
        pos = min(pos, self.size)
        stop = end or min(self.size, pos + 1)
        return Broken(SyntaxProblem(pos, max(pos, stop), message, expected, help))

    def seen(self, pos: int) -> str:
        """What stands at `pos`, for a message."""
        if pos >= self.size:
            return "the end of the file"
        char = self.text[pos]
        if char == "\n" or self.text.startswith("\r\n", pos):
            return "the end of the line"
        name, _ = self.name(pos)
        return f'"{name[:40]}"' if name else f'"{char}"' if char.isprintable() else f"the character U+{ord(char):04X}"

    def deeper(self, pos: int) -> None:
        """Enter one more level of nesting; the caller leaves it with `depth -= 1`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.too_deep(pos)

    def too_deep(self, pos: int) -> Broken:
        """The exception for the bound of nesting."""
        return self.error(pos, f"This is nested more than {MAX_DEPTH} levels deep.", help="Move inner parts to locals.")
