"""Write a snapshot of a stored estate as files for other tools: Parquet or JSON lines."""

from __future__ import annotations

import pathlib
from typing import Any, Literal

import click

from nephograph.surfaces.cli.help import Argument, Explained
from nephograph.surfaces.cli.output import output_options
from nephograph.surfaces.cli.stored import AS_OF, ESTATE, answered

SECTION = "The estate"


@click.command(
    "export",
    cls=Explained,
    params=[
        Argument(["kind"], type=click.Choice(["parquet", "json"]), about="Typed Parquet, or JSON lines."),
        Argument(["into"], metavar="DIR", about="The directory to write into; made when it is not there."),
    ],
)
@ESTATE
@AS_OF
@output_options
def COMMAND(  # noqa: N802 - found under this name
    kind: Literal["parquet", "json"], into: str, estate: str, as_of: str, **output: Any
) -> None:
    """Write a snapshot of a stored estate as files: one each for resources, edges and every kind there is."""
    from nephograph.session.at_hand import needed
    from nephograph.session.estates import export

    answered("export", lambda: export(needed(estate), pathlib.Path(into), kind, as_of), output)
