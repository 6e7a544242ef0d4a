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
    """The base of every question: which estate it is put to.

    A path or a source is read on the fly; else the stored estate answers, where there is one (`estate.neph` here,
    NEPH_ESTATE, or the one named).
    """

    estate: Annotated[
        str, Option("a stored estate (default: NEPH_ESTATE, else estate.neph here)", short="e", metavar="DIR")
    ] = ""
    as_of: Annotated[
        str, Option("a snapshot of the stored estate: its number, latest~1, or a time", metavar="SNAPSHOT")
    ] = ""
    sources: Annotated[
        tuple[str, ...],
        Option("one more directory or file to read, beside PATH", name="source", metavar="PATH"),
    ] = ()
    var_files: Annotated[
        tuple[str, ...],
        Option("a Terraform variable file to read, as terraform does with -var-file", name="var-file", metavar="FILE"),
    ] = ()
    variables: Annotated[tuple[str, ...], Option("a Terraform variable", name="var", metavar="NAME=VALUE")] = ()
    account: Annotated[str, Option("the account of a dump that does not say it", metavar="ID")] = ""
    region: Annotated[str, Option("the region of a dump that does not say it", metavar="REGION")] = ""
    workspace: Annotated[str, Option("what terraform.workspace stands for", metavar="NAME")] = "default"


class Gate(Ask, frozen=True, kw_only=True):
    """A question whose answer can fail a pipeline."""

    fail_on: Annotated[
        str,
        Option(
            "exit 1 when something of this severity, or worse, is found",
            choices=("critical", "high", "medium", "low", "info", "never"),
        ),
    ] = "low"
    fail_on_depends: Annotated[bool, Option("let what depends on something unknown count for --fail-on, too")] = False
    strict: Annotated[bool, Option("exit 3 when anything was seen and not evaluated")] = False
