"""Lines, indentation and commas around a place that is edited."""

from __future__ import annotations

from typing import Any

from nephograph.sources.terraform.texts import Text


def newline_of(text: Text) -> str:
    """How the file ends its lines."""
    # One character is found far sooner than two, and few files have it.
    return "\r\n" if "\r" in text.content and "\r\n" in text.content else "\n"


def line_start(text: Text, position: int) -> int:
    """The offset of the first character of the line."""
    return text.content.rfind("\n", 0, position) + 1


def line_end(text: Text, position: int) -> int:
    """The offset behind the last character of the line, its end not included."""
    found = text.content.find("\n", position)
    if found < 0:
        return len(text.content)
    return found - 1 if found > 0 and text.content[found - 1] == "\r" else found


def indent_at(text: Text, position: int) -> str:
    """The blanks that the line of a position begins with."""
    start = line_start(text, position)
    line = text.content[start : line_end(text, start)]
    return line[: len(line) - len(line.lstrip(" \t"))]


def align(text: Text, neighbour: tuple[Any, ...], name: str) -> str:
    """The name padded so that its = stands under that of the argument before it."""
    equals = text.content.find("=", neighbour[1] + len(neighbour[3]))
    return name.ljust(equals - neighbour[1] - 1)


def remove_lines(text: Text, start: int, end: int, block: bool = False) -> tuple[int, int]:
    """The range of the whole lines of something that stands alone on them; of a block also one blank line before."""
    content = text.content
    first = line_start(text, start)
    last = content.find("\n", end)
    behind = content[end : last if last >= 0 else len(content)].strip()
    alone = not content[first:start].strip() and (not behind or behind.startswith(("#", "//")))
    if not alone:
        return start, end
    stop = last + 1 if last >= 0 else len(content)
    if block:
        before = content[:first].rstrip(" \t")
        if before.endswith(("\n\n", "\n\r\n")) and (
            not content[stop:].strip() or content[stop:].lstrip(" \t\r")[:1] in "\n}"
        ):
            first = len(before) - (2 if before.endswith("\r\n") else 1)
    return first, stop


def remove_element(text: Text, start: int, end: int) -> tuple[int, int]:
    """The range of an element of a list or object together with the comma that parts it from its neighbour."""
    content = text.content
    after = end
    while after < len(content) and content[after] in " \t":
        after += 1
    if after < len(content) and content[after] == ",":
        after += 1
        line = content.find("\n", after)
        alone = not content[line_start(text, start) : start].strip()
        if alone and line >= 0 and not content[after:line].strip():
            return line_start(text, start), line + 1
        while after < len(content) and content[after] in " \t":
            after += 1
        return start, after
    before = start
    while before > 0 and content[before - 1].isspace():
        before -= 1
    if before > 0 and content[before - 1] == ",":
        return before - 1, end
    first, line = line_start(text, start), content.find("\n", after)
    if line >= 0 and not content[first:start].strip() and not content[after:line].strip():
        # An entry of an object that stands on lines of its own.
        return first, line + 1
    return start, end
