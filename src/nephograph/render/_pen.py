"""What terminal renderers write with: harmless text, colour, and the few ornaments in Unicode or ASCII."""

from __future__ import annotations

from nephograph.render._style import Style
from nephograph.render._text import clean, columns, shorten, wrap

_SGR = {
    "critical": "1;35",
    "high": "1;31",
    "medium": "1;33",
    "low": "1;36",
    "info": "1;34",
    "error": "1;31",
    "bold": "1",
    "dim": "2",
    "place": "36",
    "caret": "1;31",
    "note": "1;34",
    "help": "1;32",
    "add": "32",
    "remove": "31",
    "depends": "33",
}


class Pen:
    """A style in use. Roles of `paint` are severities and the parts of a frame; every role also has words or marks."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.width = max(style.width, 40)
        self.unicode = style.unicode
        self.arrow = "→" if style.unicode else "->"
        self.dots = "…" if style.unicode else "..."
        self.times = "×" if style.unicode else "x"
        self.rule = "─" if style.unicode else "-"
        self.dash = "·" if style.unicode else "-"

    def text(self, text: str) -> str:
        """One harmless line."""
        return clean(text, unicode=self.unicode)

    def paint(self, role: str, text: str) -> str:
        """The (already harmless) text in the colour of its role."""
        if not self.style.color or not text or role not in _SGR:
            return text
        return f"\x1b[{_SGR[role]}m{text}\x1b[0m"

    def cut(self, text: str, room: int, keep: str = "middle") -> str:
        """The harmless text in at most `room` columns."""
        return shorten(self.text(text), room, self.dots, keep=keep)

    def paragraph(self, text: str, first: str = "", rest: str | None = None, role: str = "") -> list[str]:
        """Any text as wrapped lines; the opening words `first` and, if a role is given, all of it painted."""
        lines = wrap(self.text(text), self.width, self.text(first) if first.strip() else first, rest)
        return [self.paint(role, line) for line in lines] if role else lines

    def heading(self, text: str) -> str:
        """A title on a line of its own."""
        text = self.cut(text, self.width - 4)
        line = self.rule * 2
        return self.paint("bold", f"{line} {text} " + self.rule * max(self.width - columns(text) - 4, 2))
