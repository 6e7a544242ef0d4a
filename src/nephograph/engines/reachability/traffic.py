"""The traffic axis: protocols, ports and ICMP types, cut at every boundary a rule speaks of, as bits of a mask.

Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html (types of ICMP in `from_port`),
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html (ports of clients)
"""

from __future__ import annotations

import bisect
import itertools
import operator
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from nephograph.engines.reachability.valued import Reasons, Valued
from nephograph.model.value import Unknown

TOP = 65535
PORTS = ("tcp", "udp")
TYPES = ("icmp", "icmpv6")
OTHER = "other"
"""Every protocol no rule names."""
ECHO = {"icmp": (8, 0), "icmpv6": (128, 129)}
"""The type of a request and that of its reply."""
CLIENTS = 1024
"""Machines send from a port of 1024 to 65535."""
_SAME = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "None": "all"}


class Span(NamedTuple):
    """Some traffic: a protocol and an interval of ports or types ((0, 0) for protocols without any)."""

    protocol: str
    low: int
    high: int


def protocol_of(said: Any) -> str:
    """The word of a protocol in a rule."""
    return _SAME.get(str(said), str(said))


def _top(protocol: str) -> int:
    return TOP if protocol in PORTS else 255 if protocol in TYPES else 0


def span_of(rule: Mapping[str, Any], kind: str) -> tuple[Span | None, str]:
    """(what a rule speaks of, the field that is not known). `kind` is the field of the ICMP type.

    No span: every protocol. With a field that is not known the span is the widest the rule may mean.
    """
    said = rule.get("protocol")
    if isinstance(said, Unknown):
        return None, f"the protocol ({said})"
    protocol = protocol_of(said)
    if protocol == "all":
        return None, ""
    if protocol in TYPES:
        one = rule.get(kind)
        if isinstance(one, Unknown):
            return Span(protocol, 0, 255), f"the ICMP type ({one})"
        every = (
            not isinstance(one, int | float)
            or one < 0
            or (kind == "from_port" and (one, rule.get("to_port")) == (0, TOP))
        )
        return (Span(protocol, 0, 255) if every else Span(protocol, int(one or 0), int(one or 0))), ""
    if protocol not in PORTS:
        return Span(protocol, 0, 0), ""
    low, high = rule.get("from_port"), rule.get("to_port")
    for bound in (low, high):
        if isinstance(bound, Unknown):
            return Span(protocol, 0, TOP), f"the ports ({bound})"
    return Span(protocol, 0 if low is None or low < 0 else int(low), TOP if high is None or high < 0 else int(high)), ""


class Axis:
    """The atoms of traffic. Each has a bit; bits of atoms that are split later are added at the end."""

    def __init__(self, spans: Iterable[Span]) -> None:
        cuts: dict[str, set[int]] = {p: {0} for p in (*PORTS, *TYPES, OTHER)}
        for protocol in PORTS:
            cuts[protocol] |= {1, CLIENTS}
        for protocol, (request, reply) in ECHO.items():
            cuts[protocol] |= {request, request + 1, reply, reply + 1}
        for span in spans:
            if span.low <= span.high <= _top(span.protocol):
                cuts.setdefault(span.protocol, {0}).update((span.low, span.high + 1))
        self._starts: dict[str, list[int]] = {}
        self._bits: dict[str, list[int]] = {}
        self.size = 0
        for protocol in sorted(cuts):
            starts = sorted(c for c in cuts[protocol] if c <= _top(protocol))
            self._starts[protocol] = starts
            self._bits[protocol] = [self._next() for _ in starts]
        self._masks: dict[Span, int] = {}
        self._settle()

    def _next(self) -> int:
        self.size += 1
        return 1 << (self.size - 1)

    def _settle(self) -> None:
        self.all = (1 << self.size) - 1
        self._masks.clear()
        # The atoms below each start: a span is the difference of two of them.
        self._below = {p: [0, *itertools.accumulate(bits, operator.or_)] for p, bits in self._bits.items()}
        self._clients = {p: self.mask(Span(p, CLIENTS, TOP)) for p in PORTS}
        self._anybody = {p: self.mask(Span(p, 1, TOP)) for p in PORTS}
        self._whole = {p: self.mask(Span(p, 0, TOP)) for p in PORTS}
        self._plain = self.all & ~sum(self._whole.values())
        self._echo = [(self.mask(Span(p, a, a)), self.mask(Span(p, b, b))) for p, (a, b) in ECHO.items()]

    @property
    def protocols(self) -> list[str]:
        """The protocols that have atoms of their own."""
        return sorted(self._starts)

    def starts(self, protocol: str) -> list[int]:
        """The first port, or type, of each atom of a protocol."""
        return list(self._starts[protocol])

    def fits(self, span: Span) -> bool:
        """Is the span a union of atoms already?"""
        starts = self._starts.get(span.protocol)
        if starts is None:
            return False
        top = _top(span.protocol)
        return span.low in starts and (span.high >= top or span.high + 1 in starts)

    def split(self, span: Span) -> dict[int, int]:
        """Cut atoms so that the span is a union of some: which bit stands for which other bits from now on."""
        change: dict[int, int] = {}
        if span.protocol not in self._starts:
            # A protocol that no rule named was a part of the others so far.
            self._starts[span.protocol], self._bits[span.protocol] = [0], [self._next()]
            change[self._bits[OTHER][0]] = self._bits[span.protocol][0]
        starts, bits = self._starts[span.protocol], self._bits[span.protocol]
        for cut in (span.low, span.high + 1):
            if cut <= _top(span.protocol) and cut not in starts:
                at = bisect.bisect_right(starts, cut)
                starts.insert(at, cut)
                bits.insert(at, self._next())
                change[bits[at - 1]] = change.get(bits[at - 1], 0) | bits[at] | change.get(bits[at], 0)
        self._settle()
        return change

    def mask(self, span: Span | None) -> int:
        """The atoms of a span; all of them for no span."""
        if span is None:
            return self.all
        found = self._masks.get(span)
        if found is None:
            starts, below = self._starts.get(span.protocol), self._below.get(span.protocol)
            found = 0
            if starts is not None and below is not None and span.low <= span.high:
                first, last = bisect.bisect_left(starts, span.low), bisect.bisect_right(starts, span.high)
                found = below[last] ^ below[first]
            self._masks[span] = found
        return found

    def bit(self, protocol: str, port: int = 0) -> int:
        """The atom that holds a port (a type; 0 for protocols without)."""
        named = protocol if protocol in self._starts else OTHER
        starts = self._starts[named]
        return self._bits[named][bisect.bisect_right(starts, port) - 1]

    def spans(self, mask: int) -> list[Span]:
        """A mask as spans, neighbours joined; `other` stands for every protocol that is not named."""
        found: list[Span] = []
        for protocol in sorted(self._starts):
            starts, bits = self._starts[protocol], self._bits[protocol]
            for at, (start, bit) in enumerate(zip(starts, bits, strict=True)):
                if not mask & bit:
                    continue
                end = starts[at + 1] - 1 if at + 1 < len(starts) else _top(protocol)
                if found and found[-1].protocol == protocol and found[-1].high + 1 == start:
                    found[-1] = found[-1]._replace(high=end)
                else:
                    found.append(Span(protocol, start, end))
        return found

    def answers(self, back: Valued, free: bool, why: int) -> Valued:
        """The traffic whose answers get back, when `back` is what lists let through on the way back.

        An answer goes to the port of the client. `free`: the client chooses it, one open port is enough; else its
        system does, and some open ports of 1024 to 65535 leave it open (`why`).
        """
        sure, open_ = back.sure & self._plain, back.open & self._plain
        for request, reply in self._echo:
            sure = sure | request if back.sure & reply else sure & ~request
            open_ = open_ | request if back.open & reply else open_ & ~request
        some = 0
        for protocol in PORTS:
            domain = self._anybody[protocol] if free else self._clients[protocol]
            got = back.sure & domain
            if got == domain or (free and got):
                sure |= self._whole[protocol]
            if back.open & domain:
                open_ |= self._whole[protocol]
                some |= int(not free and got != domain)
        return Valued(sure, open_, (back.why | (why if some else 0)) if sure != open_ else 0)


def doubt(reasons: Reasons, what: str, text: str) -> int:
    """The reason that a part of a rule is not known."""
    return reasons.bit(f"{text} of {what}")
