"""Instances of resource and data blocks: arguments and blocks evaluated when asked for, dynamic blocks expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform.blocks import Block, Body, Written, generated_type
from nephograph.sources.terraform.scope import Env, Iterated, OpenObject, evaluated
from nephograph.sources.terraform.secrets import Secret, public, revealed, secret

if TYPE_CHECKING:
    from nephograph.sources.terraform.context import Context
    from nephograph.sources.terraform.module import Module

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})
META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})
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

    __slots__ = ("_memo", "address", "block", "env", "existence", "imported", "key", "mode", "module", "type")

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

    @property
    def names(self) -> list[str]:
        """What is written in the body, in the order of the text, without meta-arguments."""
        names = dict.fromkeys(body_names(self.block.body))
        return [name for name in names if name not in META_ARGUMENTS and name not in META_BLOCKS]

    def written(self, name: str) -> Any:
        """The evaluated value of an argument or of the blocks of a type; None when nothing is written."""
        context = self.module.context
        if name in META_ARGUMENTS or name in META_BLOCKS:
            return None
        argument = self.block.body.value(name)
        return context.once(
            self._memo,
            name,
            f"{self.address}.{name}",
            argument,
            lambda: context.kept(
                body_value(self.block.body, name, self.env, Ref(self.address)), f"{self.address}.{name}"
            ),
        )

    def attribute(self, name: str) -> Any:
        """What a reference to the attribute reads: what is written, else what only the provider knows."""
        if self.mode == "data":
            # Rendering a policy document costs more than finding it again.
            special = self.module.context.once(
                self._memo, f"={name}", f"{self.address}.{name}", None, lambda: self.module.data_value(self, name)
            )
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
        return {name: plain(value, context) for name in self.names if (value := self.written(name)) is not None}

    def derived(self, what: str, compute: Callable[[], Any]) -> Any:
        """Something made of the instance alone, made once; nothing in `compute` asks for it again."""
        key = f"~{what}"
        if key not in self._memo:
            self._memo[key] = compute()
        return self._memo[key]

    def value(self) -> OpenObject:
        """The whole instance as the value of a reference."""
        return OpenObject(self.attribute, self.names, Ref(self.address), self.mode == "data")


def body_names(body: Body) -> Iterator[str]:
    """The names of the arguments and block types of a body, in the order of the text; a name may come twice."""
    entries = [(item[1], name) for name, item in body.arguments.items()]
    entries += [(block.start, generated_type(block)) for block in body.blocks]
    for _, name in sorted(entries):
        yield name


def body_value(body: Body, name: str, env: Env, ref: Ref | None = None) -> Any:
    """The value of an argument, or the list of the blocks of a type; None when nothing is written."""
    if name in body.arguments:
        written = body.value(name)
        assert written is not None
        return evaluated(written, env)
    if not any(block.type == name or block.type == "dynamic" for block in body.blocks):
        return None
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
        if name not in found:
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
    if isinstance(value, Unknown):
        return public(value)
    if isinstance(value, OpenObject):
        if value.whole:
            return Unknown(Reason.AFTER_APPLY, ref=value.ref)
        return {key: plain(element, context) for key, element in value.written_items()}
    if isinstance(value, dict):
        return context.shared(value, lambda found: {key: plain(element, context) for key, element in found.items()})
    if isinstance(value, list | tuple):
        return context.shared(value, lambda found: [plain(element, context) for element in found])
    return value
