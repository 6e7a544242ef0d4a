"""The group: commands are found by name and imported only when they run, so that `--help` stays light."""

from __future__ import annotations

import errno
import functools
import gc
import importlib
import importlib.abc
import importlib.util
import io
import os
import pkgutil
import re
import sys
from typing import NoReturn

import click

from nephograph import __version__
from nephograph.surfaces.cli import commands as extra_room

_HELP = """One graph of the whole cloud estate, asked questions that are answered exactly and with proof.

Nothing leaves this machine; no credentials are used; nothing of the scanned tree is executed.

\b
  neph check .          the worst attack paths and findings of the code here
  neph demo             the same on a sample estate
  neph explain WORD     what a code, a step or a resource means
  neph check --help     its options, formats and exit codes

Exit codes: 0 clean, 1 findings, 2 usage or no infrastructure found, 3 something could not be read.
"""


class Questions(click.Group):
    """Commands are the lenses, and the few modules of `commands/` that need no estate."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, without importing any."""
        return sorted({*_lens_names(), *_extra_names()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and build one command."""
        if cmd_name in _extra_names():
            command: click.Command = importlib.import_module(f"{extra_room.__name__}.{cmd_name}").COMMAND
            return command
        if cmd_name in _lens_names():
            from nephograph.surfaces.cli.question import command_of

            return command_of(_module(cmd_name))
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest commands named when there is no such one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=2)
            if not close:
                raise
            raise click.UsageError(f"{error.message} Did you mean {' or '.join(close)}?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, taken from the first line of its file, under the section that the file names."""
        sections: dict[str, list[tuple[str, str]]] = {name: [] for name in _SECTIONS}
        for name in self.list_commands(ctx):
            source = _source(name)
            section = _SECTION.search(source)
            told = source.partition("\n")[0].strip().strip('"')
            sections.setdefault(section[1] if section else "More", []).append((name, told))
        width = max(len(name) for listed in sections.values() for name, _ in listed)
        for title, listed in sections.items():
            if listed:
                with formatter.section(title):
                    formatter.write_dl([(name.ljust(width), told) for name, told in listed])


@functools.cache
def _lens_names() -> tuple[str, ...]:
    import nephograph.lenses as room

    return tuple(m.name.replace("_", "-") for m in pkgutil.iter_modules(room.__path__) if not m.ispkg)


def _module(name: str) -> str:
    """The file of a command: `new-access` is `new_access.py`."""
    return name.replace("-", "_")


@functools.cache
def _extra_names() -> tuple[str, ...]:
    return tuple(m.name for m in pkgutil.iter_modules(extra_room.__path__))


_SECTIONS = ("What is wrong", "Attack paths", "Who can do what", "Network", "The estate")
"""How help is ordered; a command says which one it belongs to, and any other comes behind."""

_SECTION = re.compile(r'^SECTION = "(.+)"$', re.MULTILINE)


def _source(name: str) -> str:
    """The text of a command's file: importing every lens for a list would be heavy."""
    room = extra_room.__name__ if name in _extra_names() else "nephograph.lenses"
    module = f"{room}.{_module(name)}"
    spec = importlib.util.find_spec(module)
    loader = spec.loader if spec else None
    source = loader.get_source(module) if isinstance(loader, importlib.abc.InspectLoader) else None
    return source or ""


@click.group(
    cls=Questions,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.version_option(__version__, "-V", "--version", prog_name="nephograph", message="%(prog)s %(version)s")
def cli() -> None:
    """Hold the commands together."""


def main() -> NoReturn:
    """Run the command line as a process of its own.

    A process answers once, and what it makes lives to its end: to search that for cycles again and again is in vain,
    and the system takes it apart quicker than the interpreter would, which takes a fifth of a large check.
    """
    gc.disable()
    code = 0
    try:
        run()
    except SystemExit as leave:
        code = int(leave.code or 0)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # closed from the start
            stream.flush()
    os._exit(code)


def run() -> NoReturn:
    """Run the command line. Raises `SystemExit` with the exit code."""
    if sys.stderr is None:  # started with it closed: progress and errors have nowhere to go, the answer has
        sys.stderr = io.StringIO()
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.UsageError as error:
        error.show()
        code = 2
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("\ninterrupted; nothing was written", err=True)
        code = 130
    except BrokenPipeError:
        # The reader (head, less) has gone.
        from nephograph.surfaces.cli.output import discard_stdout

        discard_stdout()
        code = 141
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        from nephograph.surfaces.cli.output import discard_stdout

        discard_stdout()
        click.echo(f"Error: {error.strerror}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
