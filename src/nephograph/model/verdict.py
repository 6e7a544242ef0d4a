"""Three-valued verdicts: yes, no, or depends (and on what), with the evidence that led there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from nephograph.model.span import Span

Answered = Literal["yes", "no", "depends"]


class Evidence(msgspec.Struct, frozen=True):
    """One fact an answer rests on, in words a colleague would use.

    `subject` is the urn of the resource the fact is about, `location` the place it was said.
    """

    text: str
    subject: str = ""
    location: Span | None = None


class Verdict(msgspec.Struct, frozen=True):
    """yes, no, or depends; `depends_on` names what is not known (empty unless depends)."""

    answer: Answered
    because: tuple[Evidence, ...] = ()
    depends_on: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """True unless the answer is a proven no."""
        return self.answer != "no"

    def also(self, *evidence: Evidence) -> Verdict:
        """The same answer with more evidence."""
        return Verdict(self.answer, self.because + evidence, self.depends_on)


YES = Verdict("yes")
NO = Verdict("no")


def yes(*because: Evidence) -> Verdict:
    """A proven yes."""
    return Verdict("yes", because)


def no(*because: Evidence) -> Verdict:
    """A proven no."""
    return Verdict("no", because)


def depends(*on: str, because: tuple[Evidence, ...] = ()) -> Verdict:
    """Not decided; `on` names what is missing."""
    return Verdict("depends", because, tuple(dict.fromkeys(on)))


def decided(truth: bool, *because: Evidence) -> Verdict:
    """A known truth as a verdict."""
    return Verdict("yes" if truth else "no", because)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene AND: one no decides; else one depends leaves it open. No verdicts at all: yes."""
    because: tuple[Evidence, ...] = ()
    on: tuple[str, ...] = ()
    answer: Answered = "yes"
    for verdict in verdicts:
        if verdict.answer == "no":
            return verdict
        if verdict.answer == "depends":
            answer = "depends"
        because += verdict.because
        on += verdict.depends_on
    return Verdict(answer, because, tuple(dict.fromkeys(on)))


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene OR: one yes decides; else one depends leaves it open. No verdicts at all: no."""
    because: tuple[Evidence, ...] = ()
    on: tuple[str, ...] = ()
    answer: Answered = "no"
    for verdict in verdicts:
        if verdict.answer == "yes":
            return verdict
        if verdict.answer == "depends":
            answer = "depends"
            on += verdict.depends_on
        because += verdict.because
    return Verdict(answer, because, tuple(dict.fromkeys(on)))


def negate(verdict: Verdict) -> Verdict:
    """Kleene NOT; the evidence stays."""
    flipped: dict[Answered, Answered] = {"yes": "no", "no": "yes", "depends": "depends"}
    return Verdict(flipped[verdict.answer], verdict.because, verdict.depends_on)
