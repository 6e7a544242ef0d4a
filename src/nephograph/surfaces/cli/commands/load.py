"""Read code, plans, states and dumps into a stored estate, as its newest snapshot."""

from __future__ import annotations

import pathlib
from typing import Any

import click

from nephograph.surfaces.cli.help import Argument, Explained
from nephograph.surfaces.cli.output import output_options

SECTION = "The estate"


@click.command(
    "load",
    cls=Explained,
    params=[
        Argument(["paths"], nargs=-1, required=True, metavar="SOURCE...", about="Directories and files to read."),
        click.Option(
            ["--estate", "-e"],
            default="",
            metavar="DIR",
            help="The estate to load into (default: NEPH_ESTATE, else estate.neph here).",
        ),
        click.Option(["--var-file"], multiple=True, metavar="FILE", help="A Terraform variable file to read."),
        click.Option(["--var"], multiple=True, metavar="NAME=VALUE", help="A Terraform variable."),
        click.Option(["--workspace"], default="default", metavar="NAME", help="What terraform.workspace stands for."),
        click.Option(["--account"], default="", metavar="ID", help="The account of a dump that does not say it."),
        click.Option(["--region"], default="", metavar="REGION", help="The region of a dump that does not say it."),
    ],
)
@output_options
def COMMAND(  # noqa: N802 - found under this name
    paths: tuple[str, ...],
    estate: str,
    var_file: tuple[str, ...],
    var: tuple[str, ...],
    workspace: str,
    account: str,
    region: str,
    **output: Any,
) -> None:
    """Read code, plans, states and folders of AWS CLI answers into a stored estate, as its newest snapshot.

    What is said in several ways becomes one entity: what is real goes before what is wanted. A load that is killed or
    finds the disk full leaves the estate as it was.
    """
    from nephograph.lenses.common.ask import Ask
    from nephograph.session.at_hand import DEFAULT, directory
    from nephograph.session.estates import load
    from nephograph.surfaces.cli.progress import TerminalProgress
    from nephograph.surfaces.cli.question import load_options
    from nephograph.surfaces.cli.stored import answered

    ask = Ask(var_files=var_file, variables=var, workspace=workspace, account=account, region=region)
    progress = TerminalProgress()
    into = pathlib.Path(directory(estate) or DEFAULT)
    answered("load", lambda: load(paths, into, load_options(ask), progress), output, progress)
