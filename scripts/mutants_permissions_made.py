"""Mutants of a package: one changed comparison, Boolean or arithmetic operator, constant, or condition at a time."""

from __future__ import annotations

import ast
import pathlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
_WITH_TEST = {ast.If: "if", ast.While: "while", ast.IfExp: "if"}


class Mutant(NamedTuple):
    """`change` is what stood there and what stands there now; `lines` those of the node; `text` the changed module."""

    path: pathlib.Path
    line: int
    lines: range
    within: str
    change: str
    text: str


def every(root: pathlib.Path, package: pathlib.Path) -> list[Mutant]:
    """All mutants of the modules of a package, file by file; paths are below `root`."""
    found: list[Mutant] = []
    for path in sorted((root / package).glob("*.py")):
        found += _of(path.relative_to(root), path.read_text(encoding="utf-8"))
    return found


def _of(path: pathlib.Path, text: str) -> Iterator[Mutant]:
    """The changed tree is read anew for each mutant, so that no change stays."""
    tree = ast.parse(text)
    within = _within(tree)
    met: Counter[tuple[str, str]] = Counter()
    for number, node in enumerate(_nodes(tree)):
        for way in _ways(node):
            changed = ast.parse(text)
            place = _nodes(changed)[number]
            before = _words(node)
            _change(place, way)
            change = f"{before} => {_words(place)}"
            key = (within[id(node)], change)
            met[key] += 1
            line = getattr(node, "lineno", 0)
            last = getattr(_last(node), "end_lineno", line)
            again = f" ({met[key]})" if met[key] > 1 else ""
            made = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(path, line, range(line, last + 1), within[id(node)], change + again, made)


def _within(tree: ast.Module) -> dict[int, str]:
    """Node -> the qualified name of the function or class it stands in."""
    found: dict[int, str] = {}

    def visit(node: ast.AST, name: str) -> None:
        found[id(node)] = name
        for child in ast.iter_child_nodes(node):
            own = isinstance(child, ast.FunctionDef | ast.ClassDef)
            visit(child, f"{name}.{child.name}".lstrip(".") if own else name)  # type: ignore[attr-defined]

    visit(tree, "")
    return found


def _nodes(tree: ast.Module) -> list[ast.AST]:
    """What may be changed: not texts, and not types, which nothing evaluates."""
    said = [one for node in ast.walk(tree) for one in _types(node)]
    inside = {id(part) for one in said for part in ast.walk(one)}
    return [node for node in ast.walk(tree) if id(node) not in inside and not _is_text(node)]


def _types(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        found = getattr(node, name, None)
        if isinstance(found, ast.AST):
            yield found
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias" and node.value is not None:
        yield node.value


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _last(node: ast.AST) -> ast.AST:
    """The last part of what is changed: of a statement with a condition, the condition."""
    return node.test if isinstance(node, ast.If | ast.While) else node


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.While):
        return f"{_WITH_TEST[type(node)]} {ast.unparse(node.test)}:"
    return ast.unparse(node)


def _ways(node: ast.AST) -> list[int]:
    """Which changes a node allows, by number."""
    if isinstance(node, ast.Compare):
        return [place for place in range(len(node.ops)) if type(node.ops[place]) in COMPARED]
    if isinstance(node, ast.BinOp):
        return [0] if type(node.op) in COUNTED else []
    if isinstance(node, ast.UnaryOp):
        return [0] if isinstance(node.op, ast.Not) else []
    if isinstance(node, ast.Constant):
        return [0] if isinstance(node.value, bool) else []
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return [] if _is_told(node.test) else [0]
    return [0] if isinstance(node, ast.BoolOp) else []


def _is_told(test: ast.expr) -> bool:
    """Is a condition the other way round made already, by changing its own comparison or `not`?"""
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1 and isinstance(
            test.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn
        )
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _change(node: ast.AST, way: int) -> None:
    if isinstance(node, ast.Compare):
        node.ops[way] = COMPARED[type(node.ops[way])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp):
        node.op = COUNTED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.Constant):
        node.value = not node.value
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
