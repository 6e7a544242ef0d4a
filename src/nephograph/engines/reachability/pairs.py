"""All pairs of classes: one matrix for each two VPCs of which a packet gets from one to the other.

An element is the number of an interned set: what the groups of the source let out, those of the target let in, and the
lists on both legs let through. Each distinct combination of the three is met once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nephograph.engines.reachability.cases import Case, Cases
from nephograph.engines.reachability.classes import Classes, Place
from nephograph.engines.reachability.filters import Filters
from nephograph.engines.reachability.spots import Spot
from nephograph.engines.reachability.valued import Interned, Valued

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]


class Block(NamedTuple):
    """Classes of one VPC against those of another: `numbers[i, j]` is what `rows[i]` may send to `columns[j]`.

    `inside` is the same for two interfaces of one subnet; None where that cannot be (two VPCs).
    """

    rows: Numbers
    columns: Numbers
    numbers: Numbers
    inside: Numbers | None


class Pairs:
    """The matrices of one version of IP."""

    def __init__(self, classes: Classes, cases: Cases, filters: Filters, interned: Interned) -> None:
        self.classes = classes
        self.version = classes.version
        self.cases = cases
        self.filters = filters
        self.interned = interned
        self.blocks: dict[tuple[str, str], Block] = {}
        self._between: dict[tuple[int, int], tuple[Case, ...] | None] = {}
        self._made: set[tuple[str, str]] = set()
        self._by_vpc: dict[str, list[Place]] = {}
        for place in classes.places:
            self._by_vpc.setdefault(place.vpc, []).append(place)
        self._positions: dict[int, int] = {}
        for numbers in classes.by_vpc.values():
            self._positions.update({number: at for at, number in enumerate(numbers)})

    def position(self, number: int) -> int:
        """The row, or the column, of a class in its VPC's blocks."""
        return self._positions[number]

    def block(self, one: str, other: str) -> Block | None:
        """The block of two VPCs; None when nothing passes from one to the other."""
        if (one, other) not in self._made:
            self.make(one, other)
        return self.blocks.get((one, other))

    def fill(self) -> None:
        """Work out every block."""
        for one in self.classes.by_vpc:
            for other in self.classes.by_vpc:
                self.make(one, other)

    def make(self, one: str, other: str) -> None:
        """Work out the block of two VPCs anew."""
        self._made.add((one, other))
        block = self._block(one, other)
        if block is not None:
            self.blocks[one, other] = block
        else:
            self.blocks.pop((one, other), None)

    def connection(self, one: Place, other: Place) -> tuple[Case, ...] | None:
        """The cases between two places in different subnets; None where there are no two subnets."""
        key = (one.number, other.number)
        if key not in self._between:
            spots = _apart(one, other)
            self._between[key] = self.cases.between(*spots) if spots is not None else None
        return self._between[key]

    def _block(self, one: str, other: str) -> Block | None:
        import numpy as np

        rows = np.array(self.classes.by_vpc[one], dtype=np.int32)
        columns = np.array(self.classes.by_vpc[other], dtype=np.int32)
        found = self._elements(one, other, rows, columns)
        return Block(rows, columns, *found) if found is not None else None

    def renew(self, memberships: set[int]) -> None:
        """The rules of some sets of groups have changed: work out their rows and columns anew."""
        import numpy as np

        every = self.classes.all
        for (one, other), block in list(self.blocks.items()):
            rows = np.flatnonzero([every[n].membership in memberships for n in block.rows.tolist()])
            columns = np.flatnonzero([every[n].membership in memberships for n in block.columns.tolist()])
            for part in ((rows, np.arange(len(block.columns))), (np.arange(len(block.rows)), columns)):
                if not len(part[0]) or not len(part[1]):
                    continue
                found = self._elements(one, other, block.rows[part[0]], block.columns[part[1]])
                if found is None:
                    continue
                block.numbers[np.ix_(*part)] = found[0]
                if block.inside is not None and found[1] is not None:
                    block.inside[np.ix_(*part)] = found[1]

    def lift(self, change: dict[int, int]) -> None:
        """Atoms of traffic were split."""
        for key, cases in self._between.items():
            if cases:
                self._between[key] = tuple(c._replace(lets=c.lets.lifted(change)) for c in cases)

    def _elements(self, one: str, other: str, rows: Numbers, columns: Numbers) -> tuple[Numbers, Numbers | None] | None:
        import numpy as np

        near, far = self._by_vpc[one], self._by_vpc[other]
        kinds: dict[tuple[Case, ...], int] = {(): 0}
        local = {p.number: i for i, p in enumerate(near)}
        away = {p.number: i for i, p in enumerate(far)}
        which = np.zeros((len(near), len(far)), dtype=np.int32)
        for a in near:
            for b in far:
                found = self.connection(a, b)
                if found:
                    which[local[a.number], away[b.number]] = kinds.setdefault(found, len(kinds))
        if len(kinds) == 1 and one != other:
            return None
        every = [case for cases in kinds for case in cases]
        whole = {True} if one == other else set()
        egress = {k: self._filters(rows, columns, "egress", k) for k in {c.receiver for c in every} | whole}
        senders = {c.sender for c in every if c.source is None} | whole
        ingress = {k: self._filters(columns, rows, "ingress", k).T for k in senders}
        place = np.array([local[self.classes.all[n].place] for n in rows.tolist()], dtype=np.int32)
        reach = np.array([away[self.classes.all[n].place] for n in columns.tolist()], dtype=np.int32)
        kind = which[place][:, reach]
        numbers = np.zeros((len(rows), len(columns)), dtype=np.int32)
        for cases, number in kinds.items():
            if number:
                at = np.nonzero(kind == number) if len(kinds) > 2 or (which == 0).any() else None
                got = self._met(cases, egress, ingress, columns, at)
                if at is None:
                    numbers = got
                else:
                    numbers[at] = got
        inside = None
        if one == other:
            direct = Case(Valued(self.cases.axis.all, self.cases.axis.all), True, True, None)
            if (which == 1).all() and kinds.get((direct,)) == 1:
                inside = numbers
            else:
                inside = self._doubted(rows, columns, self._met((direct,), egress, ingress, columns, None))
        return self._doubted(rows, columns, numbers), inside

    def _filters(self, rows: Numbers, columns: Numbers, direction: Any, known: bool) -> Numbers:
        """What the groups of each row let through towards each column."""
        import numpy as np

        every = self.classes.all
        peers = np.array([every[n].peer for n in columns.tolist()], dtype=np.int64)
        lines: dict[int, int] = {}
        at = np.array([lines.setdefault(every[n].membership, len(lines)) for n in rows.tolist()], dtype=np.int64)
        table = np.empty((len(lines), len(columns)), dtype=np.int32)
        for membership, line in lines.items():
            row = self.filters.row(self.version, self.classes.memberships[membership], direction)
            table[line] = row[0 if known else 1][peers]
        return table[at]

    def _met(
        self,
        cases: tuple[Case, ...],
        egress: dict[bool, Numbers],
        ingress: dict[bool, Numbers],
        columns: Numbers,
        at: Any,
    ) -> Numbers:
        """The sets of some elements (all of them without `at`) in every case; open where cases differ."""
        import numpy as np

        whole: Numbers | None = None
        for case in cases:
            out = egress[case.receiver] if at is None else egress[case.receiver][at]
            if case.source is None:
                into = ingress[case.sender] if at is None else ingress[case.sender][at]
            else:
                line = self._from(case.source, columns)
                into = np.broadcast_to(line, out.shape) if at is None else line[at[1]]
            path = self.interned.number(case.lets)
            wide = int(into.max(initial=0)) + 1
            codes = out.astype(np.int64) * wide + into
            distinct, inverse = np.unique(codes, return_inverse=True)
            met = [self.interned.meet(c // wide, c % wide, path) for c in distinct.tolist()]
            got = np.array(met, dtype=np.int32)[inverse].reshape(out.shape)
            whole = got if whole is None else self._either(whole, got, case.why)
        assert whole is not None
        return whole

    def _either(self, one: Numbers, other: Numbers, why: int) -> Numbers:
        import numpy as np

        wide = int(other.max(initial=0)) + 1
        distinct, inverse = np.unique(one.astype(np.int64) * wide + other, return_inverse=True)
        values = self.interned.values
        met = [self.interned.number(values[c // wide].either(values[c % wide], why)) for c in distinct.tolist()]
        return np.array(met, dtype=np.int32)[inverse].reshape(one.shape)

    def _from(self, source: Spot, columns: Numbers) -> Numbers:
        """What the groups of each column let in from a rewriter's address."""
        import numpy as np

        every, found = self.classes.all, {}
        for number in columns.tolist():
            membership = every[number].membership
            if membership not in found:
                value = self.filters.one(self.version, self.classes.memberships[membership], "ingress", source.at)
                found[membership] = self.interned.number(value)
        return np.array([found[every[n].membership] for n in columns.tolist()], dtype=np.int32)

    def _doubted(self, rows: Numbers, columns: Numbers, numbers: Numbers) -> Numbers:
        """Where it is open whether an end has an address, so is everything between; who listens takes no more."""
        every, reasons = self.classes.all, self.cases.reasons
        for axis, ends in ((0, rows), (1, columns)):
            for at, number in enumerate(ends.tolist()):
                if doubt := every[number].doubt:
                    line = numbers[at] if axis == 0 else numbers[:, at]
                    values = [self.interned.values[n].doubted(reasons.bit(doubt)) for n in line.tolist()]
                    line[:] = [self.interned.number(value) for value in values]
        for at, number in enumerate(columns.tolist()):
            if every[number].takes is not None:
                taken = self.interned.number(self.cases.accepted(every[number].takes))
                numbers[:, at] = [self.interned.meet(n, taken, taken) for n in numbers[:, at].tolist()]
        return numbers


def _apart(one: Place, other: Place) -> tuple[Spot, Spot] | None:
    """Spots of two places that are in different subnets."""
    for a in one.spots:
        for b in other.spots:
            if a.subnet != b.subnet or not a.subnet:
                return a, b
    return None
