"""Options every answer has: which format, where to, how it looks."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from nephograph.render import formats

_ENDINGS = {"md": "markdown", "txt": "table"}


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a command; they arrive as keywords of their names."""
    options = (
        click.option(
            "--format",
            "-f",
            type=click.Choice(formats()),
            help="How to show it (default: by the ending of -o, else table).",
        ),
        click.option("--output", "-o", metavar="FILE", help="Write to this file instead of stdout."),
        click.option("--verbose", "-v", is_flag=True, help="Show everything, fold nothing."),
        click.option("--no-color", is_flag=True, help="No colour (so does NO_COLOR)."),
        click.option("--ascii", is_flag=True, help="Only ASCII characters."),
        click.option("--width", type=click.IntRange(40, 400), metavar="N", help="Columns (default: the terminal's)."),
    )
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


def output_names() -> tuple[str, ...]:
    """The keywords `output_options` adds."""
    return ("format", "output", "verbose", "no_color", "ascii", "width")


def chosen_format(output: Mapping[str, Any]) -> str:
    """The format asked for, else by the ending of the output file, else table."""
    if output.get("format"):
        return str(output["format"])
    ending = str(output.get("output") or "").rpartition(".")[2].lower()
    ending = _ENDINGS.get(ending, ending)
    return ending if ending in formats() else "table"


def width(output: Mapping[str, Any]) -> int:
    """Columns: what was asked for, else the terminal's, else 100 for a pipe or a file."""
    if output.get("width"):
        return int(output["width"])
    return shutil.get_terminal_size((100, 24)).columns if _on_terminal() else 100


def colored(output: Mapping[str, Any]) -> bool:
    """Colour only on a terminal that did not refuse it (https://no-color.org)."""
    if output.get("no_color") or output.get("output") or os.environ.get("NO_COLOR"):
        return False
    return _on_terminal() and os.environ.get("TERM") != "dumb"


def speaks_unicode(output: Mapping[str, Any]) -> bool:
    """UTF-8 unless the terminal's encoding cannot."""
    if output.get("ascii"):
        return False
    encoding = getattr(sys.stdout, "encoding", None) or ""
    return bool(output.get("output")) or encoding.lower().replace("-", "") in ("utf8", "utf16")


def _on_terminal() -> bool:
    """A process started with its stdout closed has none."""
    return sys.stdout is not None and sys.stdout.isatty()


def put_out(text: Iterable[str], to_stderr: bool = False) -> None:
    """Write the pieces of an answer. Raises `ClickException` when they cannot be written (full disk, closed)."""
    stream = sys.stderr if to_stderr else sys.stdout
    if stream is None:
        raise click.ClickException(f"cannot write the answer: {'stderr' if to_stderr else 'stdout'} is closed")
    try:
        stream.writelines(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        raise click.ClickException(f"cannot write the answer: {error.strerror}") from error


def discard_stdout() -> None:
    """Send what is still buffered nowhere, or the interpreter complains about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
