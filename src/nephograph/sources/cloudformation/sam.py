"""AWS::Serverless resources become CloudFormation's own, by the translator that AWS runs; their places survive.

The translator works on plain data. What it is given is marked: every text, list and mapping knows the node it was read
from, and keeps knowing it wherever the translator carries it. What the translator makes anew (numbers, the policies
it writes) gets the place of the property of that name, else of the resource it was made for.
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/what-is-sam.html
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from nephograph.sources.cloudformation.nodes import Node, Range, text_of

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.stack import Stack

PREFIX = "AWS::Serverless::"
NESTED = "AWS::Serverless::Application"
EXTRA = "pip install 'nephograph[cfn]'"
UNREAD = ("needs-extra", "sam-not-translated")
"""Gaps that stand for resources which were met and not evaluated."""

_LOCAL = ("CodeUri", "ContentUri", "DefinitionUri", "SchemaUri")
_ANYWHERE = "s3://local/file"
"""What stands for a file beside the template: the translator takes places in S3 alone."""

_MADE_OF = {
    "AuthType": "FunctionUrlConfig",
    "Code": "CodeUri",
    "Cors": "FunctionUrlConfig",
    "EndpointConfiguration": "EndpointConfiguration",
    "KeySchema": "PrimaryKey",
    "ManagedPolicyArns": "Policies",
    "SSESpecification": "SSESpecification",
    "StageName": "StageName",
    "TracingConfig": "Tracing",
    "TracingEnabled": "TracingEnabled",
}
"""Properties of what is made, and the property of SAM that says them under another name."""


class _Text(str):
    """A text that knows its node."""

    node: Node

    def __deepcopy__(self, memo: dict[int, Any]) -> _Text:
        return self


class _List(list[Any]):
    """A list that knows its node."""

    node: Node


class _Mapping(dict[str, Any]):
    """A mapping that knows its node."""

    node: Node


def _marked(node: Node) -> Any:
    value = node.value
    made: Any
    if isinstance(value, dict):
        made = _Mapping((name, _marked(child)) for name, child in value.items())
    elif isinstance(value, list):
        made = _List(_marked(child) for child in value)
    elif isinstance(value, str):
        made = _Text(value)
    else:
        return value
    made.node = node
    return made


def translated(stack: Stack, sections: dict[str, Node]) -> dict[str, Node]:
    """The sections with what the translator makes of the resources of SAM. What it refuses is left out and named."""
    resources = sections["Resources"]
    ours = {name for name, node in resources.entries() if _type(node).startswith(PREFIX) and _type(node) != NESTED}
    if not ours:
        return sections
    try:
        from samtranslator.model.exceptions import InvalidDocumentException
    except ImportError:
        why = f"the SAM translator is not installed: {EXTRA}"
        stack.gap(
            "needs-extra", stack.template.text.file, why, stack.template.root.get("Transform") or resources, len(ours)
        )
        return {**sections, "Resources": _without(resources, ours)}
    refused: set[str] = set()
    for _ in range(5):
        left = ours - refused
        try:
            made = _run(stack, sections, refused) if left else {}
        except InvalidDocumentException as error:
            found = {name: cause for cause in error.causes if (name := _culprit(cause, left))}
            for name in found or left:
                _refuse(stack, resources, name, getattr(found.get(name, error), "message", str(error)))
            refused |= set(found) or left
        except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
            # A property of a type that the translator does not reckon with ends it.
            for name in left:
                _refuse(stack, resources, name, f"{type(error).__name__}: {error}")
            refused |= left
        else:
            return _back(stack, sections, made, ours, refused)
    return {**sections, "Resources": _without(resources, ours)}


def _culprit(cause: Any, names: set[str]) -> str:
    name = getattr(cause, "_logical_id", "")
    return name if name in names else next((one for one in sorted(names) if f"[{one}]" in str(cause)), "")


def _refuse(stack: Stack, resources: Node, name: str, why: str) -> None:
    node = resources.value[name]
    stack.gap("sam-not-translated", f"{stack.prefix}{name}", " ".join(why.split())[:300], node)


def _type(node: Node) -> str:
    found = node.get("Type")
    return (found.text or "") if found is not None else ""


def _without(resources: Node, names: set[str]) -> Node:
    left = {name: node for name, node in resources.entries() if name not in names}
    return Node(left, resources.start, resources.end, resources.keys)


def _run(stack: Stack, sections: dict[str, Node], refused: set[str]) -> dict[str, Any]:
    """What the translator makes of the template. Nothing is asked of AWS: nested applications are kept from it."""
    # What it tells a log is nobody's answer.
    logging.getLogger("samtranslator").addHandler(logging.NullHandler())
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = {
        name: _marked(sections.get(name, node))
        for name, node in stack.template.root.entries()
        if name in sections or name in ("AWSTemplateFormatVersion", "Transform", "Globals", "Metadata", "Description")
    }
    resources = template["Resources"]
    for name in list(resources):
        one = resources[name]
        if not isinstance(one, dict) or name in refused or one.get("Type") == NESTED or "Type" not in one:
            del resources[name]
        elif str(one["Type"]).startswith(PREFIX) and isinstance(one.get("Properties"), dict):
            if one["Type"] == f"{PREFIX}Function":
                _with_code(one["Properties"], template.get("Globals"))
            _as_published(one["Properties"])
    for one in template.get("Globals", {}).values() if isinstance(template.get("Globals"), dict) else ():
        if isinstance(one, dict):
            _as_published(one)
    region = stack.scope.region
    values: dict[str, Any] = {"AWS::Region": region, "AWS::Partition": stack.pseudo("AWS::Partition")}
    for name in stack.parameters:
        value = stack.parameter(name)
        if isinstance(value, str):
            values[name] = value
    session: Any = _Region(region)
    translator = Translator({}, Parser(), boto_session=session)
    made: dict[str, Any] = translator.translate(template, values)
    return made


class _Region:
    """All that the translator asks of a session of AWS: where it is. No configuration of a person is read."""

    def __init__(self, region_name: str) -> None:
        self.region_name = region_name


def _with_code(properties: dict[str, Any], everywhere: Any) -> None:
    """A function that names no code is built of what lies beside the template."""
    shared = everywhere.get("Function") if isinstance(everywhere, dict) else None
    said = {*properties, *(shared if isinstance(shared, dict) else ())}
    if said.isdisjoint(("InlineCode", "CodeUri", "ImageUri", "PackageType")):
        properties["CodeUri"] = _ANYWHERE


def _as_published(properties: dict[str, Any]) -> None:
    """Files beside the template as places in S3."""
    for name in _LOCAL:
        value = properties.get(name)
        if isinstance(value, str) and not value.startswith("s3://"):
            stands = _Text(_ANYWHERE)
            stands.node = getattr(value, "node", Node(None, 0, 0))
            properties[name] = stands
    if properties.get("PackageType") == "Image" and "ImageUri" not in properties:
        properties["ImageUri"] = "local"


def _back(
    stack: Stack, sections: dict[str, Node], made: dict[str, Any], ours: set[str], refused: set[str]
) -> dict[str, Node]:
    """The sections of the translated template as nodes."""
    resources = sections["Resources"]
    found: dict[str, Node] = {}
    keys: dict[str, Range] = {}
    for name, one in made.get("Resources", {}).items():
        source = name if name in resources.value else _made_for(name, ours)
        node = resources.value.get(source) if source else None
        if node is None:
            node = _implied(stack, resources)
        keys[name] = resources.keys.get(source, (node.start, node.end))
        if source in ours or name not in resources.value:
            found[name] = _Places(stack, node).resource(one)
        else:
            found[name] = _node(one, (node.start, node.end))
    for name, node in resources.entries():
        if _type(node) == NESTED or (name not in found and name not in ours):
            found[name], keys[name] = node, resources.keys.get(name, (node.start, node.end))
    conditions = sections["Conditions"]
    more = made.get("Conditions", {})
    extra = {name: _node(one, (0, 0)) for name, one in more.items() if name not in conditions.value}
    return {
        **sections,
        "Resources": Node(found, resources.start, resources.end, keys),
        "Conditions": Node({**conditions.value, **extra}, conditions.start, conditions.end, conditions.keys),
    }


def _made_for(name: str, ours: set[str]) -> str:
    """The resource of SAM that another one was made for: the translator puts its name first."""
    return max((one for one in ours if name.startswith(one)), key=len, default="")


def _implied(stack: Stack, resources: Node) -> Node:
    """What is made for several resources together (the API that functions imply) stands at the transform."""
    return stack.template.root.get("Transform") or resources


class _Places:
    """Places for what is made for one resource of SAM."""

    def __init__(self, stack: Stack, source: Node) -> None:
        self._source = source
        kind = _type(source).removeprefix(PREFIX)
        self._globals = stack.template.root.get("Globals", kind)

    def resource(self, made: Any) -> Node:
        """The made resource as a node."""
        here = (self._source.start, self._source.end)
        whole = _node(made, here)
        properties = made.get("Properties") if isinstance(made, dict) else None
        if isinstance(properties, dict):
            for name, value in properties.items():
                place = self._place(name, value)
                if place is not None:
                    whole.value["Properties"].value[name] = _node(value, (place.start, place.end))
        return whole

    def _place(self, name: str, value: Any) -> Node | None:
        if hasattr(value, "node"):
            return None
        for said in (name, _MADE_OF.get(name, "")):
            for where in (self._source.get("Properties"), self._globals):
                node = where.get(said) if where is not None and said else None
                if node is not None:
                    return node
        return None


def _node(value: Any, place: Range) -> Node:
    """Data as a node: at its own place where it knows one, else at that of what holds it."""
    own = getattr(value, "node", None)
    if own is not None:
        place = (own.start, own.end)
    if isinstance(value, dict):
        children = {text_of(name): _node(child, _name_place(own, name, child, place)) for name, child in value.items()}
        return Node(children, *place, own.keys if own is not None else None)
    if isinstance(value, list | tuple):
        return Node([_node(child, place) for child in value], *place)
    if isinstance(value, str):
        return Node(str(value), *place)
    return Node(value if isinstance(value, int | float | None) else str(value), *place)


def _name_place(own: Node | None, name: Any, child: Any, place: Range) -> Range:
    """The place of a number or truth value: it cannot be marked, but the mapping it was read in is."""
    written = own.get(str(name)) if own is not None and not hasattr(child, "node") else None
    return (written.start, written.end) if written is not None and written.value == child else place
