"""A reader's hold on a generation: a shared lock, so that the writer leaves the directory where it is."""

from __future__ import annotations

import os
import pathlib

NAME = "generation.json"
"""The file of a generation that is locked; written last, never changed."""


class Pin:
    """Held until `release`, or until the process ends. Raises OSError when the generation is gone.

    Without locks of the operating system nothing is held: an open file can still be read to its end there.
    """

    def __init__(self, generation: pathlib.Path) -> None:
        self._handle: int | None = os.open(generation / NAME, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            import fcntl
        except ImportError:
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Let go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def pinned(generation: pathlib.Path) -> bool:
    """Is a reader on this generation?"""
    import fcntl

    try:
        handle = os.open(generation / NAME, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
