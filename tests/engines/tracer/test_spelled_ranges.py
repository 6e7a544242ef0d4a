"""Sets of addresses as people write them: CIDRs, and the internet's own gaps split nothing."""

from __future__ import annotations

import ipaddress

import pytest

from nephograph.engines.tracer.addresses import INTERNET
from nephograph.engines.tracer.spell import MOST, cidrs


def at(text: str) -> int:
    return int(ipaddress.ip_address(text))


def span(low: str, high: str) -> tuple[int, int]:
    return at(low), at(high)


@pytest.mark.parametrize(
    ("intervals", "written"),
    [
        ([], []),
        ([("203.0.114.7", "203.0.114.7")], ["203.0.114.7/32"]),
        ([("8.0.0.0", "8.255.255.255")], ["8.0.0.0/8"]),
        ([("8.0.0.0", "8.0.0.2")], ["8.0.0.0/31", "8.0.0.2/32"]),
        # In order, whatever order they came in.
        ([("8.0.0.0", "8.0.0.255"), ("4.0.0.0", "4.0.0.255")], ["4.0.0.0/24", "8.0.0.0/24"]),
        # 10.0.0.0/8 is none of the internet's: what stands on both sides of it is one.
        ([("9.0.0.0", "9.255.255.255"), ("11.0.0.0", "11.255.255.255")], ["9.0.0.0/8", "10.0.0.0/7"]),
        # Where one does not go up to the gap, or the other does not begin at it, they are two.
        ([("9.0.0.0", "9.255.255.254"), ("11.0.0.0", "11.255.255.255")], None),
        ([("9.0.0.0", "9.255.255.255"), ("11.0.0.1", "11.255.255.255")], None),
        # A piece of the internet between two gaps that is not among them keeps them apart.
        ([("9.0.0.0", "9.255.255.255"), ("128.0.0.0", "128.255.255.255")], None),
        # Private ranges are written as they are, and so is what reaches over the end of the internet's.
        ([("10.0.0.0", "10.255.255.255"), ("11.0.0.0", "11.255.255.255")], ["10.0.0.0/8", "11.0.0.0/8"]),
        ([("9.0.0.0", "10.0.0.0"), ("11.0.0.0", "11.0.0.255")], ["9.0.0.0/8", "10.0.0.0/32", "11.0.0.0/24"]),
        ([("10.0.0.0", "100.63.255.255"), ("100.128.0.0", "100.128.255.255")], None),
        ([("9.0.0.0", "9.255.255.255"), ("11.0.0.0", "100.64.0.0")], None),
        ([("10.255.255.255", "11.0.0.255")], ["10.255.255.255/32", "11.0.0.0/24"]),
        ([("9.0.0.0", "9.255.255.255"), ("10.0.0.0", "11.0.0.255")], ["9.0.0.0/8", "10.0.0.0/8", "11.0.0.0/24"]),
    ],
)
def test_a_set_is_written_as_cidrs_and_gaps_of_the_internet_split_nothing(
    intervals: list[tuple[str, str]], written: list[str] | None
) -> None:
    found = cidrs(4, [span(*one) for one in intervals])
    if written is None:
        # Every address of the set and no other one.
        held = [span(str(n[0]), str(n[-1])) for n in map(ipaddress.ip_network, found)]
        assert sum(high - low + 1 for low, high in held) == sum(at(high) - at(low) + 1 for low, high in intervals)
    else:
        assert found == written


@pytest.mark.parametrize(("version", "whole"), [(4, "0.0.0.0/0"), (6, "::/0")])
def test_all_of_the_internet_is_everything(version: int, whole: str) -> None:
    inner = list(INTERNET[version])
    assert cidrs(version, inner) == [whole]
    assert cidrs(version, list(reversed(inner))) == [whole]
    but_one = [*inner[:-1], (inner[-1][0], inner[-1][1] - 1)]
    assert whole not in cidrs(version, but_one)
    assert whole not in cidrs(version, [(inner[0][0] + 1, inner[0][1]), *inner[1:]])


def test_of_very_many_ranges_the_first_are_written_and_the_last_address() -> None:
    scattered = [(at("8.0.0.0") + 4 * number,) * 2 for number in range(MOST + 2)]
    found = cidrs(4, scattered)
    assert len(found) == MOST + 2
    assert found[-1] == f"and more, up to {ipaddress.IPv4Address(scattered[-1][0])}"
    assert len(cidrs(4, scattered[: MOST + 1])) == MOST + 1
    assert cidrs(4, scattered[: MOST + 1])[-1].endswith("/32")


def test_addresses_of_ipv6_are_written_as_such() -> None:
    assert cidrs(6, [span("2600:1f00::", "2600:1f00::ff")]) == ["2600:1f00::/120"]
