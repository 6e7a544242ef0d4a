"""What an unknown value is, by the references of the expression that makes it.

A plan says of every written expression which objects it names, and neither the expression nor the type of its value:
`x.arn`, `"${x.arn}/*"` and `[x.arn]` look the same. A reference is taken as the value where an attribute cannot
reasonably be anything else:

* the attribute does not hold a text of its own (a policy, a script, a name that the resource gives itself); a `name`
  in a block may be that by which something else is called, when what is referred to is such a name (a DNS name), and
* the expression names exactly one attribute that is not known in the plan; whatever else it names is known (variables
  of the root, keys, counts), so the unknown comes from there, and
* the attribute referred to is an id, an ARN or a name, or bears the name of the attribute itself; or the attribute
  speaks of the very type that is referred to (`subnet_id`, and a subnet).

A plan has one expression for an attribute that is written as blocks (the rules of a security group, the routes of a
route table). A member of such a block is what is named of the type it speaks of, if that is one alone.

An unknown attribute with a plural name is the list of what its expression names. Everything else stays unknown and
says which references it is made of; its detail begins with its own address, so that no two such values are equal.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from nephograph.catalog.registry import spellings
from nephograph.model.span import Path
from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform_addresses import Key, Step, indexed, key_of, steps
from nephograph.sources.terraform_plan.configuration import (
    Address,
    Call,
    Configuration,
    Json,
    address_of,
    prefix_of,
    references,
)

MAX_DEPTH = 64
"""How many module inputs and outputs a reference may lead through."""

_NAMES = ("id", "arn", "name")
"""Attributes by which one resource is named in another."""

_NAMING = ("_id", "_ids", "_arn", "_arns", "_name", "_names")

_TEXTS = (
    "name",
    "name_prefix",
    "identifier",
    "description",
    "comment",
    "title",
    "value",
    "content",
    "body",
    "path",
    "url",
    "uri",
    "script",
    "data",
    "input",
)
_DOCUMENTS = ("policy", "document", "user_data", "template", "definition", "definitions", "json", "config", "schema")

_SINGULAR = ("ss", "us", "is", "as", "dns", "tls", "kms", "sns", "sqs", "ecs", "eks", "aws")
"""How names end that end in s and are not plural."""


class Leaf(msgspec.Struct, frozen=True):
    """One attribute (or whole object, without a path) that an expression names.

    `many` are the keys of the instances when a block with several is named as a whole; `address` is then the block's.
    """

    address: str
    path: Path = ()
    many: tuple[Key, ...] = ()
    data: bool = False

    @property
    def ref(self) -> Ref:
        """As a value carries it."""
        return Ref(self.address, self.path)


class Named(msgspec.Struct):
    """Everything an expression names, followed through modules."""

    leaves: list[Leaf] = []
    known: bool = False
    """Something known is named as well: a variable of the root, a key, a count."""
    lost: bool = False
    """Something is named that a plan does not follow: a local value, a block that is not in the plan."""


class Resolver:
    """Follows references through the modules of one plan."""

    def __init__(self, configuration: Configuration, addresses: list[Address]) -> None:
        self.configuration = configuration
        self._keys: dict[str, list[Key]] = defaultdict(list)
        self._calls: dict[str, list[Key]] = defaultdict(list)
        for address in addresses:
            self._keys[prefix_of(address.calls) + address.block].append(address.key)
            for depth, call in enumerate(address.calls):
                keys = self._calls[f"{prefix_of(address.calls[:depth])}module.{call.name}"]
                if call.key not in keys:
                    keys.append(call.key)

    def named(self, expression: Json, calls: tuple[Call, ...], key: Key, block: Json, depth: int = 0) -> Named:
        """What an expression of a block inside a module instance names. `key` is that of the block's instance."""
        found = Named()
        if depth > MAX_DEPTH:
            found.lost = True
            return found
        listed = [steps(one) for one in references(expression)]
        keyed = any(one[:2] in (["each", "key"], ["each", "value"], ["count", "index"]) for one in listed)
        for one in listed:
            self._add(found, one, calls, key if keyed else None, block, depth)
        found.leaves = list(dict.fromkeys(found.leaves))
        return found

    def _add(self, found: Named, one: list[Step], calls: tuple[Call, ...], key: Key, block: Json, depth: int) -> None:
        match one[:2]:
            case ["var", str(name)]:
                self._input(found, name, tuple(one[2:]), calls, depth)
            case ["each", "value"]:
                over = block.get("for_each_expression")
                inner = self.named(over, calls, None, {}, depth + 1) if isinstance(over, dict) else Named(lost=True)
                chosen = [_instance(leaf, key) for leaf in inner.leaves]
                self._merge(found, inner, [_extended(leaf, tuple(one[2:])) for leaf in chosen])
                # What is looped over is a collection: of one that is not a block with keys, no member is known.
                found.lost = found.lost or any(leaf is None for leaf in chosen)
            case ["each" | "count" | "path" | "terraform" | "self", *_]:
                found.known = True
            case ["module", str(name)]:
                self._output(found, name, one[2:], calls, key, depth)
            case ["local", *_] | []:
                found.lost = True
            case _:
                self._object(found, one, calls, key)

    def _merge(self, found: Named, inner: Named, leaves: list[Leaf | None]) -> None:
        found.leaves += [leaf for leaf in leaves if leaf is not None]
        found.lost = found.lost or inner.lost or any(leaf is None for leaf in leaves)
        found.known = found.known or inner.known

    def _input(self, found: Named, name: str, rest: Path, calls: tuple[Call, ...], depth: int) -> None:
        if not calls:
            found.known = True
            return
        call = self.configuration.call(calls)
        expressions = call.get("expressions")
        expression = expressions.get(name) if isinstance(expressions, dict) else None
        if not isinstance(expression, dict):
            found.known = True  # its default
            return
        inner = self.named(expression, calls[:-1], calls[-1].key, call, depth + 1)
        if not inner.leaves and not inner.lost:
            found.known = True
            return
        self._merge(found, inner, _chosen(inner.leaves, rest))

    def _output(self, found: Named, name: str, rest: list[Step], calls: tuple[Call, ...], key: Key, depth: int) -> None:
        keys = self._calls.get(f"{prefix_of(calls)}module.{name}", [])
        wanted = key_of(rest[0]) if rest else None
        if wanted is not None and wanted in keys:
            rest, keys = rest[1:], [wanted]
        elif key is not None and key in keys:
            keys = [key]
        if not rest or key_of(rest[0]) is not None:
            found.lost = True  # `module.a[each.key].id`: which output is asked for is not in the plan
            return
        for one in keys:
            inside = (*calls, Call(name, one))
            outputs = self.configuration.module(inside).get("outputs")
            output = outputs.get(str(rest[0])) if isinstance(outputs, dict) else None
            expression = output.get("expression") if isinstance(output, dict) else None
            if not isinstance(expression, dict):
                found.lost = True
                continue
            inner = self.named(expression, inside, None, {}, depth + 1)
            self._merge(found, inner, _chosen(inner.leaves, tuple(rest[1:])))

    def _object(self, found: Named, one: list[Step], calls: tuple[Call, ...], key: Key) -> None:
        data = one[0] == "data"
        length = 3 if data else 2
        block, rest = ".".join(str(step) for step in one[:length]), tuple(one[length:])
        base = prefix_of(calls) + block
        keys = self._keys.get(base)
        if keys is None:
            if data:
                found.leaves.append(Leaf(base, _plain(rest), data=True))
            else:
                found.lost = True
            return
        if None in keys:
            found.leaves.append(Leaf(base, _plain(rest), data=data))
            return
        leaf = Leaf(base, (), tuple(keys), data)
        wanted = key_of(rest[0]) if rest else key
        if wanted is None:
            found.leaves.append(leaf)
        elif wanted in keys:
            found.leaves.append(Leaf(indexed(base, wanted), _plain(rest[1:]), data=data))
        else:
            found.lost = True


def _instance(leaf: Leaf, key: Key) -> Leaf | None:
    """The instance of that key, of a block with several."""
    return Leaf(indexed(leaf.address, key), (), data=leaf.data) if key is not None and key in leaf.many else None


def _extended(leaf: Leaf | None, rest: Path) -> Leaf | None:
    """What stands below a whole object."""
    if leaf is None or not rest:
        return leaf
    if leaf.many:
        chosen = _instance(leaf, key_of(rest[0]))
        return _extended(chosen, rest[1:])
    return Leaf(leaf.address, (*leaf.path, *_plain(rest)), data=leaf.data) if not leaf.path else None


def _chosen(leaves: list[Leaf], rest: Path) -> list[Leaf | None]:
    """What a path into a value leads to, when these are the objects its expression names."""
    if not rest:
        return list(leaves)
    if len(leaves) == 1:
        leaf = leaves[0]
        if not leaf.path:
            return [_extended(leaf, rest)]
        # `{ key = x.id }.key`: the only thing that is not known is what is asked for.
        return [leaf]
    index = rest[0]
    if isinstance(index, int) and len(rest) == 1 and 0 <= index < len(leaves) and all(one.path for one in leaves):
        return [leaves[index]]
    return [None]


def _plain(rest: Path) -> Path:
    return tuple(step if isinstance(step, int) else str(step) for step in rest)


def value_of(named: Named, expression: Json, owner: str, type_: str, path: Path) -> Any:
    """The unknown value at `path` of the resource `owner`: a reference, a list of references, or a reason."""
    name = _attribute(path)
    leaves = _of_member(name, named.leaves) if sum(isinstance(step, str) for step in path) > 1 else named.leaves
    if _calls_another(path, named):
        return _unknown(named.leaves[0])
    if not named.lost and not _holds_text(name, type_, path):
        plural = _is_plural(name) and isinstance(path[-1], str)
        if len(leaves) == 1 and not leaves[0].many:
            leaf = leaves[0]
            if _is_value(name, leaf, named.known):
                is_one = bool(leaf.path) and not _is_plural(str(leaf.path[-1]))
                return [_unknown(leaf)] if plural and is_one else _unknown(leaf)
        elif plural and leaves:
            return [_unknown(one) for leaf in leaves for one in _each(leaf)]
    return Unknown(Reason.AFTER_APPLY, _detail(expression, owner, path))


def _of_member(name: str, leaves: list[Leaf]) -> list[Leaf]:
    """What a member of a block may be, of all that the expression of the blocks names."""
    for closeness in (2, 1):
        found = [leaf for leaf in leaves if _speaks_of(name, leaf) >= closeness]
        if found:
            return found
    return leaves


def _speaks_of(name: str, leaf: Leaf) -> int:
    """Does the name of an attribute say the type of what it refers to? 2: all of it, 1: its end, 0: no."""
    stem = name
    for ending in _NAMING:
        stem = stem.removesuffix(ending)
    if _is_plural(stem):
        stem = stem.removesuffix("s")
    parts = address_of(leaf.address)
    tail = parts.block.removeprefix("data.").partition(".")[0].partition("_")[2] if parts is not None else ""
    if not stem or not tail:
        return 0
    if stem == tail or stem.endswith(f"_{tail}"):
        return 2
    return 1 if tail.endswith(f"_{stem}") else 0


def values_of(named: Named, count: int, type_: str, path: Path) -> list[Any] | None:
    """The unknown elements of a list, in order, when as many objects are named; else None."""
    if named.lost or _holds_text(_attribute(path), type_, path):
        return None
    found = [one for leaf in named.leaves for one in _each(leaf)]
    return [_unknown(leaf) for leaf in found] if len(found) == count else None


def is_assumed(value: Any) -> bool:
    """True when a value is a reference whose text would be another one had it been a part of a longer text."""
    values = value if isinstance(value, list) else [value]
    return any(isinstance(one, Unknown) and one.ref is not None and one.ref.path != ("id",) for one in values)


def _each(leaf: Leaf) -> list[Leaf]:
    return [Leaf(indexed(leaf.address, key), leaf.path, data=leaf.data) for key in leaf.many] or [leaf]


def _unknown(leaf: Leaf) -> Unknown:
    return Unknown(Reason.DATA_SOURCE if leaf.data else Reason.AFTER_APPLY, ref=leaf.ref)


def _is_value(name: str, leaf: Leaf, known: bool) -> bool:
    if _speaks_of(name, leaf):
        return True
    if known:
        # Beside something known the attribute may be put together of both: only names of others are taken.
        return name.endswith(_NAMING)
    if not leaf.path:
        return True
    last = str(leaf.path[-1])
    return last in _NAMES or name == last or name.rstrip("s").endswith(f"_{last.rstrip('s')}")


def _holds_text(name: str, type_: str, path: Path) -> bool:
    """True for attributes that hold a text of their own, of which references may be pieces."""
    own = name.removesuffix("_name").removesuffix("_identifier")
    return (
        name in _TEXTS
        or any(name == word or name.endswith(f"_{word}") for word in _DOCUMENTS)
        or (bool(own) and len(path) == 1 and type_.endswith(f"_{own}"))
    )


def _calls_another(path: Path, named: Named) -> bool:
    """Is a `name` inside a block that by which its only leaf is called in the world, as a record calls a balancer?

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html
    """
    if len(path) < 2 or path[-1] != "name" or named.known or named.lost or len(named.leaves) != 1:
        return False
    leaf = named.leaves[0]
    parts = address_of(leaf.address)
    if parts is None or len(leaf.path) != 1 or leaf.many or leaf.data:
        return False
    ways = spellings("terraform", parts.block.partition(".")[0])
    says = {how.computed.get(str(leaf.path[0])): kind for kind, how in ways}
    return any(said == f"{{{alias}}}" for said, kind in says.items() for alias in kind.aliases)


def _attribute(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _is_plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith(_SINGULAR)


def _detail(expression: Json, owner: str, path: Path) -> str:
    where = str(Ref(owner, path))
    names = references(expression)
    return f"{where}, from {', '.join(names[:5])}" if names else where
