"""Parsed files by the hash of their content, in the user's cache: reading them back takes a tenth of parsing.

The cache is the user's own and holds nothing but syntax trees. It is used only when its directory belongs to this
user and nobody else may write there, because `marshal` is not made for data of strangers; every entry carries a digest,
so that a torn one is never loaded. NEPH_CACHE_DIR names another place, and the empty text switches it off. Whatever
goes wrong with the cache costs time and nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import pathlib
import stat
import sys
import tempfile

from nephograph.sources.terraform.syntax import Parsed, parse

MIN_CHARACTERS = 16_000
"""Shorter texts are parsed as fast as a file is opened."""

MAX_ENTRIES = 4_000
"""So many files are kept; when there are more, the older half goes."""

_DIGEST = 16
_PARSER = ("syntax.py", "syntax_expressions.py", "syntax_reader.py", "templates.py", "values.py")


def parsed(content: str) -> Parsed:
    """What `parse` says of a text, from the cache where it is known. Texts with mistakes are always parsed."""
    place = directory() if len(content) >= MIN_CHARACTERS else None
    if place is None:
        return parse(content)
    file = place / _key(content)
    found = _read(file)
    if found is not None:
        return found
    fresh = parse(content)
    if not fresh.problems:
        _write(file, fresh)
    return fresh


def directory() -> pathlib.Path | None:
    """Where entries are kept; None when there is no place that is this user's alone."""
    named = os.environ.get("NEPH_CACHE_DIR")
    if named == "":
        return None
    base = pathlib.Path(named) if named else _user_cache()
    return None if base is None else _own(base / "ast")


def _user_cache() -> pathlib.Path | None:
    home = os.environ.get("XDG_CACHE_HOME") or ""
    if pathlib.PurePath(home).is_absolute():
        return pathlib.Path(home) / "nephograph"
    try:
        return pathlib.Path.home() / ".cache" / "nephograph"
    except RuntimeError:
        return None


def _own(place: pathlib.Path) -> pathlib.Path | None:
    """The directory, made when it is not there, if it is this user's and nobody else may write to it."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = place.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        return None
    return place


@functools.cache
def _parser() -> bytes:
    """What tells this parser from any other: its text, and the version of Python."""
    here = pathlib.Path(__file__).parent
    text = b"".join((here / name).read_bytes() for name in _PARSER)
    return hashlib.blake2b(text + sys.version.encode() + bytes([marshal.version])).digest()


def _key(content: str) -> str:
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=20, key=_parser()[:64]).hexdigest()


def _read(file: pathlib.Path) -> Parsed | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    digest, payload = data[:_DIGEST], data[_DIGEST:]
    if hashlib.blake2b(payload, digest_size=_DIGEST).digest() != digest:
        return None
    body, comments = marshal.loads(payload)  # noqa: S302 - this user wrote it, see above
    return Parsed(body, (), comments)


def _write(file: pathlib.Path, fresh: Parsed) -> None:
    payload = marshal.dumps((fresh.body, fresh.comments))
    try:
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload)
        pathlib.Path(name).replace(file)
        _prune(file.parent)
    except OSError:
        # A full disk or a directory that went away: the next run parses again.
        return


def _prune(place: pathlib.Path) -> None:
    files = list(place.iterdir())
    if len(files) <= MAX_ENTRIES:
        return
    for _, file in sorted((file.stat().st_mtime, file) for file in files)[: len(files) // 2]:
        file.unlink(missing_ok=True)
