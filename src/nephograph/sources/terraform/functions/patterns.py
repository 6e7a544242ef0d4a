"""Regular expressions, in RE2: the dialect Terraform has, in linear time whatever the pattern."""

from __future__ import annotations

import re
from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.functions.registry import Context, function, unknown_call
from nephograph.sources.terraform.values import MAX_TEXT, EvaluationError, Exhausted, describe, is_single, joined

_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)


def _compiled(pattern: str) -> Any:
    # Imported at the first use: the wheel loads a shared library.
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else error
        raise EvaluationError(f"{describe(pattern)} is not a regular expression: {reason}") from None


def _captured(match: Any) -> Any:
    """The whole match without groups, a list of unnamed groups, a map of named ones."""
    compiled = match.re
    if not compiled.groups:
        return match.group()
    if not compiled.groupindex:
        return list(match.groups())
    if len(compiled.groupindex) != compiled.groups:
        raise EvaluationError("named and unnamed groups cannot be mixed")
    return match.groupdict()


@function("regex(string, string)")
def regex(pattern: str, text: str) -> Any:
    """The first match; fails when there is none."""
    match = _compiled(pattern).search(text)
    if match is None:
        raise EvaluationError(f"the pattern {describe(pattern)} matches nothing in {describe(text)}")
    return _captured(match)


@function("regexall(string, string)", context=True)
def regexall(context: Context, pattern: str, text: str) -> list[Any]:
    """All matches that do not overlap."""
    out = []
    for match in _compiled(pattern).finditer(text):
        context.run.spend(1)
        out.append(_captured(match))
    return out


@function("replace(string, string, string)", unknowns="all", context=True)
def replace(context: Context, text: Any, wanted: Any, by: Any) -> Any:
    """Every occurrence replaced; `/…/` is a regular expression, whose groups are $1 or ${name}."""
    if isinstance(text, Unknown) or isinstance(wanted, Unknown) or isinstance(by, Unknown):
        return _replaced_in_part(text, wanted, by)
    if len(wanted) > 1 and wanted[0] == "/" and wanted[-1] == "/":
        return _replace_pattern(context, text, wanted[1:-1], by)
    if (text.count(wanted) if wanted else len(text) + 1) * len(by) > MAX_TEXT:
        raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
    return text.replace(wanted, by)


_PLACEHOLDER = re.compile(r"_+[A-Z][A-Z0-9_]*_")


def _replaced_in_part(text: Any, wanted: Any, by: Any) -> Any:
    """Known pieces replaced, where it is certain that no occurrence reaches into an unknown one."""
    pieces = text.parts if isinstance(text, Unknown) else (text,)
    unclear = unknown_call("replace", [text, wanted, by])
    if not pieces or not isinstance(wanted, str) or not wanted or wanted[0] == wanted[-1] == "/":
        return unclear
    found: list[str | Unknown] = []
    for position, piece in enumerate(pieces):
        if isinstance(piece, Unknown):
            # No id and no ARN of a real thing holds a placeholder such as _NAME_.
            if not is_single(piece) or not _PLACEHOLDER.fullmatch(wanted):
                return unclear
            found.append(piece)
            continue
        before, after = position > 0, position < len(pieces) - 1
        if any(
            (after and piece.endswith(wanted[:size])) or (before and piece.startswith(wanted[-size:]))
            for size in range(1, len(wanted))
        ):
            return unclear
        first, *others = piece.split(wanted)
        found.append(first)
        for other in others:
            found += [by, other]
    return joined(found)


def _replace_pattern(context: Context, text: str, pattern: str, by: str) -> str:
    pieces: list[str] = []
    size = last = 0
    for match in _compiled(pattern).finditer(text):
        context.run.spend(1)
        pieces += (text[last : match.start()], _expanded(by, match))
        size += len(pieces[-1])
        if size > MAX_TEXT:
            raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
        last = match.end()
    return "".join(pieces) + text[last:]


def _expanded(by: str, match: Any) -> str:
    """The replacement with its references filled in; a group that is not there is empty."""

    def group(reference: re.Match[str]) -> str:
        name = reference.group(1) or reference.group(2)
        if not name:
            return "$"
        if name.isdecimal():
            number = int(name[:6])
            return (match.group(number) or "") if number <= match.re.groups else ""
        return (match.group(name) or "") if name in match.re.groupindex else ""

    return _REFERENCE.sub(group, by)
