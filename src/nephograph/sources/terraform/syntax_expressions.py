"""The expression half of the parser: operators by precedence with an explicit stack, terms, traversals, for, splat."""

from __future__ import annotations

import re
from decimal import Decimal
from sys import intern
from typing import Any

from nephograph.sources.terraform.syntax_reader import IDENTIFIER, MAX_DEPTH, Broken
from nephograph.sources.terraform.templates import Node, TemplateParser
from nephograph.sources.terraform.values import nfc

_TRAVERSAL = rf"{IDENTIFIER}(?:\.{IDENTIFIER}|\[[0-9]++\])*"
_MIXED = rf'"((?:[^"\\$%\n\0]++|\$\{{{_TRAVERSAL}\}})+)"'
SIMPLE = (
    r'(?:"((?:[^"\\$%\n\0]++|[$%](?!\{))*)"'
    r"|(-?[0-9]++(?:\.[0-9]++)?)"
    rf"|({_TRAVERSAL})"
    rf"|{_MIXED})"
)
"""A whole simple value: group 1 a string, 2 a number, 3 a word or traversal of names and numbers, 4 a text with
sequences that are traversals."""

WORDS: dict[str, object] = {"true": True, "false": False, "null": None}

_STRING = re.compile(r'"((?:[^"\\$%\n\0]++|[$%](?!\{))*)"')
_NUMBER = re.compile(r"[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_DIGITS = re.compile(r"[0-9]+")
_OPERATOR = re.compile(r"\|\||&&|==|!=|<=|>=|[<>+*/%-]")
_NAMES = re.compile(rf"(?:\.{IDENTIFIER})*")
_STEP = re.compile(rf"\.({IDENTIFIER})|\[([0-9]++)\]")
_ITEM = re.compile(rf'\s*+({IDENTIFIER}|"[^"\\$%\n\0]*+")[ \t]*+[=:](?![=>])[ \t]*+{SIMPLE}[ \t\r]*+(?=[\n,}}#])')
_ELEMENT = re.compile(rf"\s*+{SIMPLE}\s*+(?=[,\]])")
_ARGUMENT = re.compile(rf"\s*+{SIMPLE}\s*+(?=[,)])")
_WHOLE_TEMPLATE = re.compile(_MIXED)
_SEQUENCE = re.compile(rf"\$\{{({_TRAVERSAL})\}}|[^$]++")
_ENDS = frozenset(",)]}")
_NO_STEP = frozenset(",)]}?:=")
"""What ends an expression wherever it stands, line ends aside."""
_FOR = re.compile(rf"for\s++(?={IDENTIFIER})")

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_UNARY = 7
_MAX_DIGITS = 400
"""The longest number, in decimal digits, that is read."""


class ExpressionParser(TemplateParser):
    """Parses one expression; `newlines` says whether a line end is blank (inside parentheses and brackets)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._traversals: dict[str, tuple[str, tuple[str | int, ...]]] = {}

    # -- operators ------------------------------------------------------------------------------------------------

    def expression(self, pos: int, newlines: bool) -> tuple[Node, int]:
        """The expression at `pos` and the position behind it. `a ? b : c ? d : e` groups to the right."""
        self.deeper(pos)
        char = self.text[pos]
        if not char.isalnum() and char != '"':
            pos = self.space(pos, newlines)
            char = self.text[pos]
        if char not in "!-":
            # Mostly a term stands alone.
            node, end = self._term(pos, newlines)
            char = self.text[end]
            if char in _ENDS or (char == "\n" and not newlines):
                self.depth -= 1
                return node, end
            first: tuple[Node, int] | None = (node, end)
        else:
            first = None
        chosen: list[tuple[Node, Node]] = []
        while True:
            node, end = self._operation(pos, newlines, first)
            first = None
            after = self.space(end, newlines)
            if self.text[after] != "?":
                break
            yes, pos = self.expression(after + 1, newlines)
            pos = self.space(pos, newlines)
            if self.text[pos] != ":":
                raise self.error(pos, f"A conditional needs : and its other branch, not {self.seen(pos)}.", ":")
            chosen.append((node, yes))
            pos += 1
        for condition, yes in reversed(chosen):
            node = ("cond", condition[1], node[2], condition, yes, node)
        self.depth -= 1
        return node, end

    def _operation(self, pos: int, newlines: bool, first: tuple[Node, int] | None = None) -> tuple[Node, int]:
        """Binary and unary operators; the operands wait on a stack, so a long chain costs no recursion.

        `first` is the first operand, when it was read already.
        """
        text = self.text
        operands: list[Node] = []
        operators: list[tuple[int, str, int]] = []
        while True:
            if first is not None:
                node, pos = first
                first = None
            else:
                pos = self.space(pos, newlines)
                while (char := text[pos]) in "!-":
                    if len(operators) > 1000:
                        raise self.too_deep(pos)
                    operators.append((_UNARY, char, pos))
                    pos = self.space(pos + 1, newlines)
                node, pos = self._term(pos, newlines)
            operands.append(node)
            after = self.space(pos, newlines)
            match = _OPERATOR.match(text, after)
            level = _PRECEDENCE[match.group()] if match else 0
            while operators and operators[-1][0] >= level:
                _reduce(operands, operators.pop())
            if match is None:
                return operands[0], pos
            operators.append((level, match.group(), after))
            pos = match.end()

    # -- terms ----------------------------------------------------------------------------------------------------

    def _term(self, pos: int, newlines: bool) -> tuple[Node, int]:
        text = self.text
        char = text[pos]
        node: Node
        if char == '"':
            match = _STRING.match(text, pos)
            if match:
                end = match.end()
                node = ("lit", pos, end, nfc(match.group(1)))
            elif (match := _WHOLE_TEMPLATE.match(text, pos)) and self.depth < MAX_DEPTH - 2:
                node, end = self._mixed(*match.span(1)), match.end()
            else:
                node, end = self.quoted(pos)
        elif char in "0123456789":
            node, end = self._number(pos)
        elif char == "[":
            node, end = self._tuple(pos)
        elif char == "{":
            node, end = self._object(pos)
        elif char == "(":
            inner, end = self.expression(pos + 1, True)
            end = self._closing(end, ")", "this parenthesis")
            node = ("paren", pos, end, inner)
        elif char == "<" and text[pos + 1] == "<":
            return self.heredoc(pos)
        else:
            name, end = self.name(pos)
            if not name:
                raise self._no_value(pos)
            return self._named(name, pos, end, newlines)
        return self._steps(node, end, newlines)

    def _no_value(self, pos: int) -> Broken:
        help = ""
        if self.text[pos] == "'":
            help = 'Strings stand in double quotes: "…".'
        return self.error(pos, f"Expected a value, not {self.seen(pos)}.", "a value or an expression", help)

    def _number(self, pos: int) -> tuple[Node, int]:
        match = _NUMBER.match(self.text, pos)
        assert match is not None
        value = number(match.group())
        if value is None:
            raise self.error(pos, "This number is too large.", f"at most {_MAX_DIGITS} digits", end=match.end())
        return ("lit", pos, match.end(), value), match.end()

    def _named(self, name: str, pos: int, end: int, newlines: bool) -> tuple[Node, int]:
        text = self.text
        after = self.space(end, newlines) if text[end] in " \t(:" else end
        if text[after] == "(":
            return self._call(name, pos, after, newlines)
        if text.startswith("::", after):
            while text.startswith("::", after):
                after = self.space(after + 2, newlines)
                part, after = self.name(after)
                if not part:
                    raise self.error(after, f"A function name goes on behind ::, not {self.seen(after)}.", "a name")
                name += "::" + part
                after = self.space(after, newlines)
            if text[after] != "(":
                raise self.error(after, f"Expected ( behind the function name {name}, not {self.seen(after)}.", "(")
            return self._call(name, pos, after, newlines)
        if name in WORDS:
            return self._steps(("lit", pos, end, WORDS[name]), end, newlines)
        stop = _NAMES.match(text, end).end()  # type: ignore[union-attr]  # matches the empty text too
        steps: list[Any] = [intern(step) for step in text[end + 1 : stop].split(".")] if stop > end else []
        return self._steps(("ref", pos, stop, intern(name), tuple(steps)), stop, newlines)

    def _call(self, name: str, start: int, pos: int, newlines: bool) -> tuple[Node, int]:
        """The arguments of a call, from its ( at `pos`."""
        text = self.text
        args: list[Node] = []
        expand = False
        pos += 1
        while True:
            match = _ARGUMENT.match(text, pos)
            if match and self.depth < MAX_DEPTH - 2:
                node = self.simple(match, 1)
                pos = match.end()
            else:
                pos = self.space(pos, True)
                if text[pos] == ")":
                    break
                node, pos = self.expression(pos, True)
                pos = self.space(pos, True)
            args.append(node)
            if text.startswith("...", pos):
                expand = True
                pos = self.space(pos + 3, True)
                if text[pos] == ",":
                    pos = self.space(pos + 1, True)
                break
            if text[pos] != ",":
                break
            pos += 1
        pos = self._closing(pos, ")", f"the call of {name}")
        return self._steps(("call", start, pos, intern(name), tuple(args), expand), pos, newlines)

    def _closing(self, pos: int, char: str, what: str) -> int:
        pos = self.space(pos, True)
        if self.text[pos] != char:
            raise self.error(pos, f"Expected {char} to close {what}, not {self.seen(pos)}.", char)
        return pos + 1

    # -- traversals -----------------------------------------------------------------------------------------------

    def _steps(self, node: Node, pos: int, newlines: bool) -> tuple[Node, int]:
        """What follows a term: .name, .0, [key], .*, [*]."""
        text = self.text
        steps: list[Any] = []
        while True:
            char = text[pos]
            if char in _NO_STEP:
                return (_with_steps(node, steps, pos) if steps else node), pos
            after = self.space(pos, newlines) if char in " \t\r\n#/" else pos
            char = text[after]
            if char == "." and not text.startswith("...", after):
                after = self.space(after + 1, newlines)
                name, end = self.name(after)
                if name:
                    steps.append(intern(name))
                elif digits := _DIGITS.match(text, after):
                    steps.append(_index(digits.group()))
                    end = digits.end()
                elif text[after] == "*":
                    return self._attribute_splat(_with_steps(node, steps, pos), after + 1, newlines)
                else:
                    raise self.error(
                        after, f"Expected an attribute name behind the dot, not {self.seen(after)}.", "a name"
                    )
                pos = end
            elif char == "[":
                after = self.space(after + 1, True)
                if text[after] == "*" and text[star := self.space(after + 1, True)] == "]":
                    return self._full_splat(_with_steps(node, steps, pos), star + 1, newlines)
                key, end = self.expression(after, True)
                end = self._closing(end, "]", "this index")
                steps.append(_key(key))
                pos = end
            else:
                return _with_steps(node, steps, pos), pos

    def _attribute_splat(self, source: Node, pos: int, newlines: bool) -> tuple[Node, int]:
        """`x.*.a.b`: the names that follow belong to each element; an index belongs to the result."""
        text = self.text
        item: Node = ("item", pos, pos)
        steps: list[Any] = []
        while text[pos] == "." and not text.startswith("...", pos):
            name, end = self.name(pos + 1)
            if name:
                steps.append(intern(name))
            elif digits := _DIGITS.match(text, pos + 1):
                steps.append(_index(digits.group()))
                end = digits.end()
            else:
                break
            pos = end
        node = ("splat", source[1], pos, source, _with_steps(item, steps, pos))
        return self._steps(node, pos, newlines)

    def _full_splat(self, source: Node, pos: int, newlines: bool) -> tuple[Node, int]:
        """`x[*].a[0]`: everything that follows belongs to each element."""
        self.deeper(pos)
        each, end = self._steps(("item", pos, pos), pos, newlines)
        self.depth -= 1
        return ("splat", source[1], end, source, each), end

    # -- constructors ---------------------------------------------------------------------------------------------

    def _tuple(self, start: int) -> tuple[Node, int]:
        text = self.text
        pos = self.space(start + 1, True)
        if _FOR.match(text, pos):
            return self._for(start, pos, "]")
        items: list[Node] = []
        while True:
            match = _ELEMENT.match(text, pos)
            if match:
                items.append(self.simple(match, 1))
                pos = match.end()
            else:
                pos = self.space(pos, True)
                if text[pos] == "]":
                    return ("tuple", start, pos + 1, tuple(items)), pos + 1
                node, pos = self.expression(pos, True)
                items.append(node)
                pos = self.space(pos, True)
            if text[pos] == ",":
                pos += 1
            elif text[pos] != "]":
                raise self.error(
                    pos,
                    f"Expected , or ] in this list, not {self.seen(pos)}.",
                    ", or ]",
                    "Separate the elements with commas, and close the list with ].",
                )

    def _object(self, start: int) -> tuple[Node, int]:
        text = self.text
        pos = self.space(start + 1, True)
        if _FOR.match(text, pos):
            return self._for(start, pos, "}")
        items: list[tuple[Node, Node]] = []
        while True:
            match = _ITEM.match(text, pos)
            if match:
                key_start, key_end = match.span(1)
                key = match.group(1)
                if key[0] == '"':
                    key = key[1:-1]
                items.append((("lit", key_start, key_end, intern(key)), self.simple(match, 2)))
                pos = match.end()
            else:
                pos = self.space(pos, True)
                if text[pos] == "}":
                    return ("object", start, pos + 1, tuple(items)), pos + 1
                item, pos = self._item(pos)
                items.append(item)
            if text[pos] not in ",\n}":
                pos = self.space(pos, False)
            char = text[pos]
            if char in ",\n":
                pos += 1
            elif char != "}":
                raise self.error(
                    pos,
                    f"Expected a comma, a new line or }} in this object, not {self.seen(pos)}.",
                    "a comma, a new line or }",
                )

    def _item(self, pos: int) -> tuple[tuple[Node, Node], int]:
        key, end = self.expression(pos, False)
        end = self.space(end, False)
        if self.text[end] not in "=:" or self.text.startswith("=>", end):
            raise self.error(
                end,
                f"Expected = and a value behind this key, not {self.seen(end)}.",
                "= or :",
            )
        # A name with dots stays a reference: the map of a call's providers has such keys, elsewhere it is ambiguous.
        if key[0] == "ref" and not key[4]:
            key = ("lit", key[1], key[2], key[3])
        value, end = self.expression(end + 1, False)
        return (key, value), end

    def _for(self, start: int, pos: int, closer: str) -> tuple[Node, int]:
        """`[for v in c : x if y]` or `{for k, v in c : a => b... if y}`; the bracket at `start`, the word at `pos`."""
        text = self.text
        match = _FOR.match(text, pos)
        assert match is not None
        key_name, value_name, pos = self.for_names(match.end())
        collection, pos = self.expression(pos, True)
        pos = self.space(pos, True)
        if text[pos] != ":":
            raise self.error(pos, f"A for needs : behind its collection, not {self.seen(pos)}.", ":")
        key: Node | None = None
        group = False
        value, pos = self.expression(pos + 1, True)
        pos = self.space(pos, True)
        if closer == "}":
            if not text.startswith("=>", pos):
                raise self.error(pos, f"A for in braces needs key => value, not {self.seen(pos)}.", "=>")
            key = value
            value, pos = self.expression(pos + 2, True)
            pos = self.space(pos, True)
            if text.startswith("...", pos):
                group = True
                pos = self.space(pos + 3, True)
        condition: Node | None = None
        word, after = self.name(pos)
        if word == "if":
            condition, pos = self.expression(after, True)
        end = self._closing(pos, closer, "this for")
        if key is None:
            return ("for_list", start, end, key_name, value_name, collection, value, condition), end
        return ("for_map", start, end, key_name, value_name, collection, key, value, condition, group), end

    # -- simple values --------------------------------------------------------------------------------------------

    def simple(self, match: re.Match[str], group: int) -> Node:
        """The node of a SIMPLE match whose string group has the number `group`."""
        last = match.lastindex
        if last == group:
            start, end = match.span(group)
            text = match.group(group)
            return ("lit", start - 1, end + 1, text if text.isascii() else nfc(text))
        start, end = match.span(last)  # type: ignore[arg-type]  # one of the four groups has matched
        if last == group + 3:
            return self._mixed(start, end)
        word = match.group(last)  # type: ignore[arg-type]
        if last == group + 1:
            value = number(word)
            if value is None:
                raise self.error(start, "This number is too large.", f"at most {_MAX_DIGITS} digits", end=end)
            return ("lit", start, end, value)
        return self._traversal(word, start, end)

    def _traversal(self, word: str, start: int, end: int) -> Node:
        if word in WORDS:
            return ("lit", start, end, WORDS[word])
        split = self._traversals.get(word)
        if split is None:
            split = self._traversals[word] = _split(word)
        return ("ref", start, end, *split)

    def _mixed(self, start: int, end: int) -> Node:
        """The node of the text between quotes at `start` and `end` whose sequences are plain traversals."""
        parts: list[Node] = []
        for match in _SEQUENCE.finditer(self.text, start, end):
            word = match.group(1)
            if word is None:
                parts.append(("lit", match.start(), match.end(), nfc(match.group())))
            else:
                parts.append(self._traversal(word, *match.span(1)))
        if len(parts) == 1:
            return ("wrap", start - 1, end + 1, parts[0])
        return ("template", start - 1, end + 1, tuple(parts))


def number(text: str) -> int | float | None:
    """A number as written: an int when it is whole. None when it has too many digits."""
    if text.isdecimal() or (text[0] == "-" and text[1:].isdecimal()):
        return int(text) if len(text) <= _MAX_DIGITS else None
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _MAX_DIGITS or len(exponent) > 5 or abs(int(exponent or 0)) > _MAX_DIGITS:
        return None
    exact = Decimal(text)
    if exact == exact.to_integral_value():
        return int(exact)
    return float(exact)


def _index(digits: str) -> int | str:
    """A legacy index `.0`; a number too long to index anything stays text, which fails as a key."""
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _split(word: str) -> tuple[str, tuple[str | int, ...]]:
    if "[" not in word:
        names = [intern(name) for name in word.split(".")]
        return names[0], tuple(names[1:])
    root = re.match(IDENTIFIER, word)
    assert root is not None
    steps = [intern(name) if name else _index(digits) for name, digits in _STEP.findall(word, root.end())]
    return intern(root.group()), tuple(steps)


def _key(node: Node) -> Any:
    """An index as a step: literal strings and whole numbers stand for themselves, all else stays an expression."""
    if node[0] == "lit" and type(node[3]) in (str, int):
        return node[3]
    return node


def _with_steps(node: Node, steps: list[Any], end: int) -> Node:
    if not steps:
        return node
    if node[0] == "ref":
        return ("ref", node[1], end, node[3], node[4] + tuple(steps))
    return ("get", node[1], end, node, tuple(steps))


def _reduce(operands: list[Node], operator: tuple[int, str, int]) -> None:
    level, sign, start = operator
    right = operands.pop()
    if level != _UNARY:
        left = operands.pop()
        operands.append(("bin", left[1], right[2], sign, left, right))
    elif sign == "-" and right[0] == "lit" and type(right[3]) in (int, float):
        operands.append(("lit", start, right[2], -right[3]))
    else:
        operands.append(("un", start, right[2], sign, right))
