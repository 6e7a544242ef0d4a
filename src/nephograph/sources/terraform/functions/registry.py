"""How a function is declared and called: signatures, conversion of arguments, and what unknown arguments mean.

    @function("substr(string, int, int)")
    def substr(text: str, offset: int, length: int) -> str: ...

Parameter types: any, string, number, int (whole), bool, list (list, tuple or set, given as a list), set, map, strings
and numbers (lists whose elements are converted). `?` after a type makes it optional, `*` takes any number, `|null`
lets null pass. Rules of each function: https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from typing import Any

import msgspec

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform import functions
from nephograph.sources.terraform.expressions import Run
from nephograph.sources.terraform.secrets import concealed, has_secret, revealed
from nephograph.sources.terraform.syntax import Node
from nephograph.sources.terraform.values import (
    MAX_TEXT,
    EvaluationError,
    Exhausted,
    SetValue,
    any_unknown,
    derived,
    describe,
    text_of,
    to_bool,
    to_number,
    type_name,
    unique,
)


class Parameter(msgspec.Struct, frozen=True):
    """One parameter of a signature."""

    type: str
    optional: bool = False
    variadic: bool = False
    nullable: bool = False


class Function(msgspec.Struct, frozen=True):
    """A built-in function. `unknowns` says what it is given: none, elements (inside lists and maps), or all.

    `context` functions get a `Context` first; `lazy` ones get it and the argument nodes, nothing evaluated.
    """

    name: str
    parameters: tuple[Parameter, ...]
    """All but the one that takes any number."""
    variadic: Parameter | None
    required: int
    run: Callable[..., Any]
    unknowns: str
    context: bool
    lazy: bool
    spreads: bool = True
    """The result is sensitive when an argument is."""
    follows: bool = False
    """The result is the first argument, or one of its elements: a reference there is a reference here."""


class Context(msgspec.Struct, frozen=True):
    """What a function may need besides its arguments."""

    node: Node
    run: Run


_FUNCTIONS: dict[str, Function] = {}
_SIGNATURE = re.compile(r"([\w:]+)\((.*)\)")


def function(
    signature: str,
    *,
    unknowns: str = "none",
    context: bool = False,
    lazy: bool = False,
    follows: bool = False,
    spreads: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function under its signature."""
    match = _SIGNATURE.fullmatch(signature)
    assert match is not None, signature
    parameters = tuple(
        Parameter(part.rstrip("?*").removesuffix("|null"), part.endswith("?"), part.endswith("*"), "|null" in part)
        for part in match.group(2).split(", ")
        if part
    )

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        name = match.group(1)
        variadic = parameters[-1] if parameters and parameters[-1].variadic else None
        fixed = parameters[:-1] if variadic else parameters
        required = sum(1 for parameter in fixed if not parameter.optional)
        _FUNCTIONS[name] = Function(name, fixed, variadic, required, run, unknowns, context, lazy, spreads, follows)
        return run

    return register


def find(name: str) -> Function | None:
    """A function by its name."""
    if not _FUNCTIONS:
        for module in pkgutil.iter_modules(functions.__path__):
            if not module.name.startswith("_"):
                importlib.import_module(f"{functions.__name__}.{module.name}")
    return _FUNCTIONS.get(name.removeprefix("core::"))


def names() -> list[str]:
    """The names of all functions."""
    find("")
    return sorted(_FUNCTIONS)


def call(node: Node, run: Run) -> Any:
    """The value of a call node."""
    _, _, _, name, arguments, expand = node
    found = find(name)
    if found is None:
        for argument in arguments:
            run.value(argument)
        return Unknown(Reason.NOT_EVALUATED, f"function {name}")
    try:
        if found.lazy:
            return found.run(Context(node, run), arguments)
        values = [run.value(argument) for argument in arguments]
        if expand and values:
            last = values.pop()
            if isinstance(last, Unknown):
                return derived(f"{name}({', '.join(map(describe, values))}, {describe(last)}...)", last)
            if not isinstance(last, list):
                raise EvaluationError(f"... needs a list, not {type_name(last)}")
            values.extend(last)
        result = apply(found, values, Context(node, run))
    except EvaluationError as error:
        return run.fails(node, f"{name}: {error}")
    except ArithmeticError:
        return run.fails(node, f"{name}: the numbers are too large")
    if type(result) is str and len(result) > MAX_TEXT:
        raise Exhausted(f"a text of more than {MAX_TEXT:,} characters")
    return result


def apply(found: Function, values: list[Any], context: Context) -> Any:
    """Check and convert the arguments, then run the function. Raises `EvaluationError`."""
    result = _applied(found, values, context)
    if isinstance(result, Unknown) and found.spreads and has_secret(values):
        try:
            return concealed(_applied(found, revealed(values), context), result)
        except EvaluationError:
            # The message would say what is hidden.
            raise EvaluationError("a sensitive argument does not fit") from None
    return result


def _applied(found: Function, values: list[Any], context: Context) -> Any:
    converted = _convert_all(found, values)
    blocked = False
    if found.unknowns == "none":
        for value in converted:
            if type(value) is not str and any_unknown(value):
                blocked = True
                break
    elif found.unknowns == "elements":
        for value in converted:
            if isinstance(value, Unknown):
                blocked = True
                break
    if blocked:
        result = unknown_call(found.name, values)
        whence = converted[0] if found.follows and converted else None
        if isinstance(whence, Unknown) and whence.ref is not None and result.reason is not Reason.INVALID:
            return Unknown(result.reason, result.detail, whence.ref)
        return result
    return found.run(context, *converted) if found.context else found.run(*converted)


def unknown_call(name: str, values: list[Any]) -> Unknown:
    """The result of a call whose arguments do not decide it."""
    return derived(f"{name}({', '.join(map(describe, values))})", *values)


def _convert_all(found: Function, values: list[Any]) -> list[Any]:
    fixed, variadic = found.parameters, found.variadic
    if len(values) < found.required:
        raise EvaluationError(f"{found.required} arguments are needed, {len(values)} given")
    if len(values) > len(fixed) and variadic is None:
        raise EvaluationError(f"at most {len(fixed)} arguments are taken, {len(values)} given")
    converted = []
    for position, value in enumerate(values):
        parameter = fixed[position] if position < len(fixed) else variadic
        assert parameter is not None
        kind = parameter.type
        if kind == "any" and value is not None:
            converted.append(value)
            continue
        try:
            converted.append(_convert(value, parameter))
        except EvaluationError as error:
            raise EvaluationError(f"argument {position + 1}: {error}") from None
    return converted


def _convert(value: Any, parameter: Parameter) -> Any:
    kind = parameter.type
    if isinstance(value, Unknown):
        if value.parts and kind in ("number", "int", "list", "set", "map", "strings", "numbers"):
            raise EvaluationError(f"{kind} required, not a string")
        return value
    if value is None:
        if parameter.nullable:
            return None
        raise EvaluationError("it must not be null")
    return _CONVERSIONS[kind](value)


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise EvaluationError(f"a list is required, not {type_name(value)}")


def _set(value: Any) -> SetValue:
    return value if isinstance(value, SetValue) else unique(_list(value))


def _map(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise EvaluationError(f"a map is required, not {type_name(value)}")


def whole(value: Any) -> int:
    """A whole number. Raises `EvaluationError`."""
    found = to_number(value)
    if isinstance(found, int):
        return found
    raise EvaluationError("a whole number is required")


def _strings(value: Any) -> list[Any]:
    return [item if item is None or isinstance(item, str | Unknown) else text_of(item) for item in _list(value)]


def _numbers(value: Any) -> list[Any]:
    return [item if item is None or isinstance(item, Unknown) else to_number(item) for item in _list(value)]


_CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "any": lambda value: value,
    "string": text_of,
    "number": to_number,
    "int": whole,
    "bool": to_bool,
    "list": _list,
    "set": _set,
    "map": _map,
    "strings": _strings,
    "numbers": _numbers,
}
