"""The walk over a tree that may be hostile: what is found, what may be read, and what is named instead.

Nothing outside the scanned root is opened, no link is followed out of it, only regular files of a bounded size are
read, and every refusal is one Problem; the rest of the tree goes on.
"""

from __future__ import annotations

import errno
import os
import pathlib
import stat
from collections.abc import Mapping
from typing import Literal

from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Span
from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.beside import sort_of
from nephograph.sources.terraform.texts import Text, Texts

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 50_000
MAX_ENTRIES = 2_000_000
MAX_DEPTH = 64

CONFIGURATION = (".tf", ".tofu")
JSON_CONFIGURATION = (".tf.json", ".tofu.json")
TERRAGRUNT = ("terragrunt.hcl", "terragrunt.hcl.json", "terragrunt.stack.hcl")
SKIPPED_DIRECTORIES = frozenset(
    {".terraform", ".terragrunt-cache", ".git", "node_modules", ".hg", ".svn", "__pycache__", ".venv"}
)


def is_configuration(name: str) -> bool:
    """True for the files that Terraform reads as configuration in the native syntax; editors' leftovers are not."""
    return name.endswith(CONFIGURATION) and not _is_leftover(name)


def is_json_configuration(name: str) -> bool:
    """True for configuration in the JSON syntax."""
    return name.endswith(JSON_CONFIGURATION) and not _is_leftover(name)


def is_override(name: str) -> bool:
    """True for a file of configuration that overrides the others of its directory."""
    stem = name.removesuffix(".json").rpartition(".")[0]
    return stem == "override" or stem.endswith("_override")


def configuration_files(names: list[str]) -> list[str]:
    """The names without those that OpenTofu does not read beside its own: `a.tofu` stands for `a.tf`."""
    taken = {name.replace(".tofu", ".tf") for name in names if name.endswith((".tofu", ".tofu.json"))}
    return [name for name in names if name not in taken]


def is_values(name: str) -> bool:
    """True for the variable files that Terraform reads without being told."""
    return name in ("terraform.tfvars", "terraform.tfvars.json") or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def _is_leftover(name: str) -> bool:
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


class Tree:
    """The files of one scanned root. `problems` and `gaps` collect what was refused.

    `directories` maps the path of a directory relative to the root ("" for the root) to the names of its Terraform
    files (configuration and values), sorted.
    """

    def __init__(self, path: pathlib.Path, shown: str) -> None:
        self.texts = Texts()
        self.buffers: Mapping[str, str] = {}
        """Texts that stand for files, by their real paths."""
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        self.directories: dict[str, list[str]] = {}
        self.files = 0
        self._read: dict[str, Text | None] = {}
        self._contents: dict[str, bytes | None] = {}
        self._only: str | None = None
        self.incomplete: set[str] = set()
        """Directories of which a file of configuration was refused: what it declares is not known."""
        self.terragrunt: list[str] = []
        """The files of Terragrunt, as shown."""
        self.beside: dict[str, dict[str, str]] = {}
        """Files that are read only when named: by sort, as shown, and where they are."""
        shown = shown.replace(os.sep, "/")
        if path.is_file() and not path.is_dir():
            self._only = path.name
            path = path.parent
            shown = shown.rpartition("/")[0] if "/" in shown else ""
        self.base = os.path.realpath(path)
        self._shown = "" if shown in (".", "./", "") else shown.rstrip("/") or "/"

    # -- names ---------------------------------------------------------------------------------------------------

    def shown(self, relative: str) -> str:
        """A path below the root as the person would open it."""
        if not relative:
            return self._shown or "."
        if not self._shown:
            return relative
        return f"{self._shown.rstrip('/')}/{relative}"

    def real(self, relative: str) -> str:
        """The path on this machine."""
        return os.path.join(self.base, relative) if relative else self.base  # noqa: PTH118

    def inside(self, relative: str) -> str | None:
        """The path relative to the root with links resolved, None when it leaves the root or loops."""
        try:
            resolved = os.path.realpath(self.real(relative), strict=False)
        except (OSError, ValueError):
            return None
        return self._below(resolved)

    def exists(self, relative: str) -> bool:
        """True when something stands at the path, inside the root."""
        inside = self.inside(relative)
        return inside is not None and os.path.lexists(self.real(inside))

    def relative(self, path: pathlib.Path) -> str | None:
        """Where an existing file stands below the root, None when it stands elsewhere or nowhere."""
        return self._below(os.path.realpath(path)) if path.is_file() else None

    def _below(self, resolved: str) -> str | None:
        if resolved == self.base:
            return ""
        prefix = self.base if self.base.endswith(os.sep) else self.base + os.sep
        if not resolved.startswith(prefix):
            return None
        return resolved[len(prefix) :].replace(os.sep, "/")

    # -- the walk ------------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Fill `directories`: breadth bounded by counts, links to directories never descended."""
        stack = [("", 0)]
        entries = 0
        while stack:
            directory, depth = stack.pop()
            names: list[str] = []
            try:
                with os.scandir(self.real(directory)) as listing:
                    found = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._refuse(directory, error)
                continue
            entries += len(found)
            if entries > MAX_ENTRIES or self.files > MAX_FILES:
                self.problems.append(
                    Problem(
                        "too-many-files",
                        f"{self.shown('')} holds more files than one scan reads ({MAX_FILES:,} configuration files); "
                        f"the scan stopped at {self.shown(directory)}.",
                        "Scan one part of the tree at a time.",
                    )
                )
                return
            below: list[tuple[str, int]] = []
            for entry in found:
                relative = f"{directory}/{entry.name}" if directory else entry.name
                match self._sort(entry, relative):
                    case "directory" if self._only is None:
                        if depth < MAX_DEPTH:
                            below.append((relative, depth + 1))
                        else:
                            self.gaps.append(Gap("too-deep", self.shown(relative), f"below {MAX_DEPTH} directories"))
                    case "file":
                        names.append(entry.name)
            stack.extend(reversed(below))
            if names:
                self.files += len(names)
                self.directories[directory] = names

    def _is_wanted(self, name: str, relative: str) -> bool:
        # Of a file that is scanned alone the neighbours do not count; the modules it calls do.
        if self._only is not None and relative == name != self._only:
            return is_values(name)
        return is_configuration(name) or is_json_configuration(name) or is_values(name) or name in TERRAGRUNT

    def _sort(self, entry: os.DirEntry[str], relative: str) -> Literal["directory", "file", "neither"]:
        """What to do with an entry; what is refused becomes one Problem or Gap."""
        if self._only is None and (sort := sort_of(entry.name)) and not is_values(entry.name):
            self.beside.setdefault(sort, {})[self.shown(relative)] = entry.path
        wanted = self._is_wanted(entry.name, relative)
        sorted_as = self._sorted(entry, relative, wanted)
        if wanted and sorted_as == "neither" and not is_values(entry.name):
            self.incomplete.add(relative.rpartition("/")[0])
        if sorted_as == "file" and entry.name in TERRAGRUNT:
            self.terragrunt.append(self.shown(relative))
            return "neither"
        return sorted_as

    def _sorted(self, entry: os.DirEntry[str], relative: str, wanted: bool) -> Literal["directory", "file", "neither"]:
        try:
            if entry.is_symlink():
                # A link to a directory is not descended: its target is walked where it stands, if it is inside.
                is_directory = entry.is_dir(follow_symlinks=True)
                if (wanted or is_directory) and self.inside(relative) is None:
                    why = "a link that leaves the scanned root is not followed"
                    self.gaps.append(Gap("outside-root", self.shown(relative), why))
                    return "neither"
                if is_directory:
                    return "neither"
            elif entry.is_dir(follow_symlinks=False):
                return "neither" if entry.name in SKIPPED_DIRECTORIES else "directory"
            if not wanted:
                return "neither"
            mode = entry.stat(follow_symlinks=True).st_mode
        except OSError as error:
            if wanted:
                self._refuse(relative, error)
            return "neither"
        if not stat.S_ISREG(mode):
            self._refuse_kind(relative)
            return "neither"
        return "file"

    def enter(self, directory: str) -> bool:
        """Take in a directory that the walk skipped (`.terraform/modules/…`); False when it holds no configuration."""
        if directory not in self.directories:
            try:
                with os.scandir(self.real(directory)) as listing:
                    found = sorted(listing, key=lambda entry: entry.name)[:MAX_FILES]
            except OSError:
                return False
            prefix = f"{directory}/" if directory else ""
            names = [entry.name for entry in found if self._sort(entry, prefix + entry.name) == "file"]
            self.files += len(names)
            self.directories[directory] = names
        return any(is_configuration(name) or is_json_configuration(name) for name in self.directories[directory])

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, relative: str) -> Text | None:
        """The text of a file below the root, None (and one Problem or Gap) when it cannot be read."""
        if relative not in self._read:
            self._read[relative] = self._open(relative)
        return self._read[relative]

    def content(self, relative: str) -> bytes | Unknown | None:
        """The bytes of any file inside the root, for `file()`; None when there is none. Refusals are one Gap."""
        real = self.real(relative)
        try:
            status = os.stat(real, follow_symlinks=False)  # noqa: PTH116 - links were resolved by the caller
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return Unknown(Reason.BUDGET, f"{self.shown(relative)} is not a regular file of a size that is read")
        if relative not in self._contents:
            data = self._bytes(relative, real)
            self._contents[relative] = data
        data = self._contents[relative]
        return Unknown(Reason.NOT_EVALUATED, f"{self.shown(relative)} cannot be read") if data is None else data

    def listed(self, directory: str, limit: int) -> list[str] | Unknown:
        """The regular files below a directory, relative to it, links not followed."""
        found: list[str] = []
        stack = [""]
        while stack:
            below = stack.pop()
            try:
                with os.scandir(os.path.join(self.real(directory), below)) as listing:  # noqa: PTH118
                    for entry in listing:
                        relative = f"{below}/{entry.name}" if below else entry.name
                        if entry.is_dir(follow_symlinks=False):
                            stack.append(relative)
                        elif entry.is_file(follow_symlinks=False):
                            found.append(relative)
                        if len(found) + len(stack) > limit:
                            return Unknown(Reason.BUDGET, f"{self.shown(directory)} holds more than {limit:,} files")
            except OSError:
                continue
        return sorted(found)

    def _open(self, relative: str) -> Text | None:
        inside = self.inside(relative)
        if inside is None:
            self.gaps.append(Gap("outside-root", self.shown(relative), "outside the scanned root"))
            return None
        data = self._bytes(relative, self.real(inside))
        if data is None:
            return None
        return self._decode(relative, data)

    def _bytes(self, relative: str, real: str) -> bytes | None:
        if real in self.buffers:
            return self.buffers[real].encode("utf-8", "surrogatepass")
        # O_NONBLOCK: a FIFO that slipped in after the walk must not block; O_NOFOLLOW: links were resolved before.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            descriptor = os.open(real, flags)
        except OSError as error:
            self._refuse(relative, error)
            return None
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                self._refuse_kind(relative)
                return None
            try:
                data = b"" if status.st_size > MAX_FILE_BYTES else file.read(MAX_FILE_BYTES + 1)
            except OSError as error:
                self._refuse(relative, error)
                return None
        if status.st_size > MAX_FILE_BYTES or len(data) > MAX_FILE_BYTES:
            size = status.st_size / (1024 * 1024)
            self.problems.append(
                Problem(
                    "too-large",
                    f"{self.shown(relative)} is {size:,.0f} MB; files over {MAX_FILE_BYTES // (1024 * 1024)} MB "
                    "are not read.",
                    "Split the file, or scan a tree without it.",
                    Span(self.shown(relative), 1, 1, 1, 1),
                )
            )
            return None
        return data

    def _decode(self, relative: str, data: bytes) -> Text | None:
        shown = self.shown(relative)
        try:
            content = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            line = before.count("\n") + 1
            column = len(before) - (before.rfind("\n") + 1) + 1
            text = Text(shown, relative, data.decode("utf-8", errors="replace"))
            self.texts.add(text)
            self.problems.append(
                Problem(
                    "invalid-utf8",
                    f"{shown} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start:,}.",
                    "Save the file as UTF-8.",
                    Span(shown, line, column, line, column + 1),
                    self.texts.line(shown, line) or "",
                )
            )
            return None
        # A byte order mark is a blank to the parser, and offsets stay those of the file.
        if content.startswith("\ufeff"):
            content = " " + content[1:]
        text = Text(shown, relative, content)
        self.texts.add(text)
        return text

    def _refuse_kind(self, relative: str) -> None:
        shown = self.shown(relative)
        self.problems.append(
            Problem(
                "not-a-file",
                f"{shown} is named like configuration but is not a regular file; it was not opened.",
                "Remove it, or scan a tree without it.",
                Span(shown, 1, 1, 1, 1),
            )
        )

    def _refuse(self, relative: str, error: OSError) -> None:
        shown = self.shown(relative)
        if error.errno in (errno.ELOOP,):
            code, why, help = "symlink-loop", "is a link that leads back to itself", "Remove the link."
        elif error.errno in (errno.EACCES, errno.EPERM):
            code, why, help = "permission", "may not be read by this user", "Give this user the right to read it."
        elif error.errno in (errno.ENOENT, errno.ENOTDIR):
            code, why, help = "unreadable", "is a link to nothing", "Remove the link, or restore its target."
        else:
            code, why = "unreadable", f"cannot be read ({(error.strerror or 'input/output error').lower()})"
            help = "Check the file system, or scan a tree without it."
        self.problems.append(Problem(code, f"{shown} {why}.", help, Span(shown, 1, 1, 1, 1)))
