"""Text and numbers of SVG documents: harmless, and equal bytes on every machine."""

from __future__ import annotations

from nephograph.render._text import clean


def escape(text: str) -> str:
    """Any text as harmless XML character data, fit for attributes too."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def number(value: float) -> str:
    """A number with at most one decimal, the same on every machine."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in ("-0.0", "-0") else text.removesuffix(".0")


def put_text(x: float, y: float, text: str, cls: str, anchor: str = "") -> str:
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}" class="{cls}"{placed}>{escape(text)}</text>'
