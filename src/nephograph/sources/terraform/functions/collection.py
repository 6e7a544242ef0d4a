"""Lists, maps and sets. What holds an unknown element stays known as far as its shape does not depend on it."""

from __future__ import annotations

from typing import Any

from nephograph.model.value import Unknown
from nephograph.sources.terraform.expressions import index as index_of
from nephograph.sources.terraform.functions.registry import Context, function, unknown_call
from nephograph.sources.terraform.functions.text import graphemes
from nephograph.sources.terraform.values import (
    EvaluationError,
    SetValue,
    any_unknown,
    equal,
    identity,
    is_single,
    is_text,
    text_of,
    to_bool,
    type_name,
    unified,
    unify,
    unique,
)


@function("alltrue(list)", unknowns="elements")
def alltrue(items: list[Any]) -> Any:
    """True when every element is true; null counts as false."""
    values = [_flag(item) for item in items]
    if any(value is False for value in values):
        return False
    return unknown_call("alltrue", [items]) if any_unknown(values) else True


@function("anytrue(list)", unknowns="elements")
def anytrue(items: list[Any]) -> Any:
    """True when any element is true."""
    values = [_flag(item) for item in items]
    if any(value is True for value in values):
        return True
    return unknown_call("anytrue", [items]) if any_unknown(values) else False


def _flag(item: Any) -> Any:
    if item is None:
        return False
    return item if isinstance(item, Unknown) else to_bool(item)


@function("chunklist(list, int)", unknowns="elements")
def chunklist(items: list[Any], size: int) -> Any:
    """The list in pieces of `size`; 0 gives one piece."""
    if size < 0:
        raise EvaluationError("the size must not be negative")
    if not items:
        return []
    items, size = unify(items), size or len(items)
    return [items[start : start + size] for start in range(0, len(items), size)]


@function("coalesce(any|null*)", unknowns="all")
def coalesce(*values: Any) -> Any:
    """The first argument that is neither null nor an empty string."""
    if not values:
        raise EvaluationError("at least one argument is needed")
    text = any(isinstance(value, str) or (isinstance(value, Unknown) and value.parts) for value in values)
    for position, value in enumerate(values):
        if value is None or (isinstance(value, str) and not value):
            continue
        if isinstance(value, Unknown):
            last = all(
                other is None or other == "" for other in values[position + 1 :] if not isinstance(other, Unknown)
            )
            last = last and not any(isinstance(other, Unknown) for other in values[position + 1 :])
            return value if last or is_text(value) else unknown_call("coalesce", list(values[position:]))
        return text_of(value) if text and isinstance(value, bool | int | float) else value
    raise EvaluationError("every argument is null or empty")


@function("coalescelist(any|null*)", unknowns="all")
def coalescelist(*values: Any) -> Any:
    """The first argument that is a list with elements."""
    if not values:
        raise EvaluationError("at least one argument is needed")
    for position, value in enumerate(values):
        if isinstance(value, Unknown):
            return value if position == len(values) - 1 else unknown_call("coalescelist", list(values[position:]))
        if value is None:
            continue
        if not isinstance(value, list) or isinstance(value, SetValue):
            raise EvaluationError(f"lists are needed, not {type_name(value)}")
        if value:
            return value
    raise EvaluationError("every argument is null or empty")


@function("compact(strings)", unknowns="elements", follows=True)
def compact(items: list[Any]) -> Any:
    """The list without null and empty strings."""
    if any(isinstance(item, Unknown) and not is_text(item) for item in items):
        return unknown_call("compact", [items])
    return [item for item in items if isinstance(item, Unknown) or item]


@function("concat(any*)", unknowns="elements")
def concat(*lists: Any) -> Any:
    """The lists, one behind the other."""
    if not lists:
        raise EvaluationError("at least one argument is needed")
    for value in lists:
        if not isinstance(value, list) or isinstance(value, SetValue):
            raise EvaluationError(f"all arguments must be lists, not {type_name(value)}")
    return [item for value in lists for item in value]


@function("contains(list, any)", unknowns="all")
def contains(items: Any, wanted: Any) -> Any:
    """Whether an element equals the value."""
    if isinstance(items, Unknown):
        return unknown_call("contains", [items, wanted])
    answers = [equal(item, wanted) for item in items]
    if True in answers:
        return True
    return unknown_call("contains", [items, wanted]) if None in answers else False


@function("distinct(list)", unknowns="elements", follows=True)
def distinct(items: list[Any]) -> Any:
    """The list without repetitions, first occurrences kept."""
    if any(any_unknown(item) and not is_single(item) for item in items) and len(items) > 1:
        return unknown_call("distinct", [items])
    seen: dict[Any, Any] = {}
    for item in unified(items):
        seen.setdefault(identity(item), item)
    return list(seen.values())


@function("element(list, int)", unknowns="elements", follows=True)
def element(items: list[Any], position: int) -> Any:
    """The element at a position, counted round and round; a negative one counts from the end, as in Terraform 1.12."""
    if isinstance(items, SetValue):
        raise EvaluationError("a set has no positions")
    if not items:
        raise EvaluationError("the list is empty")
    return items[position % len(items)]


@function("flatten(list)", unknowns="elements", follows=True)
def flatten(items: list[Any]) -> Any:
    """All elements of lists in lists, as one list."""
    out: list[Any] = []
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, list):
                stack.append(iter(item))
                break
            if isinstance(item, Unknown) and not is_text(item):
                # It may turn out to be a list of any length.
                return unknown_call("flatten", [items])
            out.append(item)
        else:
            stack.pop()
    return out


@function("index(list, any)", unknowns="elements")
def index(items: list[Any], wanted: Any) -> Any:
    """The position of the first element that equals the value."""
    if isinstance(items, SetValue):
        raise EvaluationError("a set has no positions")
    for position, item in enumerate(items):
        same = equal(item, wanted)
        if same is None:
            return unknown_call("index", [items, wanted])
        if same:
            return position
    raise EvaluationError("the value is not in the list")


@function("keys(map)", unknowns="elements")
def keys(value: dict[str, Any]) -> list[str]:
    """The keys in order."""
    return sorted(value)


@function("values(map)", unknowns="elements")
def values(value: dict[str, Any]) -> list[Any]:
    """The values in the order of their keys."""
    return [value[key] for key in sorted(value)]


@function("length(any)", unknowns="elements")
def length(value: Any) -> Any:
    """How many elements or characters there are."""
    if isinstance(value, str):
        return len(graphemes(value))
    if not isinstance(value, list | dict):
        raise EvaluationError(f"a list, set, map or string is needed, not {type_name(value)}")
    if isinstance(value, SetValue) and len(value) > 1:
        open_ones = [item for item in value if any_unknown(item) and not is_single(item)]
        if open_ones:
            return unknown_call("length", [value])
    return len(value)


@function("lookup(map, string, any|null?)", unknowns="elements")
def lookup(value: dict[str, Any], key: str, *default: Any) -> Any:
    """The element of a map, or the default."""
    if key in value:
        return value[key]
    if default:
        return default[0]
    return index_of(value, key)


@function("matchkeys(list, list, list)", unknowns="elements")
def matchkeys(found: list[Any], by: list[Any], wanted: list[Any]) -> Any:
    """The elements whose key is among the wanted ones."""
    if len(found) != len(by):
        raise EvaluationError("the first two lists must have one length")
    out = []
    for item, key in zip(found, by, strict=True):
        answers = [equal(key, one) for one in wanted]
        if True in answers:
            out.append(item)
        elif None in answers:
            return unknown_call("matchkeys", [found, by, wanted])
    return out


@function("merge(any|null*)", unknowns="elements")
def merge(*maps: Any) -> Any:
    """All maps in one; later ones win; null is skipped."""
    out: dict[str, Any] = {}
    for value in maps:
        if value is None:
            continue
        if not isinstance(value, dict):
            raise EvaluationError(f"all arguments must be maps, not {type_name(value)}")
        out.update(value)
    return out


@function("one(any|null)", unknowns="elements", follows=True)
def one(value: Any) -> Any:
    """The only element, null when there is none."""
    if not isinstance(value, list):
        raise EvaluationError(f"a list or set is needed, not {type_name(value)}")
    if len(value) > 1:
        if isinstance(value, SetValue) and any(any_unknown(item) and not is_single(item) for item in value):
            return unknown_call("one", [value])
        raise EvaluationError(f"at most one element may be there, not {len(value)}")
    return value[0] if value else None


@function("range(number*)")
def range_(*bounds: int | float) -> list[int | float]:
    """Numbers from a start to (not with) a limit; Terraform allows 1,024."""
    if not 1 <= len(bounds) <= 3:
        raise EvaluationError("one to three arguments are needed")
    start, limit = (0, bounds[0]) if len(bounds) == 1 else (bounds[0], bounds[1])
    step = bounds[2] if len(bounds) == 3 else (1 if limit >= start else -1)
    if step == 0 and start != limit:
        raise EvaluationError("the step must not be zero")
    if step and (limit - start) * step < 0:
        raise EvaluationError("the step leads away from the limit")
    out: list[int | float] = []
    current = start
    while (current < limit) if step > 0 else (current > limit):
        if len(out) >= 1024:
            raise EvaluationError("more than 1,024 elements")
        out.append(current)
        current += step
    return out


@function("reverse(list)", unknowns="elements", follows=True)
def reverse(items: list[Any]) -> list[Any]:
    """The elements from last to first."""
    return list(reversed(items))


def _of_one_type(*sets: SetValue) -> list[SetValue]:
    elements = iter(unify([item for value in sets for item in value]))
    return [SetValue(next(elements) for _ in value) for value in sets]


@function("setintersection(set, set*)")
def setintersection(first: SetValue, *more: SetValue) -> SetValue:
    """The elements that all sets have."""
    first, *others = _of_one_type(first, *more)
    shared = [set(map(identity, other)) for other in others]
    return unique(item for item in first if all(identity(item) in other for other in shared))


@function("setsubtract(set, set)")
def setsubtract(first: SetValue, second: SetValue) -> SetValue:
    """The elements that only the first set has."""
    first, second = _of_one_type(first, second)
    gone = set(map(identity, second))
    return unique(item for item in first if identity(item) not in gone)


@function("setunion(set, set*)", unknowns="elements")
def setunion(*sets: SetValue) -> SetValue:
    """The elements of all sets."""
    return unique(item for value in sets for item in value)


@function("setproduct(any*)", unknowns="elements", context=True)
def setproduct(context: Context, *lists: Any) -> Any:
    """Every combination of one element of each list."""
    if len(lists) < 2:
        raise EvaluationError("at least two arguments are needed")
    size = 1
    for value in lists:
        if not isinstance(value, list):
            raise EvaluationError(f"all arguments must be lists or sets, not {type_name(value)}")
        size *= len(value)
    context.run.spend(size * len(lists))
    out: list[list[Any]] = [[]]
    for value in map(unify, lists):
        out = [[*head, item] for head in out for item in value]
    # One set among the arguments makes the result a set.
    return unique(out) if any(isinstance(value, SetValue) for value in lists) else out


@function("slice(list, int, int)", unknowns="elements", follows=True)
def slice_(items: list[Any], start: int, end: int) -> list[Any]:
    """The elements from a position to (not with) another."""
    if isinstance(items, SetValue):
        raise EvaluationError("a set has no positions")
    if not 0 <= start <= end <= len(items):
        raise EvaluationError(f"{start} to {end} is not a range in a list of {len(items)} elements")
    return items[start:end]


@function("sort(strings)", follows=True)
def sort(items: list[str]) -> list[str]:
    """The strings in byte order."""
    if None in items:
        raise EvaluationError("null cannot be sorted")
    return sorted(items, key=lambda item: item.encode("utf-8", "surrogatepass"))


@function("transpose(map)")
def transpose(value: dict[str, Any]) -> dict[str, list[str]]:
    """Keys and listed values exchanged."""
    out: dict[str, list[str]] = {}
    for key in sorted(value):
        if not isinstance(value[key], list):
            raise EvaluationError("every value must be a list of strings")
        for item in value[key]:
            out.setdefault(text_of(item), []).append(key)
    return {key: sorted(out[key]) for key in sorted(out)}


@function("zipmap(strings, list)", unknowns="elements")
def zipmap(names: list[Any], found: list[Any]) -> Any:
    """A map of the keys to the values at the same positions."""
    if len(names) != len(found):
        raise EvaluationError(f"there are {len(names)} keys and {len(found)} values")
    if any_unknown(names):
        return unknown_call("zipmap", [names, found])
    if None in names:
        raise EvaluationError("a key is null")
    return dict(zip(names, found, strict=True))
