"""From the bytes of a file to the bytes of each record, without holding the file.

A file is one object with a list (`Records`; `Events` in what lookup-events answers), a list, or one object a line.
What is broken is skipped to the next record that can be found; what is cut off keeps the records before the cut.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from nephograph.sources.cloudtrail.streams import CutError

WINDOW = 32 << 20
"""A file up to this size is decoded at once; of a larger one no more than this, and one record, is held."""
MAX_RECORD = 8 << 20
"""CloudTrail writes none over 1 MB."""

_LISTS = ("Records", "Events")
_ENVELOPE = re.compile(r'\{\s*"(?:Records|Events)"\s*:\s*\[')
_BLANK = re.compile(r"[\s\ufeff]*")
_NEXT = re.compile(r'\{\s*"eventVersion"\s*:')
_LINE = re.compile(r"\n")
_NOT_JSON = "check where it comes from; the records before are kept"


class _File(msgspec.Struct):
    Records: list[msgspec.Raw] | None = None
    Events: list[msgspec.Raw] | None = None


_WHOLE = msgspec.json.Decoder(_File)


def records(pieces: Iterator[bytes]) -> Iterator[bytes | msgspec.Raw | None]:
    """The records of a file, None for each that is no JSON. Raises `CutError` behind the last one it could find."""
    held: list[bytes] = []
    size = 0
    cut: CutError | None = None
    whole = False
    while size <= WINDOW:
        try:
            piece = next(pieces, None)
        except CutError as error:
            cut = error
            break
        if piece is None:
            whole = True
            break
        held.append(piece)
        size += len(piece)
    start = b"".join(held)
    if whole:
        try:
            found = _WHOLE.decode(start.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, RecursionError):
            pass
        else:
            if found.Records is not None or found.Events is not None:
                yield from found.Records or ()
                yield from found.Events or ()
                return
    yield from _Text(start, pieces, cut).records()


class _BrokenError(Exception):
    """No value stands here, and more text will not make it one."""


class _Text:
    """The text of a file, of which a bounded part is held."""

    def __init__(self, start: bytes, pieces: Iterator[bytes], cut: CutError | None) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pieces = pieces
        self._cut = cut
        self._text = self._decoder.decode(start)
        self._at = 0
        self._json = json.JSONDecoder(strict=False)

    def _more(self) -> bool:
        """Read on; False at the end, or where the rest is lost."""
        if self._cut is not None:
            return False
        try:
            piece = next(self._pieces, None)
        except CutError as error:
            self._cut = error
            return False
        if piece is None:
            return False
        self._text = self._text[self._at :] + self._decoder.decode(piece)
        self._at = 0
        return True

    def _next(self) -> str:
        """The next character that is no blank, "" at the end."""
        while True:
            self._at = _end(_BLANK, self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _value(self) -> tuple[Any, str]:
        """The next value and its text. Raises `CutError` or `_BrokenError`."""
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError:
                raise _BrokenError from None
            except ValueError:
                if len(self._text) - self._at > MAX_RECORD:
                    raise _BrokenError from None
                if self._more():
                    continue
                if self._cut is not None:
                    raise self._cut from None
                raise _BrokenError from None
            text = self._text[self._at : end]
            self._at = end
            return value, text

    def _skip_to(self, wanted: re.Pattern[str], behind: bool) -> bool:
        """Go to the next place that looks like a record; False when there is none."""
        self._at += 1
        while True:
            found = wanted.search(self._text, self._at)
            if found is not None:
                self._at = found.end() if behind else found.start()
                return True
            self._at = max(self._at, len(self._text) - 64)
            if not self._more():
                return False

    def records(self) -> Iterator[bytes | None]:
        """Every record that can be found."""
        while self._next():
            while len(self._text) - self._at < 64 and self._more():
                pass
            envelope = _ENVELOPE.match(self._text, self._at)
            if envelope is not None:
                self._at = envelope.end()
                yield from self._list()
                self._tail()
            elif self._text[self._at] == "[":
                self._at += 1
                yield from self._list()
            elif self._text[self._at] == ",":
                self._at += 1
            else:
                yield from self._line()
        if self._cut is not None:
            raise self._cut

    def _line(self) -> Iterator[bytes | None]:
        try:
            value, text = self._value()
        except _BrokenError:
            yield None
            if not self._skip_to(_LINE, behind=True):
                self._at = len(self._text)
            return
        lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)] if isinstance(value, dict) else []
        if not lists:
            yield _bytes(text)
        for one in lists:
            yield from (_bytes(json.dumps(each)) for each in one)

    def _list(self) -> Iterator[bytes | None]:
        while True:
            char = self._next()
            if char == "]":
                self._at += 1
                return
            if char == ",":
                self._at += 1
                continue
            if not char:
                raise self._cut or CutError("it ends before its list of records does", "fetch the file once more")
            start = self._at
            try:
                _, text = self._value()
            except _BrokenError:
                length = len(self._text) - start
                yield None
                if not self._skip_to(_NEXT, behind=False):
                    if self._cut is not None:
                        raise self._cut from None
                    cut = length <= MAX_RECORD
                    why = "it ends in the middle of a record" if cut else "what follows is no record"
                    raise CutError(why, "fetch the file once more" if cut else _NOT_JSON) from None
                continue
            yield _bytes(text)

    def _tail(self) -> None:
        """What follows the list in its object: other members (`NextToken`), and the end."""
        while (char := self._next()) and char != "}":
            if char in ",:":
                self._at += 1
                continue
            try:
                self._value()
            except _BrokenError:
                raise CutError("what follows its records is no JSON", _NOT_JSON) from None
        if not char:
            raise self._cut or CutError("it ends before its first object does", "fetch the file once more")
        self._at += 1


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
