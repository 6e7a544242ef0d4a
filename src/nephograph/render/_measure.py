"""How wide text will be in a picture, near enough: the font is the reader's own, so the estimate leans to the wide."""

from __future__ import annotations

from nephograph.render._text import char_width

_NARROW = frozenset("iljftI.,:;'|!()[]{}-/\\ `\"")
_WIDE = frozenset("mwMW@%&")
MONO = 0.61


def advance(text: str, size: float, *, mono: bool = False) -> float:
    """Estimated pixels of a harmless text in a proportional sans-serif, or in a monospaced font."""
    total = 0.0
    for char in text:
        cells = char_width(char)
        if cells == 0:
            continue
        if cells == 2:
            total += 1.05
        elif mono:
            total += MONO
        elif char in _NARROW:
            total += 0.36
        elif char in _WIDE:
            total += 0.92
        elif char.isupper():
            total += 0.7
        else:
            total += 0.58
    return total * size


def fold(text: str, room: float, size: float, lines: int, *, mono: bool = False) -> list[str]:
    """The text in at most `lines` lines of at most `room` pixels; what is cut ends in …

    Words that fit a line stay whole (`tcp/443`); where that would cut the text, it is broken behind any separator.
    """
    whole = _folded(text, room, size, lines, mono, words=True)
    if " " not in text.strip() or not any("…" in line for line in whole):
        return whole
    broken = _folded(text, room, size, lines, mono, words=False)
    return whole if any("…" in line for line in broken) else broken


def _folded(text: str, room: float, size: float, lines: int, mono: bool, words: bool) -> list[str]:
    out: list[str] = []
    rest = text.strip()
    while rest and len(out) < lines:
        if advance(rest, size, mono=mono) <= room:
            return [*out, rest]
        fits = _longest(rest, room, size, mono)
        if len(out) == lines - 1:
            keep = _longest(rest, room - advance("…", size, mono=mono), size, mono)
            # The end of a name tells more than its middle.
            tail = 0
            while tail < keep // 2 and keep - tail > 1:
                tail += 1
            shown = rest[: keep - tail] + "…" + rest[len(rest) - tail :]
            while tail and advance(shown, size, mono=mono) > room:
                tail -= 1
                shown = rest[: max(keep - tail - 1, 1)] + "…" + rest[len(rest) - tail :]
            return [*out, shown]
        cut = max(rest.rfind(mark, 0, fits) + 1 for mark in " :/._-@")
        space = rest.rfind(" ", 0, fits + 1) + 1
        if words and space * 3 >= fits and advance(rest[space:].split(" ", 1)[0], size, mono=mono) <= room:
            cut = space
        if cut * 3 < fits:
            # No separator: before a capital (`CreateDB|Snapshot`), else not one letter alone on the next line.
            hump = max((n for n in range(fits // 2, fits + 1) if _begins_word(rest, n)), default=0)
            cut = hump or (min(fits, max(len(rest) // 2, fits - 3)) if len(rest) - fits < 4 else fits)
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return out or [""]


def _begins_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at].isupper() and text[at - 1].islower()


def _longest(text: str, room: float, size: float, mono: bool) -> int:
    used = 0.0
    for index, char in enumerate(text):
        used += advance(char, size, mono=mono)
        if used > room:
            return max(index, 1)
    return len(text)
