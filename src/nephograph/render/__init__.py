"""Answer -> text. One file per format, found by its name; a file whose name starts with `_` is a helper.

A format module exposes `render(answer, style) -> str` and `DESCRIPTION`, one line for `--help`; one whose texts are
large also has `pieces(answer, style)`, the same text bit by bit. Renderers know the
blocks of `model.answer` and never a lens. Text of the scanned tree is hostile: every renderer neutralises control
characters and whatever its own format gives a meaning.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from nephograph.model.answer import Answer
from nephograph.render._style import Style

__all__ = ["Format", "Style", "describe", "formats", "load", "pieces", "render", "says_errors"]


class Format(Protocol):
    """What every format module offers. One that cannot say errors also has `SAYS_ERRORS = False`."""

    DESCRIPTION: str

    def render(self, answer: Answer, style: Style) -> str:
        """The whole answer as text, with a newline at its end."""


@functools.cache
def formats() -> tuple[str, ...]:
    """The names of all formats, sorted. Reads file names only and imports nothing."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")))


def load(name: str) -> Format:
    """The module of one format. Raises KeyError for a name that is not in `formats()`."""
    if name not in formats():
        raise KeyError(name)
    return cast(Format, importlib.import_module(f"{__name__}.{name}"))


def describe(name: str) -> str:
    """One line about a format. Raises KeyError for an unknown name."""
    return load(name).DESCRIPTION


def says_errors(name: str) -> bool:
    """Can the format say what went wrong? A picture and a table for programs cannot."""
    return bool(getattr(load(name), "SAYS_ERRORS", True))


def render(name: str, answer: Answer, style: Style) -> str:
    """The answer in the named format. Raises KeyError for an unknown name."""
    return load(name).render(answer, style)


def pieces(name: str, answer: Answer, style: Style) -> Iterator[str]:
    """The same bit by bit, where the format can, so that the whole need not be in memory."""
    module = load(name)
    found: Iterator[str] = (
        module.pieces(answer, style) if hasattr(module, "pieces") else iter((render(name, answer, style),))
    )
    return found
