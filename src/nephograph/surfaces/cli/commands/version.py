"""Print the version, and what this installation can read and check."""

from __future__ import annotations

import click

SECTION = "The estate"


@click.command("version", short_help="Print the version and what it holds.")
def COMMAND() -> None:  # noqa: N802 - found under this name
    """Print the version, and what this installation can read and check."""
    import platform

    from nephograph import __version__
    from nephograph.catalog.registry import kind_names
    from nephograph.library.registry import all_checks, step_rules
    from nephograph.session.load import sources

    click.echo(f"nephograph {__version__} (Python {platform.python_version()})")
    click.echo(f"  sources  {', '.join(source.name for source in sources())}")
    click.echo(f"  kinds    {len(kind_names())}")
    click.echo(f"  checks   {len(all_checks())}")
    click.echo(f"  steps    {len(step_rules())}")
