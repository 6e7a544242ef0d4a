"""The attributes of a resource as a plan says they will be: known, sensitive, or known after apply.

A plan fills in every attribute of a type. What no expression writes and only the provider will know (the own `id`,
`arn` …) is left out, as HCL leaves it out; what no expression writes and is known is kept: an existing resource says
more than its code.

A block whose expressions are not in the plan (a `dynamic` one, an attribute written as blocks) keeps what is unknown
in it: nobody can tell what was written from what the provider adds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform_plan.configuration import Json
from nephograph.sources.terraform_plan.references import Named, is_assumed, value_of, values_of
from nephograph.sources.terraform_values import ABSENT, EMPTY, ONLY_COMPUTED, below

_COMPUTED_INSIDE = frozenset({"arn", "id", "volume_id", "network_interface_id"})
"""Members of blocks that nobody needs to have written to make them unknown."""


class Written(msgspec.Struct, frozen=True):
    """What is known of how a value was written.

    `expression` is the expression that makes the value or what holds it; `blocks` the expressions of nested blocks;
    `certain` False when the section cannot tell whether anything was written.
    """

    expression: Json | None = None
    blocks: list[Json] | None = None
    certain: bool = True

    @property
    def is_written(self) -> bool:
        """Something is written here, for certain."""
        return self.expression is not None or self.blocks is not None


NOTHING = Written()
UNCERTAIN = Written(certain=False)


class After:
    """Reads the after side of one resource. `assumed` counts references that are taken to be the whole value.

    `policy` gives the text of a policy document that an expression names alone, None where it names none.
    """

    def __init__(
        self,
        owner: str,
        type_: str,
        expressions: Json | None,
        named: Callable[[Json], Named],
        policy: Callable[[Named], Any],
    ) -> None:
        self._owner = owner
        self._policy = policy
        self._type = type_
        self._expressions = expressions
        self._named = named
        self.assumed = 0

    def attributes(self, values: Json, unknown: Any, sensitive: Any) -> dict[str, Any]:
        """The attributes as an HCL document has them. `unknown` and `sensitive` mirror the structure of `values`."""
        found: dict[str, Any] = {}
        names = dict.fromkeys([*values, *(unknown if isinstance(unknown, dict) else ())])
        for name in names:
            if name in ONLY_COMPUTED:
                continue
            value = self._value(
                values.get(name), below(unknown, name), below(sensitive, name), self._top(name), (name,), False
            )
            if value is not ABSENT:
                found[name] = value
        if not unknown and self._expressions:
            self._left_out(values, found)
        return found

    def _left_out(self, values: Json, found: dict[str, Any]) -> None:
        """A file without `after_unknown` leaves out what is not known: what is written and has no value is that."""
        for name, expression in (self._expressions or {}).items():
            if name not in values and isinstance(expression, dict) and expression.get("references"):
                found[name] = self._unknown(Written(expression), (name,))

    def _top(self, name: str) -> Written:
        if self._expressions is None:
            return UNCERTAIN
        return _written(self._expressions[name]) if name in self._expressions else NOTHING

    def _value(self, value: Any, unknown: Any, sensitive: Any, written: Written, path: Path, in_map: bool) -> Any:
        if unknown is True:
            return self._unknown(written, path)
        if isinstance(value, dict) or (isinstance(unknown, dict) and value is None and unknown):
            if sensitive is True:
                return Unknown(Reason.SENSITIVE, str(path[-1]))
            found = self._members(value or {}, unknown, sensitive, written, path, in_map=True)
            return found if found or written.is_written or in_map else ABSENT
        if isinstance(value, list):
            if not value and not written.is_written and not in_map:
                return ABSENT
            if sensitive is True:
                return Unknown(Reason.SENSITIVE, str(path[-1])) if value else value
            return self._list(value, unknown, sensitive, written, path)
        if value is None or (value in EMPTY and not written.is_written and not in_map):
            return ABSENT
        return Unknown(Reason.SENSITIVE, str(path[-1])) if sensitive is True else value

    def _members(
        self, value: Json, unknown: Any, sensitive: Any, written: Written, path: Path, *, in_map: bool
    ) -> Json:
        found = {}
        for name in dict.fromkeys([*value, *(unknown if isinstance(unknown, dict) else ())]):
            inner = self._inside(written, name)
            one = self._value(
                value.get(name), below(unknown, name), below(sensitive, name), inner, (*path, name), in_map
            )
            if one is not ABSENT:
                found[name] = one
        return found

    def _list(self, value: list[Any], unknown: Any, sensitive: Any, written: Written, path: Path) -> list[Any]:
        open_ = [i for i in range(len(value)) if below(unknown, i) is True]
        if open_ and len(open_) > 1 and written.expression is not None:
            elements = values_of(self._named(written.expression), len(open_), self._type, path)
            if elements is not None:
                self.assumed += sum(map(is_assumed, elements))
                by_position = dict(zip(open_, elements, strict=True))
                return [by_position.get(i, one) for i, one in enumerate(value)]
        found: list[Any] = []
        blocks = _matched(value, written.blocks) if written.blocks is not None else None
        for i, one in enumerate(value):
            marks, hidden = below(unknown, i), below(sensitive, i)
            inner = Written(blocks=[blocks[i]]) if blocks is not None else written
            if isinstance(one, dict) and marks is not True and hidden is not True:
                found.append(self._members(one, marks, hidden, inner, (*path, i), in_map=False))
            else:
                said = self._value(one, marks, hidden, inner, (*path, i), in_map=True)
                found.append(None if said is ABSENT else said)  # its neighbours keep their positions
        return found

    def _inside(self, written: Written, name: str) -> Written:
        """How a member was written, of what was written so."""
        if written.blocks is not None:
            block = written.blocks[0] if len(written.blocks) == 1 else {}
            return _written(block[name]) if name in block else NOTHING
        if written.expression is not None:
            return written
        # Nothing is written for certain at the top, and yet the value has a structure: a dynamic block makes it so.
        return NOTHING if name in _COMPUTED_INSIDE else UNCERTAIN

    def _unknown(self, written: Written, path: Path) -> Any:
        if written.expression is not None:
            policy = self._policy(self._named(written.expression))
            if policy is not None:
                self.assumed += 1
                return policy
            value = value_of(self._named(written.expression), written.expression, self._owner, self._type, path)
            self.assumed += is_assumed(value)
            return value
        if written.certain and written.blocks is None:
            return ABSENT
        if not written.certain and len(path) == 1 and path[0] in ("id", "arn"):
            return ABSENT
        return Unknown(Reason.AFTER_APPLY, str(Ref(self._owner, path)))


def _written(said: Any) -> Written:
    if isinstance(said, list):
        return Written(blocks=[one for one in said if isinstance(one, dict)])
    if isinstance(said, dict):
        if said.keys() <= {"references", "constant_value"}:
            return Written(said)
        return Written(blocks=[said])
    return UNCERTAIN


def _matched(value: list[Any], blocks: list[Json]) -> list[Json]:
    """The expressions of each block of a list.

    A set has an order of its own. A block belongs to the expressions whose constants it holds; among those that fit
    alike the order does not matter, for they differ only in what is not known.
    """
    left = list(enumerate(blocks))
    found: list[Json] = []
    for position, one in enumerate(value):
        fitting = [entry for entry in left if _fits(one, entry[1])]
        if not fitting:
            found.append({})
            continue
        chosen = next((entry for entry in fitting if entry[0] == position), fitting[0])
        left.remove(chosen)
        found.append(chosen[1])
    return found


def _fits(value: Any, block: Json) -> bool:
    if not isinstance(value, dict):
        return False
    for name, said in block.items():
        if isinstance(said, dict) and "constant_value" in said and name in value:
            constant, is_ = said["constant_value"], value[name]
            if constant != is_ and str(constant) != str(is_):
                return False
    return True
