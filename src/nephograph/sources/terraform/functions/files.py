"""Files and paths. The scope decides what may be read; nothing here touches the file system."""

from __future__ import annotations

import base64
import posixpath
import re
from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.expressions import Run, Scope, as_piece
from nephograph.sources.terraform.functions.hashing import no_file, of_file
from nephograph.sources.terraform.functions.registry import Context, function, unknown_call
from nephograph.sources.terraform.syntax import Node, SyntaxProblem, parse_template
from nephograph.sources.terraform.values import EvaluationError, clip, describe, nfc, unique

_MAX_ALTERNATIVES = 200


@function("abspath(string)")
def abspath(path: str) -> Any:
    """An absolute path; where the working directory matters it is not known."""
    if path.startswith("/"):
        return posixpath.normpath(path)
    return Unknown(Reason.NOT_EVALUATED, clip(f"abspath({describe(path)})"))


@function("pathexpand(string)")
def pathexpand(path: str) -> Any:
    """The path; where the home directory matters it is not known."""
    return Unknown(Reason.NOT_EVALUATED, clip(f"pathexpand({describe(path)})")) if path.startswith("~") else path


@function("basename(string)")
def basename(path: str) -> str:
    """The last part of a path."""
    return posixpath.basename(path.rstrip("/")) or ("/" if path else ".")


@function("dirname(string)")
def dirname(path: str) -> str:
    """A path without its last part."""
    return re.sub(r"^//+", "/", posixpath.normpath(posixpath.dirname(path) or "."))


@function("file(string)", context=True)
def file(context: Context, path: str) -> Any:
    """The text of a file, which must be UTF-8."""
    return of_file(context, path, lambda data: _text(data, path))


def _text(data: bytes, path: str) -> str:
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise EvaluationError(f"{describe(path)} is not UTF-8; filebase64() reads such files") from None


@function("filebase64(string)", context=True)
def filebase64(context: Context, path: str) -> Any:
    """The bytes of a file in base64."""
    return of_file(context, path, lambda data: base64.b64encode(data).decode())


@function("fileexists(string)", context=True)
def fileexists(context: Context, path: str) -> Any:
    """Whether there is such a file."""
    data = context.run.scope.read_file(path)
    return data if isinstance(data, Unknown) else data is not None


@function("fileset(string, string)", context=True)
def fileset(context: Context, path: str, pattern: str) -> Any:
    """The files below a directory whose relative path matches a pattern (`*`, `**`, `?`, `[a-z]`, `{a,b}`)."""
    found = context.run.scope.list_files(path)
    if isinstance(found, Unknown):
        return found
    from re2 import compile as compiled

    matches = compiled("|".join(_glob(one) for one in _alternatives(pattern))).fullmatch
    context.run.spend(len(found))
    return unique(name for name in found if matches(name))


def _alternatives(pattern: str) -> list[str]:
    """The pattern with every `{a,b}` written out."""
    done: list[str] = []
    waiting = [pattern]
    while waiting:
        if len(waiting) + len(done) > _MAX_ALTERNATIVES:
            raise EvaluationError(f"the pattern stands for more than {_MAX_ALTERNATIVES} others")
        current = waiting.pop()
        match = re.search(r"\{([^{}]*)\}", current)
        if match is None:
            done.append(current)
        else:
            waiting += [current[: match.start()] + one + current[match.end() :] for one in match.group(1).split(",")]
    return done


def _glob(pattern: str) -> str:
    out = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**/", at):
            out.append("(?:[^/]+/)*")
            at += 3
            continue
        if pattern.startswith("**", at):
            out.append(".*")
            at += 2
            continue
        group = re.match(r"\[(\^|!)?([^\]/]+)\]", pattern[at:])
        if group:
            inside = re.sub(r"([\\\[^])", r"\\\1", group.group(2))
            out.append(f"[{'^' if group.group(1) else ''}{inside}]")
            at += group.end()
            continue
        out.append({"*": "[^/]*", "?": "[^/]"}.get(char) or re.escape(char))
        at += 1
    return "".join(out)


class _TemplateScope:
    """What a template sees: its variables (bound as names) and nothing else; failures are those of the call."""

    def __init__(self, outer: Scope, node: Node, name: str) -> None:
        self._outer = outer
        self._node = node
        self._name = name

    def resolve(self, root: str, steps: tuple[str | int, ...], node: Node) -> tuple[Any, int]:
        raise EvaluationError(f"the template names {root}, which is not among its variables")

    def problem(self, node: Node, message: str) -> None:
        self._outer.problem(self._node, f"{self._name}: {message}")

    def hide(self, value: Any) -> None:
        self._outer.hide(value)

    def read_file(self, path: str) -> bytes | Unknown | None:
        return self._outer.read_file(path)

    def list_files(self, path: str) -> Any:
        return self._outer.list_files(path)


@function("templatefile(string, any)", unknowns="all", context=True)
def templatefile(context: Context, path: Any, variables: Any) -> Any:
    """A template file with its variables filled in; known pieces stay known."""
    if isinstance(path, Unknown) or isinstance(variables, Unknown):
        return unknown_call("templatefile", [path, variables])
    if not isinstance(path, str):
        raise EvaluationError("the path must be a string")
    data = context.run.scope.read_file(path)
    if data is None:
        return no_file(context, path)
    if isinstance(data, Unknown):
        return data
    return _rendered(context, _text(data, path), variables, path)


@function("templatestring(string, any)", unknowns="all", context=True)
def templatestring(context: Context, template: Any, variables: Any) -> Any:
    """A template given as a string, with its variables filled in."""
    if isinstance(template, Unknown) or isinstance(variables, Unknown):
        return unknown_call("templatestring", [template, variables])
    return _rendered(context, template, variables, "the template")


def _rendered(context: Context, text: str, variables: Any, name: str) -> Any:
    run = context.run
    if not isinstance(variables, dict):
        raise EvaluationError("the variables must be a map")
    if run.templates:
        raise EvaluationError("a template cannot render another template")
    node = parse_template(text)
    if isinstance(node, SyntaxProblem):
        line = text.count("\n", 0, node.start) + 1
        raise EvaluationError(f"{name}, line {line}: {node.message}")
    inner = Run(_TemplateScope(run.scope, context.node, name), variables)
    inner.left, inner.quiet, inner.templates = run.left, run.quiet, 1
    value = inner.value(node)
    run.left = inner.left
    run.failed += inner.failed
    return value if node[0] == "wrap" else as_piece(value, node, inner)
