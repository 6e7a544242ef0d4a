"""YAML as yamlencode writes it: sorted quoted keys, quoted strings folded at 80 columns, literal blocks for lines."""

from __future__ import annotations

from typing import Any

from nephograph.sources.terraform.values import text_of

_WIDTH = 80
_LONGEST_KEY = 120
_BREAKS = ("\x85", "\u2028", "\u2029")
_ESCAPES = {
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


class Unusual(Exception):  # noqa: N818 - a limit of this module, not an error
    """A key or text whose exact spelling in Terraform is not reproduced here."""


def encode(value: Any) -> str:
    """A wholly known value as YAML. Raises `Unusual`."""
    if isinstance(value, dict | list) and value:
        lines: list[str] = []
        _write(value, 0, "", lines)
        return "\n".join(lines) + "\n"
    end = "" if isinstance(value, str | dict | list) else "...\n"
    return _scalar(value, 0, 0) + "\n" + end


def _write(value: Any, indent: int, first: str, lines: list[str]) -> None:
    """The lines of a map or list whose first line begins with `first`."""
    lead = first
    if isinstance(value, dict):
        for key in sorted(value):
            item = value[key]
            head = f"{lead}{_key(key)}:"
            if isinstance(item, dict | list) and item:
                lines.append(head)
                deeper = indent + (2 if isinstance(item, dict) else 0)
                _write(item, deeper, " " * deeper, lines)
            else:
                lines.append(f"{head} {_scalar(item, indent, len(head) + 1)}")
            lead = " " * indent
        return
    for item in value:
        head = lead + "- "
        if isinstance(item, dict | list) and item:
            _write(item, indent + 2, head, lines)
        else:
            lines.append(head + _scalar(item, indent, len(head)))
        lead = " " * indent


def _key(key: str) -> str:
    if len(key) > _LONGEST_KEY or "\n" in key or any(mark in key for mark in _BREAKS):
        raise Unusual("a long key or one of several lines")
    return f'"{"".join(map(_character, key))}"'


def _scalar(value: Any, indent: int, column: int) -> str:
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if value is None:
        return "null"
    if not isinstance(value, str):
        return text_of(value)
    if "\n" in value:
        if any(mark in value for mark in _BREAKS):
            raise Unusual("a text with line separators")
        if all(_is_printable(char) for char in value) and " \n" not in value and value[-1] != " ":
            return _literal(value, " " * (indent + 2))
    return _quoted(value, "\n" + " " * (indent + 2), column + 1)


def _literal(text: str, pad: str) -> str:
    hint = "2" if text[0] in " \n" else ""
    if not text.endswith("\n"):
        chomp = "-"
    else:
        chomp = "+" if text == "\n" or text.endswith("\n\n") else ""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return f"|{hint}{chomp}\n" + "\n".join(pad + line if line else "" for line in lines)


def _quoted(text: str, fold: str, column: int) -> str:
    """A quoted string; a space beyond the width becomes a line end (two spaces: with a backslash behind it)."""
    out = ['"']
    after_space = False
    for position, char in enumerate(text):
        if char == " ":
            if not after_space and column > _WIDTH and 0 < position < len(text) - 1:
                out.append(fold)
                column = len(fold) - 1
                if text[position + 1] == " ":
                    out.append("\\")
                    column += 1
            else:
                out.append(char)
                column += 1
            after_space = True
        else:
            piece = _character(char)
            out.append(piece)
            column += len(piece)
            after_space = False
    out.append('"')
    return "".join(out)


def _is_printable(char: str) -> bool:
    return char == "\n" or " " <= char <= "~" or ("\xa0" <= char <= "\ufffd" and char != "\ufeff")


def _character(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _is_printable(char):
        return char
    code = ord(char)
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
