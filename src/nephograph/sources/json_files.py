"""JSON files of a tree that may be hostile: which there are, what each begins with, and their whole content.

No link is followed out of the root, nothing but regular files of a bounded size is opened, and every refusal is one
Problem or Gap of the `Files`; the rest goes on.
"""

from __future__ import annotations

import errno
import json
import os
import pathlib
import re
import stat
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Span
from nephograph.sources.json_places import JsonText, JsonTexts

MAX_FILE_BYTES = 128 * 1024 * 1024
"""A plan of some 20,000 resources has this size; reading one takes about eight times as much memory."""

MAX_ENTRIES = 200_000
MAX_DEPTH = 64
HEAD_BYTES = 64 * 1024
SKIPPED_DIRECTORIES = frozenset({".terraform", ".git", "node_modules", ".hg", ".svn", "__pycache__", ".venv"})
CODE = (".tf", ".tofu", ".tf.json", ".tofu.json")

_DECODER = json.JSONDecoder(strict=False)
_BYTE = re.compile(r"byte (\d+)")
_BLANK = re.compile(r"[ \t\r\n]*")


class Entry(msgspec.Struct, frozen=True):
    """One file: its path here, its path below the root ("" for a file that is the root), and as shown to people."""

    real: str
    relative: str
    shown: str


class Read(msgspec.Struct, frozen=True):
    """One decoded file."""

    entry: Entry
    text: JsonText
    data: Any


def head_keys(head: bytes) -> dict[str, Any]:
    """The first top-level members of a JSON object, as far as the bytes go; a value that is cut reads as None.

    {} when the bytes do not begin like a JSON object.
    """
    text = head.decode("utf-8", errors="replace").removeprefix("\ufeff")
    found: dict[str, Any] = {}
    position = _blank(text, 0)
    if text[position : position + 1] != "{":
        return found
    position = _blank(text, position + 1)
    try:
        while text[position] == '"':
            key, position = _DECODER.raw_decode(text, position)
            position = _blank(text, position)
            if text[position] != ":":
                break
            found[key] = None
            found[key], position = _DECODER.raw_decode(text, _blank(text, position + 1))
            position = _blank(text, position)
            if text[position] != ",":
                break
            position = _blank(text, position + 1)
    except (ValueError, IndexError, RecursionError):
        pass
    return found


def head_of(path: str | pathlib.Path) -> bytes:
    """The first bytes of a regular file, b"" for anything else and for what cannot be opened."""
    try:
        with os.fdopen(_open(path), "rb") as file:
            return file.read(HEAD_BYTES) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except OSError:
        return b""


def holds(path: pathlib.Path, wanted: Callable[[str], bool], speaks: Callable[[str, bytes], bool]) -> bool:
    """True when a file below the directory has a wanted name and a head that speaks the language, and no code is there.

    A directory of code is read as code: the plan or state that lies beside it says the same estate once more.
    """
    found = False
    left = MAX_ENTRIES
    root = os.path.realpath(path)
    for directory, directories, names in os.walk(path, followlinks=False):
        if any(name.endswith(CODE) and not name.startswith(".") for name in names):
            return False
        directories[:] = [name for name in directories if name not in SKIPPED_DIRECTORIES]
        left -= len(names) + len(directories) + 1
        if left < 0:
            break
        for name in names if not found else ():
            file = os.path.join(directory, name)  # noqa: PTH118
            if wanted(name) and _below(root, os.path.realpath(file)) and speaks(name, head_of(file)):
                found = True
                break
    return found


class Files:
    """The files of one scanned path. `problems` and `gaps` collect what was refused; `count` is how many were read."""

    def __init__(self, path: pathlib.Path, shown: str) -> None:
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        self.texts = JsonTexts()
        self.count = 0
        self._alone = path.is_file()
        self._base = os.path.realpath(path)
        shown = shown.replace(os.sep, "/")
        self._shown = shown if self._alone else "" if shown in (".", "./", "") else shown.rstrip("/") or "/"

    def entries(self, wanted: Callable[[str], bool], speaks: Callable[[str, bytes], bool]) -> list[Entry]:
        """The file itself, or every file below the directory that has a wanted name and speaks the language."""
        if self._alone:
            return [Entry(self._base, "", self._shown)]
        return [entry for entry in self._walk(wanted) if speaks(entry.real.rpartition(os.sep)[2], head_of(entry.real))]

    def read(self, entry: Entry) -> Read | None:
        """The decoded content of a file; None (and one Problem) when it cannot be read. An empty file reads as None."""
        content = self.content(entry)
        if content is None:
            return None
        text = JsonText(entry.shown, content)
        self.texts.add(text)
        if not content.strip(" \t\r\n\ufeff"):
            return Read(entry, text, None)
        if content.startswith("\ufeff"):
            # A byte order mark is a blank, and offsets stay those of the file.
            text.content = content = " " + content[1:]
        try:
            return Read(entry, text, msgspec.json.decode(content))
        except RecursionError:
            self.problems.append(
                Problem(
                    "too-deep",
                    f"{entry.shown} is nested deeper than is read.",
                    "Terraform writes no such file: check where it comes from.",
                    Span(entry.shown, 1, 1, 1, 1),
                )
            )
        except msgspec.DecodeError as error:
            self._not_json(text, str(error))
        return None

    def content(self, entry: Entry, limit: int | None = None) -> str | None:
        """The text of a file; None (and one Problem) when it cannot be read, is over the limit, or is not UTF-8."""
        data = self._bytes(entry, MAX_FILE_BYTES if limit is None else limit)
        if data is None:
            return None
        self.count += 1
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._not_utf8(entry, data, error)
            return None

    # -- the walk ------------------------------------------------------------------------------------------------

    def _walk(self, wanted: Callable[[str], bool]) -> Iterator[Entry]:
        stack: list[tuple[str, int]] = [("", 0)]
        entries = 0
        while stack:
            directory, depth = stack.pop()
            try:
                with os.scandir(os.path.join(self._base, directory)) as listing:  # noqa: PTH118
                    found = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._refuse(self._named(directory), error)
                continue
            entries += len(found)
            if entries > MAX_ENTRIES:
                self.problems.append(
                    Problem(
                        "too-many-files",
                        f"{self._named('')} holds more files than one scan looks at ({MAX_ENTRIES:,}); "
                        f"it stopped at {self._named(directory)}.",
                        "Scan one part of the tree at a time.",
                    )
                )
                return
            below: list[tuple[str, int]] = []
            for entry in found:
                relative = f"{directory}/{entry.name}" if directory else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name in SKIPPED_DIRECTORIES:
                        continue
                    if depth < MAX_DEPTH:
                        below.append((relative, depth + 1))
                    else:
                        self.gaps.append(Gap("too-deep", self._named(relative), f"below {MAX_DEPTH} directories"))
                elif wanted(entry.name) and self._is_readable(entry, relative):
                    yield Entry(entry.path, relative, self._named(relative))
            stack.extend(reversed(below))

    def _is_readable(self, entry: os.DirEntry[str], relative: str) -> bool:
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not _below(self._base, real):
                why = "a link that leaves the scanned root is not followed"
                self.gaps.append(Gap("outside-root", self._named(relative), why))
                return False
            if os.path.isdir(real):  # noqa: PTH112
                return False
        try:
            mode = entry.stat(follow_symlinks=True).st_mode
        except OSError as error:
            self._refuse(self._named(relative), error)
            return False
        if not stat.S_ISREG(mode):
            self._not_a_file(self._named(relative))
            return False
        return True

    def _named(self, relative: str) -> str:
        if not relative:
            return self._shown or "."
        return f"{self._shown.rstrip('/')}/{relative}" if self._shown else relative

    # -- reading -------------------------------------------------------------------------------------------------

    def _bytes(self, entry: Entry, limit: int) -> bytes | None:
        try:
            descriptor = _open(os.path.realpath(entry.real))
        except OSError as error:
            self._refuse(entry.shown, error)
            return None
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                self._not_a_file(entry.shown)
                return None
            try:
                data = b"" if status.st_size > limit else file.read(limit + 1)
            except OSError as error:
                self._refuse(entry.shown, error)
                return None
        if status.st_size > limit or len(data) > limit:
            self.problems.append(
                Problem(
                    "too-large",
                    f"{entry.shown} is {status.st_size / 1024 / 1024:,.0f} MB; such files over "
                    f"{limit // 1024 // 1024} MB are not read.",
                    "Split the estate into smaller files, or scan without this one.",
                    Span(entry.shown, 1, 1, 1, 1),
                )
            )
            return None
        return data

    def _not_utf8(self, entry: Entry, data: bytes, error: UnicodeDecodeError) -> None:
        text = JsonText(entry.shown, data.decode("utf-8", errors="replace"))
        self.texts.add(text)
        line, column = text.place(len(data[: error.start].decode("utf-8")))
        self.problems.append(
            Problem(
                "invalid-utf8",
                f"{entry.shown} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start:,}.",
                "Save the file as UTF-8; PowerShell's > writes UTF-16, so use Out-File -Encoding utf8.",
                Span(entry.shown, line, column, line, column + 1),
                text.line(line) or "",
            )
        )

    def _not_json(self, text: JsonText, why: str) -> None:
        cut = "truncated" in why
        offset = len(text.content.rstrip()) if cut else _offset(text.content, why)
        line, column = text.place(offset)
        self.problems.append(
            Problem(
                "json-syntax",
                f"{text.file} ends in the middle of a value."
                if cut
                else f"{text.file} is not JSON at line {line}, column {column}.",
                "Write it once more: the command that made it may have been interrupted.",
                Span(text.file, line, column, line, column + 1),
                text.line(line) or "",
            )
        )

    def _not_a_file(self, shown: str) -> None:
        self.problems.append(
            Problem(
                "not-a-file",
                f"{shown} is named like a file that is read but is not a regular file; it was not opened.",
                "Remove it, or scan a tree without it.",
                Span(shown, 1, 1, 1, 1),
            )
        )

    def _refuse(self, shown: str, error: OSError) -> None:
        if error.errno == errno.ELOOP:
            code, why, help = "symlink-loop", "is a link that leads back to itself", "Remove the link."
        elif error.errno in (errno.EACCES, errno.EPERM):
            code, why, help = "permission", "may not be read by this user", "Give this user the right to read it."
        elif error.errno in (errno.ENOENT, errno.ENOTDIR):
            code, why, help = "unreadable", "is a link to nothing", "Remove the link, or restore its target."
        else:
            code, why = "unreadable", f"cannot be read ({(error.strerror or 'input/output error').lower()})"
            help = "Check the file system, or scan a tree without it."
        self.problems.append(Problem(code, f"{shown} {why}.", help, Span(shown, 1, 1, 1, 1)))


def _below(root: str, real: str) -> bool:
    """True when a path without links stands below a root without links."""
    return real.startswith(root if root.endswith(os.sep) else root + os.sep)


def _open(path: str | pathlib.Path) -> int:
    # O_NONBLOCK: a pipe must not block.
    return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))


def _offset(content: str, why: str) -> int:
    """Where the decoder stopped, in characters; the standard library knows it better where it objects as well."""
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return error.pos
    except (ValueError, RecursionError):
        pass
    found = _BYTE.search(why)
    return len(content.encode()[: int(found[1])].decode("utf-8", errors="ignore")) if found else 0


def _blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position
