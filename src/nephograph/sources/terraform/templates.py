"""The template half of the parser: quoted strings, heredocs, ${…} and %{…} with their trim markers and escapes."""

from __future__ import annotations

import abc
import re
from typing import Any

from nephograph.sources.terraform.syntax_reader import MAX_DEPTH, Reader
from nephograph.sources.terraform.values import nfc

Node = tuple[Any, ...]

_QUOTED_TEXT = re.compile(r'(?:[^"\\$%\n\0]++|\$(?!\{|\$\{)|%(?!\{|%\{)|\0(?!\Z))+')
_PLAIN_LINE = re.compile(r"(?:[^$%\n]++|\$(?!\{|\$\{)|%(?!\{|%\{))*\n?")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*+)[ \t]*+(\r?\n|\0\Z)")
_SURROGATES = range(0xD800, 0xE000)


class Piece:
    """One piece of a template before the directives are paired: `kind` is lit, interp, if, else, endif, for, endfor."""

    __slots__ = ("data", "end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int, data: Any = None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.data = data


class TemplateParser(Reader, abc.ABC):
    """Parses what stands between quotes or heredoc markers, and whole template files."""

    @abc.abstractmethod
    def expression(self, pos: int, newlines: bool) -> tuple[Node, int]:
        """An expression: the expression parser, which is a template parser too, has it."""

    # -- the three places where a template stands -----------------------------------------------------------------

    def quoted(self, pos: int) -> tuple[Node, int]:
        """The quoted template whose opening quote stands at `pos`."""
        pieces, end = self._pieces(pos + 1, -1, pos)
        return self._assemble(pieces, pos, end + 1), end + 1

    def heredoc(self, pos: int) -> tuple[Node, int]:
        """The heredoc whose << stands at `pos`; its range ends with the closing marker."""
        head = _HEREDOC.match(self.text, pos)
        if head is None:
            raise self.error(
                pos, "A heredoc starts with << and a marker at the line's end.", "a marker such as EOT", end=pos + 2
            )
        flush, marker, _ = head.groups()
        tail = re.compile(rf"^[ \t]*+{re.escape(marker)}(?=[ \t]*+(?:\r?\n|\0\Z))", re.MULTILINE)
        close = tail.search(self.text, head.end())
        if close is None:
            raise self.error(
                pos,
                f"This heredoc is never closed: no line holds only {marker}.",
                f"a line with {marker}",
                f"Write {marker} alone on a line behind the text.",
                end=head.end(2),
            )
        pieces, _ = self._pieces(head.end(), close.start(), pos)
        if flush:
            _remove_indentation(pieces)
        return self._assemble(pieces, pos, close.end()), close.end()

    def template(self) -> Node:
        """The whole text as one template (a file for templatefile)."""
        pieces, end = self._pieces(0, self.size, 0)
        return self._assemble(pieces, 0, end)

    # -- pieces ---------------------------------------------------------------------------------------------------

    def _pieces(self, pos: int, stop: int, opened: int) -> tuple[list[Piece], int]:
        """The pieces from `pos` to the closing quote (`stop` -1) or to `stop`, and where they end."""
        text = self.text
        quoted = stop < 0
        pieces: list[Piece] = []
        trim = False
        while True:
            char = text[pos]
            if quoted:
                if char == '"':
                    return pieces, pos
                if char == "\n" or pos >= self.size:
                    raise self.error(
                        opened,
                        "This string is not closed on its line.",
                        'a closing "',
                        'Close it with ", or use a heredoc (<<EOT) for a text of several lines.',
                        end=max(opened + 1, pos),
                    )
            elif pos >= stop:
                return pieces, stop
            if char in "$%" and text[pos + 1] == "{":
                piece, pos, before, trim = self._sequence(pos, stop)
                if before and pieces and pieces[-1].kind == "lit":
                    pieces[-1].data = pieces[-1].data.rstrip()
                pieces.append(piece)
                continue
            start = pos
            value, pos = self._quoted_text(pos) if quoted else self._plain_text(pos, stop)
            if trim:
                value = value.lstrip()
                trim = False
            pieces.append(Piece("lit", start, pos, value))

    def _quoted_text(self, pos: int) -> tuple[str, int]:
        """The literal text up to the next ${, %{, quote or line end, escapes resolved."""
        text = self.text
        out: list[str] = []
        while True:
            match = _QUOTED_TEXT.match(text, pos)
            if match:
                out.append(match.group())
                pos = match.end()
            char = text[pos]
            if char == "\\":
                value, pos = self._escape(pos)
                out.append(value)
            elif char in "$%" and text[pos + 1] == char:
                out.append(char + "{")
                pos += 3
            else:
                return "".join(out), pos

    def _plain_text(self, pos: int, stop: int) -> tuple[str, int]:
        """The literal text of (the rest of) one line, its line end included."""
        text = self.text
        out: list[str] = []
        while True:
            end = _PLAIN_LINE.match(text, pos, stop).end()  # type: ignore[union-attr]  # matches the empty text too
            out.append(text[pos:end])
            if end >= stop or (end > pos and text[end - 1] == "\n") or text[end + 1] != text[end]:
                return "".join(out), end
            out.append(text[end] + "{")
            pos = end + 3

    def _escape(self, pos: int) -> tuple[str, int]:
        char = self.text[pos + 1]
        if char in _ESCAPES:
            return _ESCAPES[char], pos + 2
        if char in "uU":
            size = 4 if char == "u" else 8
            digits = self.text[pos + 2 : pos + 2 + size]
            if len(digits) == size and all(digit in "0123456789abcdefABCDEF" for digit in digits):
                code = int(digits, 16)
                if code <= 0x10FFFF and code not in _SURROGATES:
                    return chr(code), pos + 2 + size
            raise self.error(
                pos,
                f"\\{char} must be followed by the {size} hexadecimal digits of a character.",
                f"{size} hexadecimal digits",
                end=pos + 2,
            )
        raise self.error(
            pos,
            f'"\\{char}" is not an escape sequence.' if char.isprintable() else "A backslash must start an escape.",
            '\\n, \\r, \\t, \\", \\\\, \\uNNNN or \\UNNNNNNNN',
            "Write \\\\ for a backslash.",
            end=min(pos + 2, self.size),
        )

    def _sequence(self, pos: int, stop: int) -> tuple[Piece, int, bool, bool]:
        """The ${…} or %{…} at `pos`: its piece, the position behind, and whether text before and after is trimmed."""
        text = self.text
        start = pos
        control = text[pos] == "%"
        pos += 2
        before = text[pos] == "~"
        if before:
            pos += 1
        self.deeper(start)
        if control:
            kind, data, pos = self._control(pos, start)
        else:
            kind = "interp"
            data, pos = self.expression(pos, True)
        self.depth -= 1
        pos = self.space(pos, True)
        after = text[pos] == "~"
        if after:
            pos += 1
        if text[pos] != "}" or (stop >= 0 and pos >= stop):
            what = "directive" if control else "interpolation"
            raise self.error(pos, f"Expected }} to close the template {what}, not {self.seen(pos)}.", "}")
        return Piece(kind, start, pos + 1, data), pos + 1, before, after

    def _control(self, pos: int, start: int) -> tuple[str, Any, int]:
        pos = self.space(pos, True)
        keyword, after = self.name(pos)
        if keyword == "if":
            condition, after = self.expression(after, True)
            return "if", condition, after
        if keyword == "for":
            return self._for_head(after)
        if keyword in ("else", "endif", "endfor"):
            return keyword, None, after
        raise self.error(
            pos,
            f"{self.seen(pos)} is not a template directive.",
            "if, else, endif, for or endfor",
            "Write %%{ for a literal %{.",
            end=max(after, pos + 1),
        )

    def _for_head(self, pos: int) -> tuple[str, Any, int]:
        key, value, pos = self.for_names(pos)
        collection, pos = self.expression(pos, True)
        return "for", (key, value, collection), pos

    def for_names(self, pos: int) -> tuple[str | None, str, int]:
        """The `k, v in` of a for, behind the word `for`: key name or None, value name, position behind `in`."""
        pos = self.space(pos, True)
        value, pos = self.name(pos)
        if not value:
            raise self.error(pos, f"A for needs a variable name, not {self.seen(pos)}.", "a name")
        key = None
        pos = self.space(pos, True)
        if self.text[pos] == ",":
            pos = self.space(pos + 1, True)
            key = value
            value, pos = self.name(pos)
            if not value:
                raise self.error(pos, f"A for needs a second variable name, not {self.seen(pos)}.", "a name")
            pos = self.space(pos, True)
        word, after = self.name(pos)
        if word != "in":
            raise self.error(pos, f'A for needs "in" behind its variables, not {self.seen(pos)}.', "in")
        return key, value, after

    # -- assembly -------------------------------------------------------------------------------------------------

    def _assemble(self, pieces: list[Piece], start: int, end: int) -> Node:
        """Pair the directives and give the template its node."""
        if len(pieces) == 1 and pieces[0].kind == "interp":
            return ("wrap", start, end, pieces[0].data)
        if all(piece.kind == "lit" for piece in pieces):
            return ("lit", start, end, nfc("".join(piece.data for piece in pieces)))
        # Each open directive: its piece, the parts so far, and for an if the parts before %{ else }.
        root: list[Node] = []
        stack: list[tuple[Piece, list[Node], list[Node] | None]] = []
        parts = root
        for piece in pieces:
            kind = piece.kind
            if kind == "lit":
                if piece.data:
                    if parts and parts[-1][0] == "lit" and parts[-1][2] == piece.start:
                        last = parts.pop()
                        parts.append(("lit", last[1], piece.end, nfc(last[3] + piece.data)))
                    else:
                        parts.append(("lit", piece.start, piece.end, nfc(piece.data)))
            elif kind == "interp":
                parts.append(piece.data)
            elif kind in ("if", "for"):
                if len(stack) + self.depth > MAX_DEPTH:
                    raise self.too_deep(piece.start)
                stack.append((piece, parts, None))
                parts = []
            else:
                parts = self._close(piece, parts, stack)
        if stack:
            piece = stack[-1][0]
            closer = f"%{{ end{piece.kind} }}"
            raise self.error(
                piece.start, f"This %{{ {piece.kind} }} is never closed.", closer, f"Add {closer}.", end=piece.end
            )
        return ("template", start, end, tuple(root))

    def _close(
        self, piece: Piece, parts: list[Node], stack: list[tuple[Piece, list[Node], list[Node] | None]]
    ) -> list[Node]:
        wanted = "for" if piece.kind == "endfor" else "if"
        if not stack or stack[-1][0].kind != wanted or (piece.kind == "else" and stack[-1][2] is not None):
            raise self.error(
                piece.start, f"This {piece.kind} has no open %{{ {wanted} }}.", f"%{{ {wanted} … }}", end=piece.end
            )
        opener, outer, otherwise = stack.pop()
        if piece.kind == "else":
            stack.append((opener, outer, parts))
            return []
        if wanted == "for":
            key, value, collection = opener.data
            outer.append(("t_for", opener.start, piece.end, key, value, collection, tuple(parts)))
        else:
            yes, no = (parts, []) if otherwise is None else (otherwise, parts)
            outer.append(("t_if", opener.start, piece.end, opener.data, tuple(yes), tuple(no)))
        return outer


def _remove_indentation(pieces: list[Piece]) -> None:
    """What <<- does: every line loses the indentation that all non-blank lines have in common.

    A line that starts with a sequence has no indentation. Blank lines neither count nor change.
    """
    least: int | None = None
    starts: list[Piece] = []
    newline = True
    for piece in pieces:
        if newline:
            newline = False
            width = 0
            if piece.kind == "lit":
                bare = piece.data.lstrip()
                if not bare and piece.data.endswith("\n"):
                    newline = True
                    continue
                width = len(piece.data) - len(bare)
                starts.append(piece)
            least = width if least is None else min(least, width)
        if piece.kind == "lit" and piece.data.endswith("\n"):
            newline = True
    for piece in starts:
        piece.data = piece.data[least or 0 :]
