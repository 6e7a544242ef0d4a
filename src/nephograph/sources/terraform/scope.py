"""What an expression sees: the names of a module instance, of an each or a count, of a dynamic block's iterator."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.context import RUNNING
from nephograph.sources.terraform.expressions import Run, evaluate
from nephograph.sources.terraform.texts import Text
from nephograph.sources.terraform.values import EvaluationError, Exhausted, check_size

if TYPE_CHECKING:
    from nephograph.sources.terraform.expansion import Expansion
    from nephograph.sources.terraform.module import Module
    from nephograph.sources.terraform.resources import Instance

Node = tuple[Any, ...]
Step = str | int

MAX_LISTED_FILES = 20_000

_ROOTS = frozenset(
    {"var", "local", "each", "count", "path", "terraform", "tofu", "self", "module", "data", "ephemeral"}
)
"""What a reference begins with that is no type of a resource."""


class OpenObject(dict[str, Any]):
    """A resource, or a block of one, as the value of a reference: what is not written, the provider fills in.

    Arguments are evaluated when they are asked for, so that a reference to one of them is no reference to all.
    """

    __slots__ = ("_find", "_names", "ref", "whole")

    def __init__(
        self, find: Callable[[str], Any], names: Collection[str], ref: Ref, data: bool, whole: bool = True
    ) -> None:
        self._find = find
        self._names = names
        self.ref = ref
        self.whole = whole

    @classmethod
    def nested(cls, written: dict[str, Any], ref: Ref) -> OpenObject:
        """A nested block: its written content, everything else known after apply."""
        return NestedBlock(written, ref)

    def written_items(self) -> Iterable[tuple[str, Any]]:
        """What is written, by name."""
        return [(name, self._read(name)) for name in self._names]

    def _read(self, name: str) -> Any:
        return self._find(name)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)

    def __getitem__(self, key: str) -> Any:
        return self._read(key)

    def get(self, key: str, default: Any = None) -> Any:
        """What a reference to the name reads."""
        return self._read(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpenObject) and other.ref == self.ref

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def keys(self) -> Any:
        """The names of what is written."""
        return dict.fromkeys(self._names).keys()

    def values(self) -> Any:
        """The values of what is written."""
        return [self._read(name) for name in self._names]

    def items(self) -> Any:
        """What is written, by name."""
        return list(self.written_items())


class NestedBlock(OpenObject):
    """A block inside a resource: its content is evaluated."""

    __slots__ = ()

    _names: dict[str, Any]

    def __init__(self, written: dict[str, Any], ref: Ref) -> None:
        self._names = written
        self.ref = ref
        self.whole = False

    def _read(self, name: str) -> Any:
        value = self._names.get(name)
        if value is None:
            return Unknown(Reason.AFTER_APPLY, ref=Ref(self.ref.address, (*self.ref.path, name)))
        return value

    def written_items(self) -> Iterable[tuple[str, Any]]:
        """What is written, by name."""
        return self._names.items()


class Iterated:
    """One turn of a dynamic block: key, value, and where the value stands (`step` into the for_each of `env`)."""

    __slots__ = ("env", "key", "source", "step", "value")

    def __init__(self, key: Any, value: Any, step: Step | None, source: Written, env: Env) -> None:
        self.key = key
        self.value = value
        self.step = step
        self.source = source
        self.env = env


class Env:
    """The names of one place: of a module, of an instance, of a dynamic block's content."""

    # What most of them do not have stands at the class.
    has_each = False
    counted = False
    each_key: Any = None
    each_value: Any = None
    call: Block | None = None
    iterators: Mapping[str, Iterated] = {}
    bound: Mapping[str, Iterated] = {}
    view: View | None = None
    """Itself as the evaluator's scope, for the text it was asked about last."""

    def __init__(self, module: Module, instance: Instance | None = None) -> None:
        self.module = module
        self.instance = instance

    @classmethod
    def of_instance(
        cls, module: Module, key: Any, value: Any, counted: bool, why: Unknown | None, instance: Instance | None
    ) -> Env:
        """The environment of one instance of a block. Without a key, `why` says why key and value are not known."""
        env = cls(module, instance)
        if key is None and why is None:
            return env
        env.counted = counted
        env.has_each = not counted
        if key is None and why is not None and isinstance(value, Unknown):
            what = "count.index" if counted else "each.key"
            env.each_key = Unknown(why.reason, f"{what} over {why.detail or why.symbol}")
            env.each_value = Unknown(why.reason, f"each.value over {why.detail or why.symbol}")
        else:
            env.each_key = key
            env.each_value = value
        return env

    def with_iterator(self, name: str, iterated: Iterated) -> Env:
        """The environment inside a dynamic block's content."""
        env = self._copy()
        env.iterators = {**self.iterators, name: iterated}
        return env

    def with_bound(self, names: dict[str, Iterated]) -> Env:
        """The environment inside a for: its variables stand for one turn (used to follow where a value came from)."""
        env = self._copy()
        env.bound = {**self.bound, **names}
        return env

    def _copy(self) -> Env:
        env = Env(self.module)
        env.has_each = self.has_each
        env.counted = self.counted
        env.each_key = self.each_key
        env.each_value = self.each_value
        env.instance = self.instance
        env.call = self.call
        env.iterators = self.iterators
        env.bound = self.bound
        return env

    # -- names -----------------------------------------------------------------------------------------------------

    def resolve(self, root: str, steps: tuple[Step, ...]) -> tuple[Any, int]:
        """The value of the longest known beginning of a traversal, and how many steps that took."""
        if self.bound and root in self.bound:
            return self.bound[root].value, 0
        if self.iterators and root in self.iterators:
            return self._iterated(self.iterators[root], root, steps)
        if root not in _ROOTS:
            if not steps:
                raise EvaluationError(f'"{root}" names nothing')
            expansion = self.module.expanded.get(("managed", root, str(steps[0])))
            if expansion is not None and len(steps) > 1 and type(steps[1]) is str and expansion is not RUNNING:
                one = expansion.single
                if one is not None:
                    # The attribute of a resource without count and for_each: most references are.
                    return one.attribute(steps[1]), 2
            return self._resource("managed", root, str(steps[0]), steps, 1)
        known = self.module.known.get(root)
        if known is not None:
            # A variable or a local that was evaluated before.
            value = known.get(str(steps[0]), RUNNING) if steps else RUNNING
            if value is not RUNNING:
                return value, 1
        match root:
            case "var":
                return self.module.variable(self._declared(root, steps, self.module.directory.variables)), 1
            case "local":
                return self.module.local(self._declared(root, steps, self.module.directory.locals)), 1
            case "each":
                return self._each(steps), 1
            case "count":
                return self._count(steps), 1
            case "path":
                return self._path(steps), 1
            case "terraform" | "tofu":
                return self._terraform(steps), 1
            case "self":
                return self._self(steps)
            case "module":
                return self._module(steps)
            case "data":
                if len(steps) < 2:
                    raise EvaluationError("a data source is referred to by type and name")
                return self._resource("data", str(steps[0]), str(steps[1]), steps, 2)
            case "ephemeral":
                return Unknown(Reason.NOT_EVALUATED, ".".join(("ephemeral", *map(str, steps[:2])))), len(steps)
        raise AssertionError(root)

    def _declared(self, root: str, steps: tuple[Step, ...], declared: Mapping[str, object]) -> str:
        name = _name(root, steps)
        if name not in declared and not self.module.directory.broken:
            raise EvaluationError(f"{self.module.prefix}{root}.{name} is not declared")
        return name

    def _iterated(self, iterated: Iterated, name: str, steps: tuple[Step, ...]) -> tuple[Any, int]:
        if not steps or steps[0] not in ("key", "value"):
            raise EvaluationError(f"{name} has key and value only")
        return (iterated.key if steps[0] == "key" else iterated.value), 1

    def _each(self, steps: tuple[Step, ...]) -> Any:
        if not self.has_each:
            raise EvaluationError("each belongs to a block with for_each")
        if not steps or steps[0] not in ("key", "value"):
            raise EvaluationError("each has key and value only")
        return self.each_key if steps[0] == "key" else self.each_value

    def _count(self, steps: tuple[Step, ...]) -> Any:
        if not self.counted or steps[:1] != ("index",):
            raise EvaluationError("count.index belongs to a block with count")
        return self.each_key

    def _path(self, steps: tuple[Step, ...]) -> Any:
        match steps[:1]:
            case ("module",):
                return self.module.relative_path
            case ("root",):
                return "."
            case ("cwd",):
                return Unknown(Reason.OUTSIDE_ROOT, "path.cwd")
        raise EvaluationError("path has module, root and cwd")

    def _terraform(self, steps: tuple[Step, ...]) -> Any:
        if steps[:1] == ("workspace",):
            return self.module.context.options.workspace
        if steps[:1] == ("applying",):
            return Unknown(Reason.AFTER_APPLY, "terraform.applying")
        raise EvaluationError("terraform has workspace only")

    def _self(self, steps: tuple[Step, ...]) -> tuple[Any, int]:
        if self.instance is None:
            raise EvaluationError("self belongs to a resource")
        if steps and isinstance(steps[0], str):
            return self.instance.attribute(steps[0]), 1
        return self.instance.value(), 0

    def _resource(self, mode: str, type: str, name: str, steps: tuple[Step, ...], taken: int) -> tuple[Any, int]:
        address = f"{'data.' if mode == 'data' else ''}{type}.{name}"
        expansion = self.module.resources(mode, type, name)
        if expansion is None:
            if self.module.directory.broken:
                return Unknown(Reason.BROKEN, address), taken
            raise EvaluationError(f"{self.module.prefix}{address} is not declared")
        instance, taken = _chosen(expansion, f"{self.module.prefix}{address}", steps, taken)
        if instance is not None:
            if taken < len(steps) and isinstance(steps[taken], str):
                return instance.attribute(str(steps[taken])), taken + 1
            return instance.value(), taken
        return _collected(expansion, f"{self.module.prefix}{address}", lambda one: one.value()), taken

    def _module(self, steps: tuple[Step, ...]) -> tuple[Any, int]:
        name = _name("module", steps)
        address = f"{self.module.prefix}module.{name}"
        expansion = self.module.calls(name)
        if expansion is None:
            if self.module.directory.broken:
                return Unknown(Reason.BROKEN, address), 1
            raise EvaluationError(f"{address} is not declared")
        if isinstance(expansion, Unknown):
            return Unknown(expansion.reason, address), 1
        module, taken = _chosen(expansion, address, steps, 1)
        if module is None:
            return _collected(expansion, address, lambda one: one.outputs()), taken
        if taken < len(steps) and isinstance(steps[taken], str):
            output = str(steps[taken])
            if output not in module.directory.outputs and module.directory.modelled:
                return Unknown(Reason.ABSENT_MODULE, f"{module.address}.{output}"), taken + 1
            if output not in module.directory.outputs and not module.directory.broken:
                raise EvaluationError(f"{address} has no output {output}")
            return module.output(output), taken + 1
        return module.outputs(), taken


def _name(root: str, steps: tuple[Step, ...]) -> str:
    if not steps or not isinstance(steps[0], str):
        raise EvaluationError(f"{root} needs a name")
    return steps[0]


def _chosen(expansion: Expansion[Any], address: str, steps: tuple[Step, ...], taken: int) -> tuple[Any, int]:
    """The one instance that the next step picks; None when the whole collection is meant."""
    if expansion.kind == "one":
        # `x[0]` of a block without count is an old idiom that Terraform understands.
        if taken < len(steps) and steps[taken] == 0:
            taken += 1
        if None not in expansion.items:
            raise EvaluationError(f"{address} is more than is expanded")
        return expansion.items[None], taken
    if taken >= len(steps):
        return None, taken
    key = steps[taken]
    if expansion.kind == "count" and isinstance(key, str) and key.isdecimal():
        key = int(key)
    if expansion.kind == "for_each" and isinstance(key, int):
        key = str(key)
    if key in expansion.items:
        return expansion.items[key], taken + 1
    if expansion.maybe is not None:
        return expansion.maybe, taken + 1
    raise EvaluationError(f"{address}[{key!r}] does not exist".replace("'", '"'))


def _collected(expansion: Expansion[Any], address: str, value: Callable[[Any], Any]) -> Any:
    """The value of a block with count (a list) or for_each (a map)."""
    if expansion.why is not None:
        return Unknown(expansion.why.reason, address, Ref(f"{address}[*]"))
    if expansion.kind == "count":
        return [value(one) for one in expansion.items.values()]
    return {str(key): value(one) for key, one in expansion.items.items()}


class View:
    """An environment together with the text an expression stands in: the evaluator's `Scope`."""

    __slots__ = ("env", "text")

    def __init__(self, env: Env, text: Text) -> None:
        self.env = env
        self.text = text

    def resolve(self, root: str, steps: tuple[Step, ...], node: Node) -> tuple[Any, int]:
        """See `expressions.Scope`."""
        return self.env.resolve(root, steps)

    def problem(self, node: Node, message: str) -> None:
        """An expression that fails is named, with its place."""
        written = Written(self.text, node)
        source = " ".join(written.source.split())
        source = self.env.module.context.tree.texts.masked(source)
        shown = source if len(source) <= 60 else f"{source[:59]}…"
        self.env.module.context.gap("invalid-expression", shown, message, written)

    def hide(self, value: Any) -> None:
        """A value is marked sensitive."""
        self.env.module.context.tree.texts.hide(value)

    def read_file(self, path: str) -> bytes | Unknown | None:
        """The content of a file of the tree; paths are relative to the root module."""
        inside = self.inside(path)
        if isinstance(inside, Unknown):
            return inside
        return self.env.module.context.tree.content(inside)

    def list_files(self, path: str) -> Sequence[str] | Unknown:
        """The regular files below a directory of the tree."""
        inside = self.inside(path)
        if isinstance(inside, Unknown):
            return inside
        return self.env.module.context.tree.listed(inside, MAX_LISTED_FILES)

    def inside(self, path: str) -> str | Unknown:
        """The path of a file below the scanned root; an Unknown when it leaves the root."""
        root = [*self.env.module.ancestors()][-1].directory.path
        outside = Unknown(Reason.OUTSIDE_ROOT, path)
        if path.startswith(("/", "~")) or "\0" in path or len(path) > 4096:
            return outside
        joined = posixpath.normpath(posixpath.join(root, path))
        if joined == ".." or joined.startswith("../"):
            return outside
        inside = self.env.module.context.tree.inside("" if joined == "." else joined)
        return outside if inside is None else inside


def evaluated(written: Written, env: Env) -> Any:
    """The value of an expression in an environment."""
    node = written.node
    kind = node[0]
    if kind == "lit":
        return node[3]
    if kind == "ref" and len(node[4]) == 1:
        # Most arguments of modules and resources are one variable or one local.
        name = node[4][0]
        if node[3] == "var" and name in env.module.directory.variables and not env.bound and not env.iterators:
            return _kept(env.module.variable(name))
        if node[3] == "local" and name in env.module.directory.locals and not env.bound and not env.iterators:
            return _kept(env.module.local(name))
    view = env.view
    if view is None or view.text is not written.text:
        view = env.view = View(env, written.text)
    return evaluate(node, view)


def _kept(value: Any) -> Any:
    """A value, if it is not larger than the budget."""
    if isinstance(value, list | dict):
        try:
            check_size(value)
        except Exhausted as error:
            return Unknown(Reason.BUDGET, str(error))
    return value


def rendered(template: Any, variables: Any, written: Written, env: Env) -> Any:
    """A template with its variables filled in; `written` is the place that is blamed for what fails in it."""
    from nephograph.sources.terraform.functions.registry import Context, apply, find

    found = find("templatestring")
    assert found is not None
    run = Run(View(env, written.text))
    try:
        return apply(found, [template, variables], Context(written.node, run))
    except EvaluationError as error:
        return run.fails(written.node, str(error))
    except Exhausted as error:
        return Unknown(Reason.BUDGET, str(error))


def local_names(written: Written) -> tuple[str, ...]:
    """The locals that an expression names."""
    found: dict[str, None] = {}
    stack: list[Any] = [written.node]
    while stack:
        node = stack.pop()
        if not node:
            continue
        if node[0] == "ref" and node[3] == "local" and node[4] and isinstance(node[4][0], str):
            found[node[4][0]] = None
        stack.extend([part for part in node if type(part) is tuple])
    return tuple(found)
