"""Encodings: JSON, YAML, CSV, base64, URL. JSON keeps the known pieces of what is known only in part."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any
from urllib.parse import quote_plus

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import function, unknown_call
from nephograph.sources.terraform.open_keys import OpenKeys
from nephograph.sources.terraform.values import (
    MAX_ELEMENTS,
    EvaluationError,
    Exhausted,
    any_unknown,
    check_size,
    clip,
    describe,
    joined,
    text_of,
    to_number,
)

_CSV = re.compile(r'(?:(?:"(?:[^"]++|"")*"|[^",\n]*+)(?:,|\r?\n|\Z))*')
_TEXTS = frozenset({str})
_IN_HTML = re.compile("[<>&\u2028\u2029]")
_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_string(text: str) -> str:
    """A JSON string as Terraform writes it: <, > and & escaped, other characters as they are."""
    return _escaped(encode_basestring(text))


def _json(value: Any) -> list[str | Unknown]:
    pieces: list[str | Unknown] = []
    _write(value, pieces.append)
    if _TEXTS.issuperset(map(type, pieces)):
        return [_escaped("".join(pieces))]  # type: ignore[arg-type]
    return [_escaped(piece) if isinstance(piece, str) else piece for piece in pieces]


def _escaped(text: str) -> str:
    if _IN_HTML.search(text) is not None:
        for char, escape in _HTML.items():
            text = text.replace(char, escape)
    return text


def _write(value: Any, write: Callable[[str | Unknown], None]) -> None:
    if isinstance(value, str):
        write(encode_basestring(value))
    elif value is None:
        write("null")
    elif isinstance(value, bool | int | float):
        write(text_of(value))
    elif type(value) is OpenKeys:
        separator = "{"
        for key, member in value.members.pairs:
            write(separator)
            _write(key, write)
            write(":")
            _write(member, write)
            separator = ","
        write("}")
    elif isinstance(value, Unknown):
        # An unknown piece stands inside a JSON string, so that the text stays JSON.
        write('"')
        for part in value.parts or (value,):
            write(encode_basestring(part)[1:-1] if isinstance(part, str) else part)
        write('"')
    elif isinstance(value, dict):
        separator = "{"
        for key in sorted(value):
            write(f"{separator}{encode_basestring(key)}:")
            _write(value[key], write)
            separator = ","
        write("}" if value else "{}")
    else:
        separator = "["
        for item in value:
            write(separator)
            _write(item, write)
            separator = ","
        write("]" if value else "[]")


def json_text(value: Any) -> str:
    """A wholly known value as JSON."""
    check_size(value)
    return "".join(piece if isinstance(piece, str) else piece.symbol for piece in _json(value))


@function("jsonencode(any|null)", unknowns="all")
def jsonencode(value: Any) -> Any:
    """The value as JSON with sorted keys. Unknown pieces stand as strings."""
    if isinstance(value, Unknown) and not value.parts and type(value) is not OpenKeys:
        return unknown_call("jsonencode", [value])
    check_size(value)
    return joined(_json(value))


@function("jsondecode(string)")
def jsondecode(text: str) -> Any:
    """What a JSON text says."""
    try:
        return json.loads(text, parse_float=to_number, parse_int=to_number, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise EvaluationError(f"the text is not JSON{where}") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


@function("yamldecode(string)")
def yamldecode(text: str) -> Any:
    """What a YAML text says; every use of an anchor counts against the budget."""
    from nephograph.sources.terraform.functions._yaml import decode

    return decode(text)


@function("yamlencode(any|null)", unknowns="all")
def yamlencode(value: Any) -> Any:
    """The value as YAML with sorted keys."""
    if any_unknown(value):
        return unknown_call("yamlencode", [value])
    check_size(value)
    from nephograph.sources.terraform.functions._yaml_write import Unusual, encode

    try:
        return encode(value)
    except Unusual:
        return Unknown(Reason.NOT_EVALUATED, clip(f"yamlencode({describe(value)})"))


@function("csvdecode(string)")
def csvdecode(text: str) -> list[dict[str, str]]:
    """One map for each row, keyed by the header."""
    if _CSV.fullmatch(text) is None:
        raise EvaluationError("the text is not CSV: a quote stands in the middle of a field")
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error:
        raise EvaluationError("the text is not CSV") from None
    if not rows:
        raise EvaluationError("there is no header line")
    header = rows[0]
    if len(set(header)) != len(header):
        raise EvaluationError("two columns have one name")
    if len(rows) * len(header) > MAX_ELEMENTS:
        raise Exhausted(f"a table of more than {MAX_ELEMENTS:,} fields")
    if any(len(row) != len(header) for row in rows):
        raise EvaluationError("a row has another number of fields than the header")
    return [dict(zip(header, row, strict=True)) for row in rows[1:]]


@function("base64encode(string)")
def base64encode(text: str) -> str:
    """The UTF-8 of a text in base64."""
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


@function("base64decode(string)")
def base64decode(text: str) -> str:
    """The text that base64 holds, which must be UTF-8."""
    return _decoded(_unbase64(text), "utf-8")


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        raise EvaluationError(f"{describe(text)} is not base64") from None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise EvaluationError(f"the bytes are not text in {encoding}") from None


@function("base64gzip(string)")
def base64gzip(text: str) -> Unknown:
    """Not computed: the bytes depend on the compressor."""
    return Unknown(Reason.NOT_EVALUATED, clip(f"base64gzip({describe(text)})"))


def _encoding(name: str) -> str:
    try:
        found = "".encode(name) is not None and name
    except LookupError:
        found = ""
    if not found or name.lower() in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"):
        raise EvaluationError(f"{describe(name)} is not an encoding")
    return name


@function("textencodebase64(string, string)")
def textencodebase64(text: str, encoding: str) -> str:
    """A text in an encoding, in base64."""
    try:
        if encoding.lower() == "utf-16":
            # Big-endian behind a byte order mark.
            return base64.b64encode(b"\xfe\xff" + text.encode("utf-16-be")).decode()
        return base64.b64encode(text.encode(_encoding(encoding))).decode()
    except UnicodeEncodeError:
        raise EvaluationError(f"the text cannot be written in {encoding}") from None


@function("textdecodebase64(string, string)")
def textdecodebase64(text: str, encoding: str) -> str:
    """The text that base64 holds in an encoding."""
    return _decoded(_unbase64(text), _encoding(encoding))


@function("urlencode(string)")
def urlencode(text: str) -> str:
    """A text for the query of a URL."""
    return quote_plus(text.encode("utf-8", "surrogatepass"), safe="")
