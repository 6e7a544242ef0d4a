"""The answer: its effect, what each layer said, and what blocked."""

from __future__ import annotations

from typing import Literal

import msgspec

from nephograph.engines.certificate.document import Use
from nephograph.engines.certificate.formula import Formula, atoms, settled, text
from nephograph.engines.certificate.layers import Hit, Said
from nephograph.engines.certificate.malformed import Path, spelled_path

Effect = Literal["allowed", "implicitly_denied", "explicitly_denied", "depends"]

ORDER: tuple[Use, ...] = ("rcp", "scp", "resource", "identity", "boundary", "session", "endpoint")
"""Layers in the order AWS evaluates them; where several block, the first is the one that is named."""

LayerVerdict = Literal["allows", "denies", "silent", "depends", "none"]

_SHOWN = 20


class DecidingStatement(msgspec.Struct, frozen=True):
    """A statement that applies to the request, or may: where it stands (`path`), and in which case (`when`)."""

    path: Path
    sid: str
    effect: Literal["Allow", "Deny"]
    verdict: Literal["yes", "depends"]
    when: str = ""

    @property
    def place(self) -> str:
        """Its place in words: `policies.identity[0].Statement[2] (Sid)`."""
        return spelled_path(self.path) + (f" ({self.sid})" if self.sid else "")


class LayerAnalysis(msgspec.Struct, frozen=True):
    """What one layer (of an organization: one level, the root is 0) says.

    `verdict`: allows, denies, silent (nothing applies), depends, or none (there is no such policy, or it has no say).
    `statements`: the deciding ones, at most twenty; `total` counts them all.
    """

    layer: Use
    verdict: LayerVerdict
    statements: tuple[DecidingStatement, ...] = ()
    level: int | None = None
    total: int = 0
    note: str = ""

    @property
    def name(self) -> str:
        """`identity`, or `scp level 1`."""
        return self.layer if self.level is None else f"{self.layer} level {self.level}"


class Decision(msgspec.Struct, frozen=True):
    """The answer to one request.

    `blocked_by` is the first of `blocking` in AWS's order of evaluation; both are empty unless it is a denial.
    `condition` says, for depends, when it is allowed; `depends_on` names what is not known.
    """

    effect: Effect
    blocked_by: Use | None
    blocking: tuple[Use, ...]
    layers: tuple[LayerAnalysis, ...]
    because: tuple[str, ...]
    condition: str = ""
    depends_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """A proven yes."""
        return self.effect == "allowed"


def analysed(layer: Use, said: Said, level: int | None = None, note: str = "") -> LayerAnalysis:
    """What a layer said, for people."""
    denied, allowed = settled(said.denied), settled(said.allowed())
    verdict: LayerVerdict = "denies" if denied is True else "depends"
    if denied is False:
        verdict = "allows" if allowed is True else "silent" if allowed is False else "depends"
    hits = [*said.denies, *said.allows]
    return LayerAnalysis(layer, verdict, tuple(_deciding(hit) for hit in hits[:_SHOWN]), level, len(hits), note)


def absent(layer: Use, note: str = "", level: int | None = None) -> LayerAnalysis:
    """A layer that is not there, or has no say."""
    return LayerAnalysis(layer, "none", level=level, note=note)


def _deciding(hit: Hit) -> DecidingStatement:
    sure = hit.when is True
    effect: Literal["Allow", "Deny"] = "Deny" if hit.statement.deny else "Allow"
    return DecidingStatement(
        hit.at, hit.statement.sid, effect, "yes" if sure else "depends", "" if sure else text(hit.when)
    )


def open_subjects(formula: Formula) -> tuple[str, ...]:
    """What is not known, each once."""
    return tuple(dict.fromkeys(atom.subject for atom in atoms(formula)))
