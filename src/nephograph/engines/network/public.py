"""Does an interface have an address the internet can send to?

Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html,
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
"""

from __future__ import annotations

from nephograph.engines.network.sweep import Gate
from nephograph.engines.network.view import View, name, present, truth
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, any_of, depends, yes


def elastic(view: View, owner: Resource) -> Verdict:
    """Is an Elastic IP associated with this instance or interface?

    An Elastic IP whose association is not known may be this one's.
    """
    own = view.estate.holders(owner.urn, "address_of", "aws_eip")
    found = [present(eip, yes(view.evidence(f"Elastic IP {name(eip)} is on {name(owner)}", eip))) for eip in own]
    field = "interface" if owner.kind == "aws_network_interface" else "instance"
    for eip in view.estate.of_kind("aws_eip"):
        lost = view.missing(eip, field)
        if lost and eip.scope == owner.scope:
            found.append(depends(f"what Elastic IP {name(eip)} is on ({lost[0]})"))
    return any_of(found)


def launched(view: View, instance: Resource, subnet: Resource | None) -> Verdict:
    """Is a public IPv4 address given at launch? The instance's own word beats its subnet's."""
    flag = instance.get("public_ip")
    if flag is not None:
        proof = view.evidence(f"{name(instance)} asks for a public address", instance, "public_ip")
        return truth(flag, f"whether {name(instance)} asks for a public address", False, (proof,))
    if subnet is None:
        return depends(f"whether the subnet of {name(instance)} gives public addresses")
    flag = subnet.get("public_ip_on_launch")
    proof = view.evidence(f"subnet {name(subnet)} gives a public address at launch", subnet, "public_ip_on_launch")
    return truth(flag, f"whether {name(subnet)} gives public addresses", False, (proof,))


def ipv6(view: View, owner: Resource, subnet: Resource | None) -> Verdict:
    """Does it have an IPv6 address? All addresses of a subnet's IPv6 range are public."""
    own = owner.get("ipv6_addresses")
    if isinstance(own, list) and own:
        return yes(view.evidence(f"{name(owner)} has an IPv6 address", owner, "ipv6_addresses"))
    count = owner.get("ipv6_address_count")
    if isinstance(count, int | float) and count > 0:
        return yes(view.evidence(f"{name(owner)} asks for an IPv6 address", owner, "ipv6_address_count"))
    if isinstance(own, Unknown) or isinstance(count, Unknown):
        return depends(f"whether {name(owner)} has an IPv6 address ({own if isinstance(own, Unknown) else count})")
    if subnet is None:
        return depends(f"whether {name(owner)} has an IPv6 address")
    block = subnet.get("ipv6_cidr")
    if block is None:
        return NO
    given = subnet.get("ipv6_on_launch")
    if given is None:
        return depends(f"whether {name(owner)} has an IPv6 address in {name(subnet)}")
    proof = view.evidence(f"subnet {name(subnet)} gives an IPv6 address at launch", subnet, "ipv6_on_launch")
    return truth(given, f"whether {name(subnet)} gives IPv6 addresses", False, (proof,))


def instance_gate(view: View, instance: Resource, subnet: Resource | None) -> Gate:
    """The public addresses of an instance's own interface."""
    refusal = view.evidence(f"{name(instance)} has no public address", instance, "public_ip")
    four = any_of((elastic(view, instance), launched(view, instance, subnet)))
    return Gate({4: four, 6: ipv6(view, instance, subnet)}, refusal)


def interface_gate(view: View, interface: Resource, subnet: Resource | None) -> Gate:
    """The public addresses of an interface that was made by itself.

    The pages say that an instance launched with it cannot ask for a public address, and leave open what the subnet's
    own setting does; so a subnet that gives addresses makes it depend.
    """
    refusal = view.evidence(f"interface {name(interface)} has no public address", interface)
    four = elastic(view, interface)
    if four.answer != "yes":
        given = launched(view, interface, subnet)
        if given.possible:
            told = f"whether interface {name(interface)}, which is made by itself, gets a public address"
            four = any_of((four, depends(told, *given.depends_on, because=given.because)))
    return Gate({4: four, 6: ipv6(view, interface, subnet)}, refusal)
