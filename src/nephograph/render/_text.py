"""Plain text made harmless and measured: control characters, terminal columns, wrapping.

Widths are terminal columns: East Asian wide and fullwidth characters take two, combining marks none.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from nephograph.model.value import CLOSE, OPEN

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What can steer a terminal, reorder text or hide in it: C0, C1, bidi marks, invisible letters, lone surrogates."""

_ASCII = {
    "→": "->",
    "←": "<-",
    "↳": "->",
    "—": "-",
    "–": "-",
    "‑": "-",
    "…": "...",
    "·": "-",
    "•": "*",
    "×": "x",
    "≥": ">=",
    "≤": "<=",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    OPEN: "<",
    CLOSE: ">",
    "⟨": "<",
    "⟩": ">",
}


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def _to_ascii(char: str) -> str:
    if char < "\x7f":
        return char
    return _ASCII.get(char) or char.encode("ascii", "backslashreplace").decode("ascii")


def neutral(text: str, *, unicode: bool = True) -> str:
    """The text with every control character replaced by a visible picture, and in ASCII unless `unicode`."""
    text = _CONTROL.sub(_picture if unicode else _escape, text)
    return text if unicode or text.isascii() else "".join(map(_to_ascii, text))


def clean(text: str, *, unicode: bool = True) -> str:
    """One harmless line: line ends and tabs become spaces, the rest as `neutral`."""
    if "\n" in text or "\r" in text or "\t" in text:
        text = re.sub(r"[\t\r\n]+", " ", text).strip()
    return neutral(text, unicode=unicode)


def is_control(char: str) -> bool:
    """True for a character that must never reach an output raw."""
    return _CONTROL.match(char) is not None


@functools.lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """Terminal columns of one harmless character."""
    if " " <= char < "\x7f":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me") or char in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(text: str) -> int:
    """Terminal columns of a harmless text."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def head(text: str, room: int) -> str:
    """As many leading characters as fit into `room` columns."""
    if text.isascii():
        return text[: max(room, 0)]
    used = 0
    for index, char in enumerate(text):
        used += char_width(char)
        if used > room:
            return text[:index]
    return text


def tail(text: str, room: int) -> str:
    """As many trailing characters as fit into `room` columns."""
    used = 0
    for index in range(len(text) - 1, -1, -1):
        used += char_width(text[index])
        if used > room:
            return text[index + 1 :]
    return text


def shorten(text: str, room: int, mark: str = "…", *, keep: str = "middle") -> str:
    """The text in at most `room` columns; what is cut is marked. `keep` "end" cuts at the start (for paths)."""
    if columns(text) <= room:
        return text
    room -= columns(mark)
    if room <= 0:
        return head(mark, room + columns(mark))
    if keep == "end":
        return mark + tail(text, room)
    if keep == "start":
        return head(text, room) + mark
    return head(text, room - room // 2) + mark + tail(text, room // 2)


def pad(text: str, width: int) -> str:
    """The text filled with spaces to `width` columns."""
    return text + " " * (width - columns(text))


def _pieces(word: str, room: int) -> list[str]:
    """A word too long for a line, broken behind a separator where one stands late enough."""
    out = []
    while columns(word) > room:
        piece = head(word, room) or word[:1]
        cut = max(piece.rfind(mark) + 1 for mark in "/.:_-,")
        if cut * 2 > len(piece):
            piece = piece[:cut]
        out.append(piece)
        word = word[len(piece) :]
    return [*out, word] if word else out


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most `width` columns; `first` opens the first line, `rest` the others.

    `rest` defaults to spaces as wide as `first`. At least eight columns are used, however narrow the width; a `first`
    that leaves less than the first word needs stands alone.
    """
    rest = " " * columns(first) if rest is None else rest
    room = max(width - columns(rest), 8)
    lines: list[str] = []
    current = first
    used, free = 0, width - columns(first)
    for word in text.split():
        for piece in _pieces(word, room):
            size = columns(piece)
            if used and used + 1 + size <= free:
                current, used = f"{current} {piece}", used + 1 + size
            elif not used and size <= free:
                current, used = current + piece, size
            else:
                lines.append(current)
                current, used, free = rest + piece, size, room
    return [line.rstrip() for line in [*lines, current]]


def plural(count: int, one: str, many: str = "") -> str:
    """A count and its noun: `1 path`, `2 paths`, `1,204 findings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
