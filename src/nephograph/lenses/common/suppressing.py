"""Comments that silence a finding: those that cover a place it is about, name its code, and have not run out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from nephograph.lenses.common.context import Context
from nephograph.model.source import Suppression
from nephograph.model.span import Origin, Span

_CALL = ("called as ", "argument ")
"""Causes that are written in a module call: a comment on the call speaks of all that the call makes."""


def silenced(context: Context, codes: Collection[str], origins: Sequence[Origin | None]) -> str | None:
    """The reason of the comment at one of the places that silences one of the codes; None where there is none.

    `codes` are the codes a finding goes by, here and in other tools. A comment without codes silences everything.
    """
    return _reason(context, codes, [span for origin in origins if origin for span in _spans(origin)], bare=True)


def silenced_by_name(context: Context, code: str, spans: Sequence[Span]) -> str | None:
    """The same for places that a finding rests on but is not about: there a comment has to name the code."""
    return _reason(context, (code,), spans, bare=False)


def _reason(context: Context, codes: Collection[str], spans: Sequence[Span], bare: bool) -> str | None:
    for comment in _covering(context.suppressions, spans):
        if not set(comment.codes) & set(codes) and (comment.codes or not bare):
            continue
        # A month is over when it ends: only as much of today is compared as the comment says.
        if comment.until and context.today[: len(comment.until)] > comment.until:
            continue
        return comment.reason or f"ignored by a {comment.tool} comment"
    return None


def _spans(origin: Origin) -> list[Span]:
    spans = [origin.span, *(cause.span for cause in origin.causes if cause.what.startswith(_CALL))]
    return [span for span in spans if span]


def _covering(comments: Sequence[Suppression], spans: Sequence[Span]) -> Iterator[Suppression]:
    for comment in comments:
        for span in spans:
            if span.file == (covers := comment.covers).file and covers.line <= span.line <= covers.end_line:
                yield comment
                break
