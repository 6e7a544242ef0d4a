"""Change the packet tracer mechanically, one rule at a time, and see that something notices.

    python scripts/mutants_network.py [--sample 60] [--seed 0] [--only FILE …] [--list]

A mutant is one change of the code of `engines/tracer`: a comparison or Boolean operator turned, a condition negated or
dropped, a sign or a sort left out (first match instead of longest prefix, the order of a list), a step skipped (the
list at a subnet's border, the leg of the answer). The tests judge that come to the changed function, short ones first:
the tracer's own, estates that real packets decided (`tests/engines/tracer/corpus`), and the comparison with the engine
of all pairs. One that lives is printed with its place, and with why it may where `mutants_network_argued.toml` says so.
Without `--all` lines no packet of the corpus comes to are left out, and what asks whether something is known or there:
those are held by tests of their own. Every mutant is a forked process: no file is touched.
"""

from __future__ import annotations

import argparse
import ast
import importlib.machinery
import importlib.util
import os
import pathlib
import random
import re
import resource
import signal
import sys
import time
import tomllib
import types
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mutants_network_run import Judge

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

PACKAGE = ROOT / "src/nephograph/engines/tracer"
TESTS = "tests/engines/tracer"
OTHER_ENGINE = "tests/engines/reachability/test_all_pairs.py"
ARGUED = pathlib.Path(__file__).with_name("mutants_network_argued.toml")
RULES = (
    "walk.py", "stations.py", "filters.py", "routers.py",
    "groups.py", "lists.py", "tables.py", "traffic.py", "transit.py", "packet.py", "axes.py", "explore.py",
    "addresses.py", "balancing.py", "question.py",
    "nexthops/aws_internet_gateway.py", "nexthops/aws_nat_gateway.py", "nexthops/aws_egress_only_internet_gateway.py",
    "nexthops/aws_vpc_peering_connection.py", "nexthops/aws_ec2_transit_gateway.py",
    "nexthops/aws_network_interface.py", "arrivals/aws_lb.py", "arrivals/aws_nat_gateway.py",
)  # fmt: skip
"""The files that hold the rules; the others name places, suggest edits, or are about what no packet can be asked."""
SECONDS, MEMORY = 240, 4 << 30
"""After how many CPU seconds, and with how many bytes, tests do not end."""
_DOUBT = re.compile(r"Unknown|None|isinstance|missing|lost|perhaps|doubt|there\(|present\(|truth\(|state|_DEAD|ALIVE")
"""Words of what asks whether something is known or there: no packet of a known estate depends on it."""
_SHOWN = ("note", "text", "told", "shown", "say", "said", "rule", "location", "around", "verb", "name", "assume",
    "reason", "component", "elsewhere", "near", "place", "own", "label", "to", "word", "way", "what",
)  # fmt: skip

_AFRESH = (
    "nephograph.engines.tracer",
    "nephograph.engines.reachability",
    "nephograph.lenses",
    "scripts.net_oracle",
    "test_",
)

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.Gt: ast.GtE, ast.LtE: ast.Gt, ast.GtE: ast.Lt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


class Changed(importlib.machinery.SourceFileLoader):
    """Loads one module from another text than its file's."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> types.CodeType:
        """The changed code."""
        return compile(self._text, self.path, "exec")


class Instead:
    """Finds the changed module before the real one is looked for."""

    def __init__(self, name: str, path: str, text: str) -> None:
        self._name = name
        self._loader = Changed(name, path, text)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The changed module; None for every other."""
        return importlib.util.spec_from_loader(name, self._loader) if name == self._name else None


class Mutant(NamedTuple):
    """One change: the file below the package, the line, what is changed, and the position of the node."""

    file: str
    line: int
    what: str
    node: int


def mutants(text: str, doubts: bool = True) -> Iterator[tuple[int, str, int]]:
    """(line, what can be changed, position of the node in the walk over the tree) of a module.

    Without `doubts` what asks whether something is known, or there at all, is left as it is.
    """
    for number, node in enumerate(ast.walk(ast.parse(text))):
        if not doubts and _DOUBT.search(ast.unparse(getattr(node, "test", node))):
            continue
        for what in _ways(node):
            yield getattr(node, "lineno", 0), what, number


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
        text = (PACKAGE / file).read_text(encoding="utf-8")
        lines = text.splitlines()
        found += [
            Mutant(file, line, what, node) for line, what, node in mutants(text, doubts) if not _words(lines[line - 1])
        ]
    return found


def _words(line: str) -> bool:
    start = line.strip().partition("=")[0].strip()
    return start in _SHOWN or line.strip().startswith(('f"', 'return f"', "assert "))


def reached() -> set[tuple[str, int]]:
    """(file, line) of everything the corpus runs."""
    found: set[tuple[str, int]] = set()
    home = str(PACKAGE) + os.sep

    def line(frame: types.FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found.add((frame.f_code.co_filename.removeprefix(home), frame.f_lineno))
        return line

    def call(frame: types.FrameType, event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(home) else None

    sys.settrace(call)
    try:
        _corpus()
    finally:
        sys.settrace(None)
    return found


def reached_apart() -> set[tuple[str, int]]:
    """The same, found in a process of its own: this one must not import what mutants change."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as out:
            out.writelines(f"{file}\t{line}\n" for file, line in reached())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as lines:
        found = {(file, int(line)) for file, _, line in (text.strip().partition("\t") for text in lines)}
    os.waitpid(child, 0)
    return found


def killer(mutant: Mutant | None, few: bool = False) -> str:
    """What notices: the corpus, the tests, or "" for nobody. None: the tracer as it is. `few`: the corpus alone."""
    for name, judge in (("corpus", _corpus), ("tests", _tests))[: 1 if few else 2]:
        if not _child(mutant, judge):
            return name
    return ""


def _child(mutant: Mutant | None, judge: object) -> bool:
    """Does a judge find nothing, in a process of its own?"""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status == 0
    code = 1
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        # Who was imported before would keep the real one.
        for name in [n for n in sys.modules if n.startswith(_AFRESH)]:
            del sys.modules[name]
        if mutant is not None:
            name = "nephograph.engines.tracer." + mutant.file.removesuffix(".py").replace("/", ".")
            sys.meta_path.insert(0, Instead(name, str(PACKAGE / mutant.file), changed(mutant)))
        code = judge()  # type: ignore[operator]
    finally:
        os._exit(code)


def _corpus() -> int:
    sys.path.insert(0, str(ROOT / TESTS))
    from test_corpus import ESTATES, wrong  # type: ignore[import-not-found]

    for path in ESTATES:
        if wrong(path):
            return 1
    return 0


def _files() -> list[str]:
    """The tests that judge."""
    apart = ("test_mutants.py", "test_oracle_parts.py", "test_blockers.py")
    own = sorted(path.name for path in (ROOT / TESTS).glob("test_*.py") if path.name not in apart)
    return [*(f"{TESTS}/{name}" for name in own), OTHER_ENGINE]


_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")


def _tests() -> int:
    import pytest

    return int(pytest.main([*_OPTIONS, *_files()]))


def argued() -> list[dict[str, str]]:
    """The mutants that may live: file, a piece of the line, why."""
    found: list[dict[str, str]] = tomllib.loads(ARGUED.read_text(encoding="utf-8"))["argued"]
    return found


def main() -> int:
    """Make mutants and look who notices; 1 when one lives for which there is no argument."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, at random (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    parser.add_argument("--all", action="store_true", help="also lines no packet comes to, and doubts")
    parser.add_argument("--quick", action="store_true", help="leave out tests that take longer than half a second")
    parser.add_argument("--list", action="store_true", help="print every mutant with what became of it")
    said = parser.parse_args()
    os.chdir(ROOT)
    found = every(said.only, said.all)
    if not said.all:
        lines, everything = reached_apart(), len(found)
        found = [mutant for mutant in found if (mutant.file, mutant.line) in lines]
        print(f"{len(found)} of {everything} mutants are of lines that packets of the corpus come to", flush=True)
    total = len(found)
    if said.sample:
        found = random.Random(said.seed).sample(found, min(said.sample, total))
    import pytest

    from mutants_network_run import Loop

    def work(judge: Judge) -> int:
        if said.quick:
            judge.learnt = [one for one in judge.learnt if one.seconds < 0.5]
        return judged(judge, found, total, said.list)

    loop = Loop(PACKAGE, work)
    status = pytest.main([*_OPTIONS, "-s", *_files()], plugins=[loop])
    return loop.status if status == 0 else int(status)


def judged(judge: Judge, found: list[Mutant], total: int, every_one: bool) -> int:
    """Put every mutant to the tests, and say what lives; 1 when one lives for which there is no argument."""
    allowed = argued()
    used: set[int] = set()
    by: Counter[str] = Counter()
    begin = time.perf_counter()
    for number, mutant in enumerate(found, 1):
        noticed = judge.noticed(mutant.file, mutant.line, changed_tree(mutant), SECONDS, MEMORY)
        if noticed is None:
            noticed = killer(mutant)
        line = (PACKAGE / mutant.file).read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
        place = f"{mutant.file}:{mutant.line} {mutant.what}: {line}"
        if not noticed:
            at = next((n for n, a in enumerate(allowed) if a["file"] == mutant.file and a["piece"] in line), -1)
            used.add(at)
            why = allowed[at]["why"] if at >= 0 else ""
            by["argued" if why else "alive"] += 1
            print(f"{'argued' if why else 'ALIVE '} {place}  {why}", flush=True)
        else:
            by[_kind(noticed)] += 1
            if every_one:
                print(f"killed by {noticed}: {place}", flush=True)
        if number % 50 == 0:
            print(f"{number} of {len(found)}, {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    files = {mutant.file for mutant in found} if len(found) == total else set()
    for one in (a for n, a in enumerate(allowed) if a["file"] in files and n not in used):
        print(f"argued for nothing: {one['file']}: {one['piece']}")
    print(
        f"{len(found)} of {total} mutants tried: {by['tests']} killed by tests of rules, {by['packets']} by packets' "
        f"estates, {by['other engine']} by the comparison with all pairs, {by['argued']} argued, {by['alive']} alive"
    )
    return 1 if by["alive"] else 0


def _kind(noticed: str) -> str:
    if noticed in ("test_corpus.py", "corpus"):
        return "packets"
    return "other engine" if noticed == pathlib.Path(OTHER_ENGINE).name else "tests"


if __name__ == "__main__":
    sys.exit(main())
