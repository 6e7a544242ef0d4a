"""What AWS's pages on VPC peering say reaches what, and what does not (`vpc/latest/peering/…`)."""

from __future__ import annotations

import itertools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import (
    alone,
    edits,
    machine,
    peering,
    subnet,
    vpc,
    wrong,
)

AB, AC, BC = (f"aws_vpc_peering_connection.{one}" for one in ("ab", "ac", "bc"))


# --- peering-configurations-full-access.html -------------------------------------------------------------------------


def test_two_vpcs_peered_together() -> None:
    six = {"a": "2001:db8:1234:1a00::", "b": "2001:db8:5678:2b00::"}
    to_a, to_b = {"172.16.0.0/16": AB}, {"10.0.0.0/16": AB}

    def two() -> str:
        ends = alone("a", "172.16.0.0/16", to_b, six["a"]) + alone("b", "10.0.0.0/16", to_a, six["b"])
        return peering("ab", "a", "b") + ends

    code = (
        peering("ab", "a", "b")
        + alone("a", "172.16.0.0/16", to_b, six["a"])
        + alone("b", "10.0.0.0/16", to_a, six["b"])
    )
    assert not wrong(
        code,
        """
        a -> b any: yes
        b -> a any: yes
        a -> b tcp6/22: no no-route
        internet -> b tcp/22: no
        """,
    )
    to_a[f"{six['a']}/56"] = AB
    code = (
        peering("ab", "a", "b")
        + alone("a", "172.16.0.0/16", to_b, six["a"])
        + alone("b", "10.0.0.0/16", to_a, six["b"])
    )
    assert not wrong(code, "b -> a tcp6/22: no no-route")
    to_b[f"{six['b']}/56"] = AB
    code = (
        peering("ab", "a", "b")
        + alone("a", "172.16.0.0/16", to_b, six["a"])
        + alone("b", "10.0.0.0/16", to_a, six["b"])
    )
    assert not wrong(
        code,
        """
        a -> b tcp6/22: yes
        b -> a tcp6/22: yes
        """,
    )


def test_several_ranges_are_routed_one_by_one() -> None:
    code = (
        vpc("a", "10.2.0.0/16", "10.4.0.0/16")
        + vpc("b", "10.0.0.0/16", "10.3.0.0/16")
        + peering("ab", "a", "b")
        + subnet("a2", "a", "10.2.1.0/24", {"10.0.0.0/16": AB, "10.3.0.0/16": AB})
        + subnet("a4", "a", "10.4.1.0/24", {"10.0.0.0/16": AB})
        + subnet("b0", "b", "10.0.1.0/24", {"10.2.0.0/16": AB, "10.4.0.0/16": AB})
        + subnet("b3", "b", "10.3.1.0/24", {"10.2.0.0/16": AB})
        + "".join(machine(name, name, vpc=name[0]) for name in ("a2", "a4", "b0", "b3"))
    )
    assert not wrong(
        code,
        """
        a2 -> b0 tcp/22: yes
        a2 -> b3 tcp/22: yes
        a4 -> b0 tcp/22: yes
        a4 -> b3 tcp/22: no no-route
        b3 -> a4 tcp/22: no no-route
        b3 -> a2 tcp/22: yes
        """,
    )


def hub() -> str:
    """A is peered with B and C, which send all they have for each other to A, too."""
    return (
        alone("a", "172.16.0.0/16", {"10.0.0.0/16": AB, "192.168.0.0/16": AC})
        + alone("b", "10.0.0.0/16", {"172.16.0.0/16": AB, "192.168.0.0/16": AB})
        + alone("c", "192.168.0.0/16", {"172.16.0.0/16": AC, "10.0.0.0/16": AC})
        + peering("ab", "a", "b")
        + peering("ac", "a", "c")
    )


def test_one_vpc_peered_with_two_does_not_join_them() -> None:
    assert not wrong(
        hub(),
        """
        a -> b tcp/22: yes
        b -> a tcp/22: yes
        a -> c tcp/22: yes
        c -> a tcp/22: yes
        b -> c tcp/22: no peering-not-transitive
        c -> b tcp/22: no peering-not-transitive
        """,
    )


def test_three_vpcs_in_a_full_mesh_of_which_two_have_ipv6() -> None:
    six = {"a": "2001:db8:1234:1a00::", "b": "2001:db8:5678:2b00::", "c": ""}
    four = {"a": "172.16.0.0/16", "b": "10.0.0.0/16", "c": "192.168.0.0/16"}
    code = ""
    for name in "abc":
        over = {
            other: f"aws_vpc_peering_connection.{''.join(sorted(name + other))}" for other in "abc" if other != name
        }
        routes = {four[other]: way for other, way in over.items()}
        routes |= {f"{six[other]}/56": way for other, way in over.items() if six[other] and six[name]}
        code += alone(name, four[name], routes, six[name])
    code += peering("ab", "a", "b") + peering("ac", "a", "c") + peering("bc", "b", "c")
    pairs = [f"{x} -> {y} tcp/22: yes" for x, y in itertools.permutations("abc", 2)]
    assert not wrong(code, "\n".join(pairs))
    assert not wrong(code, "a -> b tcp6/22: yes\nc -> b tcp6/22: no", alike=False)


def test_seven_vpcs_in_a_full_mesh() -> None:
    names = "abcdefg"
    cidr = {name: f"10.{at}.0.0/16" for at, name in enumerate(names)}
    code = "".join(peering(x + y, x, y) for x, y in itertools.combinations(names, 2))
    for name in names:
        others = [o for o in names if o != name]
        code += alone(
            name, cidr[name], {cidr[o]: f"aws_vpc_peering_connection.{min(name, o)}{max(name, o)}" for o in others}
        )
    assert not wrong(code, "\n".join(f"{x} -> {y} tcp/22: yes" for x, y in itertools.permutations(names, 2)))


# --- peering-configurations-partial-access.html ----------------------------------------------------------------------


def test_two_vpcs_that_access_specific_subnets_in_one_vpc() -> None:
    code = (
        vpc("a", "172.16.0.0/16")
        + subnet("a1", "a", "172.16.0.0/24", {"10.0.0.0/16": AB})
        + subnet("a2", "a", "172.16.1.0/24", {"192.168.0.0/16": AC})
        + machine("a1", "a1", vpc="a")
        + machine("a2", "a2", vpc="a")
        + alone("b", "10.0.0.0/16", {"172.16.0.0/24": AB})
        + alone("c", "192.168.0.0/16", {"172.16.1.0/24": AC})
        + peering("ab", "a", "b")
        + peering("ac", "a", "c")
    )
    assert not wrong(
        code,
        """
        a1 -> b tcp/22: yes
        b -> a1 tcp/22: yes
        a2 -> c tcp/22: yes
        c -> a2 tcp/22: yes
        b -> a2 tcp/22: no no-route
        a2 -> b tcp/22: no no-route
        c -> a1 tcp/22: no no-route
        a1 -> c tcp/22: no no-route
        a1 -> a2 tcp/22: yes
        """,
    )


def test_two_vpcs_that_access_specific_ranges_in_one_vpc() -> None:
    code = (
        vpc("a", "10.1.0.0/16", "10.2.0.0/16")
        + subnet("a1", "a", "10.1.1.0/24", {"172.16.0.0/16": AB})
        + subnet("a2", "a", "10.2.1.0/24", {"192.168.0.0/16": AC})
        + machine("a1", "a1", vpc="a")
        + machine("a2", "a2", vpc="a")
        + alone("b", "172.16.0.0/16", {"10.1.0.0/16": AB})
        + alone("c", "192.168.0.0/16", {"10.2.0.0/16": AC})
        + peering("ab", "a", "b")
        + peering("ac", "a", "c")
    )
    assert not wrong(
        code,
        """
        b -> a1 tcp/443: yes
        c -> a2 tcp/443: yes
        b -> a2 tcp/443: no no-route
        c -> a1 tcp/443: no no-route
        """,
    )


def overlapping(routes_of_a: dict[str, str]) -> str:
    """A with one subnet; B and C have the same range, each with a machine in both of their subnets."""
    code = alone("a", "172.16.0.0/16", routes_of_a) + peering("ab", "a", "b") + peering("ac", "a", "c")
    for name, over in (("b", AB), ("c", AC)):
        code += vpc(name, "10.0.0.0/16")
        for at in (1, 2):
            code += subnet(f"{name}{at}", name, f"10.0.{at - 1}.0/24", {"172.16.1.0/24": over})
            code += machine(f"{name}{at}", f"{name}{at}", f"10.0.{at - 1}.10", vpc=name)
    return code


def test_an_answer_goes_to_the_wrong_one_of_two_vpcs_with_the_same_range() -> None:
    assert not wrong(
        overlapping({"10.0.0.0/16": AC}),
        """
        b2 -> a tcp/389: no
        c2 -> a tcp/389: yes
        a -> c1 tcp/389: yes
        a -> b2 tcp/389: no
        """,
    )


def test_the_edit_is_a_route_for_the_subnet_of_who_asked() -> None:
    """peering-configurations-partial-access.html (routing for response traffic)"""
    assert edits(overlapping({"10.0.0.0/16": AC}), "b2 -> a tcp/443") == [{"route 10.0.1.0/24 to ab in route table a"}]


@pytest.mark.parametrize("routes", [{"10.0.1.0/24": AB, "10.0.0.0/16": AC}, {"10.0.1.0/24": AB, "10.0.0.0/24": AC}])
def test_a_more_specific_route_brings_the_answers_of_one_subnet_home(routes: dict[str, str]) -> None:
    assert not wrong(
        overlapping(routes),
        """
        b2 -> a tcp/389: yes
        a -> b2 tcp/389: yes
        c1 -> a tcp/389: yes
        a -> c1 tcp/389: yes
        c2 -> a tcp/389: no
        b1 -> a tcp/389: no
        """,
    )


def test_a_route_to_one_address_of_one_of_two_vpcs_with_the_same_range() -> None:
    code = overlapping({"10.0.1.10/32": AB, "10.0.0.0/16": AC})
    code += machine("x2", "b2", "10.0.1.77", vpc="b") + machine("y2", "c2", "10.0.1.77", vpc="c")
    assert not wrong(
        code,
        """
        b2 -> a tcp/389: yes
        a -> b2 tcp/389: yes
        x2 -> a tcp/389: no
        y2 -> a tcp/389: yes
        a -> c2 tcp/389: no
        a -> y2 tcp/389: yes
        """,
    )


def test_instances_in_one_vpc_that_access_specific_instances_in_two() -> None:
    code = (
        vpc("a", "172.16.0.0/16")
        + subnet("a", "a", "172.16.0.0/24", {"10.0.0.44/32": AB, "10.0.0.55/32": AC})
        + machine("a1", "a", "172.16.0.88", vpc="a")
        + machine("a2", "a", "172.16.0.99", vpc="a")
        + peering("ab", "a", "b")
        + peering("ac", "a", "c")
    )
    for name, over, host, theirs in (("b", AB, "10.0.0.44", "172.16.0.88"), ("c", AC, "10.0.0.55", "172.16.0.99")):
        code += vpc(name, "10.0.0.0/16") + subnet(name, name, "10.0.0.0/24", {f"{theirs}/32": over})
        code += machine(name, name, host, vpc=name) + machine(f"{name}x", name, "10.0.0.77", vpc=name)
    assert not wrong(
        code,
        """
        a1 -> b tcp/22: yes
        b -> a1 tcp/22: yes
        a2 -> c tcp/22: yes
        c -> a2 tcp/22: yes
        a2 -> b tcp/22: no no-route
        b -> a2 tcp/22: no no-route
        bx -> a1 tcp/22: no no-route
        a1 -> bx tcp/22: no no-route
        c -> a1 tcp/22: no no-route
        """,
    )


def test_a_spoke_and_a_mesh_with_overlapping_ranges() -> None:
    """VPCs A and X overlap, so do D and Z: routes by subnet keep them apart."""
    ad, dx, xy, xz, yz = (f"aws_vpc_peering_connection.{n}" for n in ("ad", "dx", "xy", "xz", "yz"))
    code = "".join(peering(n, n[0], n[1]) for n in ("ad", "dx", "xy", "xz", "yz"))
    code += alone("a", "172.16.0.0/16", {"10.0.0.0/24": ad})
    code += alone("x", "172.16.0.0/16", {"10.0.1.0/24": dx, "172.17.0.0/16": xy, "10.0.2.0/24": xz})
    code += alone("y", "172.17.0.0/16", {"172.16.0.0/16": xy, "10.0.0.0/16": yz})
    code += vpc("d", "10.0.0.0/16") + vpc("z", "10.0.0.0/16")
    code += subnet("d1", "d", "10.0.0.0/24", {"172.16.0.0/16": ad}) + subnet(
        "d2", "d", "10.0.1.0/24", {"172.16.0.0/16": dx}
    )
    code += subnet("z1", "z", "10.0.2.0/24", {"172.17.0.0/16": yz, "172.16.0.0/16": xz})
    code += subnet("z2", "z", "10.0.3.0/24", {"172.17.0.0/16": yz})
    code += "".join(machine(n, n, vpc=n[0]) for n in ("d1", "d2", "z1", "z2"))
    assert not wrong(
        code,
        """
        a -> d1 tcp/22: yes
        d1 -> a tcp/22: yes
        a -> d2 tcp/22: no no-route
        x -> d2 tcp/22: yes
        d2 -> x tcp/22: yes
        d1 -> x tcp/22: no
        x -> z1 tcp/22: yes
        x -> z2 tcp/22: no no-route
        z2 -> x tcp/22: no no-route
        y -> z2 tcp/22: yes
        x -> y tcp/22: yes
        a -> y tcp/22: no no-route
        """,
    )
