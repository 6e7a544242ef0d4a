"""From a path to documents: templates are found and decoded, planted as a tree of stacks, and read resource by one."""

from __future__ import annotations

import pathlib
import posixpath
from collections.abc import Iterator

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Loaded, LoadOptions, Progress
from nephograph.model.value import Unknown
from nephograph.sources.cloudformation.document import CloudFormationDocument
from nephograph.sources.cloudformation.hidden import credentials
from nephograph.sources.cloudformation.json_nodes import read_json
from nephograph.sources.cloudformation.nodes import Fault, Read
from nephograph.sources.cloudformation.parameters import values_of_file, values_of_samconfig
from nephograph.sources.cloudformation.recognise import is_built, is_named, speaks
from nephograph.sources.cloudformation.sam import UNREAD
from nephograph.sources.cloudformation.silenced import suppressions_of
from nephograph.sources.cloudformation.stack import Stack
from nephograph.sources.cloudformation.template import Template, is_template
from nephograph.sources.cloudformation.tree import Tree
from nephograph.sources.cloudformation.yaml_nodes import read_yaml
from nephograph.sources.json_files import Files
from nephograph.sources.terraform.texts import Text, Texts

NAME = "cloudformation"
MAX_BYTES = 8 * 1024 * 1024
"""CloudFormation takes templates of one megabyte; what generates them may add whitespace."""

MAX_FAULTS = 20
"""Mistakes of one template that are shown one by one."""

_SKIPPED_TYPES = ("AWS::CDK::Metadata",)
"""What CDK counts its users with: it is no resource of the account."""


def load_tree(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every template at or below the path."""
    texts = Texts()
    loaded = Loaded(NAME, said="code", excerpts=texts)
    templates = _templates(path, shown, texts, loaded, progress)
    tree = Tree(templates, texts, options)
    _find_values(tree, path, shown, loaded)
    tree.plant()
    for stack in tree.roots:
        for one in _stacks(stack):
            _read(one, loaded)
    for template in templates.values():
        loaded.suppressions.extend(suppressions_of(template))
        _report(template.text, template.faults, loaded)
    loaded.gaps += tree.gaps
    loaded.seen += sum(gap.count for gap in tree.gaps if gap.kind in UNREAD)
    loaded.assumptions += tree.assumptions
    loaded.files = len(templates)
    return loaded


def _templates(path: pathlib.Path, shown: str, texts: Texts, loaded: Loaded, progress: Progress) -> dict[str, Template]:
    """The templates by their path below the root."""
    files = Files(path, shown)
    entries = [entry for entry in files.entries(is_named, speaks) if not is_built(entry.relative)]
    # What cannot be opened may be anything: it is named. What reads like a template and is none is a Problem.
    loaded.gaps += (Gap(problem.code, problem.message, problem.help, problem.span) for problem in files.problems)
    files.problems.clear()
    found: dict[str, Template] = {}
    for done, entry in enumerate(entries):
        progress("reading templates", done, len(entries))
        content = files.content(entry, MAX_BYTES)
        if content is None:
            continue
        relative = entry.relative or path.name
        text = Text(entry.shown, relative, content)
        read = decoded(content)
        if read.node is None or not is_template(read.node):
            fatal = [fault for fault in read.faults if fault.fatal]
            if fatal and "AWSTemplateFormatVersion" in content:
                texts.add(text)
                _report(text, fatal, loaded)
            continue
        texts.add(text)
        found[relative] = Template(text, read.node, read.faults)
        for secret in credentials(read.node):
            texts.hide(secret)
    progress("reading templates", len(entries), len(entries))
    loaded.problems += files.problems
    loaded.gaps += files.gaps
    return found


def decoded(content: str) -> Read:
    """The tree of a text: as JSON when it begins with a brace and is JSON, else as YAML."""
    if content.lstrip("\ufeff \t\r\n")[:1] != "{":
        return read_yaml(content)
    read = read_json(content)
    if read.node is not None and not any(fault.fatal for fault in read.faults):
        return read
    other = read_yaml(content)
    return other if not any(fault.fatal for fault in other.faults) else read


def _find_values(tree: Tree, path: pathlib.Path, shown: str, loaded: Loaded) -> None:
    """Parameter files beside the templates; where several fit, none is chosen, and that is said."""
    wanted = Files(path if path.is_dir() else path.parent, shown)
    beside = ("parameters.json", "params.json", "samconfig.toml")
    by_folder: dict[str, list[str]] = {}
    folders = {posixpath.dirname(relative) for relative in tree.templates}
    entries = {}
    for entry in wanted.entries(lambda name: name.lower().endswith(beside), lambda name, head: bool(head)):
        folder = posixpath.dirname(entry.relative)
        if folder in folders:
            entries[entry.relative] = entry
            by_folder.setdefault(folder, []).append(entry.relative)
    for relative in tree.templates:
        folder = posixpath.dirname(relative)
        stem = posixpath.basename(relative).partition(".")[0]
        alone = sum(1 for one in tree.templates if posixpath.dirname(one) == folder) == 1
        here = by_folder.get(folder, [])
        own = [one for one in here if posixpath.basename(one).lower() in _own_names(stem, alone)]
        config = [one for one in here if one.endswith("samconfig.toml")]
        chosen = own if len(own) == 1 else config if alone and not own else []
        if not chosen:
            others = [one for one in here if one not in config]
            if alone and others:
                why = "nothing says which of them is for this template; name values with --var"
                subject = ", ".join(sorted(others)[:5])
                loaded.gaps.append(Gap("parameters-not-chosen", subject, why, None, len(others)))
            continue
        content = wanted.content(entries[chosen[0]], MAX_BYTES)
        if content is None:
            continue
        sam = chosen[0].endswith(".toml")
        values = values_of_samconfig(content) if sam else values_of_file(content)
        if values:
            tree.values[relative] = values
            tree.assume(f"{relative} is read with the parameter values of {chosen[0]}.")


def _own_names(stem: str, alone: bool) -> set[str]:
    stem = stem.lower()
    names = {f"{stem}{mark}{word}.json" for mark in ".-_" for word in ("parameters", "params")}
    return names | {"parameters.json", "params.json"} if alone else names


def _stacks(root: Stack) -> Iterator[Stack]:
    """A stack and every stack below it, parents first."""
    todo = [root]
    while todo:
        stack = todo.pop()
        yield stack
        below = [
            child
            for name in stack.resources
            if stack.exists(name) is not False and (child := stack.child(name)) is not None
        ]
        todo.extend(reversed(below))


def _read(stack: Stack, loaded: Loaded) -> None:
    """The documents of one stack."""
    for name, node in stack.resources.items():
        if node.value["Type"].text in _SKIPPED_TYPES or stack.child(name) is not None:
            continue
        exists = stack.exists(name)
        if exists is False:
            continue
        document = CloudFormationDocument(stack, name, node, exists if isinstance(exists, Unknown) else None)
        properties = node.get("Properties")
        if properties is not None and properties.value is not None and not isinstance(properties.value, dict):
            stack.template.wrong(properties, f"the Properties of {name} have to be a mapping")
        # Evaluated now, so that everything that cannot be is named.
        assert isinstance(document.attributes, dict)
        loaded.seen += 1
        loaded.documents.append(document)
    if stack.outputs:
        for name in stack.outputs:
            stack.output(name)


def _report(text: Text, faults: list[Fault], loaded: Loaded) -> None:
    """What is wrong in a text, each with its frame; the tail of a long list is counted."""
    found = list(dict.fromkeys(faults))
    for fault in found[:MAX_FAULTS]:
        span = text.span(fault.start, fault.end)
        excerpt = text.shown_line(span.line) or ""
        message = f"{text.file}: {fault.message}."
        loaded.problems.append(Problem(fault.code, message, fault.help, span, excerpt))
    if len(found) > MAX_FAULTS:
        why = "more mistakes than are shown"
        loaded.gaps.append(Gap("malformed-entry", text.file, why, None, len(found) - MAX_FAULTS))
