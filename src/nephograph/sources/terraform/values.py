"""Terraform's values as plain Python: conversions, equality, order, sizes, and how an unknown one is named.

str, int, float, bool, None, list (Terraform's lists and tuples), dict (maps and objects), `SetValue`. Whole numbers are
int. Conversions: https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2s
from typing import Any

from nephograph.model.value import Reason, Unknown, unknowns

_TEXTS = frozenset({str})
_LEAVES = frozenset({str, int, float, bool, type(None), Unknown})

MAX_TEXT = 2_000_000
"""Characters of the longest text an expression may build."""

MAX_PARTS = 10_000
"""Pieces of a text that is known only in part."""

MAX_ELEMENTS = 500_000
"""Elements, counted at every level, of the largest value an expression may build."""

MAX_VALUE_DEPTH = 200
"""How deep lists and maps may nest in one another."""

MAX_BITS = 4096
_DETAIL = 120
MAX_AMONG = 8
MAX_AMONG_TEXT = 2_000
"""How many values, and characters of them all, an unknown value keeps that is one of a few."""

_PLAIN = frozenset({str, bool, int, float})
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")


class EvaluationError(Exception):
    """An expression fails, in the words a person is told. Becomes Unknown(INVALID) where it was evaluated."""


class Exhausted(Exception):  # noqa: N818 - a bound, not an error of the configuration
    """An expression wants more than the budget. Becomes Unknown(BUDGET)."""


class SetValue(list[Any]):
    """A Terraform set: no two equal elements, in the order in which Terraform goes through them."""


def nfc(text: str) -> str:
    """The text in the normal form that Terraform gives every string."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


# -- names -----------------------------------------------------------------------------------------------------------


def type_name(value: object) -> str:
    """The type in Terraform's words, with its article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a bool"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, SetValue):
        return "a set"
    return "a list" if isinstance(value, list) else "a map" if isinstance(value, dict) else "an unknown value"


def describe(value: object) -> str:
    """A value in one short line, for the detail of what is derived from it. Different values, different texts."""
    return clip(_spelled(value, 3))


def _spelled(value: object, depth: int) -> str:
    if isinstance(value, Unknown):
        return value.detail or (str(value.ref) if value.ref else value.symbol)
    if isinstance(value, list | dict) and not depth:
        return "…"
    if isinstance(value, list):
        tail = f", … {len(value)}" if len(value) > 20 else ""
        return "[" + ", ".join(_spelled(item, depth - 1) for item in value[:20]) + tail + "]"
    if isinstance(value, dict):
        pairs = list(value.items())
        tail = f", … {len(value)}" if len(value) > 20 else ""
        return "{" + ", ".join(f"{key} = {_spelled(item, depth - 1)}" for key, item in pairs[:20]) + tail + "}"
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        return "…"
    return json.dumps(value, ensure_ascii=False)


def clip(text: str) -> str:
    """A text short enough for a message; two different texts stay different."""
    if len(text) <= _DETAIL:
        return text
    return f"{text[: _DETAIL - 12]}…{blake2s(text.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def derived(detail: str, *values: object) -> Unknown:
    """The unknown that follows from values of which at least one is not known: the first one's reason."""
    first = next((unknown for value in values for unknown in unknowns(value)), None)
    if first is None:
        return Unknown(Reason.NOT_EVALUATED, clip(detail))
    # What fails stays the failure that was reported.
    return first if first.reason is Reason.INVALID else Unknown(first.reason, clip(detail))


def one_of(unknown: Unknown, *values: object) -> Any:
    """The unknown that is certainly one of the values: it says which, where all are plain and few."""
    found: list[Any] = []
    for value in values:
        if type(value) is Unknown and value.among:
            found.extend(value.among)
        elif value is None or type(value) in _PLAIN or (type(value) is Unknown and (value.parts or value.ref)):
            found.append(value)
        else:
            return unknown
    if any(type(value) is str or (isinstance(value, Unknown) and value.parts) for value in found):
        # Both arms of a conditional have one type.
        found = [text_of(value) if type(value) in _PLAIN else value for value in found]
    among = tuple({identity(value): value for value in found}.values())
    if unknown.reason is Reason.INVALID or len(among) > MAX_AMONG or not _is_short(among):
        return unknown
    return among[0] if len(among) == 1 else Unknown(unknown.reason, unknown.detail, among=among)


def _is_short(among: tuple[Any, ...]) -> bool:
    return sum(len(value) for value in among if type(value) is str) <= MAX_AMONG_TEXT


def any_unknown(value: object) -> bool:
    """True when the value or anything in it is not known."""
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return False
    if isinstance(value, list | dict):
        for item in value if isinstance(value, list) else value.values():
            if type(item) is not str and any_unknown(item):
                return True
        return False
    return isinstance(value, Unknown)


def is_single(value: object) -> bool:
    """True when an unknown value is certainly one non-empty text, and not equal to any other known or unknown one.

    That holds for the id and the arn of an object that is yet to be created, by the contract of providers.
    """
    if not isinstance(value, Unknown) or value.reason is not Reason.AFTER_APPLY or value.ref is None:
        return False
    return bool(value.ref.path) and value.ref.path[-1] in ("id", "arn")


def is_text(value: object) -> bool:
    """True when an unknown value is certainly a text that is not empty."""
    if isinstance(value, Unknown) and value.parts:
        return any(isinstance(part, str) for part in value.parts)
    if isinstance(value, Unknown) and value.among:
        return all(is_text(one) if isinstance(one, Unknown) else type(one) is str and one != "" for one in value.among)
    return is_single(value)


def check_size(value: object) -> None:
    """Raise `Exhausted` for a value of more elements or levels than the budget."""
    if type(value) is list and len(value) <= MAX_ELEMENTS and _LEAVES.issuperset(map(type, value)):
        return
    if type(value) is dict and len(value) <= MAX_ELEMENTS and _LEAVES.issuperset(map(type, value.values())):
        return
    level = [value]
    count = depth = 0
    while level:
        below: list[Any] = []
        for item in level:
            if type(item) is str:
                continue
            if isinstance(item, list):
                below.extend(item)
            elif isinstance(item, dict):
                below.extend(item.values())
            if len(below) > MAX_ELEMENTS:
                raise Exhausted(f"a value of more than {MAX_ELEMENTS:,} elements")
        count += len(below)
        depth += 1
        if count > MAX_ELEMENTS:
            raise Exhausted(f"a value of more than {MAX_ELEMENTS:,} elements")
        if depth > MAX_VALUE_DEPTH:
            raise Exhausted(f"a value nested more than {MAX_VALUE_DEPTH} levels deep")
        level = below


# -- numbers ---------------------------------------------------------------------------------------------------------


def exact(value: int | float) -> Fraction:
    """The number as the decimal it is written as (0.1 is one tenth)."""
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


def number_of(value: Fraction | float | int) -> int | float:
    """The plain number: an int when whole, else the nearest float. Raises for infinities and beyond the budget."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise EvaluationError("the result is not a finite number")
        return int(value) if value.is_integer() else value
    if isinstance(value, Fraction):
        if value.denominator != 1:
            try:
                return float(value)
            except OverflowError:
                value = value.numerator // value.denominator
        else:
            value = value.numerator
    if value.bit_length() > MAX_BITS:
        raise Exhausted(f"a number of more than {MAX_BITS} bits")
    return value


def text_of(value: Any) -> str:
    """A string, number or bool as text. Raises `EvaluationError` for everything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    raise EvaluationError(f"{type_name(value)} cannot be used as a string")


def to_number(value: Any) -> int | float:
    """A number, or a string that holds one. Raises `EvaluationError` for everything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        if len(value) <= 400 and _NUMBER.fullmatch(value):
            return number_of(int(value)) if value.lstrip("+-").isdecimal() else _decimal(value)
        raise EvaluationError(f"{describe(value)} is not a number")
    raise EvaluationError(f"a number is required, not {type_name(value)}")


def _decimal(text: str) -> int | float:
    value = Decimal(text)
    if abs(value.adjusted()) > 1000:
        raise Exhausted("a number with an exponent beyond 1000")
    return number_of(Fraction(value))


def to_bool(value: Any) -> bool:
    """A bool, or a string that holds one. Raises `EvaluationError` for everything else."""
    if isinstance(value, bool):
        return value
    if value in ("true", "1") and isinstance(value, str):
        return True
    if value in ("false", "0") and isinstance(value, str):
        return False
    raise EvaluationError(f"a bool is required, not {describe(value) if isinstance(value, str) else type_name(value)}")


# -- equality, order, sets -------------------------------------------------------------------------------------------


def equal(left: Any, right: Any) -> bool | None:
    """Whether two values are equal; None when that is not known. Values of different types are not equal."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return False if _differs(left, right) or _differs(right, left) else None
    if isinstance(left, list):
        if not isinstance(right, list) or len(left) != len(right) or type(left) is not type(right):
            return _maybe_sets(left, right)
        return _all_equal(zip(left, right, strict=True))
    if isinstance(left, dict):
        if not isinstance(right, dict) or left.keys() != right.keys():
            return False
        return _all_equal((value, right[key]) for key, value in left.items())
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def _differs(pattern: Any, text: Any) -> bool:
    """True when a text of known pieces, or one of a few values, cannot be `text`, whatever is unknown of it."""
    if type(pattern) is Unknown and pattern.among and not isinstance(text, Unknown):
        return all(_cannot_be(value, text) for value in pattern.among)
    if not isinstance(pattern, Unknown) or not pattern.parts or isinstance(text, Unknown):
        return False
    if not isinstance(text, str):
        return True
    known = [part for part in pattern.parts if isinstance(part, str)]
    first, last = pattern.parts[0], pattern.parts[-1]
    return (
        sum(map(len, known)) > len(text)
        or (isinstance(first, str) and not text.startswith(first))
        or (isinstance(last, str) and not text.endswith(last))
    )


def _cannot_be(value: Any, other: Any) -> bool:
    if isinstance(value, Unknown):
        return _differs(value, other)
    # (a conversion on the way may have made a text of a number: only like is compared with like)
    if value is None or other is None:
        return other is None and value is not None
    return type(value) is type(other) and value != other


def _maybe_sets(left: list[Any], right: Any) -> bool | None:
    # Unknown elements of a set may turn out to be equal, so its length is not known either.
    if isinstance(left, SetValue) and isinstance(right, SetValue) and (any_unknown(left) or any_unknown(right)):
        return None
    return False


def _all_equal(pairs: Iterable[tuple[Any, Any]]) -> bool | None:
    answer: bool | None = True
    for left, right in pairs:
        same = equal(left, right)
        if same is False:
            return False
        if same is None:
            answer = None
    return answer


def identity(value: Any) -> Any:
    """A hashable that is equal exactly for equal values (for one and the same unknown value as well)."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return (type(value).__name__, tuple(identity(item) for item in value))
    if isinstance(value, dict):
        return ("dict", tuple(sorted((key, identity(item)) for key, item in value.items())))
    return value


def _order(value: Any) -> tuple[int, Any]:
    if isinstance(value, bool):
        return (1, value)
    if isinstance(value, int | float):
        return (2, value)
    if isinstance(value, str):
        return (3, value.encode("utf-8", "surrogatepass"))
    if value is None:
        return (0, 0)
    if isinstance(value, list):
        return (4, [_order(item) for item in value])
    # The order of maps is free; this one is the same at each run.
    return (6, value.symbol) if isinstance(value, Unknown) else (5, repr(identity(value)))


def unique(items: Iterable[Any]) -> SetValue:
    """The set of the items: strings in byte order, numbers by size; a mix of primitives becomes strings."""
    seen: dict[Any, Any] = {}
    for item in unified(items):
        seen.setdefault(identity(item), item)
    return SetValue(sorted(seen.values(), key=_order))


def unified(items: Iterable[Any]) -> list[Any]:
    """The items of a list as one type. Raises `EvaluationError` where primitives have none in common."""
    found = list(items)
    kinds = {
        "bool" if isinstance(item, bool) else "str" if isinstance(item, str) else "number"
        for item in found
        if isinstance(item, str | int | float)
    }
    if (len(kinds) > 1 and "str" not in kinds) or (kinds and any(isinstance(item, list | dict) for item in found)):
        raise EvaluationError("the elements are of different types")
    return unify(found)


def unify(values: list[Any]) -> list[Any]:
    """The values converted to the type they have in common; as they are where they have none.

    Strings win over numbers and bools. Lists of one length and maps of the same keys are compared place by place,
    others by all their elements together.
    """
    live = [value for value in values if value is not None and not isinstance(value, Unknown)]
    if len(live) < 2 and not any(isinstance(value, list | dict) for value in live):
        return values
    if all(isinstance(value, str | int | float) for value in live):
        if any(isinstance(value, str) for value in live):
            return [text_of(value) if isinstance(value, bool | int | float) else value for value in values]
        return values
    if all(isinstance(value, list) for value in live):
        return _unify_lists(values, live)
    if all(isinstance(value, dict) for value in live):
        return _unify_maps(values, live)
    return values


def _unify_lists(values: list[Any], live: list[list[Any]]) -> list[Any]:
    if len({len(value) for value in live}) == 1:
        columns = [unify(list(column)) for column in zip(*live, strict=True)]
        rows = iter([list(row) for row in zip(*columns, strict=True)] or [[] for _ in live])
    else:
        pool = iter(unify([item for value in live for item in value]))
        rows = iter([[next(pool) for _ in value] for value in live])
    return [
        (SetValue(next(rows)) if isinstance(value, SetValue) else next(rows)) if isinstance(value, list) else value
        for value in values
    ]


def _unify_maps(values: list[Any], live: list[dict[str, Any]]) -> list[Any]:
    keys = live[0].keys()
    if all(value.keys() == keys for value in live):
        columns = {key: iter(unify([value[key] for value in live])) for key in keys}
        rows = iter([{key: next(columns[key]) for key in value} for value in live])
    else:
        pool = iter(unify([item for value in live for item in value.values()]))
        rows = iter([{key: next(pool) for key in value} for value in live])
    return [next(rows) if isinstance(value, dict) else value for value in values]


# -- text with unknown pieces ----------------------------------------------------------------------------------------


def joined(pieces: Iterable[str | Unknown]) -> str | Unknown:
    """Pieces of a text as one value: a str when all are known, else an Unknown that keeps the known parts."""
    if not isinstance(pieces, list):
        pieces = list(pieces)
    if _TEXTS.issuperset(map(type, pieces)):
        # Mostly everything is known.
        if sum(map(len, pieces)) > MAX_TEXT:
            raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
        return "".join(pieces)  # type: ignore[arg-type]
    parts: list[str | Unknown] = []
    known: list[str] = []
    size = 0
    first: Unknown | None = None
    for piece in pieces:
        for part in piece.parts if isinstance(piece, Unknown) and piece.parts else (piece,):
            if isinstance(part, str):
                size += len(part)
                known.append(part)
                continue
            if first is None:
                first = part
            if text := "".join(known):
                parts.append(text)
            known = []
            parts.append(part)
        if size > MAX_TEXT or len(parts) > MAX_PARTS:
            raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
    text = "".join(known)
    if first is None:
        return text
    if text:
        parts.append(text)
    if len(parts) == 1:
        return first
    return Unknown(first.reason, first.detail or (str(first.ref) if first.ref else ""), parts=tuple(parts))
