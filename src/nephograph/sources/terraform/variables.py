"""Values of root variables: where Terraform looks for them, in its order. The process environment is never read.

Rules: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

import json
import pathlib
from typing import Any

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.span import Span
from nephograph.sources.terraform.blocks import Body, Written
from nephograph.sources.terraform.context import Context
from nephograph.sources.terraform.directory import Directory, syntax_problem
from nephograph.sources.terraform.files import MAX_FILE_BYTES
from nephograph.sources.terraform.syntax import SyntaxProblem, parse, parse_expression
from nephograph.sources.terraform.texts import Text


class Given(msgspec.Struct):
    """A value that was given to a variable from outside its module.

    `written` is the expression in a tfvars file; `data` holds a value that is plain already; `typed` is the text of
    the command line, which means a string or an expression depending on the variable's type.
    """

    what: str
    written: Written | None = None
    data: Any = None
    typed: str | None = None
    span: Span | None = None


def given_values(context: Context, directory: Directory) -> dict[str, Given]:
    """What the variable files and the options say for a root; later words win."""
    found: dict[str, Given] = {}
    for relative in directory.values:
        text = context.tree.read(relative)
        if text is not None:
            found.update(_of_text(context, text))
    for file in context.options.var_files:
        text = _outside_text(context, file)
        if text is not None:
            found.update(_of_text(context, text))
    for name, value in context.options.variables:
        found[name] = Given("given on the command line", typed=value)
    return found


def typed_value(text: str, is_literal: bool) -> Any:
    """The node of a value typed on the command line: a literal for primitive types, else an expression."""
    literal = ("lit", 0, len(text), text)
    if is_literal:
        return literal
    node = parse_expression(text)
    return literal if isinstance(node, SyntaxProblem) else node


def _of_text(context: Context, text: Text) -> dict[str, Given]:
    if text.file.endswith(".json"):
        return _of_json(context, text)
    parsed = parse(text.content)
    for problem in parsed.problems:
        named = syntax_problem(context.tree, text, problem)
        if named not in context.tree.problems:
            context.tree.problems.append(named)
    body = Body(text, parsed.body)
    return {name: Given(text.file, Written(text, item[4])) for name, item in body.arguments.items()}


def _of_json(context: Context, text: Text) -> dict[str, Given]:
    try:
        data = json.loads(text.content)
        if not isinstance(data, dict):
            raise ValueError("the file does not hold an object")
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        column = getattr(error, "colno", 1)
        context.tree.problems.append(
            Problem(
                "syntax",
                f"{text.file} is not a JSON object: {getattr(error, 'msg', error)}.",
                "Correct the JSON.",
                Span(text.file, line, column, line, column + 1),
                context.tree.texts.line(text.file, line) or "",
            )
        )
        return {}
    return {str(name): Given(text.file, data=value, span=Span(text.file, 1, 1, 1, 1)) for name, value in data.items()}


def _outside_text(context: Context, file: str) -> Text | None:
    """A variable file that the person named: theirs, so it may stand anywhere."""
    known = context.tree.texts.by_file.get(file)
    if known is not None:
        return known
    path = pathlib.Path(file)
    inside = context.tree.relative(path)
    if inside is not None:
        return context.tree.read(inside)
    why = ""
    content = ""
    try:
        if not path.is_file():
            why = "does not exist" if not path.exists() else "is not a file"
        elif path.stat().st_size > MAX_FILE_BYTES:
            why = "is too large"
        else:
            content = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        why = "is not UTF-8"
    except OSError as error:
        why = f"cannot be read ({(error.strerror or 'input/output error').lower()})"
    if why:
        problem = Problem("var-file", f"The variable file {file} {why}.", "Check the path given with --var-file.")
        if problem not in context.tree.problems:
            context.tree.problems.append(problem)
        return None
    text = Text(file, "", content)
    context.tree.texts.add(text)
    return text
