"""The steps of a load by name, so that a test can end a process at any of them."""

from __future__ import annotations

from collections.abc import Callable


def _nothing(name: str) -> None:
    del name


on_step: Callable[[str], None] = _nothing
"""Called before each step of a load that touches the disk. Tests put their own here; the product never does."""


def step(name: str) -> None:
    """Say that a step of a load begins."""
    on_step(name)
