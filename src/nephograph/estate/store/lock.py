"""One writer at a time: an flock on a file of the estate, which the kernel drops when its holder dies."""

from __future__ import annotations

import datetime
import os
import pathlib

import msgspec

from nephograph.model.errors import ReadError, UsageError

NAME = "lock"


class _Holder(msgspec.Struct):
    process: int
    since: str


class Lock:
    """Held from `take` to `release`. Locks of the operating system: a killed holder holds nothing."""

    def __init__(self, estate: pathlib.Path) -> None:
        self._estate = estate
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock. Raises `UsageError` when another writer has it."""
        try:
            import fcntl
        except ImportError:
            raise ReadError(
                "estate-lock",
                "this system has no file locks that nephograph knows, so an estate cannot be written safely",
                "write it on Linux or macOS, or in a container; reading needs no lock",
            ) from None
        handle = os.open(self._estate / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 1000, 0)
            os.close(handle)
            raise UsageError(
                "estate-locked",
                f"{self._estate} is being written by {_named(holder)}",
                "wait until it is done; the generations written so far can be read meanwhile",
            ) from None
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        os.ftruncate(handle, 0)
        os.pwrite(handle, msgspec.json.encode(_Holder(os.getpid(), now)), 0)
        self._handle = handle

    def release(self) -> None:
        """Let others write. Does nothing when the lock is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _named(holder: bytes) -> str:
    try:
        found = msgspec.json.decode(holder, type=_Holder)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "another process"
    return f"process {found.process} since {found.since}"
