"""Mutants of the packet tracer: one comparison, Boolean operator, condition, sign, sort or step changed at a time."""

from __future__ import annotations

import ast
import pathlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = ROOT / "src/nephograph/engines/tracer"
LEFT_OUT = {
    "edits.py": "makes a copy of an estate with an edit in it",
    "blockers.py": "searches edits, and tells only what it has applied and asked again",
    "remedies.py": "finds who suggests edits for a reason",
    "remedy.py": "what suggested edits have in common",
    "gateways.py": "which gateways a missing route may be given, for those who suggest edits",
    "mending": "suggests edits; each is applied and the question asked again before it is told",
}
"""Files and folders that hold no rule about packets, and what they are for. What is not here is judged."""
RULES = tuple(
    name
    for path in sorted(PACKAGE.rglob("*.py"))
    if (name := path.relative_to(PACKAGE).as_posix()) not in LEFT_OUT and name.partition("/")[0] not in LEFT_OUT
)
"""The files that hold the rules."""
_DOUBT = re.compile(r"Unknown|None|isinstance|missing|lost|perhaps|doubt|there\(|present\(|truth\(|state|_DEAD|ALIVE")
"""Words of what asks whether something is known or there: no packet of a known estate depends on it."""
_SHOWN = (
    "note", "text", "told", "shown", "rule", "location", "around", "verb", "name", "near", "place", "label", "to",
    "word", "way", "what",
)  # fmt: skip
"""Names of what a trace says and no packet depends on."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.Gt: ast.GtE, ast.LtE: ast.Gt, ast.GtE: ast.Lt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


class Mutant(NamedTuple):
    """One change: the file below the package, the line, what is changed and the position of the node in its tree.

    `within` is the qualified name of the function, `change` names the change among those of the function, and `lines`
    are the first and the last line that have to run for the change to matter.
    """

    file: str
    line: int
    what: str
    node: int
    within: str
    change: str
    lines: tuple[int, int]


def mutants(file: str, doubts: bool = True) -> Iterator[Mutant]:
    """Every change of a module.

    Without `doubts` what asks whether something is known, or there at all, is left as it is.
    """
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    within = _within(tree)
    met: Counter[tuple[str, str]] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        decides = getattr(node, "test", node)
        asks = not doubts and _DOUBT.search(ast.unparse(decides))
        for what in _ways(node):
            text = f"{what}: {ast.unparse(decides)}"
            key = (within[id(node)], text if len(text) <= 110 else text[:107] + "...")
            met[key] += 1
            if not asks:
                change = key[1] + (f" ({met[key]})" if met[key] > 1 else "")
                line = getattr(node, "lineno", 0)
                yield Mutant(file, line, what, number, key[0], change, (line, getattr(decides, "end_lineno", line)))


def _within(tree: ast.Module) -> dict[int, str]:
    """Node -> the qualified name of the function or class it stands in."""
    found: dict[int, str] = {}

    def visit(node: ast.AST, name: str) -> None:
        found[id(node)] = name
        for child in ast.iter_child_nodes(node):
            own = f"{name}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else name
            visit(child, own.lstrip("."))

    visit(tree, "")
    return found


def changed(mutant: Mutant) -> str:
    """The code of the file with the change."""
    return ast.unparse(changed_tree(mutant))


def changed_tree(mutant: Mutant) -> ast.Module:
    """The same as a tree whose nodes stand on the lines they stood on."""
    tree = ast.parse((PACKAGE / mutant.file).read_text(encoding="utf-8"))
    node = list(ast.walk(tree))[mutant.node]
    line = getattr(node, "lineno", 1)
    _change(tree, node, mutant.what)
    for fresh in ast.walk(tree):
        # What was put in has the lines of another text, or none.
        if isinstance(fresh, ast.expr | ast.stmt) and not hasattr(fresh, "end_lineno"):
            fresh.lineno = fresh.end_lineno = line
    return ast.fix_missing_locations(tree)


def _ways(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare):
        found = [f"comparison {at}" for at in range(len(node.ops)) if type(node.ops[at]) in COMPARED]
        # An inclusive end made exclusive, too.
        edges = [f"edge {at}" for at, op in enumerate(node.ops) if isinstance(op, ast.LtE | ast.GtE)]
        return [w for w in found if f"edge {w[-1]}" not in edges] + edges
    if isinstance(node, ast.BoolOp):
        return ["and/or", *(f"part {at} dropped" for at in range(len(node.values)))]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return ["sign dropped"]
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return [
            "condition negated",
            "condition never",
            *(["condition always"] if not isinstance(node, ast.While) else []),
        ]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _step(node.value):
        return ["step skipped"]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sorted":
        return ["sort dropped", "sort reversed"]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub) and _number(node.right):
        return ["step of one dropped"]
    return []


def _step(call: ast.Call) -> bool:
    """A step that decides: what only tells the trace about it is left out."""
    word = (
        call.func.attr
        if isinstance(call.func, ast.Attribute)
        else call.func.id
        if isinstance(call.func, ast.Name)
        else ""
    )
    return word not in ("note", "assume", "append", "setdefault", "add", "discard", "extend", "update")


def _number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool)


def _change(tree: ast.AST, node: ast.AST, what: str) -> bool:
    if isinstance(node, ast.Compare):
        at = int(what[-1])
        edges: dict[type[ast.cmpop], ast.cmpop] = {ast.LtE: ast.Lt(), ast.GtE: ast.Gt()}
        node.ops[at] = edges[type(node.ops[at])] if what.startswith("edge") else COMPARED[type(node.ops[at])]()
    elif isinstance(node, ast.BoolOp):
        if what == "and/or":
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        else:
            del node.values[int(what.split()[1])]
            if len(node.values) == 1:
                return _replace(tree, node, node.values[0])
    elif isinstance(node, ast.UnaryOp):
        return _replace(tree, node, node.operand)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        if what == "condition negated":
            node.test = ast.UnaryOp(ast.Not(), node.test)
        else:
            node.test = ast.Constant(what == "condition always")
    elif isinstance(node, ast.Expr):
        return _replace(tree, node, ast.Pass())
    elif isinstance(node, ast.Call):
        if what == "sort reversed":
            return _replace(tree, node, ast.parse(f"list(reversed({ast.unparse(node)}))", mode="eval").body)
        return _replace(tree, node, ast.parse(f"list({ast.unparse(node.args[0])})", mode="eval").body)
    elif isinstance(node, ast.BinOp):
        return _replace(tree, node, node.left)
    return True


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new, self.done = old, new, False

    def visit(self, node: ast.AST) -> ast.AST:
        """Puts the new one in the old one's place."""
        if node is self.old:
            self.done = True
            return self.new
        return self.generic_visit(node)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> bool:
    put = _Put(old, new)
    put.visit(tree)
    return put.done


def every(only: list[str], doubts: bool = True) -> list[Mutant]:
    """All mutants of all rules. Lines that only word a trace are left out: no packet depends on them."""
    found = []
    for file in RULES:
        if only and pathlib.Path(file).name not in only and file not in only:
            continue
        lines = (PACKAGE / file).read_text(encoding="utf-8").splitlines()
        found += [mutant for mutant in mutants(file, doubts) if not _words(lines[mutant.line - 1])]
    return found


def left_out() -> tuple[int, int]:
    """How many mutants are of lines that only word a trace, and how many of the others are doubts."""
    known = len(every([]))
    return sum(1 for file in RULES for _ in mutants(file)) - known, known - len(every([], doubts=False))


def _words(line: str) -> bool:
    start = line.strip().partition("=")[0].strip()
    return start in _SHOWN or line.strip().startswith(('f"', 'return f"', "assert "))
