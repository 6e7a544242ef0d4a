"""What the policies of one layer say to one request: what they allow, what they deny, and which statements do.

A layer is a list of documents; any of them may allow, any of them may deny.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.engines.certificate import glob, variables
from nephograph.engines.certificate.context import Context
from nephograph.engines.certificate.document import Document, Patterns, Statement, covers_action
from nephograph.engines.certificate.formula import Atom, Formula, conjunction, disjunction, negation
from nephograph.engines.certificate.malformed import Path
from nephograph.engines.certificate.principal import Means, Principal


class Asked(msgspec.Struct, frozen=True):
    """A request as statements see it. `action` is in lower case, `said` as it was asked."""

    who: Principal
    said: str
    action: str
    resource: str
    context: Context
    has_boundary: bool


class Hit(msgspec.Struct, frozen=True):
    """A statement that applies, or may: `when` says in which case, `ways` how it names the principal."""

    statement: Statement
    at: Path
    when: Formula
    ways: dict[Means, Formula]


class Placed(msgspec.Struct, frozen=True):
    """A document and where it stands in the policies that were given."""

    document: Document
    at: Path


class Said(msgspec.Struct, frozen=True):
    """What a layer says."""

    allows: tuple[Hit, ...] = ()
    denies: tuple[Hit, ...] = ()

    def allowed(self, *ways: Means) -> Formula:
        """In which case the layer allows; with `ways`, by a statement that names the principal in one of them."""
        if not ways:
            return disjunction(hit.when for hit in self.allows)
        return disjunction(hit.ways[way] for hit in self.allows for way in ways if way in hit.ways)

    @property
    def denied(self) -> Formula:
        """In which case the layer denies."""
        return disjunction(hit.when for hit in self.denies)


def ask(documents: Iterable[Placed], asked: Asked) -> Said:
    """What the documents of a layer say to the request."""
    allows: list[Hit] = []
    denies: list[Hit] = []
    for placed in documents:
        for statement in placed.document.statements:
            hit = _hit(statement, placed, asked)
            if hit is not None:
                (denies if statement.deny else allows).append(hit)
    return Said(tuple(allows), tuple(denies))


def _hit(statement: Statement, placed: Placed, asked: Asked) -> Hit | None:
    if not covers_action(statement.actions, asked.action):
        return None
    where = _covers_resource(statement.resources, placed.document, asked)
    if where is False:
        return None
    ways: dict[Means, Formula] = {Means.DIRECT: True}
    if statement.principals is not None:
        ways = statement.principals.means(asked.who, statement.deny, asked.has_boundary)
        if not ways:
            return None
    parts: list[Formula] = [where]
    for comparison in statement.conditions:
        part = comparison.holds(asked.context, placed.document.has_variables)
        if part is False:
            return None
        parts.append(part)
    here = conjunction(parts)
    ways = {way: both for way, formula in ways.items() if (both := conjunction((formula, here))) is not False}
    when = disjunction(ways.values())
    return None if when is False else Hit(statement, (*placed.at, "Statement", statement.index), when, ways)


def _covers_resource(patterns: Patterns | None, document: Document, asked: Asked) -> Formula:
    if patterns is None:
        return True
    if patterns.plain:
        return any(glob.matches(text, asked.resource) for text in patterns.texts) != patterns.excluded
    named = disjunction(_names(text, asked) for text in patterns.texts)
    return negation(named) if patterns.excluded else named


def _names(text: str, asked: Asked) -> Formula:
    """One text of a Resource element that may hold variables; one without a value matches nothing."""
    if not variables.has_variables(text):
        return glob.matches(text, asked.resource)
    if variables.has_variables(":".join(text.split(":", 5)[:5])) and text.startswith("arn:"):
        return False  # AWS takes variables behind the fifth colon only
    try:
        return glob.Glob(variables.expand(text, asked.context, wild=True)).matches(asked.resource)
    except variables.Unresolved:
        return False
    except variables.Open as missing:
        if not glob.matches(variables.as_stars(text), asked.resource):
            return False
        return Atom(f"{text} covers {asked.resource}", missing.key.lower())
