"""What `--help` says of a command beside its options: its arguments, its formats, its exit codes."""

from __future__ import annotations

import click

EXIT_CODES = (
    ("0", "clean"),
    ("1", "findings at or above --fail-on, whether or not all could be read"),
    ("2", "usage, or no infrastructure found"),
    ("3", "nothing found that fails, but something could not be read (--strict: not evaluated)"),
)
"""What the exit code of a question that can fail a pipeline means (`session.gate` decides it)."""


class Argument(click.Argument):
    """An argument that can say what it is; click's own has no help."""

    def __init__(self, *args: object, about: str = "", **kwargs: object) -> None:
        self.about = about
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Explained(click.Command):
    """A command whose help explains every word one may write after it."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments before the options, formats and exit codes behind them."""
        arguments = [(p.make_metavar(ctx), p.about) for p in self.params if isinstance(p, Argument)]
        if arguments:
            with formatter.section("Arguments"):
                formatter.write_dl(arguments)
        super().format_options(ctx, formatter)
        if any(p.name == "format" for p in self.params):
            # Imported here: a command that runs needs one format, its help names all.
            from nephograph.render import describe, formats

            with formatter.section("Formats"):
                formatter.write_dl([(name, describe(name)) for name in formats()])
        if any(p.name == "fail_on" for p in self.params):
            with formatter.section("Exit codes"):
                formatter.write_dl(list(EXIT_CODES))
