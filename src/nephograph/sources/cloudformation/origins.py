"""Origins on demand: the way from a value back to where it was written, through functions, parameters and stacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nephograph.model.span import Cause, Origin, Path, Span
from nephograph.model.value import Unknown
from nephograph.sources.cloudformation.conditions import truth
from nephograph.sources.cloudformation.evaluate import ABSENT, Evaluator
from nephograph.sources.cloudformation.nodes import Node, function_of, text_of
from nephograph.sources.cloudformation.stack import Stack

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.document import CloudFormationDocument

MAX_STEPS = 50
"""How far a chain of causes is followed."""


class Place(msgspec.Struct, frozen=True):
    """One link of the chain: the stack whose text it stands in, the node, and what it is.

    `rest` is what of the path the node does not say as a thing of its own. `kind` is value, default, given (by a
    parent), map, or computed (the node is a function over several values).
    """

    stack: Stack
    node: Node
    what: str
    kind: str = "value"
    name: str = ""
    rest: Path = ()


def origin(document: CloudFormationDocument, path: Path) -> Origin | None:
    """The origin of the value at `path` of a document; () is the document itself."""
    stack = document.stack
    if not path:
        start, end = stack.heads.get(document.name, (document.node.start, document.node.end))
        causes = []
        one: Stack = stack
        while one.caller is not None:
            one, name = one.caller
            head = one.heads.get(name, (0, 0))
            causes.append(Cause(f"nested as {one.prefix}{name}", one.template.text.span(*head)))
        return Origin("code", document.address, stack.template.text.span(start, end), causes=tuple(causes))
    places = located(document, path)
    if not places:
        return None
    causes = [Cause(place.what, _span(place)) for place in places[1:]]
    return Origin("code", document.address, _span(places[0]), causes=tuple(causes))


def _span(place: Place) -> Span:
    return place.stack.template.text.span(place.node.start, place.node.end)


def located(document: CloudFormationDocument, path: Path) -> list[Place]:
    """The chain of places behind the value at `path`, the one nearest to the resource first; [] when not written."""
    properties = document.node.get("Properties")
    if properties is None:
        return []
    run = document.stack.evaluator(document.name)
    places = _walk(run, properties, path)
    return places[:MAX_STEPS]


def _walk(run: Evaluator, node: Node, path: Path) -> list[Place]:
    """Follow a path down from a node as far as it leads."""
    whole = node
    for position, step in enumerate(path):
        node = taken_branch(run, node)
        value = node.value
        if function_of(node) is not None:
            return _chain(run, node, path[position:])
        if isinstance(value, dict):
            if step == 0:
                continue  # (a lone object stands where dialects have a list of one)
            child = value.get(str(step))
            if child is None:
                return [Place(run.stack, whole, "", rest=path[position:])] if position else []
        elif isinstance(value, list) and isinstance(step, int):
            child = element_at(run, value, step)
            if child is None:
                return [Place(run.stack, whole, "", rest=path[position:])]
        elif isinstance(value, list) and value:
            child = taken_branch(run, value[0]).get(str(step))
            if child is None:
                return [Place(run.stack, whole, "", rest=path[position:])]
        else:
            # Inside a text, or a scalar where dialects have a list of one.
            return [Place(run.stack, node, "", rest=path[position:])]
        node = whole = child
    node = taken_branch(run, node)
    return _chain(run, node, ())


def taken_branch(run: Evaluator, node: Node) -> Node:
    """The branch of an `Fn::If` whose condition is known, else the node."""
    while function_of(node) == "Fn::If":
        parts = node.value["Fn::If"].value
        if not isinstance(parts, list) or len(parts) != 3:
            return node
        chosen = truth(run, parts[0])
        if isinstance(chosen, Unknown):
            return node
        node = parts[1] if chosen else parts[2]
    return node


def element_at(run: Evaluator, elements: list[Node], position: int) -> Node | None:
    """The element at a position of what a list is evaluated to: absent ones do not count."""
    at = -1
    for element in elements:
        if function_of(element) in ("Fn::If", "Ref") and run.value(element) is ABSENT:
            continue
        at += 1
        if at == position:
            return element
    return None


def _chain(run: Evaluator, node: Node, rest: Path) -> list[Place]:
    """The place of a node, and of what it refers to."""
    function = function_of(node)
    if function is None:
        return [Place(run.stack, node, "", rest=rest)]
    argument = node.value[function]
    kind = "value" if function == "Ref" else "computed"
    places = [Place(run.stack, node, "", kind, rest=rest)]
    if function == "Ref" and argument.text in run.stack.parameters:
        places += _parameter(run.stack, str(argument.text), rest)
    elif function == "Fn::FindInMap" and (found := _in_map(run, argument)) is not None:
        places[0] = msgspec.structs.replace(places[0], kind="value")
        places.append(Place(run.stack, found, f"mapping {text_of(argument.value[0].value)}", "map", rest=rest))
    elif function == "Fn::GetAtt":
        places += _output(run, argument, rest)
    return places


def _parameter(stack: Stack, name: str, rest: Path) -> list[Place]:
    """Where a parameter gets its value: from the parent's text, or from its default."""
    declared = stack.parameters[name]
    start, end = stack.template.head("Parameters", name)
    if stack.caller is not None and stack.given is not None and name in stack.given:
        parent, logical = stack.caller
        handed = parent.resources[logical].get("Properties", "Parameters", name)
        places = [Place(stack, Node(None, start, end), f"parameter {name}", "parameter", name, rest)]
        if handed is not None:
            places += _walk(parent.evaluator(logical), handed, rest)
        return places
    default = declared.get("Default")
    if stack.tree.said(stack.template, name) is not None or default is None:
        return [Place(stack, Node(None, start, end), f"parameter {name}", "outside", name, rest)]
    return [Place(stack, default, f"default of parameter {name}", "default", name, rest)]


def _in_map(run: Evaluator, argument: Node) -> Node | None:
    parts = argument.value if isinstance(argument.value, list) else []
    node: Node | None = run.stack.mappings
    for part in parts[:3]:
        key = run.value(part)
        node = node.get(text_of(key)) if node is not None and isinstance(key, str | int | bool | float) else None
    return node if len(parts) >= 3 else None


def _output(run: Evaluator, argument: Node, rest: Path) -> list[Place]:
    """The output of a nested stack that a parent asks for."""
    parts = [one.text or "" for one in argument.items()]
    name, _, attribute = ".".join(parts).partition(".")
    child = run.stack.child(name) if attribute.startswith("Outputs.") and name in run.stack.resources else None
    node = child.outputs.get(attribute.removeprefix("Outputs.")) if child is not None else None
    value = node.get("Value") if node is not None else None
    if child is None or value is None:
        return []
    return [Place(child, value, f"output {attribute.removeprefix('Outputs.')} of {name}", "computed", rest=rest)]
