"""Finds the questions by their place: a module of `lenses` is one, under its file's name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol

from nephograph.lenses.common.ask import Ask
from nephograph.lenses.common.context import Context
from nephograph.model.answer import Answer


class Lens(Protocol):
    """What a lens module offers. It may also offer `without_estate(ask)`: an answer that needs none, or None."""

    ASK: type[Ask]

    def answer(self, ask: Ask, context: Context) -> Answer:
        """Answer the question about one estate."""


def lens(name: str) -> Lens:
    """The lens of that name. Raises KeyError when there is none."""
    if name not in lens_names():
        raise KeyError(name)
    found: Lens = importlib.import_module(f"nephograph.lenses.{name}")
    return found


def lens_names() -> tuple[str, ...]:
    """The names of all questions, sorted, without importing them. (Folders hold what questions share.)"""
    import nephograph.lenses as room

    return tuple(sorted(m.name for m in pkgutil.iter_modules(room.__path__) if not m.ispkg))
