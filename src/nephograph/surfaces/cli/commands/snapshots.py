"""List the snapshots of a stored estate, newest first."""

from __future__ import annotations

from typing import Any

import click

from nephograph.surfaces.cli.help import Explained
from nephograph.surfaces.cli.output import output_options
from nephograph.surfaces.cli.stored import ESTATE, answered

SECTION = "The estate"


@click.command("snapshots", cls=Explained)
@ESTATE
@output_options
def COMMAND(estate: str, **output: Any) -> None:  # noqa: N802 - found under this name
    """List the snapshots of a stored estate, newest first: when each was taken, of what, and what it changed."""
    from nephograph.session.at_hand import needed
    from nephograph.session.estates import snapshots

    answered("snapshots", lambda: snapshots(needed(estate)), output)
