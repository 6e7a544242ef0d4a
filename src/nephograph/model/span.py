"""Where something stands: a range of a file, and the chain of causes that made a value what it is."""

from __future__ import annotations

import msgspec

Path = tuple[str | int, ...]
"""A path into a document or a config: field names and list positions, outermost first."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A range of a text file.

    `file` is the path a person would open from where they stand: the scanned path as it was given, joined with the
    rest, with forward slashes. Lines and columns count from 1, columns in characters; `end_column` is the column
    just behind the last character.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Cause(msgspec.Struct, frozen=True):
    """One link of the chain behind a value: "variable ssh_cidrs", "default of variable ssh_cidrs", "local.ports" …"""

    what: str
    span: Span | None = None


class Origin(msgspec.Struct, frozen=True):
    """Where one value was said.

    `said` is the way it was said (code, plan, state, live, dump); code has a `span`, a live value has the API
    `call` and its `time` (RFC 3339). `address` is the instance as its source spells it, for example
    `module.a["x"].aws_s3_bucket.b[0]`. `causes` runs from the value outward to the place it was first written.
    """

    said: str
    address: str = ""
    span: Span | None = None
    call: str = ""
    time: str = ""
    causes: tuple[Cause, ...] = ()
