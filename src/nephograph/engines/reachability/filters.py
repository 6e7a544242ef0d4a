"""What sets of groups let through towards every peer, as rows of numbers of interned sets.

Most rules of a set do not tell most peers apart: a row is worked out for each combination of rules that some peer
meets, and looked up for all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.engines.reachability.classes import Classes
from nephograph.engines.reachability.groups import ANYBODY, Groups, Lets
from nephograph.engines.reachability.interfaces import Membership
from nephograph.engines.reachability.traffic import Axis
from nephograph.engines.reachability.valued import NOTHING, Interned, Reasons, Valued

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]


class Columns:
    """The peers of one version as matrices: which prefixes hold their address, which groups they are in."""

    def __init__(self, classes: Classes) -> None:
        import numpy as np

        self.classes = classes
        addresses: dict[tuple[int, ...], int] = {}
        unions: dict[tuple[tuple[str, ...], str], int] = {}
        peers = classes.peers
        self.address_of = np.array([addresses.setdefault(p.prefixes, len(addresses)) for p in peers], dtype=np.int64)
        self.union_of = np.array([unions.setdefault((p.groups, p.lost), len(unions)) for p in peers], dtype=np.int64)
        self.held = np.zeros((len(classes.rules.known), len(addresses)), dtype=bool)
        for prefixes, at in addresses.items():
            self.held[list(prefixes), at] = True
        self.groups = {g: n for n, g in enumerate(sorted({g for groups, _ in unions for g in groups}))}
        self.joined = np.zeros((len(self.groups), len(unions)), dtype=bool)
        for (groups, _), at in unions.items():
            self.joined[[self.groups[g] for g in groups], at] = True
        self.lost = [(at, why) for (_, why), at in unions.items() if why]
        """Peers that may be in any group, and why."""


class Filters:
    """Rows of sets by membership and direction."""

    def __init__(
        self, groups: Groups, axis: Axis, reasons: Reasons, interned: Interned, classes: dict[int, Classes]
    ) -> None:
        self.groups = groups
        self.axis = axis
        self.reasons = reasons
        self.interned = interned
        self.classes = classes
        self._columns: dict[int, Columns] = {}
        self._lets: dict[tuple[Membership, Any], Lets] = {}
        self._rows: dict[tuple[int, Membership, Any], tuple[Numbers, Numbers]] = {}

    def lets(self, membership: Membership, direction: Any) -> Lets:
        """What a set of groups lets through, by peer."""
        key = (membership, direction)
        found = self._lets.get(key)
        if found is None:
            found = self._lets[key] = self.groups.lets(self.axis, self.reasons, membership, direction)
        return found

    def forget(self, group: str) -> None:
        """A group has other rules now."""
        self._lets = {key: lets for key, lets in self._lets.items() if group not in key[0].groups}
        self._rows = {key: rows for key, rows in self._rows.items() if group not in key[1].groups}

    def lift(self) -> None:
        """Atoms of traffic were split: rows of numbers hold on, sets do not."""
        self._lets.clear()

    def learn(self) -> None:
        """A prefix was learnt: peers are told apart by one thing more."""
        self._columns.clear()

    def row(self, version: int, membership: Membership, direction: Any) -> tuple[Numbers, Numbers]:
        """Numbers of sets towards every peer of a version: (groups of the peer known, not known)."""
        key = (version, membership, direction)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = self._row(version, self.lets(membership, direction))
        elif len(found[0]) < len(self.classes[version].peers):
            # Peers that a new prefix has set apart are met by these rules as they were before.
            found = self._rows[key] = self._longer(found, self.classes[version])
        return found

    def _longer(self, found: tuple[Numbers, Numbers], classes: Classes) -> tuple[Numbers, Numbers]:
        import numpy as np

        known, alone = found
        for number in range(len(known), len(classes.peers)):
            known = np.append(known, known[classes.origins[number]])
            alone = np.append(alone, alone[classes.origins[number]])
        return known, alone

    def one(self, version: int, membership: Membership, direction: Any, at: int) -> Valued:
        """What passes to or from a bare address, whose groups nobody knows."""
        found = NOTHING
        for (kind, key), value in self.lets(membership, direction).items():
            if kind == "any" or (kind == "cidr" and key.version == version and key.holds(at)):
                found = found.join(value)
        return found

    def named(self, membership: Membership, direction: Any) -> Valued:
        """What passes to or from some group that a rule names."""
        return _named(self.lets(membership, direction))

    def _row(self, version: int, lets: Lets) -> tuple[Numbers, Numbers]:
        import numpy as np

        if version not in self._columns:
            self._columns[version] = Columns(self.classes[version])
        columns = self._columns[version]
        rules = columns.classes.rules
        always = lets.get(ANYBODY, NOTHING)
        by_prefix = [(rules.number(k[1]), v) for k, v in lets.items() if k[0] == "cidr" and k[1].version == version]
        by_group = [(columns.groups[k[1]], v) for k, v in lets.items() if k[0] == "group" and k[1] in columns.groups]
        near, far = _combined(columns.held, by_prefix), _combined(columns.joined, by_group)
        self._perhaps_joined(lets, columns.lost, *far)
        table = np.zeros((len(near[1]), len(far[1])), dtype=np.int32)
        for one, value in enumerate(near[1]):
            for two, other in enumerate(far[1]):
                table[one, two] = self.interned.number(always.join(value).join(other))
        alone = np.array([self.interned.number(always.join(value)) for value in near[1]], dtype=np.int32)
        at = near[0][columns.address_of]
        return table[at, far[0][columns.union_of]], alone[at]

    def _perhaps_joined(
        self, lets: Lets, lost: list[tuple[int, str]], which: NDArray[np.int64], values: list[Valued]
    ) -> None:
        """Whoever may be in any group is perhaps let through by every rule that names one."""
        named = _named(lets) if lost else NOTHING
        for at, why in lost if named.open else ():
            values.append(values[which[at]].join(named.doubted(self.reasons.bit(why))))
            which[at] = len(values) - 1


def _named(lets: Lets) -> Valued:
    found = NOTHING
    for (kind, _), value in lets.items():
        found = found.join(value) if kind == "group" else found
    return found


def _combined(matrix: NDArray[np.bool_], rules: list[tuple[int, Valued]]) -> tuple[Any, list[Valued]]:
    """(for each column the combination of rules it meets, the sets of the combinations)."""
    import numpy as np

    width = matrix.shape[1]
    if not rules:
        return np.zeros(width, dtype=np.int64), [NOTHING]
    hits = matrix[[number for number, _ in rules]]
    met = np.flatnonzero(hits.any(axis=1))
    hits, values = hits[met], [rules[at][1] for at in met.tolist()]
    if not values:
        return np.zeros(width, dtype=np.int64), [NOTHING]
    packed = np.packbits(hits, axis=0)
    if packed.shape[0] <= 8:
        codes = np.zeros(width, dtype=np.uint64)
        for byte in packed:
            codes = (codes << np.uint64(8)) | byte
        _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    else:
        _, first, inverse = np.unique(packed, axis=1, return_index=True, return_inverse=True)
    found = []
    for column in first.tolist():
        value = NOTHING
        for at in np.flatnonzero(hits[:, column]).tolist():
            value = value.join(values[at])
        found.append(value)
    return inverse.reshape(-1), found
