"""From a path to documents: files are looked through, and one credential in several places is one document."""

from __future__ import annotations

import os
import pathlib
import re
import stat
from collections.abc import Iterator

import msgspec

from nephograph.catalog.fingerprint import LONG, SHORT, fingerprint, of_access_key
from nephograph.model.source import Gap, Loaded, LoadOptions, Progress, Suppression
from nephograph.model.span import Span
from nephograph.sources.json_files import head_of
from nephograph.sources.secrets.document import SecretDocument
from nephograph.sources.secrets.files import MAX_BYTES, Candidate, candidates, is_owned, language_of
from nephograph.sources.secrets.scan import Found, found_in
from nephograph.sources.terraform.comments import suppressions
from nephograph.sources.terraform.texts import Text, Texts

NAME = "secrets"
MAX_DOCUMENTS = 5_000
"""Credentials of one tree that are told one by one."""


class Place(msgspec.Struct, frozen=True):
    """A credential at one place of one file."""

    found: Found
    candidate: Candidate
    text: Text
    span: Span


def holds_secret(path: pathlib.Path) -> bool:
    """Is there a credential at or below the path, or a file too large to tell?"""
    for candidate in candidates(path):
        data = _bytes(candidate.real)
        if not is_owned(candidate, head_of(candidate.real)) if data is None else found_in(data, candidate):
            return True
    return False


def in_text(name: str, text: str) -> bool:
    """Is there a credential in the text of one file (its path below the root)? For texts that are being edited."""
    language = language_of(name.rpartition("/")[2])
    return language is not None and bool(found_in(text.encode(), Candidate("", name, language)))


def load_tree(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every credential at or below the path."""
    texts = Texts()
    loaded = Loaded(NAME, said="code", excerpts=texts)
    buffers = dict(options.buffers)
    places: dict[tuple[str, bytes], list[Place]] = {}
    for number, candidate in enumerate(candidates(path)):
        if number % 500 == 0:
            progress("looking for credentials", number, 0)
        buffer = buffers.get(candidate.real)
        data = buffer.encode() if buffer is not None else _bytes(candidate.real)
        if data is None:
            if is_owned(candidate, head_of(candidate.real)):
                continue
            why = f"larger than {MAX_BYTES // 1024 // 1024} MB: not looked through for credentials"
            loaded.gaps.append(Gap("too-large", _shown(path, shown, candidate), why))
            continue
        found = found_in(data, candidate)
        if not found:
            continue
        loaded.files += 1
        text = Text(_shown(path, shown, candidate), candidate.relative, data.decode("utf-8", "replace"))
        texts.add(text)
        for one in found:
            place = Place(one, candidate, text, _span(text, data, one))
            places.setdefault((one.what, one.value), []).append(place)
            texts.hide([one.value.decode("utf-8", "replace"), one.secret.decode("utf-8", "replace")])
    taken: set[str] = set()
    for same in list(places.values())[:MAX_DOCUMENTS]:
        # (what is written somewhere is no resource, and counts for none)
        loaded.documents.append(_document(same, options.prefix or ".", taken, loaded))
    if len(places) > MAX_DOCUMENTS:
        why = "more credentials than are told one by one"
        loaded.gaps.append(Gap("malformed-entry", shown, why, None, len(places) - MAX_DOCUMENTS))
    return loaded


def _document(same: list[Place], root: str, taken: set[str], loaded: Loaded) -> SecretDocument:
    """One credential. Places whose line is silenced go last, so that one comment silences one place."""
    silenced: list[Place] = []
    open_: list[Place] = []
    for place in same:
        comments = list(_silences(place))
        loaded.suppressions += comments
        (silenced if comments else open_).append(place)
    ordered = open_ + silenced
    first = ordered[0].found
    random = first.group not in ("address", "assigned")
    mark = fingerprint(first.value, LONG if random else SHORT)
    address = f"{first.what} {mark}"
    number = 1
    while address in taken:
        number += 1
        address = f"{first.what} {mark}-{number}"
    taken.add(address)
    attributes = {
        "mark": address.rpartition(" ")[2],
        "what": first.what,
        "group": first.group,
        "name": first.name or None,
        "sample": first.sample,
        "whole": any(place.found.whole for place in same),
        "places": [
            {
                "file": place.candidate.relative,
                "line": place.span.line,
                "language": place.candidate.language,
                "sample": place.candidate.sample,
                "told": place.found.told,
            }
            for place in ordered
        ],
        "access_key": of_access_key(first.value.decode("latin-1")) if first.group == "aws" else None,
    }
    return SecretDocument(root, address, attributes, tuple(place.span for place in ordered))


_ALLOWED = re.compile(r"pragma:\s*(?:allow|white)list secret|gitleaks:allow|trufflehog:ignore|ggignore|noqa:\s*secret")
_TOOLS = {"pragma": "detect-secrets", "gitleaks": "gitleaks", "trufflehog": "trufflehog", "ggignore": "ggshield"}


def _silences(place: Place) -> Iterator[Suppression]:
    """Comments on the line of a credential: ours (which other sources read only in files of theirs), and tools'."""
    line = place.text.line(place.span.line) or ""
    covers = Span(place.span.file, place.span.line, 1, place.span.line, len(line) + 1)
    match = _ALLOWED.search(line)
    if match is not None:
        tool = next((name for word, name in _TOOLS.items() if match.group().startswith(word)), "detect-secrets")
        yield Suppression((tool,), covers, "", "", tool)
    start = place.text.offset(place.span.line, 1)
    comments = [(start + mark.start(), start + len(line)) for mark in _COMMENT.finditer(line)]
    if place.span.line > 1 and (above := place.text.line(place.span.line - 1) or "").lstrip().startswith(_COMMENTS):
        begin = place.text.offset(place.span.line - 1, 1)
        comments.append((begin + len(above) - len(above.lstrip()), begin + len(above)))
    yield from suppressions(place.text, [(start, start + len(line))], comments)


_COMMENTS = ("#", "//", "--", ";")
_COMMENT = re.compile(r"(?:#|//)[^\n]*")


def _span(text: Text, data: bytes, found: Found) -> Span:
    start = len(data[: found.start].decode("utf-8", "replace"))
    return text.span(start, start + len(data[found.start : found.end].decode("utf-8", "replace")))


def _shown(path: pathlib.Path, shown: str, candidate: Candidate) -> str:
    shown = shown.replace(os.sep, "/")
    if path.is_file():
        return shown
    return candidate.relative if shown in (".", "./", "") else f"{shown.rstrip('/')}/{candidate.relative}"


def _bytes(real: str) -> bytes | None:
    """The bytes of a regular file, b"" for what is none or cannot be opened, None for what is too large."""
    try:
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return b""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return b""
        if status.st_size > MAX_BYTES:
            return None
        # (one read gives the whole of a regular file, or what it was cut to meanwhile)
        return os.read(descriptor, MAX_BYTES)
    except OSError:
        return b""
    finally:
        os.close(descriptor)
