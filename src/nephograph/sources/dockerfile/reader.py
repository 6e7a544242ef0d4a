"""The text of a Dockerfile as instructions with their ranges.

A logical line is what is left of one or more lines when continuations are joined and the comments between them are
taken out; each of its characters knows its place in the file. Heredocs follow the line that opens them.
https://docs.docker.com/reference/dockerfile/#format
https://docs.docker.com/reference/dockerfile/#here-documents
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

_WORDS = (
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
)
INSTRUCTIONS = frozenset(_WORDS)
_WITH_HEREDOCS = frozenset({"RUN", "COPY", "ADD", "ONBUILD"})

MAX_INSTRUCTIONS = 10_000
"""More than any build system takes (an image has at most 127 layers)."""

_DIRECTIVE = re.compile(r"#\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$")
_KEYWORD = re.compile(r"\s*([^\s]+)\s*")
_HEREDOC = re.compile(r"\d*<<(-?)([\"']?)([A-Za-z_][\w.-]*)\2(?![\w.-])")


class Fault(msgspec.Struct, frozen=True):
    """A mistake in the text: its range in characters, what is wrong, and what to do."""

    message: str
    help: str
    start: int
    end: int


class Heredoc(msgspec.Struct, frozen=True):
    """A text that stands below its instruction. `expands`: its name is not quoted, so that variables are replaced."""

    name: str
    text: str
    start: int
    end: int
    expands: bool


class Instruction(msgspec.Struct, frozen=True):
    """One instruction. `text` is what follows the keyword, on one logical line; `pieces` tell its places."""

    keyword: str
    text: str
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    heredocs: tuple[Heredoc, ...] = ()
    escape: str = "\\"

    def place(self, offset: int) -> int:
        """The place in the file of a character of `text`."""
        at = bisect_right(self.pieces, (offset, 1 << 60)) - 1
        logical, real = self.pieces[max(at, 0)]
        return real + offset - logical

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The range in the file of a piece of `text`."""
        return self.place(start), (self.place(end - 1) + 1 if end > start else self.place(start))


class Parsed(msgspec.Struct):
    """What a text holds: instructions, comments (ranges), the escape character, and what is wrong in it."""

    instructions: list[Instruction]
    comments: list[tuple[int, int]]
    escape: str
    faults: list[Fault]


def parse(content: str) -> Parsed:
    """Read a text. Never raises: what is wrong is a fault, and everything around it stands."""
    return _Reader(content).read()


class _Reader:
    def __init__(self, content: str) -> None:
        self.content = content
        self.position = 0
        self.parsed = Parsed([], [], "\\", [])

    def read(self) -> Parsed:
        if self.content.startswith("\ufeff"):
            self.position = 1
        self._directives()
        while self.position < len(self.content):
            if len(self.parsed.instructions) >= MAX_INSTRUCTIONS:
                at = self.position
                message = f"more than {MAX_INSTRUCTIONS:,} instructions; the rest is not read"
                self.parsed.faults.append(Fault(message, "No build takes so many: check what wrote it.", at, at))
                break
            start, line = self._line()
            bare = line.strip()
            if not bare:
                continue
            if bare.startswith("#"):
                self.parsed.comments.append((start + line.index("#"), start + len(line.rstrip())))
                continue
            self._instruction(start, line)
        return self.parsed

    def _line(self) -> tuple[int, str]:
        start = self.position
        end = self.content.find("\n", start)
        self.position = len(self.content) if end < 0 else end + 1
        return start, self.content[start : self.position].rstrip("\r\n")

    def _directives(self) -> None:
        """`# escape=` is heeded only where nothing but directives stands above it."""
        while self.position < len(self.content):
            back = self.position
            start, line = self._line()
            match = _DIRECTIVE.match(line.strip()) if line.strip().startswith("#") else None
            if match is None or match[1].lower() not in ("syntax", "escape", "check"):
                self.position = back
                return
            self.parsed.comments.append((start + line.index("#"), start + len(line.rstrip())))
            if match[1].lower() == "escape":
                if match[2] in ("\\", "`"):
                    self.parsed.escape = match[2]
                else:
                    help = "Docker knows two: escape=\\ and escape=`."
                    self._fault(f"the escape character {match[2][:20]!r} is none", help, start, start + len(line))

    def _instruction(self, start: int, line: str) -> None:
        escape = self.parsed.escape
        text: list[str] = []
        pieces: list[tuple[int, int]] = []
        length, offset, end = 0, start, start
        while True:
            stripped = line.rstrip(" \t")
            goes_on = stripped.endswith(escape)
            part = stripped[: -len(escape)] if goes_on else stripped
            pieces.append((length, offset))
            text.append(part)
            length += len(part)
            end = offset + len(stripped)
            if not goes_on or self.position >= len(self.content):
                break
            # Comments and empty lines inside a continuation are taken out.
            while True:
                offset, line = self._line()
                bare = line.strip()
                if bare.startswith("#"):
                    self.parsed.comments.append((offset + line.index("#"), offset + len(line.rstrip())))
                elif bare:
                    break
                if self.position >= len(self.content):
                    line = ""
                    break
            if not line:
                break
        whole = "".join(text)
        head = _KEYWORD.match(whole)
        if head is None:
            return  # (nothing but the sign that the line goes on)
        begin = start + len(whole) - len(whole.lstrip()) if len(text) == 1 else start + head.start(1)
        keyword = head[1].upper()
        if keyword not in INSTRUCTIONS:
            self._unknown(head[1], begin)
            return
        behind = head.end()
        body = whole[behind:]
        moved = [(logical - behind, real) for logical, real in pieces]
        first = max(index for index, (logical, _) in enumerate(moved) if logical <= 0)
        kept = tuple((max(logical, 0), real - min(logical, 0)) for logical, real in moved[first:])
        found = Instruction(keyword, body, begin, end, kept, (), escape)
        heredocs = self._heredocs(found) if keyword in _WITH_HEREDOCS else ()
        if heredocs is None:
            return
        self.parsed.instructions.append(msgspec.structs.replace(found, heredocs=heredocs) if heredocs else found)

    def _unknown(self, word: str, begin: int) -> None:
        import difflib

        near = difflib.get_close_matches(word.upper()[:40], INSTRUCTIONS, 1)
        shown = word[:40]
        help = f"Did you mean {near[0]}?" if near else "Docker's instructions are FROM, RUN, COPY and fifteen others."
        self._fault(f"{shown} is no instruction", help, begin, begin + len(word))

    def _heredocs(self, instruction: Instruction) -> tuple[Heredoc, ...] | None:
        """The heredocs a line opens, taken from the lines below it; None (and a fault) when one never ends."""
        found = []
        for start, end, match in openings(instruction.text, self.parsed.escape):
            name, strips = match[3], match[1] == "-"
            begin = self.position
            while True:
                if self.position >= len(self.content):
                    place = instruction.range(start, end)
                    self._fault(f"the heredoc {name} never ends", f"Write {name} alone on a line below it.", *place)
                    return None
                at, line = self._line()
                if (line.lstrip("\t") if strips else line) == name:
                    found.append(Heredoc(name, self.content[begin:at], begin, at, not match[2]))
                    break
        return tuple(found)

    def _fault(self, message: str, help: str, start: int, end: int) -> None:
        self.parsed.faults.append(Fault(message, help, start, end))


def openings(text: str, escape: str) -> list[tuple[int, int, re.Match[str]]]:
    """Where a line opens heredocs, outside of quotes: (start, end, match)."""
    found: list[tuple[int, int, re.Match[str]]] = []
    if "<<" not in text:
        return found
    quote, at = "", 0
    while at < len(text):
        char = text[at]
        if quote:
            if char == escape and quote == '"':
                at += 1
            elif char == quote:
                quote = ""
        elif char == escape:
            at += 1
        elif char in "\"'":
            quote = char
        elif char in "<0123456789" and (at == 0 or text[at - 1] in " \t;|&("):
            match = _HEREDOC.match(text, at)
            if match is not None:
                found.append((at, match.end(), match))
                at = match.end()
                continue
        at += 1
    return found
