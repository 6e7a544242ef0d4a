"""Where rules of somebody's own stand: what a person named, the configuration folder, `neph-rules` of a tree."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from nephograph.library.own_rules import FOLDER
from nephograph.model.errors import Problem, UsageError
from nephograph.model.source import Gap

LANGUAGES = {".py": "python", ".sql": "sql", ".rego": "rego"}
MAX_FILES = 1_000
MAX_DEPTH = 8
MAX_BYTES = 256 * 1024


class RuleFile(msgspec.Struct, frozen=True):
    """One file of rules. `code` is the code it has by its place; `base` the folder that was named, or its own."""

    path: pathlib.Path
    shown: str
    language: str
    code: str
    base: pathlib.Path


class Found(msgspec.Struct):
    """The files, and what was seen and not taken."""

    files: list[RuleFile] = []
    problems: list[Problem] = []
    gaps: list[Gap] = []


def configured(environment: Mapping[str, str]) -> pathlib.Path | None:
    """The folder of rules that a person keeps for all their work.

    https://specifications.freedesktop.org/basedir-spec/latest/ - a path that is not absolute is to be ignored.
    """
    said = environment.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(said):  # noqa: PTH117
        return pathlib.Path(said) / "nephograph" / "rules"
    home = environment.get("HOME", "")
    return pathlib.Path(home) / ".config" / "nephograph" / "rules" if os.path.isabs(home) else None  # noqa: PTH117


def rule_files(given: Sequence[str], trees: Sequence[str], configuration: pathlib.Path | None) -> Found:
    """Every file of rules, each once: what was named first, then the configuration, then the trees.

    Raises `UsageError` when what was named is not there, or is no rule.
    """
    found = Found()
    for shown in given:
        _named(pathlib.Path(shown), shown, found)
    if configuration is not None and configuration.is_dir():
        _below(configuration, str(configuration), found, inside=None)
    for shown in trees:
        tree = pathlib.Path(shown)
        folder = tree / FOLDER
        if folder.is_symlink():
            named = os.path.join(shown, FOLDER)  # noqa: PTH118
            found.gaps.append(Gap("outside-root", named, "a link is not followed to rules"))
        elif folder.is_dir():
            place = FOLDER if shown in (".", "./") else f"{shown.rstrip('/')}/{FOLDER}"
            _below(folder, place, found, inside=tree)
    unique = {os.path.realpath(file.path): file for file in reversed(found.files)}
    found.files = [file for file in found.files if unique[os.path.realpath(file.path)] is file]
    return found


def _named(path: pathlib.Path, shown: str, found: Found) -> None:
    if path.is_dir():
        before = len(found.files)
        _below(path, shown.rstrip("/") or "/", found, inside=None)
        if len(found.files) == before:
            raise UsageError(
                "no-rules", f"there is no rule in {shown}", "a rule is a file *.py, *.sql or *.rego: name its folder"
            )
        return
    if not path.is_file():
        raise UsageError("no-such-path", f"{shown} does not exist", "give a folder or a file of rules that is there")
    language = LANGUAGES.get(path.suffix)
    if language is None:
        raise UsageError("no-rules", f"{shown} is no rule", "a rule is a file *.py, *.sql or *.rego")
    found.files.append(RuleFile(path, shown, language, code_of(path.stem), path.parent))


def _below(base: pathlib.Path, shown: str, found: Found, inside: pathlib.Path | None) -> None:
    """The rules below a folder. With `inside` it belongs to a scanned tree: links are not followed, Python not run."""
    for number, (path, relative) in enumerate(_walk(base)):
        language = LANGUAGES[path.suffix]
        name = f"{shown}/{relative}"
        if number >= MAX_FILES:
            found.gaps.append(Gap("rule-not-run", shown, f"the folder holds more than {MAX_FILES} rules"))
            return
        if inside is not None and path.is_symlink():
            found.gaps.append(Gap("outside-root", name, "a link is not followed to rules"))
        elif inside is not None and language == "python":
            why = "Python of a scanned tree is never run; name it with --rules if it is to be"
            found.gaps.append(Gap("rule-not-run", name, why))
        else:
            code = code_of(os.path.splitext(relative)[0])  # noqa: PTH122
            found.files.append(RuleFile(path, name, language, code, base))


def _walk(base: pathlib.Path) -> Iterator[tuple[pathlib.Path, str]]:
    """(file, name below the folder) of every rule, in order of names; neither helpers (`_x`) nor tests are rules."""
    for folder, below, names in os.walk(base, followlinks=False):
        here = pathlib.Path(folder)
        depth = len(here.relative_to(base).parts)
        below[:] = sorted(n for n in below if not n.startswith(("_", "."))) if depth < MAX_DEPTH else []
        for name in sorted(names):
            stem, suffix = os.path.splitext(name)  # noqa: PTH122
            is_rule = suffix in LANGUAGES and not name.startswith(("_", ".", "test_")) and not stem.endswith("_test")
            if is_rule and ((here / name).is_file() or (here / name).is_symlink()):
                yield here / name, (here / name).relative_to(base).as_posix()


def code_of(place: str) -> str:
    """The code of a rule by its place: `team/bucket_untagged` is `team-bucket-untagged`."""
    return re.sub(r"[^A-Za-z0-9]+", "-", place).strip("-").lower()


def text_of(file: RuleFile) -> str | Problem:
    """The text of a rule, or why there is none."""
    try:
        if not file.path.is_file():
            raise OSError(None, "it is not a regular file")
        with file.path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem("unreadable", f"{file.shown} cannot be read: {error.strerror}", "check the path and its rights")
    if len(data) > MAX_BYTES:
        return Problem("too-large", f"{file.shown} is over {MAX_BYTES // 1024} KB", "write smaller rules")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return Problem("invalid-utf8", f"{file.shown} is not UTF-8", "save the file as UTF-8")
