"""The intrinsic functions, and those of AWS::LanguageExtensions.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

import base64
import ipaddress
import itertools
import json
import re
from collections.abc import Callable
from typing import Any

from nephograph.model.value import Reason, Unknown, unknowns
from nephograph.sources.cloudformation.conditions import truth
from nephograph.sources.cloudformation.evaluate import ABSENT, Evaluator
from nephograph.sources.cloudformation.nodes import Node, text_of
from nephograph.sources.cloudformation.template import name_of
from nephograph.sources.cloudformation.texts import derived, joined, said
from nephograph.sources.cloudformation.zones import zones

Function = Callable[[Evaluator, Node, Node], Any]

CONDITIONS = frozenset({"Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"})
MAX_BLOCKS = 256
"""How many blocks Fn::Cidr gives at most."""

_PIECE = re.compile(r"\$\{(!?)([^}]*)\}")


def _invalid(why: str) -> Unknown:
    return Unknown(Reason.INVALID, why)


def _arguments(node: Node, least: int, most: int) -> list[Node] | None:
    found = node.value if isinstance(node.value, list) else None
    return found if found is not None and least <= len(found) <= most else None


def _ref(run: Evaluator, argument: Node, node: Node) -> Any:
    name = run.value(argument)
    return run.reference(name) if isinstance(name, str) else _invalid("Ref needs a name")


def _get_att(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = [run.value(one) for one in argument.items()]
    if len(parts) == 1 and isinstance(parts[0], str):
        parts = list(parts[0].partition(".")[::2])
    if len(parts) < 2 or not isinstance(parts[0], str):
        return _invalid("Fn::GetAtt needs a resource and an attribute")
    if any(isinstance(part, Unknown) for part in parts[1:]):
        return derived(f"an attribute of {parts[0]}", *parts[1:])
    return run.attribute(parts[0], ".".join(text_of(part) for part in parts[1:]))


def _if(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = _arguments(argument, 3, 3)
    if parts is None:
        return _invalid("Fn::If needs a condition and two values")
    chosen = truth(run, parts[0])
    if not isinstance(chosen, Unknown):
        return run.value(parts[1] if chosen else parts[2])
    yes, no = run.value(parts[1]), run.value(parts[2])
    if yes is no or (yes == no and type(yes) is type(no)):
        return yes
    # Named by its place: two functions over one condition are two values, and a branch may hold a credential.
    span = run.stack.span(node)
    where = f"{run.stack.template.text.relative}:{span.line}:{span.column}"
    return Unknown(chosen.reason, f"{chosen.detail or chosen.symbol}, at {run.stack.prefix}{where}")


def _sub(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = argument.value if isinstance(argument.value, list) else [argument]
    text = parts[0].text if parts else None
    own = parts[1] if len(parts) > 1 else None
    if text is None:
        return _invalid("Fn::Sub needs a text")
    pieces: list[Any] = []
    position = 0
    for found in _PIECE.finditer(text):
        pieces.append(text[position : found.start()])
        position = found.end()
        name = found[2].strip()
        if found[1]:
            pieces.append(f"${{{found[2]}}}")
        elif own is not None and (given := own.get(name)) is not None:
            pieces.append(run.known(given))
        elif "." in name:
            pieces.append(run.attribute(*name.partition(".")[::2]))
        else:
            pieces.append(run.reference(name))
    pieces.append(text[position:])
    value = joined("" if piece is ABSENT else _list_text(piece) for piece in pieces)
    if isinstance(value, str) and "{{resolve:" in value:
        return run.value(Node(value, node.start, node.end))
    return value


def _list_text(value: Any) -> Any:
    """A list where a text belongs (a parameter of a list type) is written with commas."""
    if not isinstance(value, list):
        return value
    return joined(_between(",", value))


def _between(delimiter: Any, values: list[Any]) -> list[Any]:
    pieces: list[Any] = []
    for position, value in enumerate(values):
        pieces += [delimiter, value] if position else [value]
    return pieces


def _join(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = _arguments(argument, 2, 2)
    if parts is None:
        return _invalid("Fn::Join needs a delimiter and a list")
    delimiter, values = run.value(parts[0]), run.value(parts[1])
    if isinstance(values, Unknown) or isinstance(delimiter, Unknown):
        return derived(f"join of {said(values)}", values, delimiter)
    if not isinstance(values, list):
        values = [values]
    text = joined(_between(delimiter, values))
    return run.value(Node(text, node.start, node.end)) if isinstance(text, str) and "{{resolve:" in text else text


def _split(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = _arguments(argument, 2, 2)
    if parts is None:
        return _invalid("Fn::Split needs a delimiter and a text")
    delimiter, value = run.value(parts[0]), run.value(parts[1])
    if isinstance(value, Unknown) or isinstance(delimiter, Unknown):
        return derived(f"split of {said(value)}", value, delimiter)
    if not isinstance(delimiter, str) or not delimiter or isinstance(value, dict | list) or value is ABSENT:
        return _invalid("Fn::Split needs a delimiter and a text")
    return text_of(value).split(delimiter)


def _select(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = _arguments(argument, 2, 2)
    if parts is None:
        return _invalid("Fn::Select needs a number and a list")
    index, values = run.value(parts[0]), run.value(parts[1])
    if isinstance(index, Unknown) or isinstance(values, Unknown):
        return derived(f"element {said(index)} of {said(values)}", index, values)
    try:
        position = int(str(index))
    except ValueError:
        return _invalid(f"{said(index)} is no number of an element")
    if isinstance(values, list) and 0 <= position < len(values):
        return values[position]
    return _invalid(f"there is no element {position}")


def _get_azs(run: Evaluator, argument: Node, node: Node) -> Any:
    region = run.known(argument)
    if region is None or region == "":
        region = run.stack.pseudo("AWS::Region")
    if isinstance(region, Unknown):
        return [Unknown(region.reason, f"zone {number} of {said(region)}") for number in range(6)]
    run.stack.tree.assume("Availability zones are named by their region: nobody was asked.")
    return zones(text_of(region))


def _find_in_map(run: Evaluator, argument: Node, node: Node) -> Any:
    parts = _arguments(argument, 3, 4)
    if parts is None:
        return _invalid("Fn::FindInMap needs a map and two keys")
    default = parts[3].get("DefaultValue") if len(parts) == 4 else None
    keys = [run.value(part) for part in parts[:3]]
    where = run.stack.mappings
    level: list[Node] = [where]
    for position, key in enumerate(keys):
        if isinstance(key, Unknown):
            level = [child for one in level for _, child in one.entries()]
        else:
            name = "" if key is ABSENT or isinstance(key, dict | list) else text_of(key)
            level = [child for one in level if (child := one.get(name)) is not None]
        if not level:
            missing = f"the mapping {said(keys[0])} has no {said(keys[position])}"
            return run.value(default) if default is not None else _invalid(missing)
    values = [run.value(one) for one in level]
    if not any(isinstance(key, Unknown) for key in keys):
        return values[0]
    if default is None and all(value == values[0] for value in values):
        return values[0]
    # One of several values, and nobody knows which.
    return derived(f"{said(keys[0])}[{said(keys[1])}][{said(keys[2])}]", *keys)


def _base64(run: Evaluator, argument: Node, node: Node) -> Any:
    value = run.known(argument)
    if isinstance(value, Unknown | None):
        # The text is handed on as it is, because what is known of it says more than "not known".
        return value
    if isinstance(value, dict | list):
        return _invalid("Fn::Base64 needs a text")
    return base64.b64encode(text_of(value).encode("utf-8", "surrogatepass")).decode()


def _cidr(run: Evaluator, argument: Node, node: Node) -> Any:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html"""
    parts = _arguments(argument, 2, 3)
    if parts is None:
        return _invalid("Fn::Cidr needs a block, a number and the bits of each")
    values = [run.value(part) for part in parts]
    if any(isinstance(value, Unknown) for value in values):
        count = values[1]
        if not isinstance(count, Unknown) and str(count).isdigit() and int(str(count)) <= MAX_BLOCKS:
            return [derived(f"block {n} of {said(values[0])}", *values) for n in range(int(str(count)))]
        return derived(f"blocks of {said(values[0])}", *values)
    try:
        network = ipaddress.ip_network(str(values[0]), strict=False)
        count = int(str(values[1]))
        bits = int(str(values[2])) if len(values) > 2 else 8
        if not 1 <= count <= MAX_BLOCKS or bits < 1:
            raise ValueError("there are 1 to 256 blocks")
        blocks = network.subnets(new_prefix=network.max_prefixlen - bits)
        found = [str(block) for block in itertools.islice(blocks, count)]
    except ValueError as error:
        return _invalid(f"Fn::Cidr: {error}")
    return found if len(found) == count else _invalid(f"{network} does not hold {count} such blocks")


def _import_value(run: Evaluator, argument: Node, node: Node) -> Any:
    name = run.known(argument)
    if not isinstance(name, str | Unknown):
        return _invalid("Fn::ImportValue needs a name")
    return run.stack.tree.imported(run.stack, name)


def _to_json(run: Evaluator, argument: Node, node: Node) -> Any:
    value = run.known(argument)
    if isinstance(value, Unknown):
        return value
    pieces: list[Unknown] = list(dict.fromkeys(one for one in unknowns(value)))
    marks = {one: f"\0{number}\0" for number, one in enumerate(pieces)}

    def marked(value: Any) -> Any:
        if isinstance(value, Unknown):
            return marks[value]
        if isinstance(value, dict):
            return {name: marked(child) for name, child in value.items()}
        return [marked(child) for child in value] if isinstance(value, list) else value

    text = json.dumps(marked(value), separators=(",", ":"), ensure_ascii=False)
    if not pieces:
        return text
    split = re.split(r"\\u0000(\d+)\\u0000", text)
    return joined(pieces[int(part)] if position % 2 else part for position, part in enumerate(split))


def _length(run: Evaluator, argument: Node, node: Node) -> Any:
    value = run.known(argument)
    if isinstance(value, Unknown):
        return derived(f"length of {said(value)}", value)
    return len(value) if isinstance(value, list | dict) else _invalid("Fn::Length needs a list")


def _transform(run: Evaluator, argument: Node, node: Node) -> Any:
    name = name_of(argument) or "a macro"
    run.stack.macro(name, node)
    return Unknown(Reason.NOT_EVALUATED, f"macro {name}")


FUNCTIONS: dict[str, Function] = {
    "Ref": _ref,
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _get_azs,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Length": _length,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json,
    "Fn::Transform": _transform,
}
"""By the name a template calls it."""
