"""count and for_each: the instances that one block stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.context import MAX_INSTANCES_OF_A_BLOCK, Context
from nephograph.sources.terraform.secrets import public, revealed
from nephograph.sources.terraform_addresses import Key, indexed

T = TypeVar("T")


class Expansion(Generic[T]):
    """The instances of a block by key. `kind` is one, count or for_each.

    `maybe` is the one instance that stands for those whose number or keys are not known, `why` the reason.
    """

    __slots__ = ("items", "kind", "maybe", "why")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.items: dict[Key, T] = {}
        self.maybe: T | None = None
        self.why: Unknown | None = None

    @property
    def single(self) -> T | None:
        """The instance of a block without count and for_each."""
        return self.items.get(None) if self.kind == "one" else None

    def __iter__(self) -> Iterator[T]:
        yield from self.items.values()
        if self.maybe is not None:
            yield self.maybe


def expand(
    context: Context,
    block: Block,
    address: str,
    evaluate: Callable[[Written], Any],
    make: Callable[[str, Key, Any, Unknown | None], T],
) -> Expansion[T]:
    """Expand a block. `make(address, key, each_value, existence)` builds one instance."""
    count, for_each = block.body.value("count"), block.body.value("for_each")
    if count is None and for_each is None:
        single: Expansion[T] = Expansion("one")
        if context.take_instance():
            single.items[None] = make(address, None, None, None)
        else:
            _spent(context, block, address)
        return single
    if count is not None:
        keys, why = _count(evaluate(count))
        expansion: Expansion[T] = Expansion("count")
    else:
        assert for_each is not None
        keys, why = _for_each(evaluate(for_each))
        expansion = Expansion("for_each")
    if len(keys) > MAX_INSTANCES_OF_A_BLOCK:
        why = Unknown(Reason.BUDGET, f"{address} stands for {len(keys):,} instances")
        context.gap("budget", address, "more instances than are expanded", Written(block.text, block.node), len(keys))
        keys = {}
    for key, value in keys.items():
        if not context.take_instance():
            _spent(context, block, address)
            why = Unknown(Reason.BUDGET, "too many instances")
            break
        expansion.items[key] = make(indexed(address, key), key, value, None)
    if why is not None:
        expansion.why = why
        expansion.maybe = make(f"{address}[*]", None, why, why)
    return expansion


def _spent(context: Context, block: Block, address: str) -> None:
    context.gap("budget", address, "the load has more instances than are expanded", Written(block.text, block.node))


def _count(value: Any) -> tuple[dict[Key, Any], Unknown | None]:
    """The keys of a count, or why they are not known. How many there are is no secret."""
    value = revealed(value)
    if isinstance(value, Unknown):
        return {}, public(value).unnarrowed()
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return {}, Unknown(Reason.INVALID, "count is not a whole number")
    if value > MAX_INSTANCES_OF_A_BLOCK:
        return {}, Unknown(Reason.BUDGET, f"count is {value:,}")
    return dict.fromkeys(range(value)), None


def _for_each(value: Any) -> tuple[dict[Key, Any], Unknown | None]:
    """The keys and values of a for_each, or why some are not known."""
    if isinstance(value, Unknown):
        return {}, public(value).unnarrowed()
    if isinstance(value, dict):
        return {str(key): element for key, element in value.items()}, None
    if isinstance(value, list | tuple | set | frozenset):
        keys: dict[Key, Any] = {}
        why: Unknown | None = None
        for element in value:
            if isinstance(element, Unknown):
                why = public(element).unnarrowed()
            elif isinstance(element, str):
                keys[element] = element
            else:
                return {}, Unknown(Reason.INVALID, "for_each is neither a map nor a set of strings")
        return keys, why
    return {}, Unknown(Reason.INVALID, "for_each is neither a map nor a set of strings")
