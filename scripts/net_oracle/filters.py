"""Security groups and network ACLs in the words of nftables."""

from __future__ import annotations

from typing import Any

from scripts.net_oracle.things import Things, of_kind


def group_rules(things: Things, groups: list[str]) -> list[str]:
    """Two chains, `ingress` and `egress`: they return for what some rule of the groups allows, and drop the rest."""
    lines = []
    for way, side in (("ingress", "saddr"), ("egress", "daddr")):
        lines += [f" chain {way} {{"]
        for key in groups:
            for rule in things[key[1:]].get(way) or ():
                peers = _peers(things, key[1:], rule)
                for word, texts in peers:
                    lines.append(f"  {word} {side} {{ {', '.join(texts)} }}{_known(rule, word)}{_traffic(rule)} return")
        lines += ["  drop", " }"]
    return lines


def _known(rule: dict[str, Any], word: str) -> str:
    """Rules that name a group want a sender nobody has forgotten."""
    return "" if rule.get("cidr") else f" {word} dscp 0"


def _peers(things: Things, group: str, rule: dict[str, Any]) -> list[tuple[str, list[str]]]:
    if rule.get("cidr"):
        return [("ip6" if ":" in rule["cidr"] else "ip", [rule["cidr"]])]
    named = group if rule.get("itself") else rule["group"][1:]
    four: list[str] = []
    six: list[str] = []
    for kind in ("aws_instance", "aws_lb"):
        for config in of_kind(things, kind).values():
            if f"@{named}" in config["security_groups"]:
                four += config["private_ips"] if kind == "aws_lb" else [config["private_ip"]]
                six += config.get("ipv6_addresses") or []
    # Machines of VPCs whose ranges overlap may have one address twice; a set of nftables holds it once.
    return [(word, sorted(set(texts))) for word, texts in (("ip", four), ("ip6", six)) if texts]


def entries(number: int, acl: dict[str, Any] | None) -> list[str]:
    """Two chains of a subnet, in the order of the numbers; without a list everything passes."""
    lines = []
    for way, side in (("ingress", "saddr"), ("egress", "daddr")):
        lines.append(f" chain {way}{number} {{")
        for rule in sorted(acl[way], key=lambda r: int(r["number"])) if acl else ():
            word = "ip6" if ":" in rule["cidr"] else "ip"
            verdict = "return" if rule["action"] == "allow" else "drop"
            lines.append(f"  {word} {side} {rule['cidr']}{_traffic(rule)} {verdict}")
        lines += ["  drop" if acl else "  return", " }"]
    return lines


def _traffic(rule: dict[str, Any]) -> str:
    if rule["protocol"] == "all":
        return ""
    low, high = rule["from_port"], rule["to_port"]
    return f" {rule['protocol']} dport {low}-{high}" if low != high else f" {rule['protocol']} dport {low}"
