"""A reduced ordered binary decision diagram: one node for one Boolean function, so equal functions are equal numbers.

Variables are numbers; a smaller one stands nearer to the root. Those of resources go before those of conditions, so
that what stands below the resources of a function is its residual condition.
R. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, IEEE Transactions on Computers C-35-8 (1986).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

FALSE, TRUE = 0, 1
_LEAF = 1 << 62
_SHIFT = 40

Path = list[tuple[int, bool]]
"""Variables and the value they have, from the root down."""


class Diagram:
    """All functions of one engine. Functions are node numbers; 0 is never, 1 is always."""

    __slots__ = ("_and", "_not", "_or", "_unique", "high", "low", "var")

    def __init__(self) -> None:
        self.var: list[int] = [_LEAF, _LEAF]
        self.low: list[int] = [0, 1]
        self.high: list[int] = [0, 1]
        self._unique: dict[tuple[int, int, int], int] = {}
        self._and: dict[int, int] = {}
        self._or: dict[int, int] = {}
        self._not: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}

    def __len__(self) -> int:
        return len(self.var)

    def node(self, var: int, low: int, high: int) -> int:
        """If `var` then `high` else `low`; both have to stand below `var`."""
        if low == high:
            return low
        key = (var, low, high)
        found = self._unique.get(key)
        if found is None:
            found = len(self.var)
            self.var.append(var)
            self.low.append(low)
            self.high.append(high)
            self._unique[key] = found
        return found

    def forget(self) -> None:
        """Give back the memory of what operations came to; functions stay."""
        self._and.clear()
        self._or.clear()

    def both(self, a: int, b: int) -> int:
        """a and b."""
        if a == b:
            return a
        if a > b:
            a, b = b, a
        if a <= TRUE:
            return b if a else FALSE
        key = (a << _SHIFT) | b
        found = self._and.get(key)
        if found is None:
            va, vb = self.var[a], self.var[b]
            top = va if va < vb else vb
            al, ah = (self.low[a], self.high[a]) if va == top else (a, a)
            bl, bh = (self.low[b], self.high[b]) if vb == top else (b, b)
            found = self._and[key] = self.node(top, self.both(al, bl), self.both(ah, bh))
        return found

    def either(self, a: int, b: int) -> int:
        """a or b."""
        if a == b:
            return a
        if a > b:
            a, b = b, a
        if a <= TRUE:
            return TRUE if a else b
        key = (a << _SHIFT) | b
        found = self._or.get(key)
        if found is None:
            va, vb = self.var[a], self.var[b]
            top = va if va < vb else vb
            al, ah = (self.low[a], self.high[a]) if va == top else (a, a)
            bl, bh = (self.low[b], self.high[b]) if vb == top else (b, b)
            found = self._or[key] = self.node(top, self.either(al, bl), self.either(ah, bh))
        return found

    def negation(self, a: int) -> int:
        """Not a."""
        found = self._not.get(a)
        if found is None:
            found = self.node(self.var[a], self.negation(self.low[a]), self.negation(self.high[a]))
            self._not[a] = found
            self._not[found] = a
        return found

    def without(self, a: int, b: int) -> int:
        """a and not b."""
        if b == FALSE or a == FALSE:
            return a
        return FALSE if b == TRUE or a == b else self.both(a, self.negation(b))

    def any_of(self, functions: Iterable[int]) -> int:
        """Their disjunction; of none it is never."""
        found = FALSE
        for one in functions:
            found = self.either(found, one)
        return found

    def all_of(self, functions: Iterable[int]) -> int:
        """Their conjunction; of none it is always."""
        found = TRUE
        for one in functions:
            found = self.both(found, one)
        return found

    def one_of(self, variables: Sequence[int], then: int, otherwise: int) -> int:
        """`then` when one of the variables holds, else `otherwise`. All of them have to stand above both."""
        found = otherwise
        for var in sorted(set(variables), reverse=True):
            found = self.node(var, found, then)
        return found

    def restricted(self, a: int, value: Callable[[int], bool | None], kept: dict[int, int]) -> int:
        """The function with variables fixed; `value` says None for those that stay. `kept` is of one `value`."""
        if a <= TRUE:
            return a
        found = kept.get(a)
        if found is None:
            fixed = value(self.var[a])
            if fixed is None:
                low = self.restricted(self.low[a], value, kept)
                high = self.restricted(self.high[a], value, kept)
                found = self.node(self.var[a], low, high)
            else:
                found = self.restricted(self.high[a] if fixed else self.low[a], value, kept)
            kept[a] = found
        return found

    def support(self, a: int) -> list[int]:
        """The variables the function depends on, ascending."""
        seen: set[int] = set()
        found: set[int] = set()
        stack = [a]
        while stack:
            one = stack.pop()
            if one > TRUE and one not in seen:
                seen.add(one)
                found.add(self.var[one])
                stack += (self.low[one], self.high[one])
        return sorted(found)

    def paths(self, a: int) -> Iterator[Path]:
        """The ways to `always`: disjoint conjunctions whose union is the function."""
        stack: list[tuple[int, Path]] = [(a, [])]
        while stack:
            one, path = stack.pop()
            if one == TRUE:
                yield path
            elif one != FALSE:
                var = self.var[one]
                stack.append((self.low[one], [*path, (var, False)]))
                stack.append((self.high[one], [*path, (var, True)]))
