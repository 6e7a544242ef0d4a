"""The parsed configuration of one directory: immutable, shared by every instance of the module."""

from __future__ import annotations

import os
from collections.abc import Iterator

from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.sources.terraform.ast_cache import parsed as parsed_text
from nephograph.sources.terraform.blocks import Block, Body, Written
from nephograph.sources.terraform.comments import suppressions, suppressions_in_json
from nephograph.sources.terraform.files import (
    Tree,
    configuration_files,
    is_configuration,
    is_json_configuration,
    is_override,
)
from nephograph.sources.terraform.module_models import Model
from nephograph.sources.terraform.syntax import Parsed, SyntaxProblem, parse
from nephograph.sources.terraform.syntax_json import parse_json
from nephograph.sources.terraform.texts import Text

_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "check": 1}
MODELLED = "\0model of "
"""What the paths of directories begin with that are module models: no directory of a tree is called so."""

_FIRST_VALUES = ("terraform.tfvars", "terraform.tfvars.json")
_LISTED = {
    "provider": "providers",
    "moved": "moved",
    "import": "imports",
    "removed": "removed",
    "check": "checks",
    "ephemeral": "ephemeral",
    "terraform": "settings",
}
"""Blocks that are kept in the order of the text, by the list they go to."""


class Directory:
    """Every declaration of one directory by its name."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.modelled = path.startswith(MODELLED)
        self.variables: dict[str, Block] = {}
        self.locals: dict[str, Written] = {}
        self.resources: dict[tuple[str, str], Block] = {}
        self.data: dict[tuple[str, str], Block] = {}
        self.modules: dict[str, Block] = {}
        self.outputs: dict[str, Block] = {}
        self.providers: list[Block] = []
        self.moved: list[Block] = []
        self.imports: list[Block] = []
        self.removed: list[Block] = []
        self.checks: list[Block] = []
        self.ephemeral: list[Block] = []
        self.settings: list[Block] = []
        """The `terraform` blocks."""
        self.needs: dict[str, tuple[Written, tuple[str, ...]]] = {}
        """The locals that a local names, found when first asked for."""
        self.values: list[str] = []
        """The variable files that Terraform reads without being told, in its order."""
        self.broken = False
        """Some block of the directory could not be parsed, so a name that is not declared here may have been."""

    def add(self, block: Block) -> Block | None:
        """Take in a top-level block; returns the earlier block when its name is already taken."""
        match block.type:
            case "resource" | "data":
                into = self.resources if block.type == "resource" else self.data
                key = (block.labels[0], block.labels[1])
                earlier = into.setdefault(key, block)
                return earlier if earlier is not block else None
            case "module" | "variable" | "output":
                named = {"module": self.modules, "variable": self.variables, "output": self.outputs}[block.type]
                earlier = named.setdefault(block.labels[0], block)
                return earlier if earlier is not block else None
            case "locals":
                for name, item in block.body.arguments.items():
                    self.locals.setdefault(name, Written(block.text, item[4]))
            case _:
                getattr(self, _LISTED[block.type]).append(block)
        return None

    def override(self, block: Block) -> bool:
        """Merge a block of an override file; False when there is nothing that it could change.

        Rules: https://developer.hashicorp.com/terraform/language/files/override
        """
        if block.type == "locals":
            self.locals.update({n: Written(block.text, item[4]) for n, item in block.body.arguments.items()})
            return True
        base: Block | None = None
        match block.type:
            case "resource" | "data":
                declared = self.resources if block.type == "resource" else self.data
                base = declared.get((block.labels[0], block.labels[1]))
            case "module" | "variable" | "output":
                named = {"module": self.modules, "variable": self.variables, "output": self.outputs}[block.type]
                base = named.get(block.labels[0])
            case "provider":
                same = [other for other in self.providers if _alias(other) == _alias(block)]
                base = next((other for other in same if other.labels == block.labels), None)
        if base is None:
            return False
        base.body.override(block.body)
        return True

    @property
    def provider_types(self) -> dict[str, str]:
        """What the local names of providers stand for, where `required_providers` gives them a source."""
        found: dict[str, str] = {}
        for block in self.settings:
            for required in block.body.of_type("required_providers"):
                for name, item in required.body.arguments.items():
                    entries = item[4][3] if item[4][0] == "object" else ()
                    source = next((value for key, value in entries if key[0] == "lit" and key[3] == "source"), None)
                    if source is not None and source[0] == "lit" and isinstance(source[3], str):
                        found[name] = source[3].rpartition("/")[2]
        return found


def _alias(block: Block) -> object:
    written = block.body.value("alias")
    return written.node[3] if written is not None and written.node[0] == "lit" else None


class Reader:
    """Parses directories when they are reached; problems, gaps and suppressions of each file are kept once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.suppressions: list[object] = []
        self._directories: dict[str, Directory] = {}

    def directory(self, path: str) -> Directory:
        """The configuration of a directory below the root ("" for the root)."""
        if path not in self._directories:
            self._directories[path] = self._parse(path)
        return self._directories[path]

    def model(self, model: Model) -> Directory:
        """The configuration that stands for a module which is not in the tree."""
        path = f"{MODELLED}{model.name}"
        if path not in self._directories:
            directory = Directory(path)
            text = Text(path, "", model.content, modelled=True)
            for block in Body(text, parse(model.content).body).blocks:
                if block.type != "model":
                    directory.add(block)
            self._directories[path] = directory
        return self._directories[path]

    def _parse(self, path: str) -> Directory:
        directory = Directory(path)
        directory.broken = path in self.tree.incomplete
        overrides = []
        for name in configuration_files(self.tree.directories.get(path, [])):
            relative = os.path.join(path, name)  # noqa: PTH118 - relative to the root, never touched by itself
            if not is_configuration(name) and not is_json_configuration(name):
                directory.values.append(relative)
            elif is_override(name):
                overrides.append(relative)
            else:
                self._parse_file(directory, relative)
        for relative in overrides:
            self._parse_file(directory, relative, override=True)
        directory.values.sort(key=lambda relative: (not relative.endswith(_FIRST_VALUES), relative))
        return directory

    def _parse_file(self, directory: Directory, relative: str, override: bool = False) -> None:
        text = self.tree.read(relative)
        if text is None:
            directory.broken = True
            return
        is_json = is_json_configuration(relative)
        parsed = parse_json(text.content) if is_json else parsed_text(text.content)
        for problem in parsed.problems:
            self.tree.problems.append(syntax_problem(self.tree, text, problem))
            directory.broken = directory.broken or bool(problem.block)
        body = Body(text, parsed.body)
        for name, item in body.arguments.items():
            self.tree.problems.append(
                problem_at(
                    self.tree,
                    "misplaced-argument",
                    f'The argument "{name}" stands outside any block.',
                    "Put it inside a block.",
                    Written(text, item),
                )
            )
        blocks = body.blocks if is_json or override else self._blocks(relative, text, parsed) or body.blocks
        for block in blocks:
            self._add(directory, block, override)
        ranges = [(block.start, block.end) for block in body.blocks]
        found = suppressions_in_json if is_json else suppressions
        self.suppressions.extend(found(text, ranges, parsed.comments))

    def _blocks(self, relative: str, text: Text, parsed: Parsed) -> list[Block]:
        """The blocks of a file of the native syntax where they are kept in another way; [] for the ordinary one."""
        return []

    def _add(self, directory: Directory, block: Block, override: bool) -> None:
        wanted = _LABELS.get(block.type, 0)
        if len(block.labels) != wanted and block.type in _LABELS:
            names = " ".join(['"name"'] * wanted)
            self.tree.problems.append(
                problem_at(
                    self.tree,
                    "labels",
                    f"A {block.type} block has {wanted} label{'s' if wanted > 1 else ''}, not {len(block.labels)}.",
                    f"Write {block.type} {names} {{ … }}.",
                    Written(block.text, (block.type, block.start, block.head_end)),
                )
            )
            return
        if block.type not in _LABELS and block.type not in _LISTED and block.type != "locals":
            subject = " ".join((block.type, *block.labels))
            why = "is not a block of Terraform that is evaluated"
            self.tree.gaps.append(Gap("unsupported-block", subject, why, block.head_span))
            return
        if override and block.type != "terraform":
            if not directory.override(block):
                subject = " ".join((block.type, *block.labels))
                why = "overrides nothing that is declared in this directory"
                self.tree.gaps.append(Gap("override", subject, why, block.head_span))
            return
        earlier = directory.add(block)
        if earlier is not None:
            name = ".".join(block.labels)
            self.tree.problems.append(
                problem_at(
                    self.tree,
                    "duplicate",
                    f"{block.type} {name} is declared twice; the first stands at {earlier.span}.",
                    "Rename or remove one of them.",
                    Written(block.text, (block.type, block.start, block.head_end)),
                )
            )


def problem_at(tree: Tree, code: str, message: str, help: str, written: Written) -> Problem:
    """A Problem at a node, with the line it stands on."""
    span = written.span
    return Problem(code, message, help, span, tree.texts.line(span.file, span.line) or "")


def syntax_problem(tree: Tree, text: Text, problem: SyntaxProblem) -> Problem:
    """A syntax error as a Problem."""
    span = text.span(problem.start, max(problem.start + 1, min(problem.end, len(text.content))))
    lost = f" ({problem.block} was not read.)" if problem.block else ""
    help = problem.help or (f"Expected here: {problem.expected}." if problem.expected else "Correct the syntax.")
    return Problem("syntax", problem.message + lost, help, span, tree.texts.line(text.file, span.line) or "")


def module_calls(directory: Directory) -> Iterator[tuple[str, Block, str | None]]:
    """(name, block, literal source or None) of every module call of a directory."""
    for name, block in directory.modules.items():
        source = block.body.arguments.get("source")
        literal = source[4][3] if source is not None and source[4][0] == "lit" else None
        yield name, block, literal if isinstance(literal, str) else None
