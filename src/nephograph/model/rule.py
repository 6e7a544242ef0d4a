"""Step rules are data: Horn clauses over Facts predicates and over what the attacker already has.

    has(?role) ⟸ has(?workload), runs_as(?workload, ?role)

A rule's `when` atoms are decided by engines (`Facts.query`) unless their predicate is `has` (or starts with `has_`),
which the closure itself derives. Variables start with `?`; everything else is a constant. A constant may hold a
variable in braces-free form only as a whole argument.
"""

from __future__ import annotations

import msgspec


class Atom(msgspec.Struct, frozen=True):
    """A predicate and its terms; a term that starts with `?` is a variable."""

    predicate: str
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.predicate}({', '.join(self.terms)})"


def atom(predicate: str, *terms: str) -> Atom:
    """`atom("runs_as", "?workload", "?role")`."""
    return Atom(predicate, terms)


class StepRule(msgspec.Struct, frozen=True):
    """One way an attacker takes a step.

    `name` is the file's name; `then` what the step yields; `source` and `target` the variables (or constants) of
    `when` and `then` the drawing joins by an arrow; `says` a sentence with the variables in braces
    (`"code on {workload} takes the credentials of {role}"`); `label` two or three words for the arrow;
    `techniques` are MITRE ATT&CK ids; `references` pages that describe the step. `on_request` is the word by which
    somebody asks for this way in (`--from leaked-key`); a rule without one is always followed.
    """

    name: str
    then: Atom
    when: tuple[Atom, ...]
    source: str
    target: str
    says: str
    label: str
    techniques: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    on_request: str = ""
