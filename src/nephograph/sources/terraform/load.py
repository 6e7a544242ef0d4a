"""From a directory to documents: roots, their module instances, every resource instance of each."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Loaded, LoadOptions, Progress, Suppression
from nephograph.model.value import Unknown
from nephograph.sources.terraform.assertions import imported, name_others, take_in
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.context import Context
from nephograph.sources.terraform.data_sources import is_evaluated
from nephograph.sources.terraform.directory import module_calls
from nephograph.sources.terraform.document import TerraformDocument
from nephograph.sources.terraform.files import Tree, is_configuration, is_json_configuration
from nephograph.sources.terraform.json_places import unescaped
from nephograph.sources.terraform.module import Module
from nephograph.sources.terraform.module_sources import called_directories
from nephograph.sources.terraform.settings import settings_documents

NAME = "terraform"
RECURSION_LIMIT = 8_000


def load_tree(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Everything below `path`, evaluated."""
    with deep_recursion():
        return _load(path, shown, options, progress)


@contextmanager
def deep_recursion() -> Iterator[None]:
    """References lead from one to the next through some ten frames each; Python's own limit would end at 70 of them.

    What is still too deep is caught where it is evaluated, and is Unknown(BUDGET).
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _load(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    tree = Tree(path, shown)
    tree.buffers = dict(options.buffers)
    tree.walk()
    if tree.terragrunt:
        first, *others = sorted(tree.terragrunt)
        subject = f"{first} and {len(others)} more" if others else first
        why = "Terragrunt files are not evaluated: Terragrunt makes the root module when it runs"
        tree.gaps.append(Gap("terragrunt", subject, why, count=len(tree.terragrunt)))
    context = Context(tree, options)
    loaded = Loaded(NAME, excerpts=tree.texts)
    roots = roots_of(context)
    context.several_roots = len(roots) > 1 or bool(options.prefix)
    for done, directory in enumerate(roots):
        progress("evaluating Terraform", done, len(roots))
        root = Module(context, context.reader.directory(directory), root_name(options.prefix, directory))
        found: list[TerraformDocument] = []
        for module in modules(root):
            force(module)
            moved(module, loaded)
            name_others(module)
            found.extend(documents(module))
        if root.directory.imports:
            take_in(root, imported(root), {document.address: document.instance for document in found})
        for document in found:
            # Evaluated now, so that everything that is named on the way is named in the result.
            _ = document.attributes, document.scope
        loaded.documents.extend(found)
    progress("evaluating Terraform", len(roots), len(roots))
    loaded.problems = tree.problems
    loaded.gaps = context.gaps
    loaded.assumptions = context.assumptions
    loaded.suppressions = [one for one in context.reader.suppressions if isinstance(one, Suppression)]
    loaded.seen = context.seen
    loaded.files = sum(1 for text in tree.texts.by_file.values() if text.relative)
    return loaded


def root_name(prefix: str, directory: str) -> str:
    """What a root is called: its place below what was scanned, so that the name is the same on every machine."""
    return "/".join(part for part in (prefix.rstrip("/"), directory) if part) or "."


def roots_of(context: Context) -> list[str]:
    """Directories with configuration that no other directory calls; of a pure circle, its first one."""
    tree = context.tree
    holding = [d for d, names in sorted(tree.directories.items()) if any(map(_holds_configuration, names))]
    sources = {d: [s for _, _, s in module_calls(context.reader.directory(d)) if s is not None] for d in holding}
    calls = called_directories(tree, sources)
    called = {target for directory, targets in calls.items() for target in targets if target != directory}
    roots = [directory for directory in holding if directory not in called]
    reached = _reached(roots, calls)
    for directory in holding:
        if directory not in reached:
            circle = sorted(_reached([directory], calls))
            names = ", ".join(tree.shown(one) for one in circle[:5])
            tree.problems.append(
                Problem(
                    "circular-modules",
                    f"Modules call each other in a circle, so none of them is a root: {names}.",
                    "Break the circle of module calls, or scan the folder of the root module alone.",
                    _call_span(context, directory, calls),
                )
            )
            roots.append(directory)
            reached |= _reached([directory], calls)
    return roots


def _holds_configuration(name: str) -> bool:
    return is_configuration(name) or is_json_configuration(name)


def _reached(starts: list[str], calls: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    stack = list(starts)
    while stack:
        directory = stack.pop()
        if directory not in reached:
            reached.add(directory)
            stack.extend(calls.get(directory, ()))
    return reached


def _call_span(context: Context, directory: str, calls: dict[str, set[str]]) -> Any:
    for _, block, source in module_calls(context.reader.directory(directory)):
        if source is not None:
            return block.head_span
    return None


def modules(root: Module) -> Iterator[Module]:
    """The root and every module instance below it, callers first."""
    stack = [root]
    while stack:
        module = stack.pop()
        yield module
        below: list[Module] = []
        for name in module.directory.modules:
            expansion = module.calls(name)
            if expansion is not None and not isinstance(expansion, Unknown):
                below.extend(expansion)
        stack.extend(reversed(below))


def force(module: Module) -> None:
    """Evaluate what resources may not ask for, so that a cycle or a failing expression is named anyway."""
    for name in module.directory.variables:
        module.variable(name)
    for name in module.directory.locals:
        module.local(name)
    for name in module.directory.outputs:
        module.output(name)


def documents(module: Module) -> Iterator[TerraformDocument]:
    context = module.context
    for type, name in module.directory.resources:
        expansion = module.resources("managed", type, name)
        for instance in expansion or ():
            context.seen += 1
            yield TerraformDocument(instance)
    for type, name in module.directory.data:
        expansion = module.resources("data", type, name)
        for instance in expansion or ():
            if not is_evaluated(instance):
                block = instance.block
                head = Written(block.text, (block.type, block.start, block.head_end))
                subject = f"data.{type}.{name}"
                context.gap("data-source", subject, "is read by the provider at plan time", head)
    yield from settings_documents(module)


def moved(module: Module, loaded: Loaded) -> None:
    for block in module.directory.moved:
        old, new = _address(block, "from"), _address(block, "to")
        if old and new:
            loaded.moved.append((module.root, module.prefix + old, module.prefix + new))
        else:
            module.context.gap("unsupported-block", "moved", "needs from and to as addresses", None)


def _address(block: Block, name: str) -> str:
    written = block.body.value(name)
    if written is None:
        return ""
    source = written.source
    if source.startswith('"'):
        # The JSON syntax writes it in quotes.
        source = unescaped(source[1:-1])[0]
    return "".join(source.split())


__all__ = ["Gap", "load_tree"]
