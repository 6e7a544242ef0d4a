"""What a loaded tree keeps so that edits can be followed: files in pieces, and module instances that are taken over.

Every module instance has a ledger of what it named (gaps, assumptions), so that it can be evaluated again alone.
"""

from __future__ import annotations

import posixpath
import re

from nephograph.model.source import LoadOptions
from nephograph.model.value import Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.completion import default_tags_place
from nephograph.sources.terraform.context import Context, frame_name
from nephograph.sources.terraform.directory import Directory, Reader
from nephograph.sources.terraform.expansion import Expansion
from nephograph.sources.terraform.files import Tree, configuration_files, is_configuration, is_json_configuration
from nephograph.sources.terraform.live_text import LiveFile
from nephograph.sources.terraform.live_values import same
from nephograph.sources.terraform.module import META_OF_CALLS, Module
from nephograph.sources.terraform.providers import SEPARATE_ACCOUNTS
from nephograph.sources.terraform.resources import plain
from nephograph.sources.terraform.scope import evaluated
from nephograph.sources.terraform.syntax import Parsed
from nephograph.sources.terraform.texts import Text

_MODULE = re.compile(r'(?:module\.[^.\[]+(?:\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?(?=\.|$)\.?)*')
_OF_BLOCKS = frozenset({"data-source", "absent-module", "modelled-module"})

Owner = tuple[str, str]
"""Root and address of a module instance."""


class Unproven(Exception):  # noqa: N818 - no error: the answer is found by loading anew
    """It cannot be shown what the edit leaves as it was; the message says why."""


class Untouched(Unproven):
    """The edit cannot be followed, and was not begun: the tree stands at the text before."""


class LiveContext(Context):
    """One tree, with what was named on the way by the module that named it."""

    def __init__(self, tree: Tree, options: LoadOptions) -> None:
        super().__init__(tree, options)
        self.reader: LiveReader = LiveReader(tree)
        self.ledgers: dict[Owner, Ledger] = {}
        self.module: Owner = ("", "")
        """The module that is being read where no name is under evaluation."""
        self.named_things = 0

    def _ledger(self) -> Ledger:
        owner = self.module
        if self.running:
            match = _MODULE.match(frame_name(self.running[-1]))
            owner = (owner[0], match.group().rstrip(".") if match else "")
        return self.ledgers.setdefault(owner, Ledger())

    def assume(self, sentence: str) -> None:
        """See `Context`."""
        if not self._muted:
            self.named_things += 1
            if sentence == SEPARATE_ACCOUNTS:
                # Providers say this, and they stay as they are.
                self.ledgers.setdefault(("", ""), Ledger()).assumptions[sentence] = None
                return
            self._ledger().assumptions[sentence] = None

    def gap(self, kind: str, subject: str, why: str, written: Written | None = None, count: int = 1) -> None:
        """See `Context`."""
        if not self._muted:
            self.named_things += 1
            gaps = self._ledger().gaps
            key = (kind, subject, why)
            place = written if written and not written.text.modelled else None
            gaps.append((*key, place, count))

    def ledger_of(self, owner: Owner) -> Ledger:
        """What a module has named."""
        return self.ledgers.setdefault(owner, Ledger())

    @property
    def is_regular(self) -> bool:
        """Nothing was named whose wording or place depends on what was evaluated first, and no budget is near."""
        kinds = {kind for ledger in self.ledgers.values() for kind, *_ in ledger.gaps}
        return not self._named and not kinds & {"budget", "invalid-expression"} and self.instances_left > 100_000

    def settled(self) -> None:
        """Put what the modules have named where the answers look for it."""
        self._assumptions = {s: None for ledger in self.ledgers.values() for s in ledger.assumptions}
        self._gaps = {}
        for ledger in self.ledgers.values():
            for kind, subject, why, written, count in ledger.gaps:
                key = (kind, subject, why, written.span if written else None)
                self._gaps[key] = self._gaps.get(key, 0) + count
        self.seen = sum(ledger.seen for ledger in self.ledgers.values())


class Ledger:
    """What one module instance has named, and how many resources it has."""

    def __init__(self) -> None:
        self.gaps: list[tuple[str, str, str, Written | None, int]] = []
        self.assumptions: dict[str, None] = {}
        self.seen = 0

    @property
    def is_plain(self) -> bool:
        """Everything it names stands for whole blocks: no resource of it had a part in that."""
        return not self.assumptions and {kind for kind, *_ in self.gaps} <= _OF_BLOCKS


class LiveReader(Reader):
    """Keeps the files it has read in pieces."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self.files: dict[str, LiveFile] = {}
        self.irregular: set[str] = set()
        """Directories in which an edit changes more than blocks: mistakes, overrides, JSON, ignore comments."""

    def _parse(self, path: str) -> Directory:
        before = len(self.tree.problems) + len(self.tree.gaps) + len(self.suppressions)
        directory = super()._parse(path)
        if len(self.tree.problems) + len(self.tree.gaps) + len(self.suppressions) != before or directory.broken:
            self.irregular.add(path)
        return directory

    def _parse_file(self, directory: Directory, relative: str, override: bool = False) -> None:
        if override or is_json_configuration(relative):
            self.irregular.add(directory.path)
        super()._parse_file(directory, relative, override)

    def _blocks(self, relative: str, text: Text, parsed: Parsed) -> list[Block]:
        try:
            live = LiveFile(text.file, relative, text.content, parsed)
        except ValueError:
            self.irregular.add(posixpath.dirname(relative))
            return []
        self.files[relative] = live
        return live.blocks

    def again(self, path: str) -> Directory:
        """The directory as its files are now, every one of them in pieces. Raises `Unproven`."""
        old = self._directories[path]
        directory = Directory(path)
        directory.values = old.values
        before = len(self.tree.problems) + len(self.tree.gaps)
        for name in configuration_files(self.tree.directories[path]):
            if is_configuration(name):
                for block in self.files[posixpath.join(path, name)].blocks:
                    self._add(directory, block, False)
        if len(self.tree.problems) + len(self.tree.gaps) != before:
            raise Unproven("the directory has a mistake now")
        self._directories[path] = directory
        return directory


class LiveModule(Module):
    """A module instance that may take over what an earlier one has below it."""

    old: LiveModule | None = None
    adopting: frozenset[str] = frozenset()

    def calls(self, name: str) -> Expansion[Module] | Unknown | None:
        """See `Module`: instances whose arguments have the values they had are the earlier ones."""
        if name in self.adopting:
            raise Unproven("the arguments of two calls depend on each other")
        fresh = name not in self._calls
        found = super().calls(name)
        if fresh and self.old is not None and not isinstance(found, Expansion):
            if isinstance(self.old.calls(name), Expansion):
                raise Unproven("there are other modules than before")
        elif fresh and self.old is not None and isinstance(found, Expansion):
            self.adopting |= {name}
            _adopt(self, name, found)
            self.adopting -= {name}
        return found

    @property
    def owner(self) -> Owner:
        """Root and address."""
        return self.root, self.address


def _adopt(module: LiveModule, name: str, found: Expansion[Module]) -> None:
    assert module.old is not None
    earlier = module.old.calls(name)
    if not isinstance(earlier, Expansion) or earlier.kind != found.kind or list(earlier.items) != list(found.items):
        raise Unproven("there are other modules than before")
    if not same(earlier.why, found.why):
        raise Unproven("there are other modules than before")
    for key, fresh in found.items.items():
        found.items[key] = _taken_over(module, earlier.items[key], fresh)
    if found.maybe is not None and earlier.maybe is not None:
        found.maybe = _taken_over(module, earlier.maybe, found.maybe)


def _taken_over(module: LiveModule, old: Module, fresh: Module) -> Module:
    """The earlier instance where nothing it was given has changed, else the fresh one."""
    assert isinstance(old, LiveModule)
    assert isinstance(fresh, LiveModule)
    assert old.call is not None
    assert fresh.call is not None
    for name in ("source", "version", "providers"):
        if _source(old.call, name) != _source(fresh.call, name):
            raise Unproven("a call leads elsewhere, or hands on other providers")
    context = module.context
    assert isinstance(context, LiveContext)
    before = context.named_things
    given = {n for n in (*old.call.body.arguments, *fresh.call.body.arguments) if n not in META_OF_CALLS}
    alike = same(old.existence, fresh.existence) and all(
        same(old.variable(name), fresh.variable(name)) for name in old.directory.variables if name in given
    )
    if context.named_things != before:
        raise Unproven("an argument fails")
    if alike and old.directory is fresh.directory:
        old.parent, old.call, old.caller, old.existence = module, fresh.call, fresh.caller, fresh.existence
        return old
    fresh.old = old
    hand_over(old, fresh)
    return fresh


def _source(block: Block, name: str) -> str:
    written = block.body.value(name)
    return written.source if written is not None else ""


def hand_over(old: LiveModule, new: LiveModule) -> None:
    """Provider configurations and given values stay, provided that they say the same."""
    new._given = old._given
    for configuration in {id(c): c for c in old.providers._found.values()}.values():
        if configuration.env is not old.env:
            continue
        if configuration.block is not None:
            kept = dict(configuration._values)
            configuration.env = new.env
            configuration._values = {}
            now = {"account": configuration.account, "region": configuration.region}
            place = default_tags_place(configuration)
            if "default_tags" in kept:
                tags = evaluated(*place) if place is not None else None
                if not same(kept["default_tags"], plain(tags, new.context)):
                    raise Unproven("the default tags of a provider have changed")
                now["default_tags"] = kept["default_tags"]
            if not all(same(value, now.get(name)) for name, value in kept.items()):
                raise Unproven("what a provider says has changed")
            configuration._values = kept
        configuration.env = new.env
    new.providers = old.providers
    new.providers._module = new
