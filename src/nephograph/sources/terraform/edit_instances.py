"""Removing one of the things that a block makes: the block, when it makes no other; else the element that makes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nephograph.model.errors import EditError
from nephograph.sources.terraform.directory import Directory
from nephograph.sources.terraform.expansion import Expansion
from nephograph.sources.terraform.module import Module
from nephograph.sources.terraform.readers import readers
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform.trace import Place, Trace

_BY_HAND = "Make the change by hand at the place shown."


def block_goes(instance: Instance, removed: Collection[str]) -> bool:
    """Does the whole block go with the things of these addresses: does it make nothing else?

    Raises `EditError` where it does and something else refers to it.
    """
    others = [one for one in _made_by_block(instance) if one.address not in removed]
    if others:
        return False
    block = instance.block
    found = readers(instance.module.directory, block.labels[0], block.labels[1])
    if found:
        _refuse(instance, f"{'.'.join(block.labels)} is referred to by {', '.join(dict.fromkeys(found))}.")
    return True


def element_of(instance: Instance) -> tuple[Place, int, Trace]:
    """The place of the for_each element that makes the thing, where its entry begins, and the trace of the element.

    Raises `EditError` where the block counts, or where the element makes other things as well.
    """
    block = instance.block
    made = len(list(_made_by_block(instance)))
    name = ".".join(block.labels)
    if "for_each" not in block.body.arguments or instance.key is None:
        _refuse(instance, f"{name} makes {made} things, and they have no keys of their own.")
    trace, whole = Trace(), Trace()
    with instance.module.context.muted():
        trace.made_by(instance, whole=False)
        whole.made_by(instance, whole=True)
    if not trace.places or trace.places[-1].path or trace.places[-1].node is None:
        _refuse(instance, f"What for_each of {name} is made of is not written key by key.")
    place = trace.places[-1]
    if any(one.directory is place.env.module.directory and one is not place.env.module for one in _modules(instance)):
        _refuse(instance, f"The element makes things in other calls of the module, too: {name} makes {made}.")
    return place, _start(place, whole.places[-1]), trace


def _start(place: Place, whole: Place) -> int:
    """Where the element begins: at its key, when it is an entry of an object."""
    if whole.node is not None and whole.node[0] == "object":
        for key, value in whole.node[3]:
            if (value[1], value[2]) == (place.start, place.end):
                return int(key[1])
    return place.start


def _refuse(instance: Instance, message: str) -> None:
    raise EditError("edit-shared", message, _BY_HAND, instance.block.head_span)


def _made_by_block(instance: Instance) -> Iterator[Instance]:
    """Everything the block makes, in every call of its module."""
    directory: Directory = instance.module.directory
    type_, name = instance.block.labels
    for module in _modules(instance):
        if module.directory is directory:
            yield from module.resources(instance.mode, type_, name) or ()


def _modules(instance: Instance) -> Iterator[Module]:
    """Every module of the configuration, the root first."""
    *_, root = instance.module.ancestors()
    stack = [root]
    while stack:
        module = stack.pop()
        yield module
        for name in module.directory.modules:
            called = module.calls(name)
            if isinstance(called, Expansion):
                stack.extend(called)
