"""Semantic edits as text: the smallest changes that keep formatting and comments.

A value is changed where it is written. When that place is shared (a variable's default, a local), it is changed only
if nothing else reads it; otherwise the edit has no safe place and `EditError` says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import Any

from nephograph.model.edit import AddDocument, DocumentEdit, RemoveAttribute, SetAttribute, TextEdit
from nephograph.model.errors import EditError
from nephograph.model.source import Loaded
from nephograph.model.span import Path
from nephograph.sources.terraform.blocks import Block, Body
from nephograph.sources.terraform.document import TerraformDocument
from nephograph.sources.terraform.edit_instances import block_goes, element_of
from nephograph.sources.terraform.edit_text import (
    align,
    indent_at,
    line_end,
    line_start,
    newline_of,
    remove_element,
    remove_lines,
)
from nephograph.sources.terraform.hcl_text import INDENT, Expression, block_lines, is_blocks, json_literal, literal
from nephograph.sources.terraform.json_values import NotJson, read_json
from nephograph.sources.terraform.origins import traced
from nephograph.sources.terraform.readers import readers
from nephograph.sources.terraform.resources import Instance, placed_blocks
from nephograph.sources.terraform.scope import Env
from nephograph.sources.terraform.settings import Setting, SettingDocument
from nephograph.sources.terraform.texts import Text
from nephograph.sources.terraform.trace import Place, Trace

_POLICY_ARGUMENTS = {
    "Effect": "effect",
    "Sid": "sid",
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}
_BY_HAND = "Make the change by hand at the place shown."


def text_edits(loaded: Loaded, edits: Sequence[DocumentEdit]) -> list[TextEdit]:
    """The text edits for all edits together, without duplicates, in the order of files and places."""
    documents = {
        (document.root, document.address): document
        for document in loaded.documents
        if isinstance(document, TerraformDocument)
    }
    gone = {edit.address for edit in edits if isinstance(edit, RemoveAttribute) and not edit.path}
    found: list[TextEdit] = []
    missing: dict[Any, tuple[Body, str, dict[str, Any]]] = {}
    for edit in edits:
        document = documents.get((edit.root, edit.address))
        if document is None:
            raise EditError("edit-no-document", f"{edit.address} is not in the configuration.", "Load it again.")
        if isinstance(document, SettingDocument):
            found.append(_rewrite(document.instance, edit))
        elif isinstance(edit, SetAttribute) and (block := _missing_block(document.instance, edit.path)) is not None:
            # Several attributes of one block that is not written yet make one block.
            body, name, inner = block
            key = (body.text.file, body.text.absolute(body.start), *edit.path[: -len(inner)])
            _, _, content = missing.setdefault(key, (body, name, {}))
            content[str(inner[0])] = _nested(inner[1:], edit.value)
        elif isinstance(edit, SetAttribute):
            found.append(_set(document.instance, edit.path, edit.value))
        elif isinstance(edit, RemoveAttribute):
            found.append(_remove(document.instance, edit.path) if edit.path else _remove_thing(document.instance, gone))
        else:
            found.append(_add(document.instance, edit))
    found.extend(_insert_blocks(body, name, [content]) for body, name, content in missing.values())
    return _joined(found)


def _joined(edits: list[TextEdit]) -> list[TextEdit]:
    """Sorted; equal edits once; overlapping removals as one. Raises `EditError` when two edits are at odds."""
    result: list[TextEdit] = []
    for edit in sorted(dict.fromkeys(edits), key=lambda e: (e.file, e.start, e.end)):
        last = result[-1] if result else None
        if last is not None and last.file == edit.file and edit.start < last.end:
            if edit.text or last.text:
                raise EditError("edit-conflict", "Two of the edits change the same place.", "Apply one at a time.")
            result[-1] = TextEdit(last.file, last.start, max(last.end, edit.end), "")
        else:
            result.append(edit)
    return result


def _edit(text: Text, start: int, end: int, new: str) -> TextEdit:
    if text.modelled:
        raise EditError("edit-outside", "The place is inside a module that is not in the tree.", _BY_HAND)
    if not text.relative:
        raise EditError(
            "edit-outside", f"{text.file} stands outside the scanned folder.", _BY_HAND, text.span(start, end)
        )
    new = new.replace("\n", newline_of(text))
    if text.file.endswith(".json") and not _stays_json(text, start, end, new):
        message = f"The change has no small place in {text.file}, which is JSON."
        raise EditError("edit-place", message, _BY_HAND, text.span(start, end))
    return TextEdit(text.relative, text.absolute(start), text.absolute(start) + end - start, new)


def _stays_json(text: Text, start: int, end: int, new: str) -> bool:
    try:
        read_json(text.content[:start] + new + text.content[end:])
    except NotJson:
        return False
    return True


def _error(code: str, message: str, place: Place) -> EditError:
    return EditError(code, message, _BY_HAND, place.span)


def _rewrite(setting: Setting, edit: DocumentEdit) -> TextEdit:
    """Another expression in the place that a thing of the code itself names: `legacy.3.written`."""
    path = "" if isinstance(edit, AddDocument) else ".".join(str(part) for part in edit.path[:-1])
    written = setting.places.get(path)
    if written is None or not isinstance(edit, SetAttribute) or edit.path[-1] != "written":
        raise EditError("edit-place", f"{setting.address} has no place for that.", _BY_HAND)
    return _edit(written.text, written.node[1], written.node[2], str(edit.value))


# -- set -------------------------------------------------------------------------------------------------------------


def _set(instance: Instance, path: Path, value: Any) -> TextEdit:
    if not path:
        raise EditError("edit-path", "A whole document cannot be set.", "Name one of its attributes.")
    trace = traced(instance, path)
    if trace is None:
        return _insert(instance, path, value)
    place = _writable(instance, trace, path)
    text = place.text
    call = place.env.module.call
    if text.modelled and place.kind == "default" and not place.path and call is not None:
        # A default of a module that is not here: the call says otherwise.
        return _insert_argument(call.body, place.what.rpartition(" ")[2], value)
    if place.path:
        return _insert_below(place, value)
    if place.kind == "block":
        return _set_in_policy_block(instance, place, path, value)
    if place.node is None:
        # Inside a JSON text: in quotes its own quotes are escaped.
        written = json.dumps(value, ensure_ascii=False)
        inside_quotes = text.content[place.start : place.start + 2] == '\\"'
        if inside_quotes or (place.start > 0 and _stands_in_quotes(text, place)):
            written = written.replace("\\", "\\\\").replace('"', '\\"')
        return _edit(text, place.start, place.end, written)
    if place.node[0] == "tuple" and not isinstance(value, list):
        value = [value]
    if text.file.endswith(".json"):
        # What is written between quotes is an expression; the new value takes the place of the quotes too.
        start, end = place.start, place.end
        if text.content[start - 3 : start] == '"${' and text.content[end : end + 2] == '}"':
            start, end = start - 3, end + 2
        return _edit(text, start, end, json_literal(value, indent_at(text, start)))
    return _edit(text, place.start, place.end, literal(value, indent_at(text, place.start)))


def _stands_in_quotes(text: Text, place: Place) -> bool:
    line = text.content[line_start(text, place.start) : place.start]
    return '\\"' in line


def _writable(instance: Instance, trace: Trace, path: Path) -> Place:
    """The last place of a trace, if a change there changes this value and no other."""
    places = trace.places
    last = places[-1]
    chain = places[trace.primary :]
    if len(chain) == 1:
        return last
    for earlier in chain[:-1]:
        if earlier.kind not in ("variable", "block") and not _passes_on(earlier):
            raise _error("edit-computed", "The value is computed from others, so it has no one place.", earlier)
    if last.kind == "variable":
        raise _error("edit-no-value", f"The value comes from outside: {last.what} has none in these files.", last)
    if last.kind in ("given", "reference", "count", "file"):
        raise _error("edit-outside", f"The value comes from elsewhere: {last.what}.", last)
    for place in chain:
        _only_reader(place)
    if last.node is not None and last.node[0] not in ("lit", "tuple", "object"):
        raise _error("edit-computed", "The value is computed where it is written.", last)
    return last


def _passes_on(place: Place) -> bool:
    """True when the place hands a value on unchanged: a bare reference."""
    return place.node is not None and place.node[0] in ("ref", "get", "splat")


def _only_reader(place: Place) -> None:
    """Raise when the variable or local of a place is read by anything else."""
    if place.text.modelled:
        # Who reads it inside the module is the module's matter: its argument is what a person would change.
        return
    kind, _, name = place.what.partition(" ")
    if place.kind == "variable" and kind == "variable":
        found = readers(place.env.module.directory, "var", name)
        what = f"var.{name}"
    elif place.kind == "local":
        what = place.what
        found = readers(place.env.module.directory, "local", what.partition(".")[2])
    else:
        return
    if len(found) > 1:
        others = ", ".join(dict.fromkeys(found))
        raise _error("edit-shared", f"{what} decides the value, and it is read {len(found)} times: {others}.", place)


def _set_in_policy_block(instance: Instance, place: Place, path: Path, value: Any) -> TextEdit:
    """A part of a statement that its block does not write yet."""
    block = _block_at(place)
    argument = _POLICY_ARGUMENTS.get(str(path[-1]))
    if block is None or argument is None or block.type != "statement":
        raise _error("edit-place", f"{'.'.join(map(str, path))} is not written as one thing.", place)
    if argument not in ("effect", "sid") and not isinstance(value, list):
        value = [value]
    return _insert_argument(block.body, argument, value)


def _block_at(place: Place) -> Block | None:
    """The block that a place of kind block covers."""
    directory = place.env.module.directory
    stack = [*directory.resources.values(), *directory.data.values()]
    while stack:
        block = stack.pop()
        if block.text is not place.text or not block.start <= place.start < block.end:
            continue
        if (block.start, block.end) == (place.start, place.end):
            return block
        stack = list(block.body.blocks)
    return None


# -- insert ----------------------------------------------------------------------------------------------------------


def _insert(instance: Instance, path: Path, value: Any) -> TextEdit:
    """Write what is not written yet into the innermost body that is."""
    body, rest = _innermost(instance.block.body, instance.env, path)
    name = str(rest[0])
    if len(rest) == 1 and not is_blocks(value):
        return _insert_argument(body, name, value)
    value = _nested(rest[1:], value)
    if isinstance(value, dict):
        # A name below a name: a map that is not written at all.
        return _insert_argument(body, name, value)
    return _insert_blocks(body, name, value)


def _nested(path: Path, value: Any) -> Any:
    """The value wrapped in what a path leads through: mappings for names, lists for positions."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _missing_block(instance: Instance, path: Path) -> tuple[Body, str, Path] | None:
    """The body that lacks the block a path leads into, the block's type, and the path inside the block."""
    if not path or traced(instance, path) is not None:
        return None
    body, rest = _innermost(instance.block.body, instance.env, path)
    if len(rest) > 2 and isinstance(rest[1], int) and isinstance(rest[2], str):
        return body, str(rest[0]), rest[2:]
    return None


def _innermost(body: Body, env: Env, path: Path) -> tuple[Body, Path]:
    """The innermost body that is written on the way of a path, and the rest of the path."""
    while len(path) > 1 and isinstance(path[0], str):
        placed = placed_blocks(body, path[0], env)
        position = path[1] if isinstance(path[1], int) else 0
        if not isinstance(placed, list) or position >= len(placed):
            break
        body, env = placed[position].content, placed[position].env
        path = path[2:] if isinstance(path[1], int) else path[1:]
    return body, path


def _insert_argument(body: Body, name: str, value: Any) -> TextEdit:
    """A new argument behind the last one, its = under theirs."""
    text = body.text
    one_line = "\n" not in text.content[body.start : body.end]
    indent = indent_at(text, body.start) + INDENT
    if one_line:
        inside = text.content[body.start : body.end].strip()
        outer = indent_at(text, body.start)
        lines = [f"{indent}{inside}\n"] if inside else []
        return _edit(
            text, body.start, body.end, f"\n{''.join(lines)}{indent}{name} = {literal(value, indent)}\n{outer}"
        )
    own = [item for name, item in body.arguments.items() if name not in (body.overridden or ())]
    behind = [item for item in own if not any(block.start < item[1] for block in body.blocks)]
    if behind:
        last = behind[-1]
        indent = indent_at(text, last[1])
        padded = align(text, last, name)
        position = line_end(text, last[2])
        return _edit(text, position, position, f"\n{indent}{padded} = {literal(value, indent)}")
    position = line_end(text, body.start)
    return _edit(text, position, position, f"\n{indent}{name} = {literal(value, indent)}")


def _insert_blocks(body: Body, name: str, blocks: list[Any]) -> TextEdit:
    text = body.text
    outer = indent_at(text, body.start)
    lines = "".join(block_lines(name, block, outer + INDENT) for block in blocks)
    inside = text.content[body.start : body.end]
    if "\n" not in inside:
        kept = f"{outer}{INDENT}{inside.strip()}\n\n" if inside.strip() else ""
        return _edit(text, body.start, body.end, f"\n{kept}{lines}{outer}")
    position = line_start(text, body.end)
    gap = "\n" if inside.strip() else ""
    return _edit(text, position, position, gap + lines)


def _insert_below(place: Place, value: Any) -> TextEdit:
    """Write an entry into an object that is there."""
    node, text = place.node, place.text
    if node is None or node[0] != "object" or not isinstance(place.path[0], str):
        raise _error("edit-place", "The value is not written as one thing that could be changed.", place)
    value = _nested(place.path[1:], value)
    name = place.path[0]
    key = name if name.replace("_", "").isalnum() and not name[0].isdigit() else f'"{name}"'
    if not node[3]:
        indent = indent_at(text, node[1])
        entry = f"{{\n{indent}{INDENT}{key} = {literal(value, indent + INDENT)}\n{indent}}}"
        return _edit(text, node[1], node[2], entry)
    last = node[3][-1][1]
    if "\n" not in text.content[node[1] : node[2]]:
        return _edit(text, last[2], last[2], f", {key} = {literal(value)}")
    indent = indent_at(text, node[3][-1][0][1])
    comma = text.content[last[2] : last[2] + 1] == ","
    position = line_end(text, last[2])
    uses_commas = comma or (len(node[3]) > 1 and "," in text.content[node[3][0][1][2] : node[3][1][0][1]])
    return _edit(text, position, position, f"\n{indent}{key} = {literal(value, indent)}{',' if uses_commas else ''}")


# -- remove ----------------------------------------------------------------------------------------------------------


def _remove(instance: Instance, path: Path) -> TextEdit:
    trace = traced(instance, path)
    if trace is None:
        raise EditError("edit-absent", f"{'.'.join(map(str, path))} is not written.", "There is nothing to remove.")
    place = _writable(instance, trace, path)
    if place.path:
        raise _error("edit-place", "The value is not written as one thing that could be removed.", place)
    if place.kind == "block":
        block = _block_at(place)
        if block is not None and block.type == "dynamic":
            raise _error("edit-computed", "The block is generated; what it is generated from is not one list.", place)
        return _remove_block(place.text, place.start, place.end)
    argument = _argument_at(place)
    if argument is not None:
        return _edit(place.text, *remove_lines(place.text, argument[1], argument[2]), "")
    start = _entry_start(instance, place, path)
    if _is_made_by_for(place.text, start):
        raise _error("edit-generated", "The element is made by a for expression, as others are.", place)
    return _edit(place.text, *remove_element(place.text, start, place.end), "")


def _remove_thing(instance: Instance, gone: Collection[str]) -> TextEdit:
    """Take away what makes this thing and no other: its block, or its element of the for_each."""
    block = instance.block
    if block_goes(instance, gone):
        return _remove_block(block.text, block.start, block.end)
    place, start, trace = element_of(instance)
    _writable(instance, trace, ())
    if _is_made_by_for(place.text, start):
        raise _error("edit-generated", "The element is made by a for expression, as others are.", place)
    return _edit(place.text, *remove_element(place.text, start, place.end), "")


def _is_made_by_for(text: Text, start: int) -> bool:
    """Does a colon or an arrow stand before the element, as before what a for expression makes?"""
    before = text.content[:start].rstrip()
    if not before.endswith((":", "=>")) or text.file.endswith(".json"):
        return False
    return not before[before.rfind("\n") + 1 :].lstrip().startswith(("#", "//"))


def _entry_start(instance: Instance, place: Place, path: Path) -> int:
    """Where the element begins: at its key, when it is an entry of an object."""
    if not isinstance(path[-1], str):
        return place.start
    if place.node is None:
        before = place.text.content[max(0, place.start - 300) : place.start]
        key = re.search(rf'\\?"{re.escape(path[-1])}\\?"\s*:\s*$', before)
        return place.start - (len(before) - key.start()) if key else place.start
    whole = traced(instance, path[:-1])
    node = whole.places[-1].node if whole is not None else None
    for key_node, value in node[3] if node is not None and node[0] == "object" else ():
        if (value[1], value[2]) == (place.start, place.end):
            return int(key_node[1])
    raise _error("edit-place", "The value is not written as one thing that could be removed.", place)


def _remove_block(text: Text, start: int, end: int) -> TextEdit:
    return _edit(text, *remove_lines(text, start, end, block=True), "")


def _argument_at(place: Place) -> Any:
    """The argument whose whole value the place is, None when it is a part of one."""
    directory = place.env.module.directory
    bodies = [
        block.body
        for block in (*directory.resources.values(), *directory.data.values(), *directory.modules.values())
        if block.text is place.text and block.start <= place.start < block.end
    ]
    while bodies:
        body = bodies.pop()
        for name, item in body.arguments.items():
            if name not in (body.overridden or ()) and (item[4][1], item[4][2]) == (place.start, place.end):
                return item
        bodies.extend(block.body for block in body.blocks)
    return None


# -- add -------------------------------------------------------------------------------------------------------------


def _add(instance: Instance, edit: AddDocument) -> TextEdit:
    """A new resource block behind the document's block, that refers to it."""
    block = instance.block
    name = _free_name(instance, edit.type, block.labels[1])
    target = f"{block.labels[0]}.{block.labels[1]}"
    head: dict[str, Any] = {}
    for meta, index in (("count", "[count.index]"), ("for_each", "[each.key]")):
        written = block.body.value(meta)
        if written is not None:
            head[meta] = Expression(written.source)
            target += index
    provider = block.body.value("provider")
    if provider is not None:
        head["provider"] = Expression(provider.source)
    attribute = "arn" if edit.refers.endswith("_arn") else "id"
    head[edit.refers] = Expression(f"{target}.{attribute}")
    attributes = {**head, **{key: value for key, value in edit.attributes.items() if key != edit.refers}}
    indent = indent_at(block.text, block.start)
    lines = block_lines(f'resource "{edit.type}" "{name}"', attributes, indent)
    position = line_end(block.text, block.end)
    return _edit(block.text, position, position, f"\n\n{lines}".rstrip("\n"))


def _free_name(instance: Instance, type: str, wanted: str) -> str:
    declared = instance.module.directory.resources
    name, number = wanted, 2
    while (type, name) in declared:
        name, number = f"{wanted}_{number}", number + 1
    return name
