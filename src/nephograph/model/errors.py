"""One family of errors: every one says what, where, why, and what to do.

A `Problem` is an error as data (a broken file does not stop the rest); a `NephError` is a Problem that ends the run.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from nephograph.model.span import Span


class Problem(msgspec.Struct, frozen=True):
    """Something that was asked for and could not be done.

    `code` is a stable slug (`syntax`, `missing-module` …) that `neph explain` knows; `message` says what and why in
    one sentence; `help` says what to do next; `excerpt` holds the source line at `span`, for the frame.
    """

    code: str
    message: str
    help: str
    span: Span | None = None
    excerpt: str = ""


class NephError(Exception):
    """The base of every error nephograph raises on purpose."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, message: str, help: str, span: Span | None = None, excerpt: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=message, help=help, span=span, excerpt=excerpt)


class UsageError(NephError):
    """The question itself cannot be understood: a wrong option, a wrong configuration, nothing to look at."""

    exit_code = 2


class ReadError(NephError):
    """Something that was asked for could not be read."""

    exit_code = 3


class EditError(NephError):
    """A fix has no place in the text (the value comes from outside, or a part of it is not known)."""
