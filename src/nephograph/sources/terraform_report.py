"""What a JSON file of Terraform says wrongly: one Problem each, bounded, the rest is read."""

from __future__ import annotations

from typing import Any

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Loaded
from nephograph.model.span import Path
from nephograph.sources.json_places import JsonText

MAX_PROBLEMS = 50
"""Malformed entries of one file that are shown one by one; the others are counted."""

_NAMES = {dict: "an object", list: "a list", str: "a text", int: "a number", float: "a number", bool: "a truth value"}


class Report:
    """Collects into a `Loaded` what one file says wrongly."""

    def __init__(self, loaded: Loaded, text: JsonText) -> None:
        self.loaded = loaded
        self.text = text
        self._shown = 0
        self._more = 0

    def problem(self, code: str, message: str, help: str, path: Path = ()) -> None:
        """Name a problem at a place of the file."""
        if self._shown >= MAX_PROBLEMS:
            self._more += 1
            return
        self._shown += 1
        span = self.text.nearest(path, 0) if path else self.text.span_of(0, 0)
        excerpt = (self.text.line(span.line) or "") if span else ""
        self.loaded.problems.append(Problem(code, message, help, span, excerpt))

    def gap(self, kind: str, subject: str, why: str, path: Path = (), count: int = 1) -> None:
        """Name something that is seen and not evaluated."""
        self.loaded.gaps.append(Gap(kind, subject, why, self.text.nearest(path, 0) if path else None, count))

    def malformed(self, path: Path, value: Any, wanted: str) -> None:
        """Something has a type that the format does not give it."""
        self.problem(
            "malformed-entry",
            f"{self.text.file}: {dotted(path)} is {kind_of(value)} where {wanted} belongs.",
            "The entry was left out; write the file once more with terraform show -json or terraform state pull.",
            path,
        )

    def mapping(self, value: Any, path: Path) -> dict[str, Any]:
        """The value when it is an object; {} for null, and for anything else with a Problem."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.malformed(path, value, "an object")
        return {}

    def listing(self, value: Any, path: Path) -> list[Any]:
        """The value when it is a list; [] for null, and for anything else with a Problem."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.malformed(path, value, "a list")
        return []

    def close(self) -> None:
        """Count what was not shown."""
        if self._more:
            self.loaded.gaps.append(
                Gap("malformed-entry", self.text.file, "more malformed entries than are shown", None, self._more)
            )


def dotted(path: Path) -> str:
    """A path into JSON as people write it: `resources[3].values`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the file"


def kind_of(value: Any) -> str:
    """The type of a JSON value in words."""
    return "null" if value is None else _NAMES.get(type(value), type(value).__name__)


def major(version: Any) -> int | None:
    """The first number of a format version such as `1.2`; None when it is none."""
    head = version.partition(".")[0] if isinstance(version, str) else ""
    return int(head) if head.isdecimal() and len(head) < 6 else None
