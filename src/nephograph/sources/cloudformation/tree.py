"""Every template of one load: which are roots, which nest others, who exports what, and what stays unknown."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from nephograph.model.source import Gap, LoadOptions, Scope
from nephograph.model.value import DISTINCT, Reason, Unknown
from nephograph.sources.cloudformation.evaluate import Evaluator
from nephograph.sources.cloudformation.nodes import Node
from nephograph.sources.cloudformation.stack import NESTED, Stack
from nephograph.sources.cloudformation.template import Template
from nephograph.sources.cloudformation.texts import said
from nephograph.sources.terraform.texts import Texts

MAX_STACKS = 500
"""Stacks that templates may nest below the roots of one load, all together."""

MAX_DEPTH = 20
"""Stacks in each other, and values that lead from one stack to the next."""

SEPARATE_ACCOUNTS = "Templates that share no export are taken to be of different accounts."


class Tree:
    """The templates of a load by their path below the scanned root, and what evaluating them needs to know."""

    def __init__(self, templates: Mapping[str, Template], texts: Texts, options: LoadOptions) -> None:
        self.templates = dict(templates)
        self.texts = texts
        self.options = options
        self.several = False
        self.gaps: dict[Gap, None] = {}
        self.assumptions: dict[str, None] = {}
        self.values: dict[str, dict[str, str]] = {}
        """Parameter values by the path of the template they are for."""
        self._stacks = 0
        self.depth = 0
        """How many stacks the value that is being evaluated has led through."""
        self.deepest = MAX_DEPTH
        self._exports: list[tuple[Stack, Any, str, Node]] | None = None
        self._imports: dict[tuple[str, str], tuple[Stack, str, Node] | None] = {}
        self.roots: list[Stack] = []

    # -- what is said --------------------------------------------------------------------------------------------

    def assume(self, text: str) -> None:
        """Take note of what is taken for granted."""
        self.assumptions[text] = None

    def gap(self, gap: Gap) -> None:
        """Take note of what is not evaluated, once."""
        self.gaps[gap] = None

    def said(self, template: Template, name: str) -> str | None:
        """The value that a person or a file beside the template gives a parameter."""
        by_person = dict(self.options.variables).get(name)
        return by_person if by_person is not None else self.values.get(template.text.relative, {}).get(name)

    def scope(self, root: str) -> Scope:
        """Account and region of a root; what is not known is a symbol."""
        account, region = self.account(root), self.region(root)
        return Scope(
            "aws",
            account.symbol if isinstance(account, Unknown) else account,
            region.symbol if isinstance(region, Unknown) else region,
        )

    def account(self, root: str) -> str | Unknown:
        """The account that a root is deployed to."""
        if self.options.account:
            return self.options.account
        if not self.several:
            return Unknown(Reason.NOT_SEEN, "account of the stack")
        self.assume(SEPARATE_ACCOUNTS)
        return Unknown(Reason.NOT_SEEN, f"{DISTINCT}account of the stack in {root}")

    def region(self, root: str) -> str | Unknown:
        """The region that a root is deployed to."""
        if self.options.region:
            return self.options.region
        return Unknown(Reason.NOT_SEEN, f"region of the stack in {root}" if self.several else "region of the stack")

    # -- roots ---------------------------------------------------------------------------------------------------

    def plant(self) -> None:
        """Find the roots. Those that import what others export are one root: one account and region."""
        called = {
            target
            for path, template in self.templates.items()
            for target in self._nests(Stack(self, template, path))
            if target != path
        }
        roots = [path for path in self.templates if path not in called]
        reached = self._reached(roots)
        for path in self.templates:
            if path not in reached:
                roots.append(path)
                reached |= self._reached([path])
        prefix = self.options.prefix.rstrip("/")
        stacks = {path: Stack(self, self.templates[path], "/".join(filter(None, (prefix, path)))) for path in roots}
        self.roots = list(stacks.values())
        groups = self._groups(stacks)
        self.several = len(groups) > 1 or bool(prefix)
        for group in groups:
            names = _names(group)
            for path in group:
                stack = stacks[path]
                stacks[path] = Stack(self, stack.template, "/".join(filter(None, (prefix, group[0]))), names[path])
        self.roots = list(stacks.values())
        self._exports = None
        self._imports.clear()
        self.gaps.clear()
        self._stacks = 0

    def _nests(self, stack: Stack) -> Iterator[str]:
        for name, node in stack.template.section("Resources").items():
            type_ = node.get("Type")
            if type_ is not None and type_.text in NESTED:
                found = self._target(stack, node)
                if found is not None:
                    yield found
            del name

    def _reached(self, starts: list[str]) -> set[str]:
        reached: set[str] = set()
        todo = list(starts)
        while todo:
            path = todo.pop()
            if path not in reached:
                reached.add(path)
                todo.extend(self._nests(Stack(self, self.templates[path], path)))
        return reached

    def _groups(self, stacks: Mapping[str, Stack]) -> list[list[str]]:
        """Roots by what connects them, each group sorted."""
        leader = {path: path for path in stacks}

        def find(path: str) -> str:
            while leader[path] != path:
                path = leader[path]
            return path

        for path, stack in stacks.items():
            if "ImportValue" not in stack.template.text.content:
                continue
            for node in _imports(stack.template.root):
                name = Evaluator(stack).known(node)
                export = self._export(stack, name) if isinstance(name, str | Unknown) else None
                if export is not None:
                    leader[find(path)] = find(export[0].template.text.relative)
        groups: dict[str, list[str]] = defaultdict(list)
        for path in sorted(stacks):
            groups[find(path)].append(path)
        return sorted(groups.values())

    # -- nested stacks -------------------------------------------------------------------------------------------

    def nested(self, stack: Stack, name: str, node: Node) -> Stack | None:
        """The stack that a resource nests; None, and a gap, when its template is not here."""
        address = stack.prefix + name
        path = self._target(stack, node)
        if path is None:
            url = node.get("Properties", "TemplateURL") or node.get("Properties", "Location")
            where = said(Evaluator(stack).known(url)) if url is not None else "its template"
            stack.gap("absent-module", address, f"{where} is not in the scanned tree", node)
            return None
        template = self.templates[path]
        if template in stack.ancestors:
            stack.gap("recursive-stack", address, f"{path} nests itself, directly or through others", node)
            return None
        self._stacks += 1
        if self._stacks > MAX_STACKS or len(stack.ancestors) > MAX_DEPTH:
            stack.gap(
                "too-many-stacks", address, f"more than {MAX_STACKS} nested stacks, or {MAX_DEPTH} in each other", node
            )
            return None
        written = node.get("Properties", "Parameters")
        run = stack.evaluator(name)
        given = {key: run.known(value) for key, value in written.entries()} if written is not None else {}
        return Stack(self, template, stack.root, f"{address}.", given, (stack, name))

    def _target(self, stack: Stack, node: Node) -> str | None:
        """The path of the template that a resource nests."""
        asset = node.get("Metadata", "aws:asset:path")
        if asset is not None and asset.text:
            return self._local(stack, asset.text)
        url = node.get("Properties", "TemplateURL") or node.get("Properties", "Location")
        if url is None:
            return None
        value = Evaluator(stack).known(url)
        if isinstance(value, str) and "://" not in value:
            return self._local(stack, value.removeprefix("file://"))
        text = value if isinstance(value, str) else value.symbol if isinstance(value, Unknown) else ""
        return self._published(stack, text)

    def _local(self, stack: Stack, place: str) -> str | None:
        here = posixpath.dirname(stack.template.text.relative)
        path = posixpath.normpath(posixpath.join(here, place))
        return path if path in self.templates else None

    def _published(self, stack: Stack, url: str) -> str | None:
        """A template at an address of S3 is taken to be the one of the tree whose path it ends with."""
        tail = [part for part in re.split(r"[/⟩]", url.partition("?")[0]) if part]
        for length in range(len(tail), 0, -1):
            end = "/".join(tail[-length:])
            found = [path for path in self.templates if path == end or path.endswith("/" + end)]
            if len(found) == 1 and found[0] != stack.template.text.relative:
                self.assume(f"The published template {tail[-1]} is taken to be {found[0]}.")
                return found[0]
        return None

    # -- exports -------------------------------------------------------------------------------------------------

    def imported(self, stack: Stack, name: str | Unknown) -> Any:
        """What `Fn::ImportValue` gives: the value in the stack that exports it, when that is here."""
        export = self._export(stack, name)
        if export is None:
            return Unknown(Reason.NOT_SEEN, f"export {said(name)}")
        exporter, output, value = export
        return exporter.exported(output, value)

    def _export(self, stack: Stack, name: str | Unknown) -> tuple[Stack, str, Node] | None:
        key = (stack.template.text.relative, name if isinstance(name, str) else name.symbol)
        if key not in self._imports:
            self._imports[key] = self._found(stack, name)
        return self._imports[key]

    def _found(self, stack: Stack, name: str | Unknown) -> tuple[Stack, str, Node] | None:
        if self._exports is None:
            self._exports = []  # (the name of an export that is itself imported finds nothing)
            self._exports = list(self._all_exports())
        if isinstance(name, str):
            exact = [one for one in self._exports if one[1] == name]
            if len(exact) == 1:
                return exact[0][0], exact[0][2], exact[0][3]
        others = [one for one in self._exports if one[0].template is not stack.template]
        fitting = [one for one in others if _fits(one[1], name)]
        if len(fitting) != 1:
            return None
        exporter, _, output, value = fitting[0]
        self.assume(
            f"{stack.template.text.relative} is taken to import from {exporter.template.text.relative}: the names of "
            "its exports fit."
        )
        return exporter, output, value

    def _all_exports(self) -> Iterator[tuple[Stack, Any, str, Node]]:
        for stack in self.roots:
            if "Export" not in stack.template.text.content:
                continue
            for output, node in stack.outputs.items():
                name, value = node.get("Export", "Name"), node.get("Value")
                if name is not None and value is not None:
                    yield stack, Evaluator(stack).known(name), output, value


def _fits(export: Any, name: str | Unknown) -> bool:
    """Could an export of this name be the one that is asked for? Some known piece has to say so."""
    if isinstance(export, str):
        return isinstance(name, Unknown) and _pattern(name) is not None and _matches(name, export)
    if not isinstance(export, Unknown) or _pattern(export) is None:
        return False
    if isinstance(name, str):
        return _matches(export, name)
    return _tail(export) == _tail(name) != ""


def _pattern(unknown: Unknown) -> re.Pattern[str] | None:
    known = [part for part in unknown.parts if isinstance(part, str) and re.search(r"\w{2}", part)]
    if len(unknown.parts) > 8:
        return None
    if not known:
        return None
    return re.compile("".join(re.escape(p) if isinstance(p, str) else ".+" for p in unknown.parts))


def _matches(unknown: Unknown, text: str) -> bool:
    pattern = _pattern(unknown)
    return pattern is not None and len(text) < 300 and pattern.fullmatch(text) is not None


def _tail(unknown: Unknown) -> str:
    last = unknown.parts[-1] if unknown.parts else ""
    return last if isinstance(last, str) else ""


def _imports(node: Node) -> Iterator[Node]:
    """The names that a template imports."""
    todo, left = [node], 500_000
    while todo and left > 0:
        one = todo.pop()
        left -= 1
        if isinstance(one.value, dict):
            for name, child in one.value.items():
                if name == "Fn::ImportValue":
                    yield child
                todo.append(child)
        elif isinstance(one.value, list):
            todo.extend(one.value)


def _names(group: list[str]) -> dict[str, str]:
    """What the addresses of each member of a group begin with; nothing for one alone."""
    if len(group) == 1:
        return {group[0]: ""}
    stems = {path: posixpath.basename(path).partition(".")[0] for path in group}
    unique = len(set(stems.values())) == len(stems)
    return {path: f"{stems[path] if unique else path.partition('.')[0]}." for path in group}
