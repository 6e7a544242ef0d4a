"""format and formatlist: the verbs of Terraform's format strings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.functions.encoding import json_text
from nephograph.sources.terraform.functions.registry import Context, function, unknown_call
from nephograph.sources.terraform.functions.text import graphemes
from nephograph.sources.terraform.values import (
    MAX_TEXT,
    EvaluationError,
    Exhausted,
    any_unknown,
    describe,
    joined,
    number_of,
    text_of,
    to_bool,
    to_number,
)

_VERB = re.compile(
    r"%(?P<flags>[ +#0-]*)(?P<width>[0-9]*)(?:\.(?P<precision>[0-9]*))?(?:\[(?P<index>[0-9]+)\])?(?P<verb>.?)", re.S
)
_MAX_WIDTH = 100_000
_EXPONENT_FROM = 6


@function("format(string, any|null*)", unknowns="all")
def format_(pattern: Any, *values: Any) -> Any:
    """The values in the places of the verbs; known pieces stay known."""
    if isinstance(pattern, Unknown):
        return unknown_call("format", [pattern, *values])
    return _format(pattern, list(values))


@function("formatlist(string, any|null*)", unknowns="all", context=True)
def formatlist(context: Context, pattern: Any, *values: Any) -> Any:
    """One formatted string for each element of the lists, which have one length."""
    if isinstance(pattern, Unknown) or any(isinstance(value, Unknown) and not value.parts for value in values):
        return unknown_call("formatlist", [pattern, *values])
    lengths = {len(value) for value in values if isinstance(value, list)}
    if len(lengths) > 1:
        raise EvaluationError(f"the lists have different lengths ({', '.join(map(str, sorted(lengths)))})")
    count = lengths.pop() if lengths else 1
    context.run.spend(count)
    return [
        _format(pattern, [value[turn] if isinstance(value, list) else value for value in values])
        for turn in range(count)
    ]


def _format(pattern: str, values: list[Any]) -> str | Unknown:
    pieces: list[str | Unknown] = []
    last = position = used = 0
    for match in _VERB.finditer(pattern):
        pieces.append(pattern[last : match.start()])
        last = match.end()
        verb = match["verb"]
        if verb == "%":
            pieces.append("%")
            continue
        if not verb:
            raise EvaluationError("the format ends inside a verb")
        if match["index"]:
            position = int(match["index"][:6])
            if position < 1:
                raise EvaluationError("arguments count from 1")
        else:
            position += 1
        if position > len(values):
            raise EvaluationError(f"there is no argument {position} for {match.group()}")
        used = max(used, position)
        pieces.append(_piece(match, values[position - 1]))
        if sum(len(piece) for piece in pieces[-2:] if isinstance(piece, str)) > MAX_TEXT:
            raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
    pieces.append(pattern[last:])
    if used < len(values):
        raise EvaluationError(f"{len(values)} arguments are given, {used} are used")
    return joined(pieces)


def _piece(match: re.Match[str], value: Any) -> str | Unknown:
    width = int(match["width"][:9] or 0)
    precision = match["precision"]
    digits = None if precision is None else int(precision[:9] or 0)
    if width > _MAX_WIDTH or (digits or 0) > _MAX_WIDTH:
        raise Exhausted(f"a width of more than {_MAX_WIDTH:,}")
    verb, flags = match["verb"], match["flags"]
    if any_unknown(value):
        if isinstance(value, Unknown) and verb in "sv" and not width and digits is None and "#" not in flags:
            return value
        return unknown_call("format", [match.group(), value])
    text = _formatted(verb, flags, digits, value)
    padding = "0" if "0" in flags else " "
    if verb == "t":
        return text
    missing = width - len(graphemes(text))
    if missing <= 0:
        return text
    if "-" in flags:
        return text + " " * missing
    if padding == "0" and verb not in "svq" and text[:1] in "+- ":
        return text[0] + "0" * missing + text[1:]
    return padding * missing + text


def _formatted(verb: str, flags: str, digits: int | None, value: Any) -> str:
    if value is None and verb != "v":
        raise EvaluationError(f"%{verb} needs a value, not null")
    match verb:
        case "v":
            return _as_is(value, "#" in flags)
        case "t":
            return text_of(to_bool(value))
        case "s":
            text = text_of(value)
            return text if digits is None else "".join(graphemes(text)[:digits])
        case "q":
            text = text_of(value)
            return json_text(text if digits is None else "".join(graphemes(text)[:digits]))
        case "b" | "d" | "o" | "x" | "X":
            return _signed(_integer(verb, flags, to_number(value)), flags)
        case "e" | "E" | "f" | "F" | "g" | "G":
            return _signed(_float(verb, digits, float(to_number(value))), flags)
    raise EvaluationError(f"{describe('%' + verb)} is not a verb of format")


def _as_is(value: Any, quoted: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return json_text(value) if quoted else value
    if isinstance(value, bool):
        return text_of(value)
    if isinstance(value, int | float):
        return text_of(value) if quoted else _shortest(value, "e")
    return json_text(value)


def _integer(verb: str, flags: str, value: int | float) -> str:
    if not isinstance(value, int):
        raise EvaluationError("a whole number is required")
    text = format(value, verb)
    if "#" in flags and verb in "boxX":
        prefix = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}[verb]
        text = f"-{prefix}{text[1:]}" if value < 0 else prefix + text
    return text


def _signed(text: str, flags: str) -> str:
    if text.startswith("-"):
        return text
    return "+" + text if "+" in flags else " " + text if " " in flags else text


def _float(verb: str, digits: int | None, value: float) -> str:
    if verb in "fF":
        return format(value, f".{6 if digits is None else digits}f")
    if verb in "eE":
        return format(value, f".{6 if digits is None else digits}{verb}")
    if digits is not None:
        return format(value, f".{digits or 1}{verb}")
    return _shortest(number_of(value), "E" if verb == "G" else "e")


def _shortest(value: int | float, letter: str) -> str:
    """The shortest text that names a number, with an exponent where that is shorter."""
    exact = Decimal(str(value)).normalize() if isinstance(value, int) else Decimal(repr(value)).normalize()
    exponent = exact.adjusted() if value else 0
    digits = "".join(map(str, exact.as_tuple().digits))
    if -4 <= exponent < _EXPONENT_FROM:
        return text_of(value)
    text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{'-' if value < 0 else ''}{text}{letter}{exponent:+03d}"
