"""How a combination is declared."""

from __future__ import annotations

import msgspec

from nephograph.model.answer import Severity
from nephograph.model.rule import Atom, StepRule


class Combination(msgspec.Struct, frozen=True):
    """Facts that together are a bad state, each without the others not.

    `when` are atoms over predicates (see docs/reference/steps.md); `about` the variable of the resource the finding is
    on; `says` a sentence with the variables in braces; `help` how to part the facts.
    """

    code: str
    title: str
    severity: Severity
    when: tuple[Atom, ...]
    about: str
    says: str
    help: str
    references: tuple[str, ...]

    @property
    def rule(self) -> StepRule:
        """The conjunction as a rule that needs nothing the attacker has."""
        return StepRule(
            name=self.code,
            when=self.when,
            then=Atom(self.code, (self.about,)),
            source=self.about,
            target=self.about,
            says=self.says,
            label=self.code,
            references=self.references,
        )
