"""Values with their truth: known, default, or unknown with a reason.

A config holds plain Python data (str, int, float, bool, None, list, dict). Where a value is not known, an `Unknown`
stands in its place. Whether a known value was written or is a default, and where, is derived on demand
(`Resource.value`), so that a million attributes cost no million objects.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, Literal, NoReturn

import msgspec

from nephograph.model.span import Origin, Path


class Reason(enum.StrEnum):
    """Why a value is not known."""

    AFTER_APPLY = "known after apply"
    NO_VALUE = "variable without a value"
    DATA_SOURCE = "data source, read at plan time"
    ABSENT_MODULE = "module source is not here"
    OUTSIDE_ROOT = "outside the scanned root"
    CYCLE = "refers to itself"
    INVALID = "the expression fails"
    NOT_EVALUATED = "not evaluated by nephograph"
    BUDGET = "larger than the evaluation budget"
    SENSITIVE = "sensitive, not kept"
    NOT_SEEN = "not in the data"
    BROKEN = "may stand in a part that could not be read"


class Ref(msgspec.Struct, frozen=True):
    """A reference to an attribute of another object of the same source: `aws_vpc.main` + `("id",)`."""

    address: str
    path: Path = ()

    def __str__(self) -> str:
        tail = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return f"{self.address}{tail}"


OPEN, CLOSE = "\N{MATHEMATICAL LEFT ANGLE BRACKET}", "\N{MATHEMATICAL RIGHT ANGLE BRACKET}"
"""What encloses the symbol of an unknown piece inside an otherwise known string (`Unknown.symbol`)."""

DISTINCT = "#"
"""A symbol that starts with this ends with ` in ` and a place: two of different places are two values for certain."""


Scalar = str | bool | int | float | None


class Unknown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that is not known, with the reason.

    `detail` names the thing in the user's words (`var.cidrs`, `data.aws_ami.this.id`, the failing call).
    `ref` is set when the value is an attribute of another object of the same source: linking may resolve it.
    `parts` holds the known pieces of a text of which only some pieces are unknown, in order.
    `among` holds what the value can be, where that is known to be one of a few: `c ? "a" : "b"` is "a" or "b". One of
    them may itself be known only in part; None means that perhaps nothing is said. () where anything is possible.

    An Unknown has no truth value: `if unknown` raises, so that nobody guesses by accident.
    """

    reason: Reason
    detail: str = ""
    ref: Ref | None = None
    parts: tuple[str | Unknown, ...] = ()
    among: tuple[Scalar | Unknown, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError(f"an unknown value has no truth ({self}); ask is_unknown(value) first")

    def __str__(self) -> str:
        what = self.detail or (str(self.ref) if self.ref else "")
        return f"{what}: {self.reason}" if what else str(self.reason)

    def unnarrowed(self) -> Unknown:
        """The same without `among`: for where it stands for something else than this very value."""
        return Unknown(self.reason, self.detail, self.ref, self.parts) if self.among else self

    @property
    def symbol(self) -> str:
        """The value as text, each unknown piece as an opaque symbol: `arn:aws:s3:::⟨var.name⟩/*`.

        Two equal symbols stand for one and the same unknown value; nothing else is known of them.
        """
        if self.parts:
            return "".join(part if isinstance(part, str) else part.symbol for part in self.parts)
        return f"{OPEN}{self.ref or self.detail or self.reason}{CLOSE}"


def is_unknown(value: object) -> bool:
    """True when the value itself is not known (a list with an unknown element is a known list)."""
    return isinstance(value, Unknown)


def has_symbol(text: str) -> bool:
    """True when the text has an unknown piece (see `Unknown.symbol`)."""
    return OPEN in text


def unknowns(value: object) -> Iterator[Unknown]:
    """Every Unknown inside a value, outermost first, left to right."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, Unknown):
            yield item
            stack.extend(part for part in reversed(item.parts) if isinstance(part, Unknown))
        elif isinstance(item, dict):
            stack.extend(reversed(item.values()))
        elif isinstance(item, list | tuple):
            stack.extend(reversed(item))


Truth = Literal["known", "default", "unknown"]


class Value(msgspec.Struct, frozen=True):
    """One value as a check sees it: the data, its truth, and where it was said.

    `data` is None when nothing was said and the provider has no default. When `truth` is "unknown", `data` is the
    `Unknown`. `origin` is None for defaults, and for values whose source keeps no place.
    """

    data: Any
    truth: Truth = "known"
    origin: Origin | None = None
