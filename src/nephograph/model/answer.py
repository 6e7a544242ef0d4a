"""The blocks every answer is made of, and the one envelope around them.

Lenses compose these; renderers know these and never a lens.
"""

from __future__ import annotations

import enum
from typing import Any

import msgspec

from nephograph.model.edit import Fix
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.span import Origin, Span
from nephograph.model.verdict import Answered, Evidence

SCHEMA = "nephograph/0"
"""Version of the JSON shapes. They may change until the identity and network lenses have used them."""


class Severity(enum.StrEnum):
    """How bad, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return _RANKS[self]


_RANKS = {severity: position for position, severity in enumerate(Severity)}


class Subject(msgspec.Struct, frozen=True):
    """The resource an answer speaks of: urn, kind, the address as its source spells it, and what people call it.

    `cls` is the resource's `Class` where it has one ("" for the internet and the like); drawings colour by it.
    """

    urn: str
    kind: str
    address: str
    label: str = ""
    cls: str = ""


class Finding(msgspec.Struct, frozen=True):
    """One bad state. `verdict` is yes, or depends (then `depends_on` says on what)."""

    id: str
    code: str
    title: str
    severity: Severity
    verdict: Answered
    resource: Subject
    message: str
    location: Span | None = None
    origin: Origin | None = None
    evidence: tuple[Evidence, ...] = ()
    depends_on: tuple[str, ...] = ()
    fix: Fix | None = None
    help: str = ""
    suppressed: str | None = None
    """The reason given in the code, when a comment silences this finding."""
    group: str = ""
    """What makes two findings one: the check and the place they were written (a module used ten times is one cause)."""


class Step(msgspec.Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """One step of a path: from `source` to `target` over `edge` (the technique), with what it rests on."""

    source: Subject
    target: Subject
    edge: str
    text: str
    because: tuple[Evidence, ...] = ()
    verdict: Answered = "yes"
    depends_on: tuple[str, ...] = ()
    rule: str = ""
    label: str = ""
    """Two or three words for a drawing: the port or the permission."""


class AttackPath(msgspec.Struct, frozen=True):
    """A proven sequence of steps from an entry to a target.

    `steps` is in the order the attacker takes them. A step that needs several things at once (PassRole and
    CreateFunction) lists them in its `because`.
    """

    id: str
    title: str
    entry: Subject
    target: Subject
    steps: tuple[Step, ...]
    verdict: Answered = "yes"
    severity: Severity = Severity.HIGH
    depends_on: tuple[str, ...] = ()
    yields: str = ""
    """What the attacker has at the end: "reads data", "is administrator" …"""
    also: tuple[Subject, ...] = ()
    """What else falls with the target: an administrator of an account reads everything in it."""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A passage of prose; lines are kept."""

    text: str
    title: str = ""


class Tree(msgspec.Struct, frozen=True, tag="tree"):
    """A label and what hangs below it."""

    label: str
    children: tuple[Tree, ...] = ()


class Node(msgspec.Struct, frozen=True):
    """One box of a drawing. `cls` colours it, `tone` marks it: "", entry, target, choke, drop, block."""

    id: str
    label: str
    cls: str = ""
    caption: str = ""
    tone: str = ""


class Arrow(msgspec.Struct, frozen=True):
    """One arrow of a drawing; `tone`: "", depends, drop (nothing comes this far)."""

    source: str
    target: str
    label: str = ""
    tone: str = ""


class Drawing(msgspec.Struct, frozen=True, tag="drawing"):
    """A directed graph to be drawn in layers, left to right."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    title: str = ""


class Stop(msgspec.Struct, frozen=True):
    """One stop of a trail. `kind` is what it is, `text` what it did, `rule` and `place` what decided and where it is.

    `inside` names what encloses it, outermost first; `tone`: "", entry, target, drop, depends; `cls` colours it.
    """

    label: str
    kind: str
    text: str
    rule: str = ""
    place: str = ""
    inside: tuple[str, ...] = ()
    tone: str = ""
    cls: str = ""


class Trail(msgspec.Struct, frozen=True, tag="trail"):
    """The way of something, stop by stop: one or more legs, each with its title."""

    legs: tuple[tuple[str, tuple[Stop, ...]], ...]
    title: str = ""


class Change(msgspec.Struct, frozen=True):
    """One difference: `what` was added, removed, changed or moved; or it is undecided whether it differs.

    A difference in the estate names its resource and the field (path in dots); `location` is where the later side says
    it, `reason` why both sides are one entity, where their names differ.
    """

    what: str
    kind: str
    before: Any = None
    after: Any = None
    resource: Subject | None = None
    field: str = ""
    location: Span | None = None
    reason: str = ""


class Diff(msgspec.Struct, frozen=True, tag="diff"):
    """The difference between two answers."""

    changes: tuple[Change, ...]
    title: str = ""


Block = Table | Text | Tree | Drawing | Trail | Diff


class Snapshot(msgspec.Struct, frozen=True):
    """Which state of the estate was asked: its id (a hash of its content) and its age in seconds.

    For a stored one: its directory, its number, and when it was taken (RFC 3339).
    """

    id: str
    age: float = 0.0
    estate: str = ""
    number: int = 0
    taken: str = ""


class Coverage(msgspec.Struct, frozen=True):
    """What was looked at: `seen` instances, `evaluated` of them, and the named rest."""

    seen: int = 0
    evaluated: int = 0
    not_evaluated: tuple[Gap, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope of every command. `blocks` are extra parts a lens wants shown, in order."""

    command: str
    schema: str = SCHEMA
    snapshot: Snapshot | None = None
    verdict: Answered | None = None
    depends_on: tuple[str, ...] = ()
    coverage: Coverage = Coverage()
    errors: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    paths: tuple[AttackPath, ...] = ()
    blocks: tuple[Block, ...] = ()
    data: dict[str, Any] = {}
    """The command's own fields; in JSON they stand beside the others."""
    checks_run: int = 0
