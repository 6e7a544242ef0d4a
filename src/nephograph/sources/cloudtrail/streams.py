"""The bytes of a file, unpacked where they are packed, in pieces and within bounds.

A packed file that is cut keeps what stands before the cut. One that grows like no log does is a bomb and is left.
"""

from __future__ import annotations

import os
import pathlib
import stat
import zlib
from collections.abc import Iterator
from typing import IO

PIECE = 1 << 20
"""Bytes that are read at once."""

MAX_GROWTH = 200
"""Logs pack some 10 to 60 times; only what is made to do so packs 200 times, and more than `FREE_BYTES` of it."""
FREE_BYTES = 64 << 20
MAX_UNPACKED = 16 << 30

_MAGIC = b"\x1f\x8b"
_WBITS = zlib.MAX_WBITS | 16


class CutError(Exception):
    """The rest of a file cannot be read; what came before it stands. The text says why, `help` what to do."""

    def __init__(self, why: str, help: str) -> None:
        super().__init__(why)
        self.help = help


def pieces(path: str | pathlib.Path) -> Iterator[bytes]:
    """The content of a regular file, unpacked. Raises `OSError`, and `CutError` when the rest is lost."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CutError("it is not a regular file", "name a file")
        first = file.read(PIECE)
        if not first.startswith(_MAGIC):
            while first:
                yield first
                first = file.read(PIECE)
            return
        yield from _unpacked(first, file)


def _unpacked(data: bytes, file: IO[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_WBITS)
    taken, given = len(data), 0
    while True:
        try:
            out = unpacker.decompress(data, PIECE)
        except zlib.error as error:
            raise CutError(f"its packed bytes are damaged ({error})", "fetch the file once more") from error
        given += len(out)
        if given > MAX_UNPACKED or (given > FREE_BYTES and given > MAX_GROWTH * taken):
            raise CutError(
                f"it unpacks to more than {given >> 20:,} MB from {taken:,} bytes, as no log does",
                "check where it comes from; unpack it yourself if it is a log",
            )
        if out:
            yield out
        if unpacker.eof:
            # Files that were joined are members one behind the other; what follows them may be padding.
            data = unpacker.unused_data.lstrip(b"\0")
            while not data:
                more = file.read(PIECE)
                if not more:
                    return
                taken += len(more)
                data = more.lstrip(b"\0")
            if data[:1] != _MAGIC[:1]:
                raise CutError("bytes that are not packed follow those that are", "fetch the file once more")
            unpacker = zlib.decompressobj(_WBITS)
            continue
        data = unpacker.unconsumed_tail
        if not data and len(out) < PIECE:  # a full piece may have more behind it that takes no further bytes
            data = file.read(PIECE)
            taken += len(data)
            if not data:
                raise CutError("it ends in the middle of its packed bytes", "fetch the file once more")
