"""Show the main job on a sample estate: from the internet to the customer data, drawn and explained."""

from __future__ import annotations

import importlib.resources
import pathlib

import click

from nephograph.surfaces.cli.help import Explained
from nephograph.surfaces.cli.output import output_options
from nephograph.surfaces.cli.question import put

SECTION = "What is wrong"


def sample_estate() -> pathlib.Path:
    """Where the sample estate lies: inside the installed package, or beside the source tree."""
    installed = importlib.resources.files("nephograph") / "examples" / "shop"
    if installed.is_dir():
        return pathlib.Path(str(installed))
    return pathlib.Path(__file__).parents[5] / "examples" / "shop"


@click.command("demo", cls=Explained, short_help="Show the main job on a sample estate.")
@output_options
def COMMAND(**output: object) -> None:  # noqa: N802 - found under this name
    """Show the main job on a sample estate: a three-tier shop in two AWS accounts, written in Terraform.

    Some faults in it are real and some only look bad; see examples/shop/README.md. Exits 0: a demonstration fails
    nobody's pipeline.
    """
    import os

    from nephograph.lenses.paths import PathsAsk

    estate = sample_estate()
    try:
        shown = estate.relative_to(pathlib.Path.cwd()).as_posix()
    except ValueError:
        shown = str(estate)
    plain = output.get("format") is None and not output.get("output")
    if plain:
        click.echo(f"The sample estate {shown}: a shop in two AWS accounts, written in Terraform.")
        click.echo("Who gets from the outside to its data? Nothing leaves this machine.\n")
    code = put(PathsAsk(paths=(os.fspath(shown),)), output)
    if plain:
        click.echo(f"\nLooks open, is not: neph explain module.legacy.aws_instance.importer {shown}")
        click.echo(f"Next: neph check {shown}   ·   neph demo --format svg -o paths.svg   ·   neph check YOUR_CODE")
    raise click.exceptions.Exit(0 if code == 1 else code)
