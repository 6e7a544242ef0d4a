"""What every question may say, and the marks from which surfaces make flags, parameters and types."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Option(msgspec.Struct, frozen=True):
    """How a field of an Ask is offered. A tuple field may be given many times; a bool is a switch."""

    help: str
    short: str = ""
    positional: bool = False
    choices: tuple[str, ...] = ()
    metavar: str = ""
    name: str = ""
    """The flag's name when it is not the field's."""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every question: which estate it is put to."""

    sources: Annotated[
        tuple[str, ...],
        Option("a directory or file of infrastructure code to build the estate from", name="source", metavar="PATH"),
    ] = ()
    var_files: Annotated[
        tuple[str, ...], Option("a Terraform variable file of yours to read", name="var-file", metavar="FILE")
    ] = ()
    variables: Annotated[
        tuple[str, ...], Option("a Terraform variable, as name=value", name="var", metavar="NAME=VALUE")
    ] = ()
    workspace: Annotated[str, Option("the Terraform workspace", metavar="NAME")] = "default"


class Gate(Ask, frozen=True, kw_only=True):
    """A question whose answer can fail a pipeline."""

    fail_on: Annotated[
        str,
        Option(
            "exit 1 from this severity on",
            choices=("critical", "high", "medium", "low", "info", "never"),
        ),
    ] = "low"
    fail_on_depends: Annotated[bool, Option("count findings that depend on something unknown, too")] = False
    strict: Annotated[bool, Option("exit 3 when anything was seen and not evaluated")] = False
