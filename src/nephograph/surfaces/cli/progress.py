"""One line on stderr that says what is being read; only on a terminal."""

from __future__ import annotations

import sys
import time

_INTERVAL = 0.08
"""Seconds between two redraws."""


class TerminalProgress:
    """Draws while loading and wipes itself when done."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show the stage and how far it is."""
        now = time.monotonic()
        if not self._on or now - self._last < _INTERVAL:
            return
        self._last = now
        amount = f" {done}/{total}" if total else f" {done}" if done else ""
        sys.stderr.write(f"\r\x1b[2K{stage}{amount} …")
        sys.stderr.flush()

    def done(self) -> None:
        """Wipe the line."""
        if self._on and self._last:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
