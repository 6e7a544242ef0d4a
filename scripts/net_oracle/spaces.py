"""Network namespaces of Linux: made, wired, entered and taken away again. Needs root, iproute2 and nftables."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pathlib
import shutil
import subprocess
from collections.abc import Iterator

_CLONE_NEWNET = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)
_PLACE = pathlib.Path("/run/netns")


def why_not() -> str:
    """Why namespaces cannot be used on this machine; "" when they can."""
    if os.name != "posix" or os.uname().sysname != "Linux":
        return "network namespaces are a feature of Linux"
    if os.geteuid() != 0:
        return "network namespaces need root"
    for command, package in (("ip", "iproute2"), ("nft", "nftables")):
        if shutil.which(command) is None:
            return f"there is no `{command}` command (package {package})"
    tried = subprocess.run(["ip", "netns", "add", "neph-probe"], capture_output=True, text=True, check=False)
    if tried.returncode:
        return f"`ip netns add` is refused: {tried.stderr.strip()}"
    rules = "table inet t {\n chain c {\n  type filter hook input priority 0\n  ct state established accept\n }\n}\n"
    with within("neph-probe"):
        tried = subprocess.run(["nft", "-f", "-"], input=rules, capture_output=True, text=True, check=False)
    subprocess.run(["ip", "netns", "del", "neph-probe"], check=False)
    return f"`nft` is refused: {tried.stderr.strip()[:200]}" if tried.returncode else ""


@contextlib.contextmanager
def within(name: str) -> Iterator[None]:
    """Run in a namespace: sockets made here stay there, and commands started here run there."""
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    other = os.open(_PLACE / name, os.O_RDONLY)
    try:
        _enter(other)
        yield
    finally:
        _enter(own)
        os.close(own)
        os.close(other)


def _enter(handle: int) -> None:
    if _LIBC.setns(handle, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def batch(lines: list[str]) -> None:
    """Many `ip` commands at once; `-6 ` before one means IPv6. Raises `RuntimeError` with the line that failed."""
    six = [line.removeprefix("-6 ") for line in lines if line.startswith("-6 ")]
    four = [line.removeprefix("-4 ") for line in lines if not line.startswith("-6 ")]
    for family, part in ((("-4",), four), (("-6",), six)):
        if not part:
            continue
        command = ["ip", *family, "-batch", "-"]
        done = subprocess.run(command, input="\n".join(part) + "\n", capture_output=True, text=True, check=False)
        if done.returncode:
            number = int("".join(c for c in done.stderr.rpartition("-:")[2] if c.isdigit()) or 0)
            raise RuntimeError(f"ip: {done.stderr.strip()}\n{part[number - 1] if 0 < number <= len(part) else ''}")


def rules(text: str) -> None:
    """Load rules of nftables. Raises `RuntimeError` with what it says."""
    done = subprocess.run(["nft", "-f", "-"], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"nft: {done.stderr.strip()[:2000]}\n{text}")


_SETTINGS = {
    "ipv4/ip_forward": "1",
    "ipv4/conf/all/rp_filter": "0",
    "ipv4/conf/default/rp_filter": "0",
    "ipv4/conf/all/send_redirects": "0",
    "ipv4/conf/default/send_redirects": "0",
    "ipv4/conf/all/accept_redirects": "0",
    "ipv6/conf/all/forwarding": "1",
    "ipv6/conf/default/forwarding": "1",
    "ipv6/conf/all/accept_dad": "0",
    "ipv6/conf/default/accept_dad": "0",
    "ipv6/conf/default/addr_gen_mode": "1",
    "ipv6/conf/default/router_solicitations": "0",
    "ipv4/tcp_syn_retries": "2",
    "ipv4/ip_local_port_range": "2000 2100",
}


def settle(forwards: bool) -> None:
    """The switches of a namespace one is in."""
    for name, value in _SETTINGS.items():
        off = name in ("ipv4/ip_forward", "ipv6/conf/all/forwarding", "ipv6/conf/default/forwarding") and not forwards
        pathlib.Path("/proc/sys/net", name).write_text("0" if off else value)


def remove(names: list[str]) -> None:
    """Take namespaces away, with all that is in them."""
    batch_of = "\n".join(f"netns del {name}" for name in names) + "\n"
    subprocess.run(["ip", "-force", "-batch", "-"], input=batch_of, capture_output=True, text=True, check=False)
