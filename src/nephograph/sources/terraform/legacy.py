"""What is written as Terraform before 0.12 wanted it: found in the texts first, then held against the syntax tree.

    "${var.x}"                            the value itself; the reference alone says the same
    depends_on = ["aws_x.y"]              references in quotes: deprecated
    type = "list", list(…), map(…), ["*"] taken by no Terraform since 1.0 and earlier

Nearly all texts hold none of it: a search for a few words costs little, and only where one is met the tree of that
block is looked into. The JSON syntax has no other way to write an expression, and is left out.

https://developer.hashicorp.com/terraform/language/expressions/strings
https://developer.hashicorp.com/terraform/language/functions/list
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from nephograph.sources.terraform.blocks import Block, Node
from nephograph.sources.terraform.directory import Directory
from nephograph.sources.terraform.syntax_reader import IDENTIFIER
from nephograph.sources.terraform.texts import Text

Form = Literal["interpolation", "quoted reference", "removed"]

MAX_FOUND = 10_000
"""So many places of one directory are told."""


class Legacy(NamedTuple):
    """One place. `plain` is what says the same today; None where a person has to decide."""

    form: Form
    text: Text
    node: Node
    plain: str | None
    where: str


# A string that may be one sequence and nothing else.
_WHOLE = re.compile(r'"\$\{(?:[^"$\\{}]|"(?:[^"\\]|\\.)*"|\{[^{}"]*+\})*\}"')
_QUOTED_LIST = re.compile(r'\w+\s*+=\s*+\[\s*+"')
_QUOTED = re.compile(r'\w+\s*+=\s*+"')
_QUOTED_TYPE = re.compile(r'type\s*+=\s*+"(?:string|list|map)"')
_CALL = re.compile(r"(?:list|map)\((?!\s*+(?:string|number|bool|any|object|list|map|set|tuple)\b)")
_REFERENCE = re.compile(rf"{IDENTIFIER}(?:\.{IDENTIFIER}|\[(?:[0-9]+|\"[^\"$%\\]*+\")\])*")
_LISTS = ("depends_on", "ignore_changes")
_PRIMARY = frozenset(
    {"ref", "get", "call", "lit", "tuple", "object", "paren", "splat", "for_list", "for_map", "template"}
)
"""Expressions that stand in another one without parentheses."""


def legacy(directory: Directory) -> list[Legacy]:
    """Every such place of a directory, in the order of its files."""
    found: list[Legacy] = []
    for text, nodes in _by_text(directory).items():
        content = text.content
        if text.modelled or text.file.endswith(".json"):
            continue
        places = sorted({*_candidates(content)})
        if not places:
            continue
        nodes.sort(key=lambda one: one[0][1])
        starts = [node[1] for node, _ in nodes]
        reached = -1
        for offset in places:
            index = bisect_right(starts, offset) - 1
            if index < 0 or offset < reached or offset >= nodes[index][0][2]:
                continue
            for one in _at(text, *nodes[index], offset):
                found.append(one)
                # (what stands inside of it is told when it is no more)
                reached = one.node[2]
    found.sort(key=lambda one: (one.text.file, one.text.absolute(one.node[1])))
    return found[:MAX_FOUND]


def may_hold(block: Block) -> bool:
    """Could there be any in a block? A no is certain."""
    return next(_candidates(block.text.content[block.start : block.end]), None) is not None


def _by_text(directory: Directory) -> dict[Text, list[tuple[Node, str]]]:
    """Blocks and locals with their names, by the text they stand in."""
    found: dict[Text, list[tuple[Node, str]]] = {}
    named: tuple[tuple[str, dict[Any, Block]], ...] = (
        ("", directory.resources),
        ("data.", directory.data),
        ("module.", directory.modules),
        ("var.", directory.variables),
        ("output.", directory.outputs),
    )
    for prefix, blocks in named:
        for key, block in blocks.items():
            name = key if isinstance(key, str) else ".".join(key)
            found.setdefault(block.text, []).append((block.node, prefix + name))
    for block in directory.providers:
        found.setdefault(block.text, []).append((block.node, f"provider.{block.labels[0]}"))
    for name, written in directory.locals.items():
        found.setdefault(written.text, []).append((written.node, f"local.{name}"))
    return found


def _candidates(content: str) -> Iterator[int]:
    """Where something may stand. Words are searched first: that is far cheaper than an expression."""
    if '"${' in content:
        yield from (match.start() for match in _WHOLE.finditer(content))
    for word in _LISTS:
        yield from _words(content, word, _QUOTED_LIST)
    yield from _words(content, "provider", _QUOTED)
    yield from _words(content, "type", _QUOTED_TYPE)
    for word in ("list(", "map("):
        yield from _words(content, word, _CALL)


def _words(content: str, word: str, pattern: re.Pattern[str]) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        before = content[at - 1 : at]
        if not (before.isalnum() or before in ("_", ".", '"')) and pattern.match(content, at):
            yield at
        at = content.find(word, at + 1)


def _at(text: Text, block: Node, where: str, offset: int) -> Iterator[Legacy]:
    """What stands at an offset inside a block or a local."""
    chain = _chain(block, offset)
    node, parent = chain[-1], chain[-2] if len(chain) > 1 else None
    if node[1] != offset:
        return
    if node[0] == "wrap":
        yield Legacy("interpolation", text, node, _plain(text, node, parent), where)
    elif node[0] == "call" and node[3] in ("list", "map") and not where.startswith("var."):
        yield Legacy("removed", text, node, _built(text, node), where)
    elif node[0] == "attr":
        yield from _of_attribute(text, node, chain, where)


def _chain(node: Node, offset: int) -> list[Node]:
    """The nodes that hold an offset, outermost first; keys of objects are left out, where quotes are needed."""
    chain = [node]
    while True:
        inner = next((one for one in _children(chain[-1]) if one[1] <= offset < one[2]), None)
        if inner is None:
            return chain
        chain.append(inner)
        if inner[1] == offset and inner[0] in ("attr", "wrap", "call"):
            return chain


def _children(node: Node) -> Iterator[Node]:
    """The nodes right below a node."""
    stack = list(node[3:])
    while stack:
        item = stack.pop()
        if not isinstance(item, tuple) or not item:
            continue
        if isinstance(item[0], str) and len(item) > 2 and isinstance(item[1], int):
            yield item
        elif node[0] == "object" and len(item) == 2 and item[0][0] in ("wrap", "lit"):
            stack.append(item[1])
        else:
            stack.extend(item)


def _plain(text: Text, wrap: Node, parent: Node | None) -> str | None:
    """The expression alone, in parentheses where it would not stand without; None where it goes over line ends."""
    inner = wrap[3]
    written = text.content[inner[1] : inner[2]]
    if "\n" in text.content[wrap[1] : inner[1]] + text.content[inner[2] : wrap[2]]:
        return None
    if inner[0] not in _PRIMARY:
        if "\n" in written:
            return None
        alone = parent is None or parent[0] in ("attr", "tuple", "call", "paren", "object")
        return written if alone else f"({written})"
    return written


def _built(text: Text, call: Node) -> str | None:
    """`list(…)` and `map(…)` as what they built."""
    name, args, expand = call[3:6]
    sources = [text.content[one[1] : one[2]] for one in args]
    if expand or any("\n" in one for one in sources):
        return None
    if name == "list":
        return f"tolist([{', '.join(sources)}])"
    if len(args) % 2:
        return None
    keys = [s if one[0] == "lit" else f"({s})" for s, one in zip(sources[::2], args[::2], strict=True)]
    pairs = ", ".join(f"{key} = {value}" for key, value in zip(keys, sources[1::2], strict=True))
    return f"tomap({{ {pairs} }})" if pairs else "tomap({})"


def _of_attribute(text: Text, attr: Node, chain: list[Node], where: str) -> Iterator[Legacy]:
    """An argument that takes references or a type, and has texts."""
    name, value = attr[3], attr[4]
    blocks = [one for one in chain if one[0] == "block"]
    kind = blocks[0][3] if blocks else ""
    inside = [one[3] for one in blocks[1:]]
    if name == "type":
        if kind == "variable" and not inside and value[0] == "lit":
            yield Legacy("removed", text, value, "string" if value[3] == "string" else None, where)
    elif name == "provider":
        if kind in ("resource", "data") and not inside and value[0] == "lit" and isinstance(value[3], str):
            yield Legacy("quoted reference", text, value, _unquoted(value[3]), where)
    elif (name == "depends_on" and not inside) or (name == "ignore_changes" and inside == ["lifecycle"]):
        elements = value[3] if value[0] == "tuple" else ()
        if name == "ignore_changes" and [one[3] for one in elements if one[0] == "lit"] == ["*"] and len(elements) == 1:
            yield Legacy("removed", text, value, "all", where)
            return
        for one in elements:
            if one[0] == "lit" and isinstance(one[3], str):
                yield Legacy("quoted reference", text, one, _unquoted(one[3]), where)


def _unquoted(said: str) -> str | None:
    """The text as a reference, where it is one in today's words."""
    return said if _REFERENCE.fullmatch(said) else None
