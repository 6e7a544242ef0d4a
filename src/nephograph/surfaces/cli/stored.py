"""What commands about a stored estate share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from nephograph.surfaces.cli.progress import TerminalProgress

ESTATE = click.option(
    "--estate", "-e", default="", metavar="DIR", help="The stored estate (default: NEPH_ESTATE, else estate.neph here)."
)

AS_OF = click.option(
    "--as-of", default="", metavar="SNAPSHOT", help="Which snapshot: its number, latest~1, or a time (default: latest)."
)


def answered(
    name: str, work: Callable[[], Any], output: Mapping[str, Any], progress: TerminalProgress | None = None
) -> None:
    """Do the work, show its answer, leave with its exit code."""
    from nephograph.surfaces.cli.question import guarded, show

    def judged() -> tuple[Any, int]:
        answer = work()
        return answer, 3 if answer.errors else 0

    answer, code = guarded(name, judged, progress or TerminalProgress())
    show(answer, output, failed=code == 2)
    raise click.exceptions.Exit(code)
