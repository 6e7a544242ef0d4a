"""Terraform as text: what is code, what is a string, what is a comment, and where the top-level items begin.

Deliberately small and apart from the product's parser: the rewriter that uses it must not share the parser's mistakes.
It relies on `terraform fmt` having been here: top-level items start in column 0 and closing braces stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Tree = dict[str, str]
"""Relative path of a file to its text."""

HEREDOC = re.compile(r"<<-?([A-Za-z_][A-Za-z0-9_]*)\n")
HEADER = re.compile(r'^(resource|data|module|variable|output|provider)((?: "[^"\n]*")+) \{', re.MULTILINE)


@dataclass(frozen=True)
class Segment:
    """A stretch of text: `code`, `text` (inside quotes or a heredoc, without the delimiters) or `comment`."""

    kind: str
    text: str


def read(root: Path) -> Tree:
    """Every file below `root`."""
    return {str(p.relative_to(root)): p.read_text() for p in sorted(root.rglob("*")) if p.is_file()}


def write(tree: Tree, root: Path) -> Path:
    """Write the tree below `root`."""
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def segments(text: str) -> list[Segment]:
    """The text cut into segments; joined they are the text again."""
    out: list[Segment] = []
    _code(text, 0, out, nested=False)
    merged: list[Segment] = []
    for one in out:
        if merged and merged[-1].kind == one.kind:
            merged[-1] = Segment(one.kind, merged[-1].text + one.text)
        elif one.text:
            merged.append(one)
    return merged


def _code(text: str, at: int, out: list[Segment], nested: bool) -> int:
    """Code from `at` on; nested code (an interpolation) ends before its closing brace."""
    start, depth = at, 0
    while at < len(text):
        char = text[at]
        heredoc = HEREDOC.match(text, at) if char == "<" else None
        if char == '"':
            out.append(Segment("code", text[start : at + 1]))
            start = at = _quoted(text, at + 1, out)
            at += 1
        elif heredoc:
            out.append(Segment("code", text[start : heredoc.end()]))
            end = re.compile(rf"^[ \t]*{heredoc[1]}[ \t]*$", re.MULTILINE).search(text, heredoc.end())
            assert end, "a heredoc without an end"
            _template(text, heredoc.end(), out, end.start())
            start = at = end.start()
            at = end.end()
        elif char == "#" or text.startswith("//", at):
            out.append(Segment("code", text[start:at]))
            line = text.find("\n", at)
            line = len(text) if line < 0 else line
            out.append(Segment("comment", text[at:line]))
            start = at = line
        elif char == "}" and nested and depth == 0:
            break
        else:
            depth += {"{": 1, "}": -1}.get(char, 0)
            at += 1
    out.append(Segment("code", text[start:at]))
    return at


def _quoted(text: str, at: int, out: list[Segment]) -> int:
    """A quoted template; returns the position of its closing quote."""
    return _template(text, at, out, None)


def _template(text: str, at: int, out: list[Segment], end: int | None) -> int:
    start = at
    while at < len(text) if end is None else at < end:
        if end is None and text[at] == "\\":
            at += 2
        elif end is None and text[at] == '"':
            break
        elif text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            out.append(Segment("text", text[start:at]))
            out.append(Segment("code", text[at : at + 2]))
            start = at = _code(text, at + 2, out, nested=True)
            out.append(Segment("code", text[at : at + 1]))
            start = at = at + 1
        else:
            at += 1
    out.append(Segment("text", text[start:at]))
    return at


def on_code(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to its code."""
    return "".join(change(s.text) if s.kind == "code" else s.text for s in segments(text))


def on_strings(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` applied to strings that are values: not labels, keys, sources or provider aliases."""
    done: list[str] = []
    line = ""
    for one in segments(text):
        keep = one.kind != "text" or re.match(r"\s*(source|alias)\s*= \"|[a-z_]+ \"", line) is not None
        done.append(one.text if keep else change(one.text))
        line = (line + one.text).rpartition("\n")[2]
    return "".join(done)


def items(text: str) -> list[str]:
    """The top-level blocks and attributes, each with the comments right above it, each ending in a newline."""
    found: list[str] = []
    comments = ""
    lines = text.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("#"):
            comments += line
        elif not line.strip():
            if comments:
                # A comment with a blank line below speaks of the file; it stays, on its own.
                found.append(comments)
                comments = ""
        else:
            end = at
            if re.search(r"[{\[(]\n$", line):
                end = next(n for n in range(at + 1, len(lines)) if re.match(r"[}\])]", lines[n]))
            found.append(comments + "".join(lines[at : end + 1]))
            comments = ""
            at = end
        at += 1
    if comments:
        found.append(comments)
    return found


def directory(name: str) -> str:
    """The directory of a file of the tree, "" for the root."""
    return name.rpartition("/")[0]


def module_source(caller: str, item: str) -> str | None:
    """The directory a module block calls, None for a registry module."""
    source = re.search(r'^  source\s*= "(\.[^"]*)"', item, re.MULTILINE)
    if source is None:
        return None
    parts = [p for p in caller.split("/") if p]
    for part in source[1].split("/"):
        if part == "..":
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
