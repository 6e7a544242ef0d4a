"""Which traffic passes every layer: the port axis is cut at each rule boundary, address sets are met in each atom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from nephograph.engines.network.addresses import VERSIONS, Addresses, from_internet, shown, union
from nephograph.engines.network.cover import Cover, both, everything
from nephograph.engines.network.traffic import COMMON, TOP, WITH_PORTS, WITH_TYPES
from nephograph.model.facts import Ports
from nephograph.model.verdict import Answered, Evidence, Verdict, any_of, yes


class Layer(Protocol):
    """One thing a packet has to pass."""

    @property
    def refusal(self) -> Evidence:
        """What to say when the layer lets nothing of the internet through."""

    def cuts(self) -> Iterable[tuple[str, int]]:
        """(protocol, port) where its answer may change."""

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The addresses on the internet for which traffic of this protocol and port passes."""


class Flow(NamedTuple):
    """Traffic that passes: ports, sources as CIDRs (IPv4 before IPv6), and the verdict with its evidence."""

    ports: Ports
    sources: tuple[str, ...]
    verdict: Verdict


class Gate(NamedTuple):
    """A layer that asks one question of an IP version: is there an address, is it answered at all?"""

    verdicts: dict[int, Verdict]
    refusal: Evidence

    def cuts(self) -> Iterable[tuple[str, int]]:
        """A gate knows no ports."""
        return ()

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """Everybody or nobody."""
        return everything(version, self.verdicts[version])


class Listens(NamedTuple):
    """A layer that lets through only what somebody listens for; the verdict holds for that traffic."""

    protocols: tuple[str, ...]
    low: int
    high: int
    verdict: Verdict
    refusal: Evidence

    def cuts(self) -> Iterable[tuple[str, int]]:
        """The port that is listened on."""
        return [(protocol, port) for protocol in self.protocols for port in (self.low, self.high + 1)]

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """Everybody, on that port."""
        listens = protocol in self.protocols and self.low <= port <= self.high
        return everything(version, self.verdict) if listens else ()


_Key = tuple[Answered, tuple[str, ...], Addresses]
_Run = tuple[str, int, int, _Key, tuple[Evidence, ...]]


def sweep(layers: Sequence[Layer]) -> list[Flow]:
    """Everything that passes all layers, as few flows as say it exactly, yes before depends."""
    cuts = {cut for layer in layers for cut in layer.cuts()}
    protocols = sorted({*COMMON, *(protocol for protocol, _ in cuts)})
    merged: dict[tuple[Ports, Answered, tuple[str, ...]], tuple[list[str], list[Evidence]]] = {}
    for version in VERSIONS:
        runs = [run for protocol in protocols for run in _runs(layers, version, protocol, cuts)]
        for protocol, low, high, (answer, on, addresses), because in _whole(runs, protocols):
            sources, proof = merged.setdefault((Ports(protocol, low, high), answer, on), ([], []))
            sources += [source for source in shown(version, addresses) if source not in sources]
            proof += [evidence for evidence in because if evidence not in proof]
    flows = [Flow(p, tuple(s), Verdict(a, tuple(e), on)) for (p, a, on), (s, e) in merged.items()]
    return sorted(flows, key=lambda flow: (flow.verdict.answer != "yes", flow.ports, flow.verdict.depends_on))


def closed(layers: Sequence[Layer]) -> list[Evidence]:
    """The layers that let nothing of the internet through, whatever the others do: each a reason for a no."""
    cuts = {cut for layer in layers for cut in layer.cuts()}
    protocols = sorted({*COMMON, *(protocol for protocol, _ in cuts)})

    def shut(layer: Layer) -> bool:
        return not any(
            from_internet(version, piece.addresses)
            for version in VERSIONS
            for protocol in protocols
            for low, _ in atoms(protocol, cuts)
            for piece in layer.cover(version, protocol, low)
        )

    return [layer.refusal for layer in layers if shut(layer)]


def atoms(protocol: str, cuts: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
    """The intervals of ports between the cuts of one protocol; one interval for protocols without ports."""
    if protocol not in (*WITH_PORTS, *WITH_TYPES):
        return [(0, TOP)]
    starts = sorted({0} | {port for p, port in cuts if p == protocol and 0 < port <= TOP})
    return list(zip(starts, [s - 1 for s in starts[1:]] + [TOP], strict=True))


def _runs(layers: Sequence[Layer], version: int, protocol: str, cuts: Iterable[tuple[str, int]]) -> list[_Run]:
    """Maximal intervals of ports over which the same sources get the same answer."""
    done: list[_Run] = []
    going: dict[_Key, tuple[int, int, tuple[Evidence, ...]]] = {}
    for low, high in atoms(protocol, cuts):
        now: dict[_Key, tuple[int, int, tuple[Evidence, ...]]] = {}
        for key, because in _answers(layers, version, protocol, low).items():
            before = going.pop(key, None)
            start = before[0] if before else low
            now[key] = (start, high, tuple(dict.fromkeys((before[2] if before else ()) + because)))
        done += [(protocol, start, end, key, because) for key, (start, end, because) in going.items()]
        going = now
    done += [(protocol, start, end, key, because) for key, (start, end, because) in going.items()]
    return done


def _answers(layers: Sequence[Layer], version: int, protocol: str, port: int) -> dict[_Key, tuple[Evidence, ...]]:
    cover = everything(version, yes())
    for layer in layers:
        cover = both(cover, layer.cover(version, protocol, port))
        if not cover:
            return {}
    grouped: dict[tuple[Answered, tuple[str, ...]], tuple[Addresses, tuple[Evidence, ...]]] = {}
    for piece in cover:
        if not from_internet(version, piece.addresses):
            continue
        key = (piece.verdict.answer, piece.verdict.depends_on)
        addresses, because = grouped.get(key, ((), ()))
        grouped[key] = (union(addresses, piece.addresses), because + piece.verdict.because)
    return {
        (answer, on, addresses): tuple(dict.fromkeys(because)) for (answer, on), (addresses, because) in grouped.items()
    }


def _whole(runs: list[_Run], protocols: Sequence[str]) -> list[_Run]:
    """Say "all" where every protocol, named or not, passes alike on every port."""
    full: dict[_Key, list[_Run]] = {}
    for run in runs:
        if (run[1], run[2]) == (0, TOP):
            full.setdefault(run[3], []).append(run)
    joined = {key: same for key, same in full.items() if len(same) == len(protocols)}
    rest = [run for run in runs if run[3] not in joined or (run[1], run[2]) != (0, TOP)]
    return [
        ("all", 0, TOP, key, tuple(dict.fromkeys(e for run in same for e in run[4]))) for key, same in joined.items()
    ] + rest


def merged(flows: list[Flow]) -> list[Flow]:
    """The same traffic over several subnets is one flow: certain where one of them is."""
    same: dict[tuple[Ports, tuple[str, ...]], list[Verdict]] = {}
    for flow in flows:
        same.setdefault((flow.ports, flow.sources), []).append(flow.verdict)
    return [Flow(ports, sources, any_of(verdicts)) for (ports, sources), verdicts in same.items()]
