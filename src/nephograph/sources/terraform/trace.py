"""Follows a value back through the configuration: from the attribute that shows it to the places that decided it.

A trace is a list of places. The first stands in the body of the instance; each next one is where the reference before
it leads: a local, a module's argument, a default, an element of a for_each. Inside one place, lists, objects,
conditionals and functions that keep elements are entered as far as the path goes.
"""

from __future__ import annotations

from typing import Any

from nephograph.model.span import Path, Span
from nephograph.model.value import Reason, Unknown
from nephograph.sources.policy_document import Policy, render
from nephograph.sources.terraform.blocks import Block, Body, Written
from nephograph.sources.terraform.completion import default_tags, default_tags_place
from nephograph.sources.terraform.json_places import json_places, unescaped
from nephograph.sources.terraform.resources import Instance, placed_blocks
from nephograph.sources.terraform.scope import Env, Iterated, evaluated
from nephograph.sources.terraform.texts import Text

Node = tuple[Any, ...]

MAX_PLACES = 40
MAX_ENTERED = 300
MAX_TURNS = 1_000
_KEEPS_VALUE = frozenset({"tolist", "toset", "tomap", "sensitive", "nonsensitive", "tostring", "tonumber", "tobool"})
_KEEPS_ELEMENTS = frozenset(
    {"toset", "concat", "distinct", "compact", "sort", "reverse", "slice", "setunion", "flatten", "setsubtract"}
)


class Place:
    """One place of a trace: what stands there, its text range, and the environment it is evaluated in.

    `path` is what is left of the path at this place: () when the place is exactly the value.
    """

    __slots__ = ("end", "env", "kind", "node", "path", "start", "text", "what")

    def __init__(self, what: str, kind: str, text: Text, start: int, end: int, env: Env, node: Node | None) -> None:
        self.what = what
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.env = env
        self.node = node
        self.path: Path = ()

    @property
    def span(self) -> Span:
        """The range of the place."""
        return self.text.span(self.start, self.end)


class Trace:
    """A walk under way. `places[primary]` is the most specific place of the value itself, the later ones its causes."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.primary = 0
        self.crossed = False
        self._entered = 0

    # -- bodies ----------------------------------------------------------------------------------------------------

    def instance(self, instance: Instance, path: Path, what: str = "") -> bool:
        """Start at the body of an instance; False when nothing is written at the path's first name."""
        if not path:
            self._block(what, instance.block, instance.env)
            return True
        if path == ("id",) and instance.imported is not None and "id" not in instance.block.body.arguments:
            written, env = instance.imported
            self.written(written, env, (), what or "import", "attribute")
            return True
        if path[0] == "tags" and self._default_tag(instance, path, what):
            return True
        if self.body(instance.block.body, instance.env, path, what):
            return True
        # A name that the provider completes begins with what is written.
        return len(path) == 1 and self.body(instance.block.body, instance.env, (f"{path[0]}_prefix",), what)

    def _default_tag(self, instance: Instance, path: Path, what: str) -> bool:
        """Go to the provider's default tags, where they say a tag that the resource does not."""
        defaults = default_tags(instance)
        if defaults is None:
            return False
        own = instance.written("tags")
        if own is not None and (len(path) == 1 or not isinstance(own, dict) or path[1] in list(own)):
            return False
        if len(path) > 1 and (not isinstance(defaults, dict) or path[1] not in defaults):
            return False
        configuration = instance.module.providers.of_block(instance.block)
        place = default_tags_place(configuration)
        if place is None:
            return False
        self.written(*place, path[1:], what or f"default tags of provider {configuration.label}", "attribute")
        return True

    def body(self, body: Body, env: Env, path: Path, what: str) -> bool:
        """Follow a path into a body."""
        name = path[0]
        if not isinstance(name, str):
            return False
        argument = body.value(name)
        if argument is not None:
            self.written(argument, env, path[1:], what, "attribute")
            return True
        placed = placed_blocks(body, name, env)
        if isinstance(placed, Unknown):
            dynamic = next((b for b in body.blocks if b.type == "dynamic" and b.labels == (name,)), None)
            if dynamic is not None:
                self._block(what, dynamic, env)
            return dynamic is not None
        if not placed:
            empty = next((b for b in body.blocks if b.type == "dynamic" and b.labels == (name,)), None)
            if empty is not None and len(path) == 1:
                self._block(what, empty, env)
                return True
            return False
        rest = path[1:]
        position = 0
        if rest and isinstance(rest[0], int):
            position, rest = rest[0], rest[1:]
        if position >= len(placed):
            return False
        one = placed[position]
        if rest and self.body(one.content, one.env, rest, what):
            return True
        self._block(what, one.block, env)
        for iterated in one.env.iterators.values():
            if iterated.env is env and one.block.type == "dynamic":
                self._iterated(iterated, "value", ())
        return not rest

    def _block(self, what: str, block: Block, env: Env) -> None:
        self.places.append(Place(what, "block", block.text, block.start, block.end, env, None))

    # -- expressions -----------------------------------------------------------------------------------------------

    def written(self, written: Written, env: Env, path: Path, what: str, kind: str) -> None:
        """Open a place at an expression and follow the path from there."""
        if len(self.places) >= MAX_PLACES:
            return
        node = written.node
        place = Place(what, kind, written.text, node[1], node[2], env, node)
        place.path = path
        self.places.append(place)
        self._follow(node, env, path)

    def _settle(self, node: Node, env: Env, path: Path) -> None:
        place = self.places[-1]
        place.start, place.end, place.node, place.env, place.path = node[1], node[2], node, env, path

    def _follow(self, node: Node, env: Env, path: Path) -> None:
        """Enter the expression of the last place as deep as the path goes; references open the next place."""
        text = self.places[-1].text
        while True:
            self._entered += 1
            self._settle(node, env, path)
            if self._entered > MAX_ENTERED:
                return
            step = _enter(node, Written(text, node), env, path)
            if step is not None:
                node, env, path, crossed = step
                if crossed:
                    self._cross(len(self.places) - 1)
                continue
            kind = node[0]
            if kind == "ref":
                self._reference(node, text, env, path)
            elif path and kind in ("lit", "template"):
                self._json_text(node, text, path)
                if kind == "template":
                    self._ingredients(node, text, env)
            elif path and kind == "call" and node[3] == "file":
                self._file(node, text, env, path)
            elif kind != "lit":
                self._ingredients(node, text, env)
            return

    def _cross(self, place: int) -> None:
        if not self.crossed:
            self.crossed = True
            self.primary = place

    def _ingredients(self, node: Node, text: Text, env: Env) -> None:
        """The references inside an expression that is not entered: each is a cause."""
        seen: set[Any] = set()
        stack: list[Any] = [node]
        while stack and len(self.places) < MAX_PLACES:
            item = stack.pop()
            if not item:
                continue
            if item[0] == "ref" and len(item) == 5:
                key = (item[3], item[4][:2])
                if key not in seen and item[3] in ("var", "local", "each", "module"):
                    seen.add(key)
                    self._entered += 1
                    if self._entered < MAX_ENTERED:
                        self._reference(item, text, env, ())
                continue
            stack.extend(part for part in reversed(item) if isinstance(part, tuple))

    # -- references ------------------------------------------------------------------------------------------------

    def _reference(self, node: Node, text: Text, env: Env, path: Path) -> None:
        root = node[3]
        steps = _plain_steps(node[4], text, env)
        if steps is None:
            return
        way = (*steps, *path)
        module = env.module
        if root in env.bound:
            self._iterated(env.bound[root], "value", way)
        elif root in env.iterators and steps:
            self._iterated(env.iterators[root], str(steps[0]), way[1:])
        elif root == "each" and steps:
            self._each(env, str(steps[0]), way[1:])
        elif root == "count":
            self._count(env)
        elif root == "var" and steps:
            self._variable(env, str(steps[0]), way[1:])
        elif root == "local" and steps:
            written = module.directory.locals.get(str(steps[0]))
            if written is not None:
                self.written(written, module.env, way[1:], f"local.{steps[0]}", "local")
        elif root == "module" and steps:
            self._output(env, str(steps[0]), way[1:])
        elif root == "data" and len(steps) >= 2:
            self._resource(env, "data", str(steps[0]), str(steps[1]), way[2:])
        elif root not in ("path", "terraform", "self", "data") and steps:
            self._resource(env, "managed", root, str(steps[0]), way[1:])

    def _iterated(self, iterated: Iterated, part: str, path: Path) -> None:
        way = path if iterated.step is None else (iterated.step, *path)
        if part == "key" and iterated.step is not None:
            way = (iterated.step,)
        self.written(iterated.source, iterated.env, way, "for_each", "for_each")

    def _each(self, env: Env, part: str, path: Path) -> None:
        """The element of the for_each of the block, a resource or a module call, that the environment belongs to."""
        block, outer = _expanded_block(env)
        if block is None or outer is None:
            return
        written = block.body.value("for_each")
        if written is None:
            return
        what = f"for_each of {'.'.join(block.labels) if block.type != 'module' else 'module.' + block.labels[0]}"
        step = _step_of(evaluated(written, outer), env.each_key)
        way: Path = () if step is None else (step,) if part == "key" else (step, *path)
        self.written(written, outer, way, what, "for_each")

    def made_by(self, instance: Instance, *, whole: bool) -> None:
        """Go to the element of the for_each that makes the instance; or to the `whole` of what it is for each of."""
        written = instance.block.body.value("for_each")
        if written is None:
            return
        step = _step_of(evaluated(written, instance.module.env), instance.key)
        if step is not None:
            self.written(written, instance.module.env, () if whole else (step,), "for_each", "for_each")

    def _count(self, env: Env) -> None:
        block, outer = _expanded_block(env)
        written = block.body.value("count") if block is not None else None
        if written is not None and outer is not None:
            self.places.append(
                Place("count", "count", written.text, written.node[1], written.node[2], outer, written.node)
            )

    def _variable(self, env: Env, name: str, path: Path) -> None:
        module = env.module
        block = module.directory.variables.get(name)
        if block is None or len(self.places) >= MAX_PLACES:
            return
        head = Place(f"variable {name}", "variable", block.text, block.start, block.head_end, module.env, None)
        while head.end > head.start and block.text.content[head.end - 1].isspace():
            head.end -= 1
        self.places.append(head)
        argument = module.argument(name)
        given = module.given.get(name)
        default = block.body.value("default")
        if argument is not None and module.caller is not None:
            what = f"argument {name} of {module.address}"
            self.written(argument, module.caller, path, what, "argument")
        elif given is not None and given.written is not None:
            self.written(given.written, module.env, path, f"{name} in {given.what}", "values")
        elif given is not None:
            place = Place(f"{name} {given.what}", "given", block.text, head.start, head.end, module.env, None)
            self.places.append(place)
        elif default is not None:
            self.written(default, module.env, path, f"default of variable {name}", "default")

    def _output(self, env: Env, name: str, path: Path) -> None:
        expansion = env.module.calls(name)
        if expansion is None or isinstance(expansion, Unknown):
            block = env.module.directory.modules.get(name)
            if block is not None and expansion is not None:
                self._head(f"module.{name}", block, env)
            return
        module: Any = None
        if expansion.kind == "one":
            module = expansion.items.get(None)
        elif path:
            module = expansion.items.get(path[0], expansion.maybe)
            path = path[1:]
        if module is None or not path:
            return
        block = module.directory.outputs.get(str(path[0]))
        written = block.body.value("value") if block is not None else None
        if written is not None:
            self.written(written, module.env, path[1:], f"output {path[0]} of {module.address}", "output")

    def _resource(self, env: Env, mode: str, type: str, name: str, path: Path) -> None:
        expansion = env.module.resources(mode, type, name)
        if expansion is None or len(self.places) >= MAX_PLACES:
            return
        instance: Instance | None = None
        if expansion.kind == "one":
            instance = expansion.items.get(None)
        elif path:
            instance = expansion.items.get(path[0], expansion.maybe)
            path = path[1:]
        if instance is None:
            return
        if type == "aws_iam_policy_document" and path[:1] in (("json",), ("minified_json",)):
            self._policy(instance, path[1:])
            return
        if not path or not self.instance(instance, path, f"{instance.address}.{path[0]}"):
            self._head(instance.address, instance.block, env)

    def _head(self, what: str, block: Block, env: Env) -> None:
        place = Place(what, "reference", block.text, block.start, block.head_end, env, None)
        while place.end > place.start and block.text.content[place.end - 1].isspace():
            place.end -= 1
        self.places.append(place)

    # -- policies --------------------------------------------------------------------------------------------------

    def _policy(self, instance: Instance, path: Path) -> None:
        """Go on inside a rendered policy document: from a path of the JSON to the statement block that says it."""
        position = len(self.places)
        place: Path = ()
        # Every value of a policy is asked about alone; the whole of it is rendered once.
        policy = instance.derived("policy", lambda: render(instance.attributes())) if path else None
        if isinstance(policy, Policy):
            for length in range(len(path), 0, -1):
                found = policy.places.get(path[:length])
                if found is not None:
                    place = found
                    break
        # The default effect is written nowhere: the statement says it.
        while place and not self.instance(instance, place, instance.address):
            place = place[:-1]
        if not place:
            self._block(instance.address, instance.block, instance.env)
        if path and position < len(self.places):
            self._cross(position)

    def _json_text(self, node: Node, text: Text, path: Path) -> None:
        """Go on inside a JSON text that is written out, in quotes or in a heredoc."""
        start, end = node[1], node[2]
        raw = text.content[start:end]
        if raw.startswith("<<"):
            begin = raw.find("\n") + 1
            content = raw[begin : max(begin, raw.rfind("\n"))]
            offsets: list[int] | None = None
        else:
            begin = 1
            content, offsets = unescaped(raw[1:-1])
        self._narrow(json_places(content), path, start + begin, offsets)

    def _narrow(self, places: dict[Path, tuple[int, int]], path: Path, base: int, offsets: list[int] | None) -> None:
        for length in range(len(path), 0, -1):
            found = places.get(path[:length])
            if found is not None:
                start, end = found if offsets is None else (offsets[found[0]], offsets[found[1]])
                place = self.places[-1]
                place.start, place.end, place.node = base + start, base + end, None
                place.path = path[length:]
                self._cross(len(self.places) - 1)
                return

    def _file(self, node: Node, text: Text, env: Env, path: Path) -> None:
        """Go on inside a JSON file that `file()` reads."""
        from nephograph.sources.terraform.scope import View

        name = evaluated(Written(text, node[4][0]), env) if node[4] else None
        if not isinstance(name, str):
            return
        inside = View(env, text).inside(name)
        content = env.module.context.tree.read(inside) if isinstance(inside, str) else None
        if content is not None:
            self.places.append(Place(f"file {content.file}", "file", content, 0, len(content.content), env, None))
            self._narrow(json_places(content.content), path, 0, None)


def _expanded_block(env: Env) -> tuple[Block | None, Env | None]:
    """The block whose count or for_each the environment is one turn of, and the environment of that expression."""
    if env.instance is not None:
        return env.instance.block, env.module.env
    # A module call's arguments are evaluated in an environment of their own.
    return env.call, env.module.env


def _plain_steps(steps: tuple[Any, ...], text: Text, env: Env) -> tuple[str | int, ...] | None:
    """The steps of a traversal with computed keys evaluated; None when one is not known."""
    found: list[str | int] = []
    for step in steps:
        key = evaluated(Written(text, step), env) if isinstance(step, tuple) else step
        if isinstance(key, bool) or not isinstance(key, str | int):
            return None
        found.append(key)
    return tuple(found)


def _step_of(collection: Any, key: Any) -> str | int | None:
    """The step into a for_each that leads to the element of a key."""
    if isinstance(collection, dict):
        return key if isinstance(key, str) and key in list(collection) else None
    if isinstance(collection, list):
        return next(
            (i for i, element in enumerate(collection) if not isinstance(element, Unknown) and element == key), None
        )
    return None


def _enter(node: Node, written: Written, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    """One step deeper into an expression without leaving it: (node, env, rest of the path, crossed into JSON)."""
    kind = node[0]
    if kind in ("paren", "wrap"):
        return node[3], env, path, False
    if kind == "cond":
        chosen = evaluated(Written(written.text, node[3]), env)
        return (node[4] if chosen else node[5], env, path, False) if isinstance(chosen, bool) else None
    if kind == "get":
        steps = _plain_steps(node[4], written.text, env)
        return (node[3], env, (*steps, *path), False) if steps is not None else None
    if kind == "call" and node[3] in ("try", "coalesce"):
        return _first_that_holds(node, written.text, env, path)
    if kind == "call" and node[3] in ("lookup", "element", "one"):
        return _picked(node, written.text, env, path)
    if not path:
        return (node[4][0], env, path, False) if _keeps_whole(node) else None
    if kind == "tuple" and isinstance(path[0], int) and 0 <= path[0] < len(node[3]):
        return node[3][path[0]], env, path[1:], False
    if kind == "object":
        return _entry(node, written.text, env, path)
    if kind == "call":
        return _through_call(node, written, env, path)
    if kind == "splat" and isinstance(path[0], int):
        each = node[4]
        steps = _plain_steps(each[4], written.text, env) if each[0] == "get" and each[3][0] == "item" else None
        if each[0] == "item":
            steps = ()
        return (node[3], env, (path[0], *steps, *path[1:]), False) if steps is not None else None
    if kind in ("for_list", "for_map"):
        return _turn(node, written.text, env, path)
    return None


def _keeps_whole(node: Node) -> bool:
    return node[0] == "call" and node[3] in _KEEPS_VALUE and len(node[4]) == 1


def _entry(node: Node, text: Text, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    for key, value in reversed(node[3]):
        name = key[3] if key[0] == "lit" else evaluated(Written(text, key), env)
        if not isinstance(name, Unknown) and str(name) == str(path[0]):
            return value, env, path[1:], False
    return None


def _first_that_holds(node: Node, text: Text, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    for argument in node[4]:
        value = evaluated(Written(text, argument), env)
        failed = isinstance(value, Unknown) and value.reason is Reason.INVALID
        if failed and node[3] == "try":
            continue
        if node[3] == "coalesce" and not isinstance(value, Unknown) and value in (None, ""):
            continue
        return argument, env, path, False
    return None


def _through_call(node: Node, written: Written, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    name, arguments = node[3], node[4]
    text = written.text
    if not arguments:
        return None
    if name == "jsonencode":
        return arguments[0], env, path, True
    if name == "merge" and not node[5]:
        for argument in reversed(arguments):
            value = evaluated(Written(text, argument), env)
            if isinstance(value, Unknown):
                return None
            if isinstance(value, dict) and path[0] in list(value):
                return argument, env, path, False
        return None
    if name == "values" and isinstance(path[0], int):
        value = evaluated(Written(text, arguments[0]), env)
        keys = sorted(value) if isinstance(value, dict) else []
        return (arguments[0], env, (keys[path[0]], *path[1:]), False) if 0 <= path[0] < len(keys) else None
    if name in _KEEPS_ELEMENTS and isinstance(path[0], int) and not node[5]:
        return _element(node, written, env, path)
    if _keeps_whole(node):
        return arguments[0], env, path, False
    return None


def _picked(node: Node, text: Text, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    """The argument that a function which picks one element picks it from."""
    name, arguments = node[3], node[4]
    value = evaluated(Written(text, arguments[0]), env) if arguments else None
    key = evaluated(Written(text, arguments[1]), env) if len(arguments) > 1 else 0
    if name == "lookup" and isinstance(value, dict) and isinstance(key, str):
        if key in list(value):
            return arguments[0], env, (key, *path), False
        return (arguments[2], env, path, False) if len(arguments) > 2 else None
    if name != "lookup" and isinstance(value, list) and value and isinstance(key, int):
        return arguments[0], env, (key % len(value), *path), False
    return None


def _element(node: Node, written: Written, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    """The argument and position that an element of the result was taken from: the first equal one."""
    result = evaluated(written, env)
    position = path[0]
    if not isinstance(result, list) or not isinstance(position, int) or position >= len(result):
        return None
    wanted = result[position]
    for argument in node[4]:
        value = evaluated(Written(written.text, argument), env)
        for index, element in enumerate(value if isinstance(value, list) else ()):
            if _same(element, wanted):
                return argument, env, (index, *path[1:]), False
            if node[3] == "flatten" and isinstance(element, list):
                for inner, deep in enumerate(element):
                    if _same(deep, wanted):
                        return argument, env, (index, inner, *path[1:]), False
    return None


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def _turn(node: Node, text: Text, env: Env, path: Path) -> tuple[Node, Env, Path, bool] | None:
    """The turn of a for that made the element at the path: its result, with the variables bound to that turn."""
    is_map = node[0] == "for_map"
    if is_map and node[9]:
        return None
    key_name, value_name, source = node[3], node[4], node[5]
    result, condition = (node[7], node[8]) if is_map else (node[6], node[7])
    collection = evaluated(Written(text, source), env)
    pairs: list[tuple[Any, Any, Any]]
    if isinstance(collection, dict):
        pairs = [(key, collection[key], key) for key in sorted(collection)]
    elif isinstance(collection, list):
        is_set = type(collection) is not list
        pairs = [(value if is_set else i, value, i) for i, value in enumerate(collection)]
    else:
        return None
    position = 0
    for key, value, step in pairs[:MAX_TURNS]:
        names = {value_name: Iterated(key, value, step, Written(text, source), env)}
        if key_name is not None:
            names[key_name] = Iterated(key, key, step, Written(text, source), env)
        bound = env.with_bound(names)
        if condition is not None:
            chosen = evaluated(Written(text, condition), bound)
            if not isinstance(chosen, bool):
                return None
            if not chosen:
                continue
        at: Any = evaluated(Written(text, node[6]), bound) if is_map else position
        if at == path[0] and not isinstance(at, Unknown):
            return result, bound, path[1:], False
        position += 1
    return None
