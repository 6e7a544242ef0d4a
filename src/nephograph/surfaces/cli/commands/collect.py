"""Print the script that collects an AWS account's answers, to be loaded where there are no credentials."""

from __future__ import annotations

import click

from nephograph.surfaces.cli.help import Explained

SECTION = "The estate"


@click.command("collect", cls=Explained)
def COMMAND() -> None:  # noqa: N802 - found under this name
    """Print a shell script that asks the AWS CLI for everything nephograph reads of an account, and changes nothing.

    \b
      neph collect > collect.sh      # read it, cut it down
      sh collect.sh eu-west-1        # where the credentials are; writes accounts/
      neph load accounts/            # anywhere

    nephograph itself calls nobody.
    """
    import importlib.resources

    from nephograph.surfaces.cli.output import put_out

    room = importlib.resources.files("nephograph.sources.awscli")
    put_out((room.joinpath("collect.sh").read_text(encoding="utf-8"),))
