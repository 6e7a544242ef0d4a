"""Files of cases and policies: YAML or JSON that may be hostile, as plain data with the place of every value.

Numbers and dates of YAML stay the texts they were written as (`Version: 2012-10-17`, `111122223333`). Anchors work;
what they multiply is counted and bounded. A key that stands twice in one object is an error.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import stat
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from nephograph.model.errors import ReadError, UsageError
from nephograph.model.span import Path, Span
from nephograph.sources.json_places import JsonText

MAX_BYTES = 16 * 1024 * 1024
MAX_NODES = 1_000_000
MAX_DEPTH = 64
ENDINGS = (".yaml", ".yml", ".json")
MAX_FILES = 10_000

_WORDS: dict[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}
_TOO_DEEP = (f"this is nested more than {MAX_DEPTH} levels deep", "policies are not nested deeply")
_TWICE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]', re.DOTALL)


class Source:
    """One file that was read: `data`, and where each value of it stands."""

    def __init__(self, shown: str, real: str, content: str) -> None:
        self.shown = shown
        self.real = real
        self.text = JsonText(shown, content)
        self._root: Any = None
        if shown.endswith(".json"):
            self.data: Any = _json(self.text)
        else:
            self._root, self.data = _yaml(self.text)

    def span(self, path: Path) -> Span:
        """The place of the value at a path, else of the nearest value around it."""
        if self._root is not None:
            return self._node_span(path)
        found = self.text.nearest(path, 0)
        return found or Span(self.shown, 1, 1, 1, 1)

    def _node_span(self, path: Path) -> Span:
        node = self._root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        start, end = node.start_mark, node.end_mark
        if end.line > start.line and not hasattr(node.value, "strip"):
            # A block ends where the next thing begins: its first line is what a person looks for.
            return Span(self.shown, start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        return Span(self.shown, start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column + 1) + 1)


class Sources:
    """Every file of a run; gives frames their lines."""

    def __init__(self) -> None:
        self._texts: dict[str, JsonText] = {}
        self.named: set[str] = set()
        """The shown paths of policies that cases name."""

    def read(self, real: str, shown: str) -> Source:
        """Read one file. Raises `ReadError` when it cannot be opened, `UsageError` when it is not what it should be."""
        content = _content(real, shown)
        self._texts[shown] = JsonText(shown, content)
        return Source(shown, real, content)

    def keep(self, shown: str, content: str) -> None:
        """A text that was read elsewhere, for its lines."""
        self._texts[shown] = JsonText(shown, content)

    def line(self, file: str, number: int) -> str | None:
        """One line of a file that was read."""
        text = self._texts.get(file)
        return text.line(number) if text else None


def files_below(path: str) -> Iterator[tuple[str, str]]:
    """(real, shown) of every file of cases a person may mean by a directory; links out of it are not followed."""
    root = os.path.realpath(path)
    count = 0
    for directory, directories, names in os.walk(root, followlinks=False):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        for name in sorted(names):
            real = os.path.realpath(os.path.join(directory, name))  # noqa: PTH118
            if name.endswith(ENDINGS) and not name.startswith(".") and is_below(root, real):
                count += 1
                if count > MAX_FILES:
                    raise UsageError("too-many-files", f"{path} holds over {MAX_FILES:,} files", "name a part of it")
                relative = os.path.relpath(os.path.join(directory, name), root)  # noqa: PTH118
                yield real, (pathlib.PurePath(path) / relative).as_posix()


def is_below(root: str, real: str) -> bool:
    """Does a resolved path stand below a resolved directory?"""
    return real.startswith(root.rstrip(os.sep) + os.sep)


def _content(real: str, shown: str) -> str:
    try:
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(
                    "not-a-file", f"{shown} is no regular file", "name a YAML or JSON file, or a directory"
                )
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(
            "unreadable", f"{shown} cannot be read ({error.strerror})", "check its name and rights"
        ) from error
    if len(raw) > MAX_BYTES:
        raise UsageError("too-large", f"{shown} is over {MAX_BYTES // 1024 // 1024} MB", "split it into several files")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UsageError("invalid-utf8", f"{shown} is not UTF-8 at byte {error.start:,}", "save it as UTF-8") from error


# -- JSON ------------------------------------------------------------------------------------------------------------


class DuplicateKeyError(ValueError):
    """A key stands twice in one JSON object."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} stands twice in one object")
        self.key = key


def loads(text: str) -> Any:
    """JSON as plain data. Raises `ValueError` (a key that stands twice among them) and `RecursionError`."""
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKeyError(key)
        found[key] = value
    return found


def _json(text: JsonText) -> Any:
    try:
        return loads(text.content)
    except DuplicateKeyError as error:
        _refuse(text, _second(text.content, error.key), "duplicate-key", str(error), "keep one of the two")
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, "json-syntax", f"{text.file} is not JSON: {error.msg.lower()}", "correct it here")
    except (RecursionError, ValueError) as error:
        raise UsageError(
            "too-deep", f"{text.file} cannot be read ({error})", "policies are not nested deeply"
        ) from error


def _second(content: str, key: str) -> int:
    """The offset where a key stands in an object for the second time."""
    seen: list[set[str]] = []
    before = ""
    for found in _TWICE.finditer(content):
        token = found.group()
        if token in "{[":
            seen.append(set())
        elif token in "}]" and seen:
            seen.pop()
        elif token.startswith('"') and before in ("{", ",") and seen:
            name = json.loads(token, strict=False)
            if content[found.end() :].lstrip().startswith(":") if name == key else False:
                if name in seen[-1]:
                    return found.start()
                seen[-1].add(name)
        before = token
    return 0


def _refuse(text: JsonText, offset: int, code: str, message: str, help: str) -> NoReturn:
    line, column = text.place(min(offset, len(text.content)))
    raise UsageError(code, message, help, Span(text.file, line, column, line, column + 1), text.line(line) or "")


# -- YAML ------------------------------------------------------------------------------------------------------------


def _yaml(text: JsonText) -> tuple[Any, Any]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Nodes are composed by recursion in C, which ends the process where it is too deep: events come first.
        depth = 0
        for event in yaml.parse(text.content, Loader=loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                _refuse(text, _offset(text, event.start_mark), "too-deep", *_TOO_DEEP)
        root = yaml.compose(text.content, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        span = Span(text.file, line, column, line, column + 1)
        said = f"{text.file} is not YAML: {error.problem or error.context}"
        raise UsageError("yaml-syntax", said, "correct it here", span, text.line(line) or "") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError("yaml-syntax", f"{text.file} is not YAML: {said}", "correct it") from error
    return root, None if root is None else _Plain(text).data(root, 0)


def _offset(text: JsonText, mark: Any) -> int:
    """The offset of a mark; bounded by the text, as marks of the C parser count in their own way."""
    lines = text.content.split("\n", mark.line)[: mark.line]
    return min(sum(len(line) + 1 for line in lines) + int(mark.column), len(text.content))


class _Plain:
    """Nodes as plain data; counts what it visits, so that anchors of anchors do not explode."""

    def __init__(self, text: JsonText) -> None:
        self._text = text
        self._left = MAX_NODES

    def data(self, node: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH:
            how = "deeply nested" if self._left >= 0 else "large"
            self._refuse(node, "too-large", f"{self._text.file} is too {how} once its aliases are followed")
        if node.id == "scalar":
            return _scalar(node)
        if node.id == "sequence":
            return [self.data(item, depth + 1) for item in node.value]
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.id != "scalar":
                self._refuse(key, "malformed-case", "a key must be a text")
            if _merges(key):
                continue
            if key.value in found:
                self._refuse(key, "duplicate-key", f"the key {key.value!r} stands twice in one object")
            found[key.value] = self.data(value, depth + 1)
        for base in _merged(node):
            for key, value in self.data(base, depth + 1).items():
                found.setdefault(key, value)
        return found

    def _refuse(self, node: Any, code: str, message: str) -> NoReturn:
        mark = node.start_mark
        span = Span(self._text.file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        raise UsageError(code, message, "correct it here", span, self._text.line(mark.line + 1) or "")


def _scalar(node: Any) -> str | bool | None:
    if not node.style:  # plain: neither quoted nor a block
        word = str(node.value)
        return _WORDS.get(word.lower(), word)
    return str(node.value)


def _merges(key: Any) -> bool:
    return bool(not key.style and key.value == "<<")


def _merged(node: Any) -> list[Any]:
    """The mappings that `<<` puts into a mapping."""
    found: list[Any] = []
    for key, value in node.value:
        if key.id == "scalar" and _merges(key):
            found += value.value if value.id == "sequence" else [value]
    return [base for base in found if base.id == "mapping"]


def _child(node: Any, step: str | int) -> Any:
    if isinstance(step, int):
        items: Sequence[Any] = node.value if node.id == "sequence" else ()
        return items[step] if 0 <= step < len(items) else None
    if node.id != "mapping":
        return None
    for key, value in node.value:
        if key.id == "scalar" and key.value == step and not _merges(key):
            return value
    return next((found for base in _merged(node) if (found := _child(base, step)) is not None), None)
