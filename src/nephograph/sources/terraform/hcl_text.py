"""Plain data written as HCL, in the style of `terraform fmt`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from nephograph.model.errors import EditError
from nephograph.model.value import Unknown

INDENT = "  "
_BARE_KEY = re.compile(r"[A-Za-z_][\w-]*")


class Expression(str):
    """Text that is an expression already, and is written as it is."""

    __slots__ = ()


def literal(value: Any, indent: str = "") -> str:
    """The value as an expression; `indent` is that of the line it starts on. Raises `EditError` for unknown values."""
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, Unknown):
        raise EditError("edit-unknown", f"The new value is not known ({value}).", "Write the change by hand.")
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list | tuple):
        if any(isinstance(element, Mapping) for element in value):
            inner = indent + INDENT
            lines = "".join(f"{inner}{literal(element, inner)},\n" for element in value)
            return f"[\n{lines}{indent}]"
        return f"[{', '.join(literal(element, indent) for element in value)}]"
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        inner = indent + INDENT
        keys = {key: key if _BARE_KEY.fullmatch(str(key)) else quoted(str(key)) for key in value}
        width = max(len(key) for key in keys.values())
        lines = "".join(f"{inner}{keys[key]:<{width}} = {literal(value[key], inner)}\n" for key in value)
        return f"{{\n{lines}{indent}}}"
    raise EditError("edit-value", f"{type(value).__name__} cannot be written as HCL.", "Write the change by hand.")


def json_literal(value: Any, indent: str = "") -> str:
    """The value in the JSON syntax; what would be a template sequence is escaped. Raises `EditError`."""
    if isinstance(value, Expression):
        return json.dumps(f"${{{value}}}", ensure_ascii=False)
    if isinstance(value, str):
        return json.dumps(value.replace("${", "$${").replace("%{", "%%{"), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"[{', '.join(json_literal(element, indent) for element in value)}]"
    if isinstance(value, Mapping):
        inner = indent + INDENT
        entries = [f"{inner}{json_literal(str(key))}: {json_literal(value[key], inner)}" for key in value]
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}" if entries else "{}"
    return literal(value)


def quoted(text: str) -> str:
    """A text in quotes; what would be a template sequence is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def body_lines(attributes: Mapping[str, Any], indent: str) -> str:
    """Arguments, then blocks (lists of mappings), each on lines of their own."""
    arguments = {name: value for name, value in attributes.items() if not is_blocks(value)}
    width = max((len(name) for name in arguments), default=0)
    lines = "".join(f"{indent}{name:<{width}} = {literal(value, indent)}\n" for name, value in arguments.items())
    for name, value in attributes.items():
        if is_blocks(value):
            for block in value:
                lines += ("\n" if lines else "") + block_lines(name, block, indent)
    return lines


def block_lines(head: str, attributes: Mapping[str, Any], indent: str) -> str:
    """A whole block."""
    return f"{indent}{head} {{\n{body_lines(attributes, indent + INDENT)}{indent}}}\n"


def is_blocks(value: Any) -> bool:
    """True for a list of mappings: nested blocks."""
    return isinstance(value, list) and bool(value) and all(isinstance(element, Mapping) for element in value)
