"""Semantic edits as text: the smallest changes that keep the formatting and the comments of a template.

A value is changed where it is written. Where that place decides other things as well (a default that is read twice, an
anchor, a resource of SAM or of a loop), the edit has no safe place and `EditError` says why.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from nephograph.model.edit import AddDocument, DocumentEdit, RemoveAttribute, SetAttribute, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded
from nephograph.model.span import Path
from nephograph.sources.cloudformation.document import CloudFormationDocument
from nephograph.sources.cloudformation.edit_text import Inserts, is_block, replaced, without_element, without_entry
from nephograph.sources.cloudformation.load import decoded
from nephograph.sources.cloudformation.nodes import Node
from nephograph.sources.cloudformation.origins import Place, element_at, located, taken_branch
from nephograph.sources.terraform.texts import Text

LISTS = frozenset({"Rules", "ServerSideEncryptionConfiguration", "Statement", "Tags"})
"""Properties that are lists of objects where an edit writes one that is not there: a path cannot tell them apart."""

_BY_HAND = "Make the change by hand at the place shown."


def text_edits(loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
    """The text edits for all edits together, without duplicates, in the order of files and places."""
    documents = {(d.root, d.address): d for d in loaded.documents if isinstance(d, CloudFormationDocument)}
    inserts = Inserts()
    texts: dict[str, Text] = {}
    found: list[TextEdit] = []
    for edit in edits:
        document = documents.get((edit.root, edit.address))
        if document is None:
            raise EditError("edit-no-document", f"{edit.address} is in no template.", "Load it again.")
        _only_written(document)
        text = document.stack.template.text
        texts[text.relative] = text
        if isinstance(edit, SetAttribute):
            found += _set(document, edit.path, edit.value, inserts)
        elif isinstance(edit, RemoveAttribute):
            found.append(_remove(document, edit.path))
        else:
            _add(document, edit, inserts)
    found += inserts.edits()
    found = sorted(dict.fromkeys(found), key=lambda one: (one.file, one.start, one.end))
    for before, after in itertools.pairwise(found):
        if before.file == after.file and after.start < before.end:
            raise EditError("edit-conflict", "Two of the edits change the same place.", "Apply one at a time.")
    _stays_readable(texts, found)
    return found


def _stays_readable(texts: dict[str, Text], edits: list[TextEdit]) -> None:
    for file, text in texts.items():
        content = text.content
        for edit in sorted((one for one in edits if one.file == file), key=lambda one: one.start, reverse=True):
            content = content[: edit.start] + edit.text + content[edit.end :]
        if any(fault.fatal for fault in decoded(content).faults):
            raise EditError("edit-place", f"The change has no small place in {text.file}.", _BY_HAND)


def _fail(document: CloudFormationDocument, code: str, why: str, node: Node) -> NoReturn:
    raise EditError(code, why, _BY_HAND, document.stack.template.text.span(node.start, node.end))


def _only_written(document: CloudFormationDocument) -> None:
    """Raise for a resource that the text does not write itself."""
    written = document.stack.template.sections["Resources"].get(document.name)
    if written is not document.node:
        _fail(document, "edit-generated", "The resource is made by a transform or a loop.", document.node)


def _own(document: CloudFormationDocument, node: Node) -> None:
    """Raise for a node that is written elsewhere, or that something else reads."""
    start, _ = document.stack.heads.get(document.name, (document.node.start, 0))
    content = document.stack.template.text.content
    if not start <= node.start <= document.node.end:
        _fail(document, "edit-shared", "The value is an alias of something written elsewhere.", node)
    anchor = re.search(r"&([\w-]+)\s*$", content[max(0, node.start - 80) : node.start])
    if anchor is not None and f"*{anchor[1]}" in content:
        _fail(document, "edit-shared", f"The value is what *{anchor[1]} stands for elsewhere.", node)


# -- set -------------------------------------------------------------------------------------------------------------


def _set(document: CloudFormationDocument, path: Path, value: Any, inserts: Inserts) -> list[TextEdit]:
    if not path:
        raise EditError("edit-path", "A whole document cannot be set.", "Name one of its properties.")
    places = located(document, path)
    if places and not places[0].rest:
        place = _writable(document, places)
        if isinstance(place.node.value, list) and not isinstance(value, list):
            value = [value]
        return [replaced(place.stack.template.text, place.node, value)]
    container, rest = _innermost(document, path)
    _own(document, container)
    text = document.stack.template.text
    if container.value is None and is_block(text, container):
        _fail(document, "edit-place", "The value is empty where it is written.", container)
    name = str(rest[0])
    inserts.add(text, container, name, _nested(name, rest[1:], value))
    return []


def _writable(document: CloudFormationDocument, places: list[Place]) -> Place:
    """The last place of a chain, if a change there changes this value and no other."""
    first, last = places[0], places[-1]
    if len(places) == 1:
        _own(document, first.node)
        return first
    if last.kind != "default" or len(places) != 2 or last.rest:
        _fail(document, "edit-computed", f"The value comes from elsewhere: {last.what}.", first.node)
    content = last.stack.template.text.content
    name = re.escape(last.name)
    readers = len(re.findall(rf"(?:!Ref\s+|\"?Ref\"?\s*:\s*)[\"']?{name}\b|\$\{{{name}\}}", content))
    if readers > 1 or last.stack.caller is not None:
        why = f"Parameter {last.name} decides the value, and it is read {readers} times."
        _fail(document, "edit-shared", why, first.node)
    return last


def _innermost(document: CloudFormationDocument, path: Path) -> tuple[Node, Path]:
    """The innermost mapping that is written on the way of a path, and the rest of the path."""
    run = document.stack.evaluator(document.name)
    node = document.node.get("Properties")
    if node is None or not isinstance(node.value, dict):
        return document.node, ("Properties", *path)
    found, rest = node, path
    for position, step in enumerate(path):
        node = taken_branch(run, node)
        value = node.value
        if isinstance(value, dict):
            found, rest = node, path[position:]
            if step == 0:
                rest = path[position + 1 :]
                continue
            child = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int):
            child = element_at(run, value, step)
        else:
            child = None
        if child is None:
            break
        node = child
    if (
        not rest
        or not isinstance(rest[0], str)
        or any(name.startswith("Fn::") or name == "Ref" for name in found.value)
    ):
        _fail(document, "edit-place", f"{'.'.join(map(str, path))} has no place of its own.", found)
    if rest[0] in found.value:
        _fail(document, "edit-computed", "The value is computed where it is written.", found.value[rest[0]])
    return found, rest


def _nested(name: str, path: Path, value: Any) -> Any:
    """The value wrapped in what a path leads through: objects for names, a list of one where the property is a list."""
    if not path:
        return value
    if isinstance(path[0], int):
        inner = _nested("", path[1:], value)
        return [inner] if name in LISTS else inner
    return {path[0]: _nested(path[0], path[1:], value)}


# -- remove ----------------------------------------------------------------------------------------------------------


def _remove(document: CloudFormationDocument, path: Path) -> TextEdit:
    run = document.stack.evaluator(document.name)
    text = document.stack.template.text
    node = document.node.get("Properties")
    if node is None or not path:
        raise EditError("edit-path", "There is nothing to remove.", "Name one of its properties.")
    way: list[tuple[Node, str | int, Node]] = []
    for step in path:
        node = taken_branch(run, node)
        value = node.value
        if isinstance(value, dict) and step == 0:
            continue
        child = None
        key: str | int = step
        if isinstance(value, dict) and str(step) in value:
            child = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int):
            child = element_at(run, value, step)
            key = value.index(child) if child is not None else step
        if child is None:
            _fail(document, "edit-place", f"{'.'.join(map(str, path))} is not written as one thing.", node)
        way.append((node, key, child))
        node = child
    while len(way) > 1 and len(way[-1][0].value) == 1:
        way.pop()  # (what would be left empty goes with its only entry)
    container, key, child = way[-1]
    _own(document, container)
    if isinstance(key, int):
        return without_element(text, container, child)
    return without_entry(text, container, key, child)


# -- add -------------------------------------------------------------------------------------------------------------


def _add(document: CloudFormationDocument, edit: AddDocument, inserts: Inserts) -> None:
    """A new resource behind the last one, that refers to the document's resource."""
    resources = document.stack.template.sections["Resources"]
    wanted = document.name + edit.type.rpartition("::")[2]
    name, number = wanted, 2
    while name in resources.value:
        name, number = f"{wanted}{number}", number + 1
    attributes = {key: _objects(key, value) for key, value in edit.attributes.items() if key != edit.refers}
    resource: dict[str, Any] = {"Type": edit.type}
    condition = document.node.get("Condition")
    if condition is not None and condition.text:
        resource["Condition"] = condition.text
    resource["Properties"] = {edit.refers: {"Ref": document.name}, **attributes}
    inserts.add(document.stack.template.text, resources, name, resource)


def _objects(name: str, value: Any) -> Any:
    """Lists of one, which stand for blocks, as the objects that they are in a template."""
    if isinstance(value, dict):
        return {key: _objects(key, child) for key, child in value.items()}
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and name not in LISTS:
        return _objects("", value[0])
    return [_objects("", child) for child in value] if isinstance(value, list) else value
