"""A lens as a command: its options are generated from its Ask."""

from __future__ import annotations

import os
import pathlib
import typing
from collections.abc import Callable, Mapping
from typing import Any

import click
import msgspec

from nephograph.lenses.common.ask import Ask, Option
from nephograph.model.answer import Answer
from nephograph.model.errors import NephError, Problem, UsageError
from nephograph.model.source import Excerpts, LoadOptions
from nephograph.render import Style, pieces, says_errors
from nephograph.session.door import open_for
from nephograph.session.gate import exit_code
from nephograph.session.questions import lens
from nephograph.surfaces.cli import output as out
from nephograph.surfaces.cli.help import Argument, Explained
from nephograph.surfaces.cli.progress import TerminalProgress


def command_of(name: str) -> click.Command:
    """The command of a lens."""
    ask_type = lens(name).ASK
    names = out.output_names()

    def run(**said: Any) -> None:
        output = {key: said.pop(key) for key in names}
        raise click.exceptions.Exit(put(ask_type(**said), output))

    command = click.command(name, cls=Explained, help=ask_type.__doc__)(out.output_options(run))
    command.params = parameters(ask_type) + command.params
    return command


def parameters(ask_type: type[Ask]) -> list[click.Parameter]:
    """One click parameter a field of the Ask, in the order of the fields, positional ones first."""
    hints = typing.get_type_hints(ask_type, include_extras=True)
    found: list[click.Parameter] = []
    for field in ask_type.__struct_fields__:
        option = next((m for m in getattr(hints[field], "__metadata__", ()) if isinstance(m, Option)), None)
        if option is not None:
            default = _default(ask_type, field)
            found.append(_parameter(field, typing.get_args(hints[field])[0], option, default))
    return sorted(found, key=lambda p: not isinstance(p, click.Argument))


def _default(ask_type: type[Ask], field: str) -> Any:
    value = next(f.default for f in msgspec.structs.fields(ask_type) if f.name == field)
    return None if value is msgspec.NODEFAULT else value


def _parameter(field: str, type_: Any, option: Option, default: Any) -> click.Parameter:
    many = typing.get_origin(type_) is tuple
    if option.positional:
        metavar = option.metavar or field.upper()
        return Argument(
            [field],
            nargs=-1 if many else 1,
            required=not many,
            metavar=f"[{metavar}]..." if many else metavar,
            about=_sentence(option.help),
        )
    flag = f"--{(option.name or field).replace('_', '-')}"
    spelled = [flag, field] + ([f"-{option.short}"] if option.short else [])
    help_ = _sentence(option.help) + (" May be given many times." if many else "")
    if type_ is bool:
        return click.Option(spelled, is_flag=True, default=False, help=help_)
    kind: Any = click.Choice(option.choices) if option.choices else int if type_ is int else str
    return click.Option(
        spelled,
        type=kind,
        multiple=many,
        default=() if many else default,
        show_default=not many and default not in (None, ""),
        metavar=option.metavar or None,
        help=help_,
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def put(ask: Ask, output: Mapping[str, Any]) -> int:
    """Put the question, show the answer; returns the exit code."""
    progress = TerminalProgress()
    name = type(ask).__module__.rsplit(".", 1)[-1]
    excerpts: Excerpts | None = None

    def work() -> tuple[Answer, int]:
        nonlocal excerpts
        answer = _early(name, ask)
        if answer is None:
            session = open_for(ask, load_options(ask), progress)
            excerpts = session.excerpts
            answer = session.ask(ask)
        return answer, exit_code(answer, ask)

    answer, code = guarded(name, work, progress)
    show(answer, output, excerpts, failed=code == 2)
    return code


def guarded(name: str, work: Callable[[], tuple[Answer, int]], progress: TerminalProgress) -> tuple[Answer, int]:
    """Do the work of a command. Whatever goes wrong is an answer with its problem, and the exit code that says so."""
    try:
        return work()
    except NephError as error:
        return Answer(command=name, errors=(error.problem,)), error.exit_code
    except (RecursionError, MemoryError) as error:
        problem = Problem(
            "too-large",
            f"the estate is too deep or too large for this machine ({type(error).__name__})",
            "check a smaller part of it, and please report what it was",
        )
        return Answer(command=name, errors=(problem,)), 3
    except Exception as error:  # the last net: a bug is said in one frame, and nobody takes the run for a clean one
        if os.environ.get("NEPH_TRACEBACK"):
            raise
        problem = Problem(
            "internal",
            f"nephograph failed: {type(error).__name__}: {error}",
            "this is a bug; run again with NEPH_TRACEBACK=1 and report what it prints",
        )
        return Answer(command=name, errors=(problem,)), 3
    finally:
        progress.done()


def _early(name: str, ask: Ask) -> Answer | None:
    early = getattr(lens(name), "without_estate", None)
    if early is None:
        return None
    found: Answer | None
    if hasattr(ask, "rules"):
        from nephograph.session.rules import own_rules, trees_of

        found = early(ask, own_rules(ask.rules, trees_of(ask)).rules)
    else:
        found = early(ask)
    return found


def load_options(ask: Ask) -> LoadOptions:
    """How to read what the question names. Raises `UsageError` for a variable that is not name=value."""
    pairs = []
    for text in ask.variables:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError("bad-variable", f"--var {text} is not name=value", "write it like --var region=eu-west-1")
        pairs.append((name, value))
    return LoadOptions(
        var_files=ask.var_files,
        variables=tuple(pairs),
        workspace=ask.workspace,
        account=ask.account,
        region=ask.region,
    )


def show(answer: Answer, output: Mapping[str, Any], excerpts: Excerpts | None = None, failed: bool = False) -> None:
    """Put the answer out, as its options say. Raises `ClickException` when it cannot be written."""
    style = Style(
        width=out.width(output),
        color=out.colored(output),
        unicode=out.speaks_unicode(output),
        excerpts=excerpts,
        verbose=bool(output.get("verbose")),
    )
    name = out.chosen_format(output)
    if answer.errors and not says_errors(name):
        if failed:
            out.put_out(pieces("table", answer, style), to_stderr=True)
            return
        for problem in answer.errors:
            click.echo(f"error[{problem.code}] {problem.message}", err=True)
    text = pieces(name, answer, style)
    file = output.get("output")
    if file:
        try:
            with pathlib.Path(file).open("w", encoding="utf-8") as stream:
                stream.writelines(text)
        except OSError as error:
            raise click.ClickException(f"cannot write {file}: {error.strerror}") from error
        click.echo(f"wrote {file} ({name})", err=True)
        return
    # A person reads errors of usage on stderr; a program reads them in the envelope on stdout.
    out.put_out(text, to_stderr=failed and name in ("table", "frame"))
