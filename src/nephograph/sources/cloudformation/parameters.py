"""Values of parameters: handed on by a parent, given by a person or a file beside the template, or defaults."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.cloudformation.nodes import Node, text_of

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.stack import Stack

DEFAULTS = "Parameters that nobody gives a value are taken at their defaults."
_LIST = re.compile(r"CommaDelimitedList|List<.*>")
_SSM = "AWS::SSM::Parameter::"


def parameter_value(stack: Stack, name: str) -> Any:
    """The value of a parameter of a stack: text, list of texts, or Unknown.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
    """
    declared = stack.parameters[name]
    type_ = getattr(declared.get("Type"), "text", None) or "String"
    hidden = declared.get("NoEcho")
    given = _given(stack, name)
    if given is None:
        given = _default(declared)
        if given is not None:
            stack.tree.assume(DEFAULTS)
    if given is None:
        return Unknown(Reason.NO_VALUE, stack.prefix + name)
    if isinstance(given, Unknown):
        return given
    if type_.startswith(_SSM):
        return Unknown(Reason.DATA_SOURCE, f"SSM parameter {given}")
    if hidden is not None and hidden.value in (True, "true", "True") and given != "":
        stack.tree.texts.hide(given)
        return Unknown(Reason.SENSITIVE, stack.prefix + name)
    if _LIST.fullmatch(type_):
        if isinstance(given, list):
            return given
        return [one.strip() for one in text_of(given).split(",")] if given != "" else []
    if isinstance(given, list):
        return ",".join(map(text_of, given)) if not any(isinstance(one, Unknown) for one in given) else given
    return text_of(given)


def _given(stack: Stack, name: str) -> Any:
    if stack.given is not None:
        return stack.given.get(name)
    return stack.tree.said(stack.template, name)


def _default(declared: Node) -> Any:
    node = declared.get("Default")
    if node is None or isinstance(node.value, dict):
        return None
    if isinstance(node.value, list):
        return [text_of(one.value) for one in node.value]
    return node.value


def values_of_file(content: str) -> dict[str, str] | None:
    """What a file of parameters gives: a list as the CLI takes it, `{"Parameters": {…}}`, or names and values.

    None when it is none of these.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and isinstance(data.get("Parameters"), dict | list):
        data = data["Parameters"]
    if isinstance(data, list):
        found = {}
        for one in data:
            if not isinstance(one, dict):
                return None
            name, value = one.get("ParameterKey"), one.get("ParameterValue")
            if isinstance(name, str) and isinstance(value, str | int | float):
                found[name] = text_of(value)
        return found
    if isinstance(data, dict) and all(isinstance(value, str | int | float) for value in data.values()):
        return {str(name): text_of(value) for name, value in data.items()}
    return None


_OVERRIDE = re.compile(r'([A-Za-z0-9]+)=(?:"((?:\\.|[^"\\])*)"|\'([^\']*)\'|(\S*))')


def values_of_samconfig(content: str) -> dict[str, str]:
    """The parameter overrides of the default environment of a samconfig.toml.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
    """
    try:
        data: Any = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    found: dict[str, str] = {}
    for command in ("global", "deploy"):
        node: Any = data
        for step in ("default", command, "parameters", "parameter_overrides"):
            node = node.get(step) if isinstance(node, dict) else None
        for text in node if isinstance(node, list) else [node]:
            if isinstance(text, str):
                for match in _OVERRIDE.finditer(text):
                    found[match[1]] = next((group for group in match.groups()[1:] if group is not None), "")
    return found
