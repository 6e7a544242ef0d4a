"""Checks in Python: a file is imported under a name of its own, its checks get the code of its place.

Such a file is executed with all rights of whoever runs nephograph. It is never taken from the scanned tree.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.machinery
import importlib.util
import pathlib
import sys
import traceback
import types
from collections.abc import Iterator
from typing import Any

import msgspec

from nephograph.library.own_rules import OwnRuleError, prose_of
from nephograph.library.sdk import Bad, Check, CheckFunction
from nephograph.model.errors import Problem
from nephograph.model.span import Span
from nephograph.session.rules.places import RuleFile, code_of

_PREFIX = "neph_rules_"


def checks_in(file: RuleFile, text: str) -> tuple[list[Check], list[Problem]]:
    """The checks of a file, or why there are none: it does not import, or declares none."""
    lines = text.splitlines()
    try:
        module = _imported(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a file raises is told in a frame
        return [], [_not_imported(file, lines, error)]
    declared = [
        (name, value)
        for name, value in vars(module).items()
        if isinstance(value, Check) and value.module == module.__name__
    ]
    if not declared:
        help = "declare one: @check(kind=…, severity=…, topics=(…)); a file of helpers has a name that starts with _"
        return [], [Problem("rule-malformed", f"{file.shown} declares no check", help, _span(file, 1, lines))]
    return [_owned(check, name, file, module, alone=len(declared) == 1) for name, check in declared], []


def _imported(file: RuleFile) -> types.ModuleType:
    """The module of a file. Files of one folder can import each other: `from . import _helpers`."""
    base = file.base.resolve()
    package = _PREFIX + hashlib.blake2b(str(base).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    if package not in sys.modules:
        made = types.ModuleType(package, "Rules of somebody's own.")
        made.__path__ = [str(base)]
        sys.modules[package] = made
    place = ".".join(file.path.resolve().relative_to(base).with_suffix("").parts)
    # A folder of rules is read: nothing is written beside them.
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        importlib.invalidate_caches()
        for name in [one for one in sys.modules if one.startswith(f"{package}.")]:
            del sys.modules[name]
        return importlib.import_module(f"{package}.{place}")
    finally:
        sys.dont_write_bytecode = writes


def _owned(check: Check, name: str, file: RuleFile, module: types.ModuleType, alone: bool) -> Check:
    code = file.code if name == file.path.stem else f"{file.code}-{code_of(name)}"
    of_file, own = module.__doc__ or "", check.run.__doc__ or ""
    # (sections that only the file has are those of its one check, whatever that is called)
    whole = alone and "\n## " in of_file and "## " not in own
    return msgspec.structs.replace(
        check,
        code=code,
        origin=file.shown,
        written=prose_of(of_file if of_file and (name == file.path.stem or not own or whole) else own, code),
        run=_guarded(check.run, file),
    )


def _guarded(run: CheckFunction, file: RuleFile) -> CheckFunction:
    """The check; what it raises says where in the file it was raised."""

    @functools.wraps(run)
    def guarded(resource: Any, facts: Any) -> Iterator[Bad]:
        try:
            for bad in run(resource, facts) or ():
                if not isinstance(bad, Bad):
                    raise TypeError(f"a check yields Bad, not {type(bad).__name__}")
                yield bad
        except (Exception, SystemExit) as error:
            line = _line_in(file, error)
            where = f", at {file.shown}:{line}" if line else f", in {file.shown}"
            raise OwnRuleError(f"{type(error).__name__}: {error}{where}") from error

    return guarded


def _line_in(file: RuleFile, error: BaseException) -> int:
    """The last line of the file that led to the error; 0 when none did."""
    own = str(file.path.resolve())
    lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == own]
    return (lines[-1] or 0) if lines else 0


def _not_imported(file: RuleFile, lines: list[str], error: BaseException) -> Problem:
    said = str(error)
    line, column = _line_in(file, error) or 1, 1
    if isinstance(error, SyntaxError):
        said = error.msg
        if error.filename and pathlib.Path(error.filename) == file.path.resolve():
            line, column = error.lineno or 1, error.offset or 1
    return Problem(
        "rule-not-imported",
        f"{file.shown} cannot be imported: {type(error).__name__}: {said}",
        "the other rules are asked; mend the file, or leave it out of --rules",
        _span(file, line, lines, column),
        lines[line - 1] if 0 < line <= len(lines) else "",
    )


def _span(file: RuleFile, line: int, lines: list[str], column: int = 1) -> Span:
    end = len(lines[line - 1]) + 1 if 0 < line <= len(lines) else column + 1
    if column == 1 and 0 < line <= len(lines):
        column = len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1
    return Span(file.shown, line, column, line, max(end, column + 1))
