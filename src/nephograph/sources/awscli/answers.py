"""From the text of a file to answers: pages, several answers in one file, errors that stand where answers should."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from nephograph.model.source import Gap
from nephograph.model.span import Path, Span
from nephograph.sources.awscli.naming import Named, is_call, named
from nephograph.sources.awscli.operations import ASIDE, PAGING, Index
from nephograph.sources.json_files import Entry, Files
from nephograph.sources.json_places import JsonText

REQUEST = "_request"
"""A member of an answer that somebody added: the request parameters it was asked with."""

MAX_ANSWERS = 100_000
"""Answers one after the other in one file; more are named and not read."""

_ERROR = re.compile(r"An error occurred \(([\w.:-]{1,100})\) when calling the (\w{1,100}) operation")
_COMMAND_FAILED = re.compile(
    r"(?:aws: |usage: aws|Unable to locate credentials|Could not connect to the endpoint|Parameter validation failed|"
    r"Error (?:parsing|loading)|(?:Connect|Read) timeout|The config profile|You must specify a region|"
    r"Error when retrieving|The SSO session)"
)
_BLANK = re.compile(r"[ \t\r\n]*")
_HEAD = 4_000
_TOKENS = tuple(
    name
    for name in sorted(PAGING)
    if name not in ("IsTruncated", "Truncated", "MaxItems", "MaxResults", "maxResults")
    and not name.lower().startswith("hasmore")
)


class Answer(msgspec.Struct):
    """One answer: the whole of a response, or one page of it.

    `data` is the response (an object, or a list of what it lists when a query picked it), `place` its path in the
    file when the file is one JSON value, else None and `span` says where it begins. `error` is the code of an error
    that stands in its place, `operation` the operation that the error names.
    """

    named: Named
    entry: Entry
    relative: str
    text: JsonText
    data: Any
    place: Path | None
    span: Span
    error: str = ""
    operation: str = ""
    request: dict[str, str] = {}
    time: str = ""

    @property
    def shown(self) -> str:
        """The file as a person would open it."""
        return self.entry.shown


def answers(entry: Entry, files: Files, index: Index, gaps: list[Gap]) -> list[Answer]:
    """Every answer of a file. What cannot be read becomes a Problem of `files` or a Gap."""
    relative = entry.relative or entry.real.replace("\\", "/").rpartition("/")[2]
    name = named(relative, index)
    known = len(files.problems)
    read = files.read(entry)
    text = files.texts.by_file.get(entry.shown)
    if text is None:
        return []
    start = Span(entry.shown, 1, 1, 1, 1)
    if read is None:
        return _not_one_value(Answer(name, entry, relative, text, None, None, start), files, known, index)
    if read.data is None:
        if not text.content.strip(" \t\r\n\ufeff") and (name.operations or name.stranger):
            gaps.append(Gap("empty-answer", entry.shown, "is empty: the call failed, or it had nothing to say", start))
        return []
    return list(_in_value(Answer(name, entry, relative, text, read.data, (), start), index))


def _not_one_value(found: Answer, files: Files, known: int, index: Index) -> list[Answer]:
    """Answers one after the other, or an error; the problem that was noted stands only for what is neither."""
    if not files.problems[known:] or files.problems[-1].code != "json-syntax":
        return []
    content = found.text.content
    values, position = _values(content)
    rest = content[position : position + _HEAD].strip()
    error = _ERROR.search(rest)
    failed = error is not None or _COMMAND_FAILED.match(rest) is not None
    if failed or (values and not rest):
        files.problems.pop()
    made: list[Answer] = []
    for value, begin, end in values:
        answer = msgspec.structs.replace(found, data=value, span=found.text.span_of(begin, end))
        made += _in_value(answer, index)
    if failed:
        line, column = found.text.place(position + len(content[position:]) - len(content[position:].lstrip()))
        made.append(
            msgspec.structs.replace(
                found,
                error=error[1] if error else "the command failed",
                operation=error[2] if error else "",
                span=Span(found.shown, line, column, line, column),
            )
        )
    return made


def _values(content: str) -> tuple[list[tuple[Any, int, int]], int]:
    """JSON values that stand one after the other, each with its range, and where they end."""
    decoder = json.JSONDecoder(strict=False, parse_constant=_refused)
    found: list[tuple[Any, int, int]] = []
    position = _blank(content, 1 if content.startswith("\ufeff") else 0)
    while content[position : position + 1] in ("{", "[") and len(found) < MAX_ANSWERS:
        try:
            value, end = decoder.raw_decode(content, position)
            # What cannot be written again (half a character) cannot be kept.
            msgspec.json.encode(value)
        except (ValueError, RecursionError, UnicodeEncodeError, OverflowError):
            break
        found.append((value, position, end))
        position = _blank(content, end)
    return found, position


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _in_value(found: Answer, index: Index) -> Iterator[Answer]:
    """The answers of one JSON value: itself, the pages of a list, or what stands below names of operations."""
    data = found.data
    if isinstance(data, list) and any(_is_page(page, found.named, index) for page in data[:1]):
        for position, page in enumerate(data):
            yield from _in_value(_inner(found, page, position), index)
        return
    if not isinstance(data, dict):
        yield found
        return
    calls = [key for key in data if is_call(str(key))]
    if calls and len(calls) == len(data.keys() - {"ResponseMetadata"}):
        for key in calls:
            inner = _inner(found, data[key], key)
            inner.named = named(key, index)
            inner.named.account = inner.named.account or found.named.account
            inner.named.region = inner.named.region or found.named.region
            yield from _in_value(inner, index)
        return
    yield _described(found, data)


def _is_page(page: Any, name: Named, index: Index) -> bool:
    """True for what looks like a whole answer rather than like one of the things that an answer lists."""
    if not isinstance(page, dict):
        return False
    if name.operations:
        keys = {key for operation in name.operations for key in operation.keys}
        return not keys.isdisjoint(page) or "ResponseMetadata" in page
    said = page.keys() - ASIDE
    return bool(said) and all(key in index.by_key or is_call(str(key)) for key in said)


def _inner(found: Answer, data: Any, step: str | int) -> Answer:
    place = (*found.place, step) if found.place is not None else None
    return msgspec.structs.replace(found, data=data, place=place)


def _described(found: Answer, data: dict[str, Any]) -> Answer:
    """The answer without what is about the call: its parameters, its time, its error."""
    answer = found
    request = data.get(REQUEST)
    if isinstance(request, dict):
        words = {str(name): str(value) for name, value in request.items() if isinstance(value, str | int)}
        answer = msgspec.structs.replace(answer, request=words, data={k: v for k, v in data.items() if k != REQUEST})
    error = data.get("Error")
    if isinstance(error, dict) and isinstance(error.get("Code"), str) and data.keys() <= _OF_ERRORS:
        answer = msgspec.structs.replace(answer, error=error["Code"])
    metadata = data.get("ResponseMetadata")
    headers = metadata.get("HTTPHeaders") if isinstance(metadata, dict) else None
    date = headers.get("date") if isinstance(headers, dict) else None
    if isinstance(date, str):
        with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
            answer = msgspec.structs.replace(answer, time=parsedate_to_datetime(date).isoformat())
    return answer


_OF_ERRORS = {"Error", "ResponseMetadata", "Message", REQUEST}


def is_cut(data: Any) -> bool:
    """True when an answer says that there is more of it."""
    if not isinstance(data, dict):
        return False
    for name in ("IsTruncated", "Truncated", "HasMoreResults", "hasMoreResults", "HasMoreStreams"):
        if isinstance(data.get(name), bool):
            return bool(data[name])
    return any(data.get(name) not in (None, "", {}, False) for name in _TOKENS)
