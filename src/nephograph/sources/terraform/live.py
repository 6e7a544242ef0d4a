"""A tree that stays loaded: after an edit of a file only the module instances of its directory are evaluated again.

What an edit may reach is bounded at modules: where the arguments of a call have the values they had, the called
instance stays as it is with everything below it; where the outputs of a module have the values they had, its caller
stays. Whatever this cannot prove raises `Unproven`, and the tree has to be loaded anew.
"""

from __future__ import annotations

import pathlib
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.source import Gap, Loaded, LoadOptions, Suppression
from nephograph.sources.terraform.assertions import name_others
from nephograph.sources.terraform.blocks import Block
from nephograph.sources.terraform.directory import Directory, syntax_problem
from nephograph.sources.terraform.document import TerraformDocument
from nephograph.sources.terraform.expansion import Expansion
from nephograph.sources.terraform.files import (
    Tree,
    is_override,
)
from nephograph.sources.terraform.legacy import may_hold
from nephograph.sources.terraform.live_module import (
    Ledger,
    LiveContext,
    LiveModule,
    Owner,
    Unproven,
    Untouched,
    hand_over,
)
from nephograph.sources.terraform.live_readers import Name, Readers
from nephograph.sources.terraform.live_text import LiveText, Watch
from nephograph.sources.terraform.live_values import same
from nephograph.sources.terraform.load import deep_recursion, documents, force, modules, root_name, roots_of
from nephograph.sources.terraform.module import Module
from nephograph.sources.terraform.syntax import parse
from nephograph.sources.terraform.texts import Text

_PLAIN = frozenset({"resource", "data", "variable", "output", "locals", "module"})
"""Blocks of which an edit is followed; all others decide more than their own module."""

_OF_THE_MODULE = ("lifecycle", "provisioner")
"""Blocks of a resource that speak for the module, or have a document of their own."""


class Edited(msgspec.Struct):
    """What an edit of the configuration changed.

    `documents` are those that say something else now, with the names of the attributes that do. `anew` are those whose
    values may come from other places than before; `pieces` the lines that are no longer there, and those that read a
    value that has changed: what they say may come from another place now, be it the same.
    """

    documents: list[tuple[TerraformDocument, set[str]]] = []
    anew: list[TerraformDocument] = []
    pieces: Watch = set()
    same_documents: bool = True
    instances: int = 0
    """Resource instances that were evaluated."""


class LiveTree:
    """One tree, loaded, and kept in step with edits."""

    def __init__(self, path: pathlib.Path, shown: str, options: LoadOptions) -> None:
        tree = Tree(path, shown)
        tree.buffers = dict(options.buffers)
        tree.walk()
        if tree.terragrunt:
            raise Unproven("Terragrunt")
        self.context = LiveContext(tree, options)
        self.base = path if path.is_dir() else path.parent
        self.documents: dict[Owner, list[TerraformDocument]] = {}
        self.instances = 0
        self._readers = Readers()
        with deep_recursion():
            directories = roots_of(self.context)
            self.context.several_roots = len(directories) > 1 or bool(options.prefix)
            self.roots = [
                LiveModule(self.context, self.context.reader.directory(d), root_name(options.prefix, d))
                for d in directories
            ]
            for root in self.roots:
                if root.directory.imports or root.directory.moved:
                    raise Unproven("import and moved blocks")
                for module in modules(root):
                    self._read(module)
                for owner in [one.owner for one in self._below(root)]:
                    self._evaluate(owner)
        if tree.problems or not self.context.is_regular:
            raise Unproven("the tree has mistakes")
        self.context.settled()
        loaded = Loaded("terraform", excerpts=tree.texts)
        loaded.documents = [one for owner in self._order() for one in self.documents[owner]]
        loaded.suppressions = [one for one in self.context.reader.suppressions if isinstance(one, Suppression)]
        loaded.files = sum(1 for text in tree.texts.by_file.values() if text.relative)
        self.loaded = loaded
        self._tell()

    def _tell(self) -> None:
        self.loaded.problems = self.context.tree.problems
        self.loaded.gaps = self.context.gaps
        self.loaded.assumptions = self.context.assumptions
        self.loaded.seen = self.context.seen

    def _order(self) -> list[Owner]:
        return [module.owner for root in self.roots for module in self._below(root)]

    def _below(self, root: Module) -> Iterator[LiveModule]:
        for module in modules(root):
            assert isinstance(module, LiveModule)
            yield module

    def _read(self, module: Module) -> None:
        assert isinstance(module, LiveModule)
        context = self.context
        context.module = module.owner
        force(module)
        name_others(module)
        before = context.seen
        self.documents[module.owner] = list(documents(module))
        context.ledgers.setdefault(module.owner, Ledger()).seen = context.seen - before

    def _evaluate(self, owner: Owner) -> None:
        self.context.module = owner
        for document in self.documents[owner]:
            _ = document.attributes, document.scope
        self.instances += len(self.documents[owner])

    # -- edits -----------------------------------------------------------------------------------------------------

    def relative(self, path: pathlib.Path) -> str | None:
        """Where a file stands in the tree; None for one that is none of its configuration."""
        try:
            relative = path.resolve().relative_to(pathlib.Path(self.context.tree.base)).as_posix()
        except ValueError:
            return None
        return relative if relative in self.context.reader.files else None

    def edit(self, path: pathlib.Path, content: str) -> Edited:
        """Take the new content of a file. Raises `Unproven`, after which the tree is of no more use."""
        relative = self.relative(path)
        if relative is None or content.startswith("\ufeff"):
            raise Unproven("the file is no configuration that was read in pieces")
        context, reader = self.context, self.context.reader
        folder = posixpath.dirname(relative)
        if folder in reader.irregular or is_override(relative.rpartition("/")[2]):
            raise Unproven("the directory has mistakes, overrides or ignore comments")
        live = reader.files[relative]
        answer = live.edit(content)
        if answer is None:
            raise Untouched("the text is not made of whole blocks")
        gone, new = answer
        context.tree.texts.add(Text(live.file, relative, content))
        edited = Edited(pieces=live.replaced)
        if {block.type for block in (*gone, *new)} - _PLAIN:
            raise Unproven("a block was edited that decides more than its module")
        if gone or new:
            with deep_recursion():
                self._follow(folder, gone, new, edited)
            if context.tree.problems or not context.is_regular:
                raise Unproven("the tree has a mistake now")
        context.settled()
        self._tell()
        return edited

    def mistakes(self, path: pathlib.Path, content: str) -> list[Problem]:
        """The syntax errors of a text that a file may get; the tree stays as it is."""
        relative = self.relative(path)
        if relative is None:
            return []
        texts = self.context.tree.texts
        text = Text(self.context.reader.files[relative].file, relative, content)
        before = texts.by_file[text.file]
        texts.add(text)
        try:
            return [syntax_problem(self.context.tree, text, one) for one in parse(content).problems]
        finally:
            texts.add(before)

    def _follow(self, folder: str, gone: list[Block], new: list[Block], edited: Edited) -> None:
        earlier = self.context.reader._directories[folder]
        directory = self.context.reader.again(folder)
        if list(earlier.modules) != list(directory.modules):
            raise Unproven("there are other calls than before")
        self.instances = 0
        for block in gone:
            self._readers.forget(block)
        callers = [m for root in self.roots for m in self._below(root) if m.directory.path == folder]
        if not (_is_leaf(gone, new) and self._renew(callers, directory, new, edited)):
            for owner in [module.owner for module in callers]:
                module = next(m for root in self.roots for m in self._below(root) if m.owner == owner)
                self._replace(module, directory, edited)
        edited.instances = self.instances

    def _renew(self, modules: list[LiveModule], directory: Directory, new: list[Block], edited: Edited) -> bool:
        """Evaluate the edited resources alone, where nothing reads what changed; False, and all as it was, else."""
        context = self.context
        if any(not context.ledger_of(module.owner).is_plain for module in modules):
            return False
        earlier, named = modules[0].directory if modules else directory, context.named_things
        found: list[tuple[TerraformDocument, TerraformDocument]] = []
        kept: list[tuple[LiveModule, tuple[str, str, str], Any]] = []
        renewed = True
        for module in modules:
            module.directory = directory
            context.module = module.owner
            for block in new:
                key = ("managed", block.labels[0], block.labels[1])
                expansion = module.expanded.pop(key)
                kept.append((module, key, expansion))
                now = module.resources(*key)
                assert now is not None
                if list(now.items) != list(expansion.items) or not same(now.why, expansion.why):
                    raise Unproven("there are other resources than before")
                its = {id(one): fresh for one, fresh in zip(expansion, now, strict=True)}
                for document in self.documents[module.owner]:
                    fresh = its.get(id(document.instance))
                    if fresh is not None:
                        current = TerraformDocument(fresh)
                        _ = current.attributes, current.scope
                        found.append((document, current))
        if context.named_things != named:
            renewed = False
        for document, current in found if renewed else ():
            names = _raw_changes(document, current)
            if names and any(self._of(directory, current, names)):
                renewed = False
                break
        if not renewed:
            for module, key, expansion in kept:
                module.directory = earlier
                module.expanded[key] = expansion
            return False
        for document, current in found:
            self._take(document, current, edited)
        self.instances += len(found)
        return True

    def _replace(self, old: LiveModule, directory: Directory, edited: Edited) -> None:
        context = self.context
        new = LiveModule(context, directory, old.root, old.address, old.parent, old.call, old.caller, old.existence)
        new.old = old
        context.module = new.owner
        context.ledgers[new.owner] = Ledger()
        hand_over(old, new)
        if old.parent is None:
            self.roots = [new if root is old else root for root in self.roots]
        else:
            assert old.call is not None
            within = old.parent.calls(old.call.labels[0])
            assert isinstance(within, Expansion)
            if within.maybe is old:
                within.maybe = new
            for key, one in list(within.items.items()):
                if one is old:
                    within.items[key] = new
        for module in list(self._below(new)):
            if module is not new and module.old is None:
                continue
            before = self.documents[module.owner]
            if module is not new:
                context.ledgers[module.owner] = Ledger()
            self._read(module)
            self._evaluate(module.owner)
            self._compare(module, before, edited)
        out = old.directory.outputs.keys() | directory.outputs.keys()
        if out != directory.outputs.keys() or not all(same(old.output(name), new.output(name)) for name in out):
            parent = old.parent
            if parent is None:
                return
            assert isinstance(parent, LiveModule)
            assert old.call is not None
            call = old.call.labels[0]
            self._mark(self._readers.of(parent.directory, ("module", call)), edited)
            self._replace(parent, parent.directory, edited)

    def _compare(self, module: LiveModule, before: list[TerraformDocument], edited: Edited) -> None:
        """Let the documents that were there before say what they say now."""
        old, module.old = module.old, None
        assert old is not None
        now = self.documents[module.owner]
        if [(d.address, d.type) for d in before] != [(d.address, d.type) for d in now]:
            raise Unproven("there are other resources than before")
        for name in _changed(old, module):
            self._mark(self._readers.of(module.directory, name), edited)
        for document, current in zip(before, now, strict=True):
            names = self._take(document, current, edited)
            if names:
                self._mark(self._of(module.directory, document, names), edited)
        self.documents[module.owner] = before

    def _take(self, document: TerraformDocument, current: TerraformDocument, edited: Edited) -> set[str]:
        """Let a document say what it says now; the names of the attributes that say something else."""
        if document.scope != current.scope or not same(document.existence, current.existence):
            raise Unproven("a resource is elsewhere now")
        was, is_ = document.attributes, current.attributes
        names = {n for n in (*was, *is_) if n not in was or n not in is_ or not same(was[n], is_[n])}
        if names and list(was) != list(is_):
            names.add("")
        if document.instance.block is not current.instance.block:
            edited.anew.append(document)
        document.instance = current.instance
        document._attributes = current._attributes
        if names:
            edited.documents.append((document, names))
        return names

    def _of(self, directory: Directory, document: TerraformDocument, names: set[str]) -> Iterator[tuple[Text, int]]:
        """Where the blocks and locals stand that read one of the attributes of a document."""
        type, name = document.instance.block.labels
        return self._readers.of(directory, (type, name), lambda steps: _reads(document, steps, names))

    def _mark(self, readers: Iterable[tuple[Text, int]], edited: Edited) -> None:
        for text, offset in readers:
            assert isinstance(text, LiveText)
            edited.pieces.add((text, text.piece(offset)))


def _reads(document: TerraformDocument, steps: Sequence[str], names: set[str]) -> bool:
    """Whether a reference to the block of a document, with these steps behind its name, reads one of the attributes."""
    if document.instance.key is None and steps[:1] != ("",):
        return not steps or steps[0] in names
    return len(steps) < 2 or bool(names & set(steps))


def _is_leaf(gone: list[Block], new: list[Block]) -> bool:
    """Whether the same resources were edited and nothing else.

    Conditions in a lifecycle speak for the module, and so does what is written as Terraform before 0.12 wanted it.
    """
    blocks = (*gone, *new)
    return (
        all(block.type == "resource" and not any(block.body.of_type(t) for t in _OF_THE_MODULE) for block in blocks)
        and len(gone) == len(new)
        and {block.labels for block in gone} == {block.labels for block in new}
        and not any(map(may_hold, blocks))
    )


def _raw_changes(document: TerraformDocument, current: TerraformDocument) -> set[str]:
    """The arguments that are read otherwise now; what a document does not show counts, too."""
    old, new = document.instance, current.instance
    return {name for name in (*old.names, *new.names) if not same(old.written(name), new.written(name))}


def _changed(old: Module, new: Module) -> set[Name]:
    """What expressions read of a module that has another value now, or is not there in one of the two."""
    found: set[Name] = set()
    cells = (("var", old.directory.variables, new.directory.variables, old._variables, new._variables),)
    locals_ = ("local", old.directory.locals, new.directory.locals, old._locals, new._locals)
    for root, was, is_, before, now in (*cells, locals_):
        found |= {(root, name) for name in was.keys() ^ is_.keys()}
        found |= {(root, name) for name, value in before.items() if name in now and not same(value, now[name])}
    was_read, is_read = _data(old), _data(new)
    found |= {("data", key[0]) for key, value in was_read.items() if key in is_read and not same(value, is_read[key])}
    return found


def _data(module: Module) -> dict[tuple[str, str], Any]:
    """What has been read of data sources, by their type and by the address and name of the value."""
    return {
        (type, f"{instance.address}.{name}"): value
        for type, label in module.directory.data
        for instance in module.resources("data", type, label) or ()
        for name, value in instance._memo.items()
    }


__all__ = ["Edited", "Gap", "LiveTree", "Unproven", "Untouched"]
