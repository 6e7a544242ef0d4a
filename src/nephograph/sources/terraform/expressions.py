"""The evaluator: `evaluate(node, scope)` gives a plain Python value, or an `Unknown` with its reason. It never raises.

Source of the semantics: https://developer.hashicorp.com/terraform/language/expressions and the HCL native syntax
specification. What fails is reported once through `Scope.problem` and is Unknown(INVALID) from there on. An operator
over an unknown value is unknown, except where the other operand decides (`false && x`, `true || x`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform.open_keys import open_keys
from nephograph.sources.terraform.secrets import Secret, concealed, revealed, secret
from nephograph.sources.terraform.syntax import Node
from nephograph.sources.terraform.values import (
    EvaluationError,
    Exhausted,
    SetValue,
    check_size,
    clip,
    derived,
    describe,
    equal,
    exact,
    identity,
    joined,
    number_of,
    one_of,
    text_of,
    to_bool,
    to_number,
    type_name,
    unify,
)

MAX_STEPS = 200_000
"""How many turns all for, splat and set products of one expression may take together."""

Step = str | int


class Scope(Protocol):
    """What an expression can see. Paths are as the expression gives them; the scope knows the roots."""

    def resolve(self, root: str, steps: tuple[Step, ...], node: Node) -> tuple[Any, int]:
        """The value of the longest beginning of `root.steps…` that the scope knows whole, and how many steps it took.

        For `var.tags.Name` (root `var`, steps `("tags", "Name")`) that is the variable's value and 1; the evaluator
        takes the other steps. A name that nothing declares raises `EvaluationError`.
        """

    def problem(self, node: Node, message: str) -> None:
        """An expression fails: `node` is the smallest part to blame. May be told of the same node more than once."""

    def read_file(self, path: str) -> bytes | Unknown | None:
        """The content of a file; Unknown where it may not be read (outside the root), None where there is none."""

    def hide(self, value: Any) -> None:
        """A value is marked sensitive: its texts are not to be shown anywhere."""

    def list_files(self, path: str) -> Sequence[str] | Unknown:
        """Every regular file below a directory, as paths relative to it with forward slashes."""


_NO_NAMES: dict[str, Any] = {}


class Run:
    """One evaluation under way: its scope, the names that for has bound, the element of a splat, the budget."""

    # Most expressions are done with before one of these is another: they stand at the class until then.
    item: Any = None
    left = MAX_STEPS
    quiet = 0
    failed = 0
    templates = 0

    def __init__(self, scope: Scope, names: Mapping[str, Any] | None = None) -> None:
        self.scope = scope
        self.names: Mapping[str, Any] = names or _NO_NAMES

    def value(self, node: Node) -> Any:
        """The value of a node."""
        return _EVALUATE[node[0]](node, self)

    def spend(self, steps: int) -> None:
        """Take steps from the budget. Raises `Exhausted` when there are not so many left."""
        self.left -= steps
        if self.left < 0:
            raise Exhausted(f"more than {MAX_STEPS:,} steps")

    def fails(self, node: Node, message: str) -> Unknown:
        """The value of an expression that fails, reported unless a `try` is watching."""
        self.failed += 1
        if not self.quiet:
            self.scope.problem(node, message)
        return Unknown(Reason.INVALID, clip(message))

    def attempt(self, node: Node) -> tuple[Any, bool]:
        """The value of a node and whether it failed; failures are not reported."""
        before = self.failed
        self.quiet += 1
        value = self.value(node)
        self.quiet -= 1
        failed = self.failed > before
        self.failed = before
        return value, failed


def evaluate(node: Node, scope: Scope, names: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression. `names` are bound over the scope (as a for binds its variables)."""
    kind = node[0]
    if kind == "lit":
        return node[3]
    run = Run(scope, names)
    try:
        value = _EVALUATE[kind](node, run)
        if type(value) is not str and isinstance(value, list | dict):
            check_size(value)
    except Exhausted as error:
        return Unknown(Reason.BUDGET, str(error))
    except RecursionError:
        return Unknown(Reason.BUDGET, "nested too deeply")
    return value


# -- literals, traversals ----------------------------------------------------------------------------------------------


def _literal(node: Node, run: Run) -> Any:
    return node[3]


def _inner(node: Node, run: Run) -> Any:
    return run.value(node[3])


def _broken(node: Node, run: Run) -> Any:
    return Unknown(Reason.BROKEN, "an expression that could not be read")


def _item(node: Node, run: Run) -> Any:
    return run.item


def _ref(node: Node, run: Run) -> Any:
    root = node[3]
    steps = node[4]
    names = run.names
    if names and root in names:
        value = names[root]
    else:
        plainly = steps
        for step in steps:
            if type(step) is tuple:
                steps, known = _computed(steps, run)
                plainly = steps[:known]
                break
        try:
            value, taken = run.scope.resolve(root, plainly, node)
        except EvaluationError as error:
            return run.fails(node, str(error))
        if taken == len(steps):
            return value
        steps = steps[taken:]
    return _walk(value, steps, node, run) if steps else value


def _computed(steps: tuple[Any, ...], run: Run) -> tuple[tuple[Any, ...], int]:
    """The steps with computed indexes in place of their nodes, and how many of them are plain names and numbers."""
    found = list(steps)
    known = len(steps)
    for index in range(len(steps)):
        if type(steps[index]) is tuple:
            key = run.value(steps[index])
            if type(key) is bool:
                key = text_of(key)
            found[index] = key
            if not isinstance(key, str | int):
                known = min(known, index)
    return tuple(found), known


def _get(node: Node, run: Run) -> Any:
    return _walk(run.value(node[3]), node[4], node, run)


def _walk(value: Any, steps: tuple[Any, ...], node: Node, run: Run) -> Any:
    for step in steps:
        try:
            value = index(value, run.value(step) if type(step) is tuple else step)
        except EvaluationError as error:
            return run.fails(node, str(error))
    return value


def index(value: Any, key: Any) -> Any:
    """`value[key]` and `value.key`. An unknown value with a `ref` stays a reference. Raises `EvaluationError`."""
    if type(value) is Secret or type(key) is Secret:
        return _index_secret(value, key)
    if isinstance(value, dict):
        if isinstance(key, str):
            if key in value:
                return value[key]
            raise EvaluationError(f"there is no element {describe(key)} in this map{_near(key, value)}")
        if isinstance(key, Unknown):
            return derived(f"{describe(value)}[{describe(key)}]", key)
        if key is None or isinstance(key, list | dict):
            raise EvaluationError(f"{type_name(key)} cannot be the key of a map")
        return index(value, text_of(key))
    if isinstance(value, Unknown):
        return _index_unknown(value, key)
    if isinstance(value, SetValue):
        raise EvaluationError("a set has no indexes; convert it with tolist() first")
    if isinstance(value, list):
        if isinstance(key, Unknown):
            return derived(f"{describe(value)}[{describe(key)}]", key)
        if isinstance(key, str):
            try:
                key = to_number(key)
            except EvaluationError:
                raise EvaluationError(f"a list has no attribute {key}") from None
        if not isinstance(key, int) or isinstance(key, bool):
            raise EvaluationError(f"{type_name(key)} cannot be the index of a list")
        if 0 <= key < len(value):
            return value[key]
        raise EvaluationError(f"index {key} is outside the list of {len(value)} elements")
    if value is None:
        raise EvaluationError(f"the value is null, so it has no {_shown_key(key)}")
    raise EvaluationError(f"{type_name(value)} has no {_shown_key(key)}")


def _index_secret(value: Any, key: Any) -> Any:
    shown = f"{describe(value)}[{describe(key)}]"
    if type(key) is str and key.isidentifier():
        shown = f"{describe(value)}.{key}"
    try:
        return secret(index(revealed(value), revealed(key)), shown)
    except EvaluationError:
        # The message would say what is hidden.
        raise EvaluationError(f"the sensitive value has no such element: {shown}") from None


def _shown_key(key: Any) -> str:
    return f"attribute {key}" if isinstance(key, str) else "elements"


def _near(key: str, value: dict[str, Any]) -> str:
    wanted = key.lower().replace("-", "_")
    near = next((name for name in value if name.lower().replace("-", "_") == wanted), None)
    return f"; did you mean {describe(near)}?" if near is not None else ""


def _index_unknown(value: Unknown, key: Any) -> Unknown:
    if value.reason is Reason.INVALID:
        return value
    if value.parts:
        raise EvaluationError(f"a string has no {_shown_key(key)}")
    if isinstance(key, int | Unknown) and value.ref is not None and value.ref.address.endswith("[*]"):
        # Whichever of them is meant: one instance stands for all.
        return value
    if isinstance(key, bool) or not isinstance(key, str | int):
        return derived(f"{describe(value)}[{describe(key)}]", value)
    step = f"[{key}]" if isinstance(key, int) else f".{key}"
    detail = clip(value.detail + step) if value.detail else ""
    ref = Ref(value.ref.address, (*value.ref.path, key)) if value.ref else None
    return Unknown(value.reason, detail or ("" if ref else step), ref)


# -- templates -------------------------------------------------------------------------------------------------------


def _template(node: Node, run: Run) -> Any:
    return _text(_pieces(node[3], run))


def _text(pieces: list[str | Unknown]) -> str | Unknown:
    """The pieces as one text, which is sensitive when one of them is."""
    text = joined(pieces)
    if type(text) is not str and any(type(piece) is Secret for piece in pieces):
        clear = [revealed(piece) for piece in pieces]
        if all(isinstance(piece, str | int | float) for piece in clear):
            whole = concealed(joined([text_of(piece) for piece in clear]), text)
            return whole if isinstance(whole, Unknown) else text
    return text


def _pieces(parts: tuple[Node, ...], run: Run) -> list[str | Unknown]:
    out: list[str | Unknown] = []
    for part in parts:
        kind = part[0]
        if kind == "lit" and type(part[3]) is str:
            out.append(part[3])
        elif kind == "ref":
            value = _ref(part, run)
            out.append(value if type(value) is str else as_piece(value, part, run))
        elif kind == "t_if":
            out.append(_template_if(part, run))
        elif kind == "t_for":
            out.append(_template_for(part, run))
        else:
            value = _EVALUATE[kind](part, run)
            out.append(value if type(value) is str else as_piece(value, part, run))
    return out


def as_piece(value: Any, node: Node, run: Run) -> str | Unknown:
    """A value as a piece of a text."""
    if isinstance(value, str | Unknown):
        return value
    if value is None:
        return run.fails(node, "the value is null, and null cannot stand in a string")
    try:
        return text_of(value)
    except EvaluationError:
        return run.fails(node, f"{type_name(value)} cannot stand in a string; jsonencode() or join() make it one")


def _template_if(node: Node, run: Run) -> str | Unknown:
    chosen = _condition(node[3], run)
    if type(chosen) is Secret:
        taken = _text(_pieces(node[4] if revealed(chosen) else node[5], run))
        shown = f"{describe(chosen)} ? … : …"
        return secret(revealed(taken), shown) if isinstance(taken, str) or type(taken) is Secret else taken
    if isinstance(chosen, bool):
        return _text(_pieces(node[4] if chosen else node[5], run))
    yes, no = _text(_pieces(node[4], run)), _text(_pieces(node[5], run))
    if yes == no:
        return yes
    return derived(f"{describe(chosen)} ? {describe(yes)} : {describe(no)}", chosen)


def _template_for(node: Node, run: Run) -> str | Unknown:
    _, _, _, key_name, value_name, source, body = node
    collection = run.value(source)
    pairs = _entries(collection, source, run)
    if isinstance(pairs, Unknown):
        return pairs
    outer = run.names
    out: list[str | Unknown] = []
    size = 0
    for key, value in pairs:
        run.spend(1)
        run.names = {**outer, value_name: value} if key_name is None else {**outer, value_name: value, key_name: key}
        piece = _text(_pieces(body, run))
        size += len(piece) if isinstance(piece, str) else 0
        if size > 4_000_000:
            raise Exhausted("a text of more than 4,000,000 characters")
        out.append(piece)
    run.names = outer
    return _text(out)


# -- constructors ----------------------------------------------------------------------------------------------------


def _tuple(node: Node, run: Run) -> Any:
    return [item[3] if item[0] == "lit" else _EVALUATE[item[0]](item, run) for item in node[3]]


def _object(node: Node, run: Run) -> Any:
    result: dict[str, Any] = {}
    opened: dict[Unknown, Any] = {}
    hidden = False
    for key_node, value_node in node[3]:
        if key_node[0] == "ref":
            return run.fails(key_node, "the key is ambiguous: quote it, or put a reference in parentheses")
        key = key_node[3] if key_node[0] == "lit" else run.value(key_node)
        kind = value_node[0]
        value = value_node[3] if kind == "lit" else _EVALUATE[kind](value_node, run)
        if type(key) is not str:
            if type(key) is Secret:
                hidden = True
                key = revealed(key)
            if isinstance(key, Unknown):
                if not key.parts or key in opened:
                    return derived(f"{{{describe(key)} = …}}", key)
                opened[key] = value
                continue
            try:
                if key is None:
                    raise EvaluationError("null cannot be the key of an object")
                key = text_of(key)
            except EvaluationError as error:
                return run.fails(key_node, str(error))
        result[key] = value
    if opened:
        return open_keys(result, opened, hidden)
    return secret(result, f"{{{spell(node)}}}") if hidden else result


def _entries(collection: Any, node: Node, run: Run) -> list[tuple[Any, Any]] | Unknown:
    """What a for goes through, in Terraform's order: maps by key, sets by value (which is also the key)."""
    if type(collection) is Secret:
        clear = _entries(revealed(collection), node, run)
        if isinstance(clear, Unknown):
            return clear
        # Positions in a list tell nothing; keys and elements do.
        part = f"element of {describe(collection)}"
        return [(key if type(key) is int else secret(key, f"key of {part}"), secret(item, part)) for key, item in clear]
    if isinstance(collection, dict):
        return sorted(collection.items())
    if isinstance(collection, SetValue):
        return [(item, item) for item in collection]
    if isinstance(collection, list):
        return list(enumerate(collection))
    if isinstance(collection, Unknown):
        return derived(f"[for … in {describe(collection)} : {spell(node)}]", collection)
    return run.fails(node, f"a for goes through a list, set or map, not {type_name(collection)}")


def _for_list(node: Node, run: Run) -> Any:
    _, start, _, key_name, value_name, source, result, condition = node
    collection = run.value(source)
    pairs = _entries(collection, source, run)
    if isinstance(pairs, Unknown):
        return _for_unknown(pairs, collection, node)
    outer = run.names
    out: list[Any] = []
    hidden = type(collection) is Secret
    try:
        for key, value in pairs:
            run.spend(1)
            run.names = (
                {**outer, value_name: value} if key_name is None else {**outer, key_name: key, value_name: value}
            )
            if condition is not None:
                chosen = _condition(condition, run)
                if type(chosen) is Secret:
                    hidden, chosen = True, revealed(chosen)
                if isinstance(chosen, Unknown):
                    return derived(f"[for … if {describe(chosen)} : {spell(result)} {start}]", chosen)
                if not chosen:
                    continue
            out.append(run.value(result))
    finally:
        run.names = outer
    check_size(out)
    return secret(out, f"[for … in {describe(collection)} : {spell(result)}]") if hidden else out


def _for_map(node: Node, run: Run) -> Any:
    _, start, _, key_name, value_name, source, result_key, result, condition, group = node
    collection = run.value(source)
    pairs = _entries(collection, source, run)
    if isinstance(pairs, Unknown):
        return _for_unknown(pairs, collection, node)
    outer = run.names
    out: dict[str, Any] = {}
    hidden = type(collection) is Secret
    try:
        for key, value in pairs:
            run.spend(1)
            run.names = (
                {**outer, value_name: value} if key_name is None else {**outer, key_name: key, value_name: value}
            )
            if condition is not None:
                chosen = _condition(condition, run)
                if type(chosen) is Secret:
                    hidden, chosen = True, revealed(chosen)
                if isinstance(chosen, Unknown):
                    return derived(f"{{for … if {describe(chosen)} : {spell(result)} {start}}}", chosen)
                if not chosen:
                    continue
            name = run.value(result_key)
            if type(name) is Secret:
                hidden, name = True, revealed(name)
            if isinstance(name, Unknown):
                return derived(f"{{for … : {describe(name)} => {spell(result)}}}", name)
            if name is None:
                return run.fails(result_key, "the key is null")
            try:
                name = text_of(name)
            except EvaluationError as error:
                return run.fails(result_key, str(error))
            if group:
                out.setdefault(name, []).append(run.value(result))
            elif name in out:
                said = "a sensitive key" if hidden else f"the key {describe(name)}"
                return run.fails(result_key, f"{said} comes twice; group with ... or make keys unique")
            else:
                out[name] = run.value(result)
    finally:
        run.names = outer
    check_size(out)
    return secret(out, f"{{for … in {describe(collection)} : {spell(result)}}}") if hidden else out


def _for_unknown(unknown: Unknown, collection: Any, node: Node) -> Unknown:
    if unknown.reason is Reason.INVALID:
        return unknown
    return derived(f"[for … in {describe(collection)} : {spell(node[6])} {node[1]}]", collection)


def _splat(node: Node, run: Run) -> Any:
    source = run.value(node[3])
    if source is None:
        return []
    hidden = source if type(source) is Secret else None
    if hidden is not None:
        clear = revealed(hidden)
        source = [secret(item, f"element of {describe(hidden)}") for item in clear] if type(clear) is list else [hidden]
    if isinstance(source, Unknown):
        if source.reason is Reason.INVALID:
            return source
        if source.ref is not None and source.ref.address.endswith("[*]"):
            # One instance stands for those whose number is not known: its attribute stands for each of theirs.
            outer, run.item = run.item, source
            each = run.value(node[4])
            run.item = outer
            return each
        return derived(f"{describe(source)}[*]{spell(node[4])}", source)
    outer = run.item
    out: list[Any] = []
    for item in source if isinstance(source, list) else [source]:
        run.spend(1)
        run.item = item
        out.append(run.value(node[4]))
    run.item = outer
    check_size(out)
    return out if hidden is None else secret(out, f"{describe(hidden)}[*]{spell(node[4])}")


# -- operators -------------------------------------------------------------------------------------------------------


def _condition(node: Node, run: Run) -> bool | Unknown:
    """A condition's value; reported and unknown when it is not a bool."""
    value = run.value(node)
    if type(value) is Secret:
        clear = revealed(value)
        if type(clear) is bool:
            return value
        if clear not in ("true", "false"):
            return run.fails(node, "the condition is sensitive, and no bool")
        converted: Unknown = secret(clear == "true", value.detail)
        return converted
    if isinstance(value, bool | Unknown):
        return value
    try:
        if value is None:
            raise EvaluationError("the condition is null")
        return to_bool(value)
    except EvaluationError as error:
        return run.fails(node, str(error))


def _conditional(node: Node, run: Run) -> Any:
    while True:
        _, _, _, condition, yes, no = node
        chosen = _condition(condition, run)
        if type(chosen) is Secret:
            taken = run.value(yes if revealed(chosen) else no)
            return secret(taken, f"{describe(chosen)} ? {spell(yes)} : {spell(no)}")
        if isinstance(chosen, Unknown):
            return _either(chosen, yes, no, run)
        if chosen or no[0] != "cond":
            value, other = (run.value(yes), no) if chosen else (run.value(no), yes)
            return _as_other_branch(value, other, run)
        node = no


def _either(chosen: Unknown, yes: Node, no: Node, run: Run) -> Any:
    # One of the branches is not taken, and nobody knows which: a failure in it is not reported.
    (left, _), (right, _) = run.attempt(yes), run.attempt(no)
    if identity(left) == identity(right):
        return left
    unknown = derived(f"{describe(chosen)} ? {describe(left)} : {describe(right)}", chosen)
    return one_of(unknown, left, right)


def _as_other_branch(value: Any, other: Node, run: Run) -> Any:
    """Both branches have one type: numbers and bools become strings where the other branch has strings."""
    kind = other[0]
    if isinstance(value, list | dict):
        if kind == "lit" or not _has_number(value):
            return value
    elif not isinstance(value, bool | int | float) or kind in ("bin", "un"):
        return value
    elif kind == "lit":
        return text_of(value) if isinstance(other[3], str) else value
    elif kind == "template":
        return text_of(value)
    against, failed = run.attempt(other)
    if isinstance(against, Unknown) and against.parts:
        against = ""
    return value if failed else unify([value, against])[0]


def _has_number(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_number(item) for item in value)
    if isinstance(value, dict):
        return any(_has_number(item) for item in value.values())
    return isinstance(value, bool | int | float)


def _binary(node: Node, run: Run) -> Any:
    # A chain `a + b + c` leans to the left: walk down it with a list, not by recursion.
    chain = [node]
    while chain[-1][4][0] == "bin":
        chain.append(chain[-1][4])
    left = run.value(chain[-1][4])
    while chain:
        current = chain.pop()
        if type(left) is Secret and _decides(current[3], revealed(left)):
            continue
        if (current[3] == "&&" and left is False) or (current[3] == "||" and left is True):
            # The other operand is not looked at (Terraform 1.12 and later).
            continue
        right = run.value(current[5])
        try:
            left = _apply(current[3], left, right)
        except EvaluationError as error:
            left = run.fails(current, str(error))
    return left


def _decides(sign: str, left: Any) -> bool:
    return (sign == "&&" and left is False) or (sign == "||" and left is True)


def _apply(sign: str, left: Any, right: Any) -> Any:
    if type(left) is Secret or type(right) is Secret:
        return _apply_hidden(sign, left, right)
    if sign == "==" or sign == "!=":
        same = equal(left, right)
        if same is None:
            return derived(f"{describe(left)} {sign} {describe(right)}", left, right)
        return same is (sign == "==")
    if sign == "&&" or sign == "||":
        return _logic(sign, left, right)
    if left is None or right is None:
        raise EvaluationError(f"an operand of {sign} is null")
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        for side in (left, right):
            if not isinstance(side, Unknown):
                to_number(side)
        return derived(f"{describe(left)} {sign} {describe(right)}", left, right)
    left, right = to_number(left), to_number(right)
    if sign in _COMPARE:
        return _COMPARE[sign](left, right)
    if type(left) is int and type(right) is int and sign in "+-*":
        return number_of(left + right if sign == "+" else left - right if sign == "-" else left * right)
    return _arithmetic(sign, left, right)


def _apply_hidden(sign: str, left: Any, right: Any) -> Any:
    shown = derived(f"{describe(left)} {sign} {describe(right)}", left, right)
    try:
        return concealed(_apply(sign, revealed(left), revealed(right)), shown)
    except EvaluationError:
        raise EvaluationError(f"a sensitive operand of {sign} does not fit") from None


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def _logic(sign: str, left: Any, right: Any) -> Any:
    decides = sign == "||"
    sides = []
    for side in (left, right):
        if side is None:
            raise EvaluationError(f"an operand of {sign} is null")
        sides.append(side if isinstance(side, Unknown) else to_bool(side))
    if any(side is decides for side in sides):
        return decides
    if any(isinstance(side, Unknown) for side in sides):
        return derived(f"{describe(left)} {sign} {describe(right)}", left, right)
    return not decides


def _arithmetic(sign: str, left: int | float, right: int | float) -> int | float:
    if right == 0 and sign in "/%":
        if sign == "%":
            return left
        raise EvaluationError("division by zero")
    a, b = exact(left), exact(right)
    if sign == "%":
        quotient = a / b
        whole = abs(quotient.numerator) // quotient.denominator * (1 if quotient > 0 else -1)
        return _short(a - b * whole, lambda: float(a - b * whole))
    if sign == "+":
        return _short(a + b, lambda: float(left) + float(right))
    if sign == "-":
        return _short(a - b, lambda: float(left) - float(right))
    if sign == "*":
        return _short(a * b, lambda: float(left) * float(right))
    return _short(a / b, lambda: float(left) / float(right))


def _short(value: Fraction, binary: Callable[[], float]) -> int | float:
    """Decimal arithmetic where its result is short (0.1 + 0.2), binary where it is not (1 / 3 * 3)."""
    if value.denominator == 1:
        return number_of(value)
    try:
        near = float(value)
        short = float(f"{near:.15g}")
        return short if Fraction(repr(short)) == value else number_of(binary())
    except (OverflowError, ZeroDivisionError):
        return number_of(value)


def _unary(node: Node, run: Run) -> Any:
    signs = []
    while node[0] == "un":
        signs.append(node)
        node = node[4]
    value = run.value(node)
    while signs:
        current = signs.pop()
        sign = current[3]
        hidden = value if type(value) is Secret else None
        if hidden is not None:
            value = revealed(hidden)
        if isinstance(value, Unknown):
            value = derived(f"{sign}{describe(value)}", value)
            continue
        try:
            if value is None:
                raise EvaluationError(f"the operand of {sign} is null")
            value = not to_bool(value) if sign == "!" else -to_number(value)
            if hidden is not None:
                value = secret(value, f"{sign}{describe(hidden)}")
        except EvaluationError as error:
            value = run.fails(
                current, f"a sensitive operand of {sign} does not fit" if hidden is not None else str(error)
            )
    return value


# -- calls -----------------------------------------------------------------------------------------------------------


def _call(node: Node, run: Run) -> Any:
    # The functions are imported at the first call: most expressions have none.
    from nephograph.sources.terraform.functions.registry import call

    return call(node, run)


def spell(node: Node) -> str:
    """An expression in a few words, for the detail of what is unknown because of it."""
    kind = node[0]
    if kind == "lit":
        return describe(node[3])
    if kind in ("ref", "get"):
        head = node[3] if kind == "ref" else spell(node[3])
        return head + "".join(
            f".{step}" if isinstance(step, str) else f"[{step if isinstance(step, int) else spell(step)}]"
            for step in node[4]
        )
    if kind == "item":
        return ""
    if kind in ("paren", "wrap"):
        return spell(node[3])
    if kind == "call":
        return clip(f"{node[3]}({', '.join(spell(argument) for argument in node[4])})")
    return f"{kind}@{node[1]}"


_EVALUATE: dict[str, Callable[[Node, Run], Any]] = {
    "lit": _literal,
    "broken": _broken,
    "paren": _inner,
    "wrap": _inner,
    "item": _item,
    "ref": _ref,
    "get": _get,
    "template": _template,
    "tuple": _tuple,
    "object": _object,
    "for_list": _for_list,
    "for_map": _for_map,
    "splat": _splat,
    "cond": _conditional,
    "bin": _binary,
    "un": _unary,
    "call": _call,
}


__all__ = ["EvaluationError", "Run", "Scope", "evaluate", "index", "spell"]
