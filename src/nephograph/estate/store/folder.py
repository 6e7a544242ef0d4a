"""Files and directories that survive a crash: everything is flushed before it is named, names change atomically."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import pathlib
from collections.abc import Iterator

from nephograph.estate.store.steps import step
from nephograph.model.errors import ReadError

SMALL = 1 << 20
"""Files up to this many bytes are held by checksum as well as by size."""


def sync_file(path: pathlib.Path) -> None:
    """Flush a file's content to the disk."""
    step("sync")
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def sync_directory(path: pathlib.Path) -> None:
    """Flush a directory's names to the disk."""
    step("sync")
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(path: pathlib.Path) -> None:
    """Flush every file and directory below a path, and the path itself."""
    for folder, _, files in os.walk(path, topdown=False):
        for name in sorted(files):
            sync_file(pathlib.Path(folder, name))
        sync_directory(pathlib.Path(folder))


def replace(path: pathlib.Path, content: bytes) -> None:
    """Put a file in the place of another so that every reader sees the old one or the new one, whole."""
    new = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    step("write")
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    step("rename")
    new.replace(path)
    sync_directory(path.parent)


def measure(folder: pathlib.Path) -> dict[str, tuple[int, str]]:
    """Every file below a directory: its size in bytes, and the checksum of small ones ("" for large ones)."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            size = path.stat().st_size
            found[path.relative_to(folder).as_posix()] = (size, checksum(path) if size <= SMALL else "")
    return found


def checksum(path: pathlib.Path) -> str:
    """The BLAKE2b of a file's content, in hex."""
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


@contextlib.contextmanager
def written(where: pathlib.Path) -> Iterator[None]:
    """Turns what the disk refuses (full, quota, file size, permission) into one clear error."""
    import duckdb

    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise _not_written(where, error.strerror or str(error), full) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.InternalException) as error:
        text = str(error).splitlines()[0]
        raise _not_written(where, text, "space" in text or "too large" in text.lower()) from error


def _not_written(where: pathlib.Path, why: str, full: bool) -> ReadError:
    return ReadError(
        "estate-not-written",
        f"the new generation of {where} could not be written: {why}",
        ("make room on the disk and load again" if full else "see that the directory can be written to and load again")
        + "; the last generation is as it was",
    )
