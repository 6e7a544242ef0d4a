"""Three-valued verdicts: yes, no, or depends (and on what), with the evidence that led there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, final

import msgspec

from nephograph.model.span import Path, Span

if TYPE_CHECKING:
    from nephograph.model.resource import Resource

Answered = Literal["yes", "no", "depends"]

OF_STRANGERS = "a policy that strangers write for themselves"
"""How facts begin that hold of everybody outside, whatever the estate says."""


@final
class Evidence:
    """One fact an answer rests on, in words a colleague would use; never changed once it is made.

    `subject` is the urn of the resource the fact is about, `location` the place it was said. Engines weigh many facts
    for each one that is told, and to find a place is dear: a fact made by `at` looks for it when `location` is read.
    """

    __slots__ = ("_field", "_location", "_note", "_text", "subject")

    def __init__(self, text: str, subject: str = "", location: Span | None = None) -> None:
        self._text = text
        self._note = False
        self.subject = subject
        self._location = location
        self._field: tuple[Resource, Path] | None = None

    @classmethod
    def at(cls, text: str, resource: Resource, path: Path) -> Evidence:
        """A fact about the resource that a field of it says."""
        fact = cls(text, resource.urn)
        fact._field = (resource, path)
        return fact

    @classmethod
    def of_value(cls, text: str, resource: Resource, path: Path) -> Evidence:
        """The same about a value that is there: the text says when it is the provider's default."""
        fact = cls.at(text, resource, path)
        fact._note = True
        return fact

    @property
    def text(self) -> str:
        """The fact in words."""
        if self._note and self._field is not None:
            self._note = False
            resource, path = self._field
            if resource.truth(*path) == "default":
                self._text += " (provider default)"
        return self._text

    @property
    def location(self) -> Span | None:
        """The place it was said; None when no text says it."""
        if self._field is None:
            return self._location
        # Asked for each time: the resource knows, and in a session that follows edits the place may move.
        resource, path = self._field
        origin = resource.origin(*path)
        return origin.span if origin else None

    @property
    def field(self) -> tuple[Resource, Path] | None:
        """The resource and the path in its config that say it; None when no field does, or the fact was stored."""
        return self._field

    def plain(self) -> dict[str, Any]:
        """The fields by their names, for encoders."""
        return {"text": self.text, "subject": self.subject, "location": self.location}

    def reworded(self, text: str) -> Evidence:
        """The same fact in other words."""
        fact = Evidence(text, self.subject, self._location)
        fact._field = self._field
        return fact

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return NotImplemented
        if self.text != other.text or self.subject != other.subject:
            return False
        if self._field is not None and other._field is not None:
            (one, path), (two, way) = self._field, other._field
            if one is two and path == way:
                return True
        return self.location == other.location

    def __hash__(self) -> int:
        return hash((self.text, self.subject))

    def __repr__(self) -> str:
        return f"Evidence(text={self.text!r}, subject={self.subject!r}, location={self.location!r})"

    def __reduce__(self) -> tuple[type[Evidence], tuple[str, str, Span | None]]:
        return Evidence, (self.text, self.subject, self.location)


class Verdict(msgspec.Struct, frozen=True):
    """yes, no, or depends; `depends_on` names what is not known (empty unless depends)."""

    answer: Answered
    because: tuple[Evidence, ...] = ()
    depends_on: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """True unless the answer is a proven no."""
        return self.answer != "no"

    @property
    def is_mere_doubt(self) -> bool:
        """Is it left open, and does its evidence only repeat what is not known? (What holds of strangers is none.)"""
        told = (fact.text for fact in self.because if not fact.text.startswith(OF_STRANGERS))
        return self.answer == "depends" and all(text in self.depends_on for text in told)

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
