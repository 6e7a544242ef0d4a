"""TCP connections through namespaces, many at a time: who answers?"""

from __future__ import annotations

import errno
import resource
import select
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scripts.net_oracle.spaces import within

_RESET = struct.pack("ii", 1, 0)


class Probe(NamedTuple):
    """A connection: from an address of a namespace, by a port, to an address and a port."""

    space: str
    source: str
    sport: int
    target: str
    port: int


class Listeners:
    """Somebody listens on every port of every machine and says who he is. Close them before the namespaces go."""

    def __init__(self, spaces: Mapping[str, str], ports: Iterable[int]) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 65536)), hard))
        self.sockets: dict[int, tuple[socket.socket, bytes]] = {}
        for name, space in spaces.items():
            with within(space):
                for port in ports:
                    one = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
                    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    one.bind(("::", port))
                    one.listen(512)
                    one.setblocking(False)
                    self.sockets[one.fileno()] = (one, name.encode())

    def close(self) -> None:
        """Nobody listens any more."""
        for one, _ in self.sockets.values():
            one.close()


def answers(probes: list[Probe], listeners: Listeners, seconds: float) -> list[str]:
    """Who answered each probe, "" for nobody. Waits for `seconds` after the last sign of life."""
    found = [""] * len(probes)
    poll = select.epoll()
    for handle in listeners.sockets:
        poll.register(handle, select.EPOLLIN)
    opened: dict[int, tuple[int, socket.socket]] = {}
    accepted: list[socket.socket] = []
    order = sorted(range(len(probes)), key=lambda at: probes[at].space)
    begin = 0
    while begin < len(order):
        end = begin
        space = probes[order[begin]].space
        while end < len(order) and probes[order[end]].space == space:
            end += 1
        with within(space):
            for at in order[begin:end]:
                one = _connect(probes[at])
                if one is not None:
                    opened[one.fileno()] = (at, one)
                    poll.register(one.fileno(), select.EPOLLIN)
        begin = end
        _serve(poll, listeners, opened, accepted, found, 0.0)
    last = time.monotonic()
    while time.monotonic() - last < seconds and opened:
        if _serve(poll, listeners, opened, accepted, found, 0.02):
            last = time.monotonic()
    for one in [*(s for _, s in opened.values()), *accepted]:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        one.close()
    poll.close()
    return found


def _connect(probe: Probe) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in probe.target else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    one.setblocking(False)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind((probe.source, probe.sport))
    if one.connect_ex((probe.target, probe.port)) not in (0, errno.EINPROGRESS):
        # A rule of the sender's own groups, or a router that knows no way, refuses at once.
        one.close()
        return None
    return one


def _serve(
    poll: select.epoll,
    listeners: Listeners,
    opened: dict[int, tuple[int, socket.socket]],
    accepted: list[socket.socket],
    found: list[str],
    wait: float,
) -> int:
    events = poll.poll(wait, 4096)
    for handle, _ in events:
        if handle in listeners.sockets:
            listener, name = listeners.sockets[handle]
            while True:
                try:
                    served, _peer = listener.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    break
                served.setblocking(False)
                try:
                    served.send(name)
                except ConnectionError:
                    served.close()
                    continue
                accepted.append(served)
        elif handle in opened:
            at, one = opened.pop(handle)
            poll.unregister(handle)
            try:
                found[at] = one.recv(200).decode()
            except OSError:
                found[at] = ""
            accepted.append(one)
    return len(events)
