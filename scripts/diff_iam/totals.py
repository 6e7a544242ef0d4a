"""What a run found, part by part: parts add up, and a run that was cut goes on where it was."""

from __future__ import annotations

import collections
import hashlib
import json
import pathlib
from collections.abc import Iterable
from typing import Any

from scripts.diff_iam.shape import Json

HERE = pathlib.Path(__file__).resolve().parent
CERTIFICATE = HERE.parents[1] / "src" / "nephograph" / "engines" / "certificate"


class Totals:
    """Counts of one part, or of several. `open` is what no bucket explains: by signature its count and least case."""

    def __init__(self) -> None:
        self.cases = 0
        self.seconds = 0.0
        self.their_seconds = 0.0
        self.their_calls = 0
        self.tally: collections.Counter[str] = collections.Counter()
        self.effects: collections.Counter[str] = collections.Counter()
        self.decided: collections.Counter[str] = collections.Counter()
        self.open: dict[str, tuple[int, Json]] = {}

    def leave_open(self, signature: str, one: Json, count: int = 1) -> None:
        """Remember a difference that no bucket explains; of one signature the smallest case is kept."""
        before, least = self.open.get(signature, (0, one))
        self.open[signature] = (before + count, min(least, one, key=lambda found: len(json.dumps(found))))

    def add(self, other: Totals) -> None:
        """Count another part in."""
        self.cases += other.cases
        self.seconds += other.seconds
        self.their_seconds += other.their_seconds
        self.their_calls += other.their_calls
        self.tally += other.tally
        self.effects += other.effects
        self.decided += other.decided
        for signature, (count, one) in other.open.items():
            self.leave_open(signature, one, count)

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return dict(vars(self))

    @classmethod
    def of(cls, data: dict[str, Any]) -> Totals:
        """From plain data."""
        found = cls()
        for name, value in data.items():
            if isinstance(getattr(found, name), collections.Counter):
                value = collections.Counter(value)
            setattr(found, name, value)
        return found


def fingerprint(*more: object) -> str:
    """What the counts depend on: this generator, our evaluator, their version. Parts of two of them do not add up."""
    digest = hashlib.sha256(repr(more).encode())
    for file in sorted([*HERE.glob("*.py"), *CERTIFICATE.glob("*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class Ledger:
    """Finished parts in a file, one JSON line each, by their first case."""

    def __init__(self, file: pathlib.Path) -> None:
        self._file = file

    def parts(self) -> dict[int, Totals]:
        """Every finished part. A last line that was cut is left out: its part is done again."""
        found: dict[int, Totals] = {}
        for line in self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else ():
            try:
                said = json.loads(line)
            except json.JSONDecodeError:
                continue
            found[said["first"]] = Totals.of(said["totals"])
        return found

    def write(self, first: int, totals: Totals) -> None:
        """A part is finished."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"first": first, "totals": totals.plain()}) + "\n")


def together(parts: Iterable[Totals]) -> Totals:
    """The sum."""
    found = Totals()
    for part in parts:
        found.add(part)
    return found
