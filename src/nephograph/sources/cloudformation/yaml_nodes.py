"""YAML as a tree with ranges, short forms of functions written out. What stands before a mistake is kept.

The events of libyaml are read one by one: nothing is constructed, a tag is only a name, and an alias is the very node
it stands for, so that anchors cost nothing until somebody walks the tree; how large that walk would be is counted here.
"""

from __future__ import annotations

import re
from typing import Any

from nephograph.sources.cloudformation.json_nodes import duplicate
from nephograph.sources.cloudformation.nodes import MAX_DEPTH, MAX_NODES, Fault, Node, Range, Read, text_of

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TAGGED = re.compile(r"![^\s,\[\]{}]*[ \t]*")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t]*")
_HELP = "Mend the text; everything before the mistake was read."
_BARE = ("Ref", "Condition")
"""Short forms whose long form has no `Fn::` before it."""


def plain_scalar(text: str) -> Any:
    """What a scalar without quotes stands for."""
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if len(text) < 40 and text[0] in "+-.0123456789":
        if _INTEGER.fullmatch(text):
            return int(text.replace("_", ""))
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


class _Open:
    """A container whose end has not come yet."""

    __slots__ = ("anchor", "key", "merged", "node", "place", "size", "tag")

    def __init__(self, node: Node, tag: str, anchor: str | None) -> None:
        self.node = node
        self.tag = tag
        self.anchor = anchor
        self.key: str | None = None
        self.place: Range = (0, 0)
        self.merged: list[Node] = []
        self.size = 1


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.shift = 1 if text.startswith("\ufeff") else 0
        self.faults: list[Fault] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.root: Node | None = None

    def fatal(self, message: str, start: int, end: int = 0) -> None:
        start = min(start, max(len(self.text) - 1, 0))
        self.faults.append(Fault("template-syntax", message, _HELP, start, max(end, start + 1), True))

    # -- one node ------------------------------------------------------------------------------------------------

    def begin(self, node: Node, tag: str, anchor: str | None) -> None:
        """A container opens."""
        node.start = self.behind_anchor(node.start, anchor)
        self.open.append(_Open(node, tag, anchor))

    def finish(self, end: int) -> None:
        """The innermost container closes."""
        done = self.open.pop()
        node = done.node
        node.end = self.trimmed(node.start, end)
        for other in done.merged:
            for name, child in other.entries():
                if name not in node.value:
                    node.value[name] = child
                    node.keys[name] = other.keys.get(name, (child.start, child.end))
        self.add(self.tagged(node, done.tag), done.anchor, done.size)

    def scalar(self, text: str, plain: bool, tag: str, anchor: str | None, place: Range) -> None:
        """A scalar: a key when a mapping waits for one, else a value."""
        start, end = self.behind_anchor(place[0], anchor), place[1]
        value = plain_scalar(text) if plain and not tag else text
        if not plain and end > start:
            end = start + len(self.text[start:end].rstrip())
        self.add(self.tagged(Node(value, start, end), tag), anchor, 1)

    def behind_anchor(self, start: int, anchor: str | None) -> int:
        """Where a value begins whose anchor stands before it."""
        found = _ANCHOR.match(self.text, start) if anchor else None
        return found.end() if found is not None else start

    def alias(self, name: str, place: Range) -> None:
        """What an anchor stands for, once more."""
        known = self.anchors.get(name)
        if known is None:
            # An anchor is known once its value has ended: one that is used inside its own value is a cycle.
            self.faults.append(
                Fault("template-alias", f"*{name} stands for nothing that is complete here", "Write it out.", *place)
            )
            known = (Node(None, *place), 1)
        self.add(known[0], None, known[1])

    def add(self, node: Node, anchor: str | None, size: int) -> None:
        if anchor:
            self.anchors[anchor] = (node, size)
        if not self.open:
            if self.root is None:
                self.root = node
            return
        top = self.open[-1]
        top.size += size
        if top.size > MAX_NODES:
            raise OverflowError(node.start)
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif top.key is None:
            top.key = node.value if isinstance(node.value, str) else text_of(node.value)
            if isinstance(node.value, dict | list):
                top.key = self.text[node.start : node.end]
            top.place = (node.start, node.end)
        else:
            self.entry(top, node)

    def entry(self, top: _Open, node: Node) -> None:
        key, place = top.key or "", top.place
        top.key = None
        if key == "<<" and isinstance(node.value, dict | list):
            top.merged.extend(one for one in node.items() if isinstance(one.value, dict))
            return
        if key in top.node.value:
            self.faults.append(duplicate(key, place))
        top.node.value[key] = node
        top.node.keys[key] = place

    def tagged(self, node: Node, tag: str) -> Node:
        """The node, or the function whose short form its tag is."""
        if not tag.startswith("!") or tag == "!":
            return node
        name = tag[1:]
        start = node.start
        opened = _TAGGED.match(self.text, start)
        if opened is not None:
            node.start = min(opened.end(), node.end)
        if name == "GetAtt" and isinstance(node.value, str):
            resource, dot, attribute = node.value.partition(".")
            if dot:
                node.value = [Node(part, node.start, node.end) for part in (resource, attribute)]
        full = name if name in _BARE or name.startswith("Fn::") else f"Fn::{name}"
        return Node({full: node}, start, node.end, {full: (start, node.start)}, short=True)

    def trimmed(self, start: int, end: int) -> int:
        """Where a block ends: libyaml says where the next thing begins, blank lines and comments included."""
        last = self.text[start:end].rstrip()
        if last.endswith(("}", "]")):
            return start + len(last)
        while last:
            line = last.rfind("\n") + 1
            if not last[line:].lstrip().startswith("#"):
                break
            last = last[:line].rstrip()
        return start + len(last) if last else end


def read_yaml(text: str) -> Read:
    """The tree of the first document of a YAML text. On a mistake: what stands before it, and a fatal Fault."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(text)
    body = text[builder.shift :]
    shift = builder.shift
    try:
        events: Any = yaml.parse(body, Loader=loader)
        event: Any
        for event in events:
            start, end = event.start_mark.index + shift, event.end_mark.index + shift
            if isinstance(event, yaml.ScalarEvent):
                plain = event.style in (None, "")
                builder.scalar(event.value, plain, event.tag or "", event.anchor, (start, end))
            elif isinstance(event, yaml.MappingStartEvent):
                builder.begin(Node({}, start, end), event.tag or "", event.anchor)
            elif isinstance(event, yaml.SequenceStartEvent):
                builder.begin(Node([], start, end), event.tag or "", event.anchor)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                builder.finish(end)
            elif isinstance(event, yaml.AliasEvent):
                builder.alias(str(event.anchor), (start, end))
            elif isinstance(event, yaml.DocumentEndEvent) and builder.root is not None:
                break
            if len(builder.open) > MAX_DEPTH:
                builder.fatal(f"more than {MAX_DEPTH} levels are nested", start)
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = getattr(error, "problem", None) or "it cannot be read"
        builder.fatal(f"the text is not YAML here: {why}", mark.index + shift if mark else 0)
    except OverflowError as error:
        where = int(str(error))
        builder.fatal(f"aliases multiply the template to more than {MAX_NODES:,} values", where)
    if builder.root is None and builder.open:
        _close(builder)
    return Read(builder.root, builder.faults)


def _close(builder: _Builder) -> None:
    """Keep what is complete of the containers that were open at a mistake: their finished entries."""
    end = builder.faults[-1].start if builder.faults else len(builder.text)
    while builder.open:
        if len(builder.open) > 2:
            # (a resource, and what is in it, that the mistake stands in, is not complete)
            builder.open.pop()
            builder.open[-1].key = None
        else:
            try:
                builder.finish(end)
            except OverflowError:
                builder.open.clear()
