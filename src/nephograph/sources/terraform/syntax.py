"""The parser of Terraform's native syntax: text -> `Parsed`. It never raises, whatever the text.

Source of the grammar: the HCL native syntax specification
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md) and Terraform's language reference.

Nodes are nested tuples `(kind, start, end, …)`; start and end are character offsets into the text (`LineMap` turns
them into lines and columns), end is the offset behind the last character. Tuples hold only str, int, float, bool, None
and tuples, so `marshal` can cache them.

Structure:
    ("body", s, e, items)                   items: attr and block nodes in the order of the text
    ("attr", s, e, name, value)             s is where the name starts, e where the value ends
    ("block", s, e, type, labels, body, head_end)
                                            labels: tuple of (s, e, text), s..e with the quotes; head_end: before the {
Expressions:
    ("lit", s, e, value)                    str (quoted or heredoc without sequences), int, float, bool, None
    ("template", s, e, parts)               a text with sequences; parts: "lit" nodes, expressions, t_if, t_for
    ("t_if", s, e, cond, parts, parts)      %{ if }: then, else
    ("t_for", s, e, key, value, coll, parts)   %{ for key, value in coll }; key is None when it is not named
    ("wrap", s, e, expr)                    "${expr}" alone: the value itself, not text
    ("ref", s, e, root, steps)              a traversal: root is its first name
    ("get", s, e, source, steps)            a traversal of any other expression
    ("item", s, e)                          inside a splat: the current element
    ("splat", s, e, source, each)           source[*]…, source.*…; each is an expression over "item"
    ("call", s, e, name, args, expand)      expand: the last argument had `...`; provider functions: "provider::a::b"
    ("tuple", s, e, items)
    ("object", s, e, items)                 items: tuple of (key node, value node); a bare key is a "lit"
    ("for_list", s, e, key, value, coll, result, cond)          names key (or None) and value; cond or None
    ("for_map", s, e, key, value, coll, result_key, result, cond, group)
    ("cond", s, e, cond, then, else)
    ("bin", s, e, operator, left, right)    || && == != < > <= >= + - * / %
    ("un", s, e, operator, operand)         ! -   (a minus before a number is part of the "lit")
    ("paren", s, e, expr)
    ("broken", s, e)                        in the JSON syntax: a text that should be an expression, and is none
A step is a str (`.name`, `["name"]`), an int (`[0]`, `.0`), or a node (any other index).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from sys import intern

import msgspec

from nephograph.sources.terraform.syntax_expressions import SIMPLE, ExpressionParser
from nephograph.sources.terraform.syntax_reader import IDENTIFIER, MAX_DEPTH, Broken, SyntaxProblem
from nephograph.sources.terraform.templates import Node

__all__ = [
    "MAX_DEPTH",
    "LineMap",
    "Node",
    "Parsed",
    "SyntaxProblem",
    "descend",
    "parse",
    "parse_expression",
    "parse_template",
]

MAX_PROBLEMS = 100
"""After so many broken blocks the rest of a file is not read, and one last problem says so."""

MAX_REREAD = 10
"""How many times over a file may be read again because blocks are not closed."""

MAX_HIDDEN = 100
"""How many comments inside the heads of blocks are read over in one file; each costs a copy of its text."""

_ATTRIBUTE = re.compile(rf"\s*+({IDENTIFIER})[ \t]*+=(?![=>])[ \t]*+{SIMPLE}[ \t\r]*+(?=[\n#\0])")
_LABEL = rf'"(?:[^"\\$%\n\0]++|\\.|[$%](?!\{{))*"|{IDENTIFIER}'
_HEAD = re.compile(rf"({IDENTIFIER})((?:[ \t]*+(?:{_LABEL}))*)[ \t]*+\{{")
_LABELS = re.compile(_LABEL)
_COMMENT = re.compile(r"[ \t]*+(/\*(?:[^*\0]++|\*(?!/))*\*/)")
_EQUALS = re.compile(rf"({IDENTIFIER})[ \t]*+=(?![=>])")
_TOP = (
    "resource|data|module|variable|output|locals|provider|terraform|moved|import|removed|check|ephemeral|run|"
    "mock_provider|mock_resource|mock_data|override_resource|override_data|override_module|variables"
)
_RESUME = re.compile(
    rf'^({_TOP})(?:[ \t]*+(?:"[^"\n]*+"|{IDENTIFIER}))*[ \t]*+\{{'
    rf'|"(?:[^"\\\n]++|\\.)*"|(?:\#|//)[^\n]*+|/\*|<<-?({IDENTIFIER})[ \t]*+\r?\n',
    re.MULTILINE,
)


class Parsed(msgspec.Struct, frozen=True):
    """What a text says. Every intact top-level block is in `body`; `problems` name what is broken.

    `comments` are the (start, end) offsets of every comment in order, the line end not included.
    """

    body: Node
    problems: tuple[SyntaxProblem, ...]
    comments: tuple[tuple[int, int], ...]


class LineMap:
    """Offsets to lines and columns, both from 1. A byte order mark has no column."""

    __slots__ = ("_mark", "_starts")

    def __init__(self, text: str) -> None:
        self._mark = 1 if text.startswith("\ufeff") else 0
        starts = [self._mark]
        position = text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = text.find("\n", position + 1)
        self._starts = starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset."""
        line = max(1, bisect_right(self._starts, offset))
        return line, max(0, offset - self._starts[line - 1]) + 1


class _BodyParser(ExpressionParser):
    """Blocks and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._reread = 0
        self._hidden = 0

    def top(self) -> Node:
        """The body of the whole file, recovering at each broken block."""
        items: list[Node] = []
        names: set[str] = set()
        pos = 1 if self.text.startswith("\ufeff") else 0
        start = pos
        while True:
            self.depth = 0
            head = pos
            try:
                head = self.space(pos, True)
                if head >= self.size:
                    break
                item, pos = self._entry(head)
                if item[0] == "attr" and item[3] in names:
                    self._repeated(item)
                else:
                    items.append(item)
                    if item[0] == "attr":
                        names.add(item[3])
            except Broken as broken:
                pos = self._recover(head, broken.problem)
            except RecursionError:
                problem = SyntaxProblem(head, head + 1, "This is nested too deeply to be read.")
                pos = self._recover(head, problem)
            if pos < self.size and (len(self.problems) >= MAX_PROBLEMS or self._reread > MAX_REREAD * self.size):
                message = f"The file has {len(self.problems)} syntax errors; from here on it is not read."
                self.problems.append(SyntaxProblem(pos, pos + 1, message, block="the rest of the file"))
                break
        return ("body", start, self.size, tuple(items))

    def _recover(self, head: int, problem: SyntaxProblem) -> int:
        """Keep the problem; the position of the next top-level block behind the head of the broken one."""
        text = self.text
        resume = self._next_head(head + 1)
        while self.comments and self.comments[-1][0] >= resume:
            self.comments.pop()
        first = _HEAD.match(text, head)
        line_end = text.find("\n", head)
        line_end = line_end if line_end >= 0 else self.size
        lost = " ".join(text[head : first.end() - 1].split()) if first else text[head : min(line_end, head + 60)]
        if resume <= problem.start < self.size or (resume < self.size <= problem.start):
            # Other blocks start before the place where the mistake shows: the block was never closed.
            self._reread += problem.start - resume
            problem = SyntaxProblem(
                head, line_end, f"The block {lost} is not closed before the next one starts.", "}", "Add the missing }."
            )
        self.problems.append(msgspec.structs.replace(problem, block=lost))
        return resume

    def _next_head(self, pos: int) -> int:
        """Where the next top-level block starts: a known head at the start of a line, in no string or comment."""
        text = self.text
        while match := _RESUME.search(text, pos):
            pos = match.end()
            marker = match.group(2)
            if match.group(1):
                return match.start()
            if marker:
                close = re.compile(rf"^[ \t]*+{re.escape(marker)}[ \t\r]*+$", re.MULTILINE).search(text, pos)
                pos = close.end() if close else pos
            elif match.group() == "/*":
                close_at = text.find("*/", pos)
                pos = close_at if close_at >= 0 else pos
        return self.size

    def _repeated(self, item: Node) -> None:
        self.problems.append(
            SyntaxProblem(
                item[1],
                item[1] + len(item[3]),
                f"The argument {item[3]} is set twice in the same block; the first one stands.",
                help="Remove one of them.",
            )
        )

    def _entry(self, pos: int) -> tuple[Node, int]:
        """The attribute or block at `pos`, which stands on no blank, and the position behind its line."""
        text = self.text
        match = _EQUALS.match(text, pos)
        if match:
            value, end = self.expression(match.end(), False)
            if text[end] != "\n":
                self._line_end(end, "this value")
            return ("attr", pos, end, intern(match.group(1)), value), end
        match = _HEAD.match(text, pos)
        if match:
            return self._block(match, pos)
        name, end = self.name(pos)
        if not name:
            help = "Remove one } or add the { that it closes." if text[pos] == "}" else ""
            raise self.error(
                pos, f"Expected an argument or a block, not {self.seen(pos)}.", "name = value, or name {", help
            )
        labels = _HEAD_LABELS.match(text, end)
        if self._hidden < MAX_HIDDEN and self._hide_comment(labels.end() if labels else end):
            return self._entry(pos)
        after = self.space(end, False)
        if text[after] == '"' or self.name(after)[0]:
            after = self.space(labels.end() if labels else end, False)
            raise self.error(after, f"Expected {{ behind the head of this block, not {self.seen(after)}.", "{")
        raise self.error(
            after,
            f'Expected = or {{ behind "{name}", not {self.seen(after)}.',
            "= or {",
            "An argument is written name = value, a block name { … }.",
        )

    def _hide_comment(self, pos: int) -> bool:
        """Blank out the comment that stands at `pos`, in the head of a block or before an equals sign: offsets stay."""
        text = self.text
        match = _COMMENT.match(text, pos)
        if match is None:
            return False
        start, end = match.span(1)
        self.comment(start, end)
        self.text = text[:start] + " " * (end - start) + text[end:]
        self._hidden += 1
        return True

    def _line_end(self, pos: int, what: str) -> int:
        pos = self.space(pos, False)
        if self.text[pos] != "\n" and pos < self.size:
            raise self.error(pos, f"Expected the end of the line behind {what}, not {self.seen(pos)}.", "a new line")
        return pos

    def _block(self, match: re.Match[str], start: int) -> tuple[Node, int]:
        text = self.text
        labels: tuple[tuple[int, int, str], ...] = ()
        if match.group(2):
            found = _LABELS.finditer(text, *match.span(2))
            labels = tuple([(label.start(), label.end(), self._label(label)) for label in found])
        self.deeper(start)
        pos = inside = match.end()
        if text[pos] != "\n":
            pos = self.space(pos, False)
        if text[pos] == "\n":
            items, close = self._items(pos + 1)
        else:
            items, close = self._one_line(pos)
        self.depth -= 1
        body = ("body", inside, close, items)
        end = close + 1
        node = ("block", start, end, intern(match.group(1)), labels, body, match.end() - 1)
        if text[end] != "\n":
            self._line_end(end, "this block")
        return node, end

    def _label(self, match: re.Match[str]) -> str:
        label = match.group()
        if label[0] != '"':
            return label
        if "\\" not in label:
            return intern(label[1:-1])
        node, _ = self.quoted(match.start())
        return str(node[3])

    def _one_line(self, pos: int) -> tuple[tuple[Node, ...], int]:
        """`{ }` or `{ name = value }` on one line: what stands in it and where its } is."""
        text = self.text
        if text[pos] == "}":
            return (), pos
        match = _EQUALS.match(text, pos)
        if match is None:
            raise self.error(
                pos,
                f"Expected one argument or a new line behind {{, not {self.seen(pos)}.",
                "a new line",
                "A block on one line holds one argument at most.",
            )
        value, end = self.expression(match.end(), False)
        close = self.space(end, False)
        if text[close] != "}":
            raise self.error(
                close,
                f"Expected }} to close this block on its line, not {self.seen(close)}.",
                "}",
                "A block of several arguments has one a line.",
            )
        return (("attr", pos, end, intern(match.group(1)), value),), close

    def _items(self, pos: int) -> tuple[tuple[Node, ...], int]:
        """The items of a block of several lines: what stands in it and where its } is."""
        text = self.text
        simple = self.simple
        attribute = _ATTRIBUTE.match
        items: list[Node] = []
        names: set[str] = set()
        item: Node
        while True:
            match = attribute(text, pos)
            if match:
                name = match.group(1)
                pos = match.end(match.lastindex)  # type: ignore[arg-type]  # one of the value groups has matched
                if match.lastindex == 2 or match.lastindex == 5:
                    pos += 1
                item = ("attr", match.start(1), pos, intern(name), simple(match, 2))
            elif match := _CLOSES.match(text, pos):
                return tuple(items), match.end() - 1
            else:
                at = self.space(pos, True)
                if text[at] == "}":
                    return tuple(items), at
                if at >= self.size:
                    raise self.error(at, "This block is not closed when the file ends.", "}", "Add the missing }.")
                item, pos = self._entry(at)
                if item[0] == "block":
                    items.append(item)
                    continue
                name = item[3]
            if name in names:
                self._repeated(item)
            else:
                names.add(name)
                items.append(item)


_CLOSES = re.compile(r"\s*+\}")
_HEAD_LABELS = re.compile(rf"(?:[ \t]*+(?:{_LABEL}))*")


def parse(text: str) -> Parsed:
    """Parse a file of configuration or of variable values. A mistake costs its own top-level block, no other."""
    parser = _BodyParser(text)
    body = parser.top()
    return Parsed(body, tuple(parser.problems), tuple(parser.comments))


def _alone(text: str, template: bool) -> Node | SyntaxProblem:
    parser = _BodyParser(text)
    try:
        if template:
            return parser.template()
        node, end = parser.expression(0, True)
        end = parser.space(end, True)
        if end < parser.size:
            raise parser.error(end, f"Expected the end of the expression, not {parser.seen(end)}.")
    except Broken as broken:
        return broken.problem
    except RecursionError:
        return SyntaxProblem(0, 1, "This is nested too deeply to be read.")
    return node


def parse_expression(text: str) -> Node | SyntaxProblem:
    """Parse one expression that fills the text."""
    return _alone(text, template=False)


def parse_template(text: str) -> Node | SyntaxProblem:
    """Parse the text of a template file: what `templatefile` and `templatestring` are given."""
    return _alone(text, template=True)


def descend(node: Node, path: Sequence[str | int]) -> Node | None:
    """The node that says the value at `path` below `node`, as far as that stands in the text; None where it does not.

    Looks into object and tuple constructors, parentheses, `"${…}"` and the argument of `jsonencode`.
    """
    steps = list(path)
    while True:
        kind = node[0]
        if kind in ("paren", "wrap"):
            node = node[3]
        elif kind == "call" and node[3] == "jsonencode" and len(node[4]) == 1 and steps:
            node = node[4][0]
        elif not steps:
            return node
        elif kind == "object":
            step = steps.pop(0)
            found = [value for key, value in node[3] if key[0] == "lit" and str(key[3]) == str(step)]
            if not found:
                return None
            node = found[-1]
        elif kind == "tuple" and isinstance(steps[0], int) and 0 <= steps[0] < len(node[3]):
            node = node[3][steps.pop(0)]
        else:
            return None
