"""What two parsers made of one Terraform file, as shapes with byte ranges that can be compared: for `diff_hcl.py`.

A shape is `(kind, start, end, parts…)`; our nodes and those of tree-sitter-hcl become the same shape where they mean
the same. A text is its range and the expressions inside it, an object's bare or quoted key its range.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.sources.terraform.syntax import parse

Shape = tuple[Any, ...]


class Item(NamedTuple):
    """A block or an attribute: where it starts and ends, its head, and the shape of its value."""

    start: int
    end: int
    head: tuple[str, ...]
    value: Shape | None


# -- ours -----------------------------------------------------------------------------------------------------------


class Ours:
    """Our nodes as shapes with byte offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parsed = parse(text)
        if text.isascii():
            self.at = lambda offset: offset
        else:
            sizes = [0]
            for char in text:
                sizes.append(sizes[-1] + len(char.encode("utf-8", "surrogatepass")))
            self.at = sizes.__getitem__
        self.lost = [(self.at(p.start), p) for p in self.parsed.problems]

    def items(self) -> dict[int, Item]:
        """Every block and attribute by its start."""
        found: dict[int, Item] = {}
        todo = [self.parsed.body]
        while todo:
            for node in todo.pop()[3]:
                start, end = self.at(node[1]), self.at(node[2])
                if node[0] == "attr":
                    found[start] = Item(start, end, (node[3],), self.shape(node[4]))
                else:
                    labels = tuple(self.text[s:e].strip('"') for s, e, _ in node[4])
                    found[start] = Item(start, end, (node[3], *labels), None)
                    todo.append(node[5])
        return found

    def shape(self, node: Any) -> Shape:
        """The shape of an expression."""
        kind, start, end = node[0], self.at(node[1]), self.at(node[2])
        head = (start, end)
        one = self.shape
        match kind:
            case "lit":
                first = self.text[node[1]]
                if first == '"' or self.text.startswith("<<", node[1]):
                    return ("text", *head)
                return ("number" if first in "-0123456789" else "word", *head)
            case "wrap":
                return ("text", *head, one(node[3]))
            case "template":
                return ("text", *head, *self.parts(node[3]))
            case "ref":
                root = self.text[node[1] : node[2]]
                name = node[3] if root.startswith(node[3]) else "?"
                base = ("word", start, start + len(name.encode()))
                return ("get", *head, base, *self.steps(node[4])) if node[4] else base
            case "get":
                if node[3][0] == "item":
                    return ("each", *self.steps(node[4]))
                return ("get", *head, one(node[3]), *self.steps(node[4]))
            case "item":
                return ("each",)
            case "splat":
                inner = one(node[4])
                return ("splat", *head, one(node[3]), inner)
            case "call":
                return ("call", *head, node[3], node[5], *map(one, node[4]))
            case "tuple":
                return ("tuple", *head, *map(one, node[3]))
            case "object":
                return ("object", *head, *((self.key(key), one(value)) for key, value in node[3]))
            case "for_list":
                return ("for", *head, *(x for x in node[3:5] if x), *(one(x) for x in node[5:8] if x is not None))
            case "for_map":
                rest = (one(x) for x in node[5:9] if x is not None)
                return ("for", *head, *(x for x in node[3:5] if x), *rest, *(["..."] if node[9] else []))
            case "cond":
                return ("cond", *head, *map(one, node[3:6]))
            case "bin":
                return ("bin", *head, node[3], one(node[4]), one(node[5]))
            case "un":
                return ("un", *head, node[3], one(node[4]))
            case "paren":
                return ("paren", *head, one(node[3]))
        raise AssertionError(kind)

    def parts(self, parts: Any) -> Iterator[Shape]:
        for part in parts:
            if part[0] == "t_if":
                yield ("if", self.shape(part[3]), *self.parts(part[4]), *self.parts(part[5]))
            elif part[0] == "t_for":
                names = [name for name in part[3:5] if name]
                yield ("loop", *names, self.shape(part[5]), *self.parts(part[6]))
            elif part[0] != "lit":
                yield self.shape(part)

    def steps(self, steps: Any) -> Iterator[Any]:
        for step in steps:
            if isinstance(step, tuple):
                yield self.shape(step)
            else:
                yield str(step)

    def key(self, node: Any) -> Shape:
        return ("key", self.at(node[1]), self.at(node[2])) if node[0] == "lit" else self.shape(node)


# -- theirs ---------------------------------------------------------------------------------------------------------


class Broken(Exception):  # noqa: N818 - says that a tree holds an error
    """The subtree holds an error node."""


class Theirs:
    """The nodes of tree-sitter as shapes."""

    def __init__(self, parser: Any, data: bytes) -> None:
        self.data = data
        self.tree = parser.parse(data)

    def items(self) -> tuple[dict[int, Item], list[tuple[int, int]]]:
        """Every block and attribute by its start, and the ranges of the innermost items that hold an error."""
        found: dict[int, Item] = {}
        broken: list[tuple[int, int]] = []
        todo = [self.tree.root_node]
        while todo:
            node = todo.pop()
            if node.type == "ERROR" or node.is_missing:
                broken.append((node.start_byte, node.end_byte))
            for child in node.children:
                if child.type == "block":
                    heads = [x for x in child.children if x.type in ("identifier", "string_lit")]
                    head = tuple(self.raw(x).strip('"') for x in heads)
                    found[child.start_byte] = Item(child.start_byte, child.end_byte, head, None)
                    todo.append(child)
                elif child.type == "attribute" and not child.has_error:
                    name, value = child.children[0], child.children[-1]
                    found[child.start_byte] = Item(
                        child.start_byte, child.end_byte, (self.raw(name),), self.shape(value)
                    )
                elif child.has_error or child.type in ("body", "ERROR"):
                    todo.append(child)
        return found, broken

    def raw(self, node: Any) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def shape(self, node: Any) -> Shape:
        """The shape of an `expression` or anything inside one."""
        match node.type:
            case "expression" | "operation" | "literal_value" | "collection_value" | "for_expr" | "template_expr":
                return self.sequence([child for child in node.children if child.type != "comment"])
            case "variable_expr":
                return ("word", node.start_byte, node.end_byte)
            case "numeric_lit":
                return ("number", node.start_byte, node.end_byte)
            case "bool_lit" | "null_lit":
                return ("word", node.start_byte, node.end_byte)
            case "string_lit" | "quoted_template" | "heredoc_template":
                return ("text", node.start_byte, node.end_byte, *self.parts(node))
            case "unary_operation":
                sign = node.children[0].type
                operand = self.sequence([child for child in node.children[1:] if child.type != "comment"])
                head = (node.start_byte, node.end_byte)
                return ("number", *head) if sign == "-" and operand[0] == "number" else ("un", *head, sign, operand)
            case "binary_operation":
                return self.binary(node)
            case "conditional":
                inner = [self.shape(child) for child in node.children if child.type == "expression"]
                return ("cond", node.start_byte, node.end_byte, *inner)
            case "function_call":
                return self.call(node)
            case "tuple":
                inner = [self.shape(child) for child in node.children if child.type == "expression"]
                return ("tuple", node.start_byte, node.end_byte, *inner)
            case "object":
                pairs = []
                for element in node.children:
                    if element.type == "object_elem":
                        key, value = [child for child in element.children if child.type == "expression"]
                        pairs.append((self.key(key), self.shape(value)))
                return ("object", node.start_byte, node.end_byte, *pairs)
            case "for_tuple_expr" | "for_object_expr":
                return self.loop(node)
        raise Broken(node.type)

    def sequence(self, children: list[Any]) -> Shape:
        """A term and what follows it: names, indexes, splats; or an expression in parentheses."""
        first = children[0]
        if first.type == "(":
            close = next(i for i, child in enumerate(children) if child.type == ")")
            inner = next(child for child in children[1:close] if child.type != "comment")
            shape: Shape = ("paren", first.start_byte, children[close].end_byte, self.shape(inner))
            rest = children[close + 1 :]
        else:
            shape, rest = self.shape(first), children[1:]
        return self.follow(shape, first.start_byte, rest)

    def follow(self, shape: Shape, start: int, rest: list[Any]) -> Shape:
        steps: list[Any] = []
        end = 0
        for child in rest:
            if child.type == "comment":
                continue
            if child.type == "splat":
                if steps:
                    shape = ("get", start, end, shape, *steps)
                    steps = []
                inner = child.children[0]
                follow = [x for x in inner.children[1:] if x.type != "comment"]
                nested = [x for x in follow if x.type == "splat"]
                each: Shape
                if nested:
                    at = follow.index(nested[0])
                    each = self.follow(self.each(follow[:at]), inner.children[0].end_byte, follow[at:])
                else:
                    each = self.each(follow)
                shape = ("splat", start, child.end_byte, shape, each)
            else:
                steps.append(self.step(child))
                end = child.end_byte
        return ("get", start, end, shape, *steps) if steps else shape

    def each(self, nodes: list[Any]) -> Shape:
        return ("each", *map(self.step, nodes))

    def step(self, node: Any) -> Any:
        if node.type == "get_attr":
            return self.raw(node.children[-1])
        if node.type != "index":
            raise Broken(node.type)
        inner = node.children[0]
        if inner.type == "legacy_index":
            return self.raw(inner).lstrip(". \t\n")
        key = self.shape(next(child for child in inner.children if child.type == "expression"))
        text = self.data[key[1] : key[2]].decode("utf-8", "replace") if key[0] in ("text", "number") else ""
        if len(key) == 3 and key[0] == "number" and text.isdecimal():
            return str(int(text))
        if len(key) == 3 and key[0] == "text" and text.startswith('"') and "\\" not in text:
            return text[1:-1].replace("$${", "${").replace("%%{", "%{")
        return key

    def binary(self, node: Any) -> Shape:
        children = [child for child in node.children if child.type != "comment"]
        signs = [i for i, child in enumerate(children) if not child.is_named and child.type not in "()"]
        at = signs[0]
        left, right = self.sequence(children[:at]), self.sequence(children[at + 1 :])
        return ("bin", node.start_byte, node.end_byte, children[at].type, left, right)

    def call(self, node: Any) -> Shape:
        name = "".join(self.raw(node.children[0]).split())
        listed = next((child for child in node.children if child.type == "function_arguments"), None)
        inner = listed.children if listed is not None else []
        spread = any(child.type == "ellipsis" for child in inner)
        arguments = [self.shape(child) for child in inner if child.type == "expression"]
        return ("call", node.start_byte, node.end_byte, name, spread, *arguments)

    def key(self, node: Any) -> Shape:
        shape = self.shape(node)
        return ("key", *shape[1:3]) if shape[0] in ("word", "text", "number") and len(shape) == 3 else shape

    def loop(self, node: Any) -> Shape:
        intro = next(child for child in node.children if child.type == "for_intro")
        names = [self.raw(child) for child in intro.children if child.type == "identifier"]
        over = [self.shape(child) for child in intro.children if child.type == "expression"]
        results = [self.shape(child) for child in node.children if child.type == "expression"]
        for child in node.children:
            if child.type == "for_cond":
                results += [self.shape(x) for x in child.children if x.type == "expression"]
        spread = ["..."] if any(child.type == "ellipsis" for child in node.children) else []
        return ("for", node.start_byte, node.end_byte, *names, *over, *results, *spread)

    def parts(self, node: Any) -> Iterator[Shape]:
        for child in node.children:
            if child.type == "template_interpolation":
                inner = [self.shape(x) for x in child.children if x.type == "expression"]
                if not inner:
                    raise Broken("an empty interpolation")
                yield inner[0]
            elif child.type == "template_directive":
                yield from self.directive(child.children[0])

    def directive(self, node: Any) -> Iterator[Shape]:
        intro = node.children[0]
        names = [self.raw(child) for child in intro.children if child.type == "identifier"]
        first = [self.shape(child) for child in intro.children if child.type == "expression"]
        word = "if" if node.type == "template_if" else "loop"
        yield (word, *names, *first, *self.parts(node))
