"""Instances of resource and data blocks: arguments and blocks evaluated when asked for, dynamic blocks expanded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform.blocks import Block, Body, Written, generated_type
from nephograph.sources.terraform.context import LARGE_TEXT, RUNNING
from nephograph.sources.terraform.scope import Env, Iterated, OpenObject, evaluated
from nephograph.sources.terraform.secrets import Secret, public, revealed, secret

if TYPE_CHECKING:
    from nephograph.sources.terraform.context import Context
    from nephograph.sources.terraform.module import Module
    from nephograph.sources.terraform.providers import Configuration

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})
META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})
_SIMPLE = frozenset({str, int, float, bool})
MAX_BLOCKS = 10_000
"""Blocks that one dynamic block may stand for."""


class Placed:
    """A nested block as it was generated: its content, and the environment its expressions are evaluated in."""

    __slots__ = ("block", "content", "env")

    def __init__(self, block: Block, content: Body, env: Env) -> None:
        self.block = block
        self.content = content
        self.env = env


class Instance:
    """One instance of a resource or data block."""

    __slots__ = (
        "_configuration",
        "_memo",
        "address",
        "block",
        "env",
        "existence",
        "imported",
        "key",
        "mode",
        "module",
        "type",
    )

    def __init__(
        self, module: Module, mode: str, block: Block, address: str, key: Any, each: Any, existence: Unknown | None
    ) -> None:
        self.module = module
        self.mode = mode
        self.block = block
        self.type = block.labels[0]
        self.address = address
        self.key = key
        self.existence = existence
        self.imported: tuple[Written, Env] | None = None
        """The id that an import block says, and where it is evaluated."""
        counted = "count" in block.body.arguments
        self.env = Env.of_instance(module, key, each, counted, existence, self)
        self._memo: dict[str, Any] = {}
        self._configuration: Configuration | None = None

    @property
    def configuration(self) -> Configuration:
        """The provider configuration of its block."""
        if self._configuration is None:
            self._configuration = self.module.providers.of_block(self.block)
        return self._configuration

    @property
    def names(self) -> list[str]:
        """What is written in the body, in the order of the text, without meta-arguments."""
        return list(said_names(self.block.body))

    def written(self, name: str) -> Any:
        """The evaluated value of an argument or of the blocks of a type; None when nothing is written."""
        memo = self._memo
        if name in memo:
            found = memo[name]
            return found if found is not RUNNING else self.module.context.cycle(memo, name)
        if name in META_ARGUMENTS or name in META_BLOCKS:
            return None
        body = self.block.body
        item = body.arguments.get(name)
        context = self.module.context
        if item is None:
            if name not in said_names(body):
                memo[name] = None
                return None
            value = context.first(memo, name, self, None, body_value, body, name, self.env, Ref(self.address))
        elif item[4][0] == "lit":
            value = memo[name] = item[4][3]
        else:
            written = Written(body.text_of(name), item[4])
            value = context.first(memo, name, self, written, evaluated, written, self.env)
        if type(value) is str and len(value) >= LARGE_TEXT:
            value = memo[name] = context.kept(value, f"{self.address}.{name}")
        return value

    def attribute(self, name: str) -> Any:
        """What a reference to the attribute reads: what is written, else what only the provider knows."""
        if self.mode == "data":
            # Rendering a policy document costs more than finding it again.
            key = f"={name}"
            special = self._memo.get(key, self)
            if special is self:
                special = self.module.context.first(self._memo, key, self, None, self.module.data_value, self, name)
            elif special is RUNNING:
                special = self.module.context.cycle(self._memo, key)
            if special is not None:
                return special
        value = self.written(name)
        if value is None:
            return self.computed(name)
        return value

    def computed(self, name: str) -> Unknown:
        """An attribute that the provider fills in."""
        reason = Reason.DATA_SOURCE if self.mode == "data" else Reason.AFTER_APPLY
        return Unknown(reason, ref=Ref(self.address, (name,)))

    def attributes(self) -> dict[str, Any]:
        """Everything that is written, as plain data."""
        context = self.module.context
        body = self.block.body
        found: dict[str, Any] = {}
        arguments = body.arguments
        for name in said_names(body):
            item = arguments.get(name)
            value = item[4][3] if item is not None and item[4][0] == "lit" else None
            if value is None or (type(value) is str and len(value) >= LARGE_TEXT):
                value = self.written(name)
            if value is not None:
                found[name] = value if type(value) in _SIMPLE else plain(value, context)
        return found

    def derived(self, what: str, compute: Callable[[], Any]) -> Any:
        """Something made of the instance alone, made once; nothing in `compute` asks for it again."""
        key = f"~{what}"
        if key not in self._memo:
            self._memo[key] = compute()
        return self._memo[key]

    def value(self) -> OpenObject:
        """The whole instance as the value of a reference."""
        return OpenObject(self.attribute, self.names, Ref(self.address), self.mode == "data")


def said_names(body: Body) -> dict[str, None]:
    """The names in the body of a resource, in the order of the text, without meta-arguments."""
    if body.said is None:
        names = body_names(body)
        if META_ARGUMENTS.isdisjoint(names) and META_BLOCKS.isdisjoint(names):
            body.said = names
        else:
            body.said = {n: None for n in names if n not in META_ARGUMENTS and n not in META_BLOCKS}
    return body.said


def body_names(body: Body) -> dict[str, None]:
    """The names of the arguments and block types of a body, in the order of the text."""
    if body.names is None:
        if body.blocks or body.overridden:
            entries = [(item[1], name) for name, item in body.arguments.items()]
            entries += [(block.start, generated_type(block)) for block in body.blocks]
            entries.sort()
            body.names = dict.fromkeys([name for _, name in entries])
        else:
            body.names = dict.fromkeys(body.arguments)
    return body.names


def body_value(body: Body, name: str, env: Env, ref: Ref | None = None) -> Any:
    """The value of an argument, or the list of the blocks of a type; None when nothing is written."""
    written = body.value(name)
    if written is not None:
        return evaluated(written, env)
    its: list[Block] = []
    for block in body.blocks:
        if block.type == name:
            its.append(block)
        elif block.type == "dynamic":
            break
    else:
        if len(its) <= MAX_BLOCKS:
            return [
                content_value(block.body, env, Ref(ref.address, (*ref.path, name, i)) if ref else None)
                for i, block in enumerate(its)
            ] or None
    placed = placed_blocks(body, name, env)
    if isinstance(placed, Unknown):
        return placed
    if not placed and not any(_generates(block, name) for block in body.blocks):
        return None
    return [
        content_value(one.content, one.env, Ref(ref.address, (*ref.path, name, i)) if ref else None)
        for i, one in enumerate(placed)
    ]


def content_value(body: Body, env: Env, ref: Ref | None = None) -> dict[str, Any]:
    """A nested block as a mapping of what is written in it."""
    found: dict[str, Any] = {}
    for name in body_names(body):
        item = body.arguments.get(name)
        if item is not None:
            node = item[4]
            value = node[3] if node[0] == "lit" else evaluated(Written(body.text_of(name), node), env)
        else:
            value = body_value(body, name, env, Ref(ref.address, (*ref.path, name)) if ref else None)
        if value is not None:
            found[name] = value
    return OpenObject.nested(found, ref) if ref else found


def placed_blocks(body: Body, name: str, env: Env) -> list[Placed] | Unknown:
    """The blocks of a type in order, dynamic ones generated."""
    found: list[Placed] = []
    for block in body.blocks:
        if block.type == name:
            found.append(Placed(block, block.body, env))
        elif _generates(block, name):
            generated = _generated(block, env)
            if isinstance(generated, Unknown):
                return generated
            found.extend(generated)
        if len(found) > MAX_BLOCKS:
            return Unknown(Reason.BUDGET, f"more than {MAX_BLOCKS:,} {name} blocks")
    return found


def _generates(block: Block, name: str) -> bool:
    return block.type == "dynamic" and block.labels == (name,)


def _generated(block: Block, env: Env) -> list[Placed] | Unknown:
    """What a dynamic block stands for. A for_each that is not known stands for one block of unknown content."""
    contents = block.body.of_type("content")
    for_each = block.body.value("for_each")
    if not contents or for_each is None:
        return Unknown(Reason.INVALID, "a dynamic block needs for_each and content")
    content = contents[0].body
    iterator = block.body.value("iterator")
    name = block.labels[0]
    if iterator is not None and iterator.node[0] == "ref" and not iterator.node[4]:
        name = iterator.node[3]
    over = evaluated(for_each, env)
    if type(over) is Secret:
        # How many blocks there are is no secret; what is in them is.
        clear, part = revealed(over), f"element of {over.detail}"
        if isinstance(clear, dict):
            over = {key: secret(value, part) for key, value in clear.items()}
        elif isinstance(clear, list):
            over = [secret(value, part) for value in clear]
    if isinstance(over, Unknown):
        over = over.unnarrowed() if type(over) is Unknown else over
        return [Placed(block, content, env.with_iterator(name, Iterated(over, over, None, for_each, env)))]
    if over is None:
        return []
    if isinstance(over, dict):
        pairs: list[tuple[Any, Any, Any]] = [(key, value, key) for key, value in over.items()]
    elif isinstance(over, list):
        is_set = type(over) is not list
        pairs = [(value if is_set else i, value, i) for i, value in enumerate(over)]
    else:
        return Unknown(Reason.INVALID, "for_each of a dynamic block is not a collection")
    if len(pairs) > MAX_BLOCKS:
        return Unknown(Reason.BUDGET, f"{len(pairs):,} blocks of one dynamic block")
    if not env.module.context.take_blocks(len(pairs)):
        env.module.context.gap("budget", name, "more generated blocks than are expanded", for_each)
        return Unknown(Reason.BUDGET, f"the {name} blocks of a load that generates too many")
    return [
        Placed(block, content, env.with_iterator(name, Iterated(key, value, step, for_each, env)))
        for key, value, step in pairs
    ]


def plain(value: Any, context: Context) -> Any:
    """The value without the machinery of references: a whole resource as a value is a reference to it."""
    if type(value) is str or (type(value) is Unknown and not value.parts and not value.among):
        return value
    if isinstance(value, Unknown):
        return public(value)
    if isinstance(value, OpenObject):
        if value.whole:
            return Unknown(Reason.AFTER_APPLY, ref=value.ref)
        pairs = value.written_items()
        return {key: item if type(item) in _SIMPLE else plain(item, context) for key, item in pairs}
    if isinstance(value, dict):
        if type(value) is dict and _SIMPLE.issuperset(map(type, value.values())):
            # Nobody writes into a value, so that those who have the same one share it.
            return value
        return context.shared(value, lambda found: {key: plain(element, context) for key, element in found.items()})
    if isinstance(value, list | tuple):
        if type(value) is list and _SIMPLE.issuperset(map(type, value)):
            return value
        return context.shared(value, lambda found: [plain(element, context) for element in found])
    return value
