"""Ask a stored estate in SQL, over one typed view a kind."""

from __future__ import annotations

import sys
from typing import Any

import click

from nephograph.surfaces.cli.help import Argument, Explained
from nephograph.surfaces.cli.output import output_options
from nephograph.surfaces.cli.stored import AS_OF, ESTATE, answered

SECTION = "The estate"


@click.command(
    "query", cls=Explained, params=[Argument(["sql"], metavar="SQL", about="One statement that reads; - for stdin.")]
)
@ESTATE
@AS_OF
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="How many rows at most.")
@click.option("--seconds", type=click.FloatRange(0.1), default=30.0, show_default=True, help="How long at most.")
@click.option("--memory", default="1GB", show_default=True, metavar="SIZE", help="How much memory at most.")
@output_options
def COMMAND(  # noqa: N802 - found under this name
    sql: str, estate: str, as_of: str, limit: int, seconds: float, memory: str, **output: Any
) -> None:
    """Ask a stored estate in SQL (DuckDB's): `SHOW TABLES` lists the views, `DESCRIBE resource` the columns of one.

    \b
      neph query "SELECT label, public_access_block FROM aws_s3_bucket WHERE acl <> 'private'"
      neph query "SELECT kind, count(*) FROM resource GROUP BY ALL ORDER BY 2 DESC"
      neph query "FROM edge WHERE kind = 'encrypted_by'" -f csv

    A query reads the estate and nothing else: no files, no network, no settings. A value that is not known is NULL,
    and the column `unknown` says why.
    """
    from nephograph.session.at_hand import needed
    from nephograph.session.estates import query

    statement = sys.stdin.read() if sql == "-" else sql
    answered("query", lambda: query(needed(estate), statement, as_of, limit, seconds, memory), output)
