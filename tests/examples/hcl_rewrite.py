"""Rewrites of a Terraform tree that change nothing about the estate: every answer must stay the same.

Each rewrite returns the new tree and a function from old addresses to new ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from hcl_text import HEADER, Tree, directory, items, module_source, on_code, on_strings

Address = Callable[[str], str]
Rewrite = tuple[Tree, Address]

TREES = ("alder", "aspen", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan", "yew")
SCOPES = {"resource", "data", "module", "variable", "local"}


@dataclass
class Names:
    """New names of one directory: (scope, old name) to the new one. Resources are named by `type.label`."""

    new: dict[tuple[str, str], str]
    calls: dict[str, str]
    """Module call to the directory it calls."""


def rename(tree: Tree, seed: int) -> Rewrite:
    """Every resource, data source, module call, variable and local gets another name, everywhere it is spoken of."""
    chance = random.Random(seed)
    names = _names(tree, chance)
    out: Tree = {}
    for name, text in tree.items():
        own = names.get(directory(name))
        if own is None or not name.endswith((".tf", ".tfvars")):
            out[name] = text
        elif name.endswith(".tfvars"):
            out[name] = _keys(text, own, "variable")
        else:
            out[name] = "\n".join(_renamed(item, own, names) for item in items(text))
    return out, lambda address: _address(address, names)


def _names(tree: Tree, chance: random.Random) -> dict[str, Names]:
    found: dict[str, Names] = {}
    count = 0
    for name, text in sorted(tree.items()):
        if not name.endswith(".tf"):
            continue
        here = found.setdefault(directory(name), Names({}, {}))
        for item in items(text):
            for scope, key in _declared(item):
                count += 1
                here.new[scope, key] = f"{chance.choice(TREES)}_{count}"
                if scope == "module":
                    here.calls[key] = module_source(directory(name), item) or ""
    return found


def _declared(item: str) -> list[tuple[str, str]]:
    header = HEADER.search(item)
    if header is None:
        body = re.search(r"^locals \{\n(.*?)^\}", item, re.MULTILINE | re.DOTALL)
        return [("local", key) for key in re.findall(r"^  (\w+)\s*=", body[1], re.MULTILINE)] if body else []
    labels = re.findall(r'"([^"]*)"', header[2])
    if header[1] in ("output", "provider"):
        return []
    return [(header[1], ".".join(labels))]


def _keys(text: str, own: Names, scope: str, indent: str = "") -> str:
    """The text with its attributes of that indent renamed as that directory's variables or locals."""
    return re.sub(
        rf"^{indent}(\w+)(\s*=)",
        lambda m: indent + own.new.get((scope, m[1]), m[1]) + m[2],
        text,
        flags=re.MULTILINE,
    )


def _renamed(item: str, own: Names, names: dict[str, Names]) -> str:
    def reference(match: re.Match[str]) -> str:
        data, kind, label = match["data"] or "", match["kind"], match["label"]
        scope = {"var": "variable", "local": "local", "module": "module"}.get(kind)
        key = ("data" if data else "resource", f"{kind}.{label}") if scope is None else (scope, label)
        return f"{data}{kind}.{own.new[key]}" if key in own.new else match[0]

    text = on_code(item, lambda code: _REFERENCE.sub(reference, code))
    header = HEADER.search(text)
    if header is None:
        if re.search(r"^locals \{", text, re.MULTILINE):
            text = _keys(text, own, "local", "  ")
        return text
    labels = re.findall(r'"([^"]*)"', header[2])
    new = own.new.get((header[1], ".".join(labels)))
    if new is None:
        return text
    if header[1] == "module":
        text = _keys(text, names[own.calls[labels[0]]], "variable", "  ")
    line = f"{header[1]} " + " ".join(f'"{label}"' for label in (*labels[:-1], new)) + " {"
    return text.replace(header[0], line, 1)


_REFERENCE = re.compile(r"(?<![\w.])(?P<data>data\.)?(?P<kind>var|local|module|[a-z]+_\w+)\.(?P<label>\w+)")
_STEP = re.compile(r"(?:(module)\.(\w+)|(data\.)?([a-z]\w+)\.(\w+))(\[[^\]]*\])?\.?")


def _address(address: str, names: dict[str, Names]) -> str:
    """The address with every label renamed; words that are no address (internet) stay."""
    here, out, at = "", [], 0
    while at < len(address):
        step = _STEP.match(address, at)
        if step is None or here not in names:
            return address
        own = names[here]
        if step[1]:
            out.append(f"module.{own.new[('module', step[2])]}{step[6] or ''}")
            here = own.calls[step[2]]
        else:
            scope = "data" if step[3] else "resource"
            out.append(f"{step[3] or ''}{step[4]}.{own.new[(scope, f'{step[4]}.{step[5]}')]}{step[6] or ''}")
        at = step.end()
    return ".".join(out)


def renumber(tree: Tree, seed: int, words: tuple[str, ...]) -> Rewrite:
    """Other names (the given words), accounts, ids and addresses; what lies in what stays so."""
    chance = random.Random(seed)
    fresh = {word: f"{chance.choice(TREES)}{number}" for number, word in enumerate(words)}
    name = re.compile(
        r"(?<![A-Za-z0-9])(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?![A-Za-z0-9])"
    )
    accounts: dict[str, str] = {}
    second, third = chance.randrange(1, 255), chance.randrange(1, 3)

    def account(match: re.Match[str]) -> str:
        return accounts.setdefault(match[0], f"{len(accounts) + 1}{chance.randrange(10**10, 10**11)}")

    def network(match: re.Match[str]) -> str:
        a, b, c, d = (int(match[n]) for n in range(1, 5))
        if a == 10:
            return f"10.{(b + second) % 256}.{c}.{d}"
        if f"{a}.{b}.{c}" in _DOCUMENTATION:
            return f"{_DOCUMENTATION[(_DOCUMENTATION.index(f'{a}.{b}.{c}') + third) % 3]}.{d}"
        return match[0]

    def identifier(match: re.Match[str]) -> str:
        return match[1] + "".join(chance.choice("0123456789abcdef") if c != "-" else c for c in match[2])

    def change(text: str) -> str:
        text = re.sub(r"(?<!\d)\d{12}(?!\d)", account, text)
        text = re.sub(r"(?<![\d.])(\d+)\.(\d+)\.(\d+)\.(\d+)(?![\d.])", network, text)
        text = re.sub(r"(ami-)([0-9a-f]{8,17})(?![0-9a-f])", identifier, text)
        text = re.sub(r"(certificate/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", identifier, text)
        return name.sub(lambda m: fresh[m[1]], text)

    out = {n: on_strings(t, change) if n.endswith((".tf", ".tfvars")) else t for n, t in tree.items()}
    return out, lambda address: accounts.get(address, address)


_DOCUMENTATION = ("192.0.2", "198.51.100", "203.0.113")


def shuffle(tree: Tree, seed: int) -> Rewrite:
    """Blocks move between files and change places; files get other names."""
    chance = random.Random(seed)
    out: Tree = {}
    pools: dict[tuple[str, str], list[str]] = {}
    for name, text in sorted(tree.items()):
        if name.endswith(".tf"):
            pools.setdefault((directory(name), ".tf"), []).extend(items(text))
        elif name.endswith(".tfvars"):
            pools[name, ".tfvars"] = items(text)
        else:
            out[name] = text
    for (where, kind), pool in pools.items():
        chance.shuffle(pool)
        if kind == ".tfvars":
            out[where] = "\n".join(pool)
            continue
        for number in range(3):
            file = f"{chance.choice(TREES)}_{number}.tf"
            out[f"{where}/{file}" if where else file] = "\n".join(pool[number::3])
    return out, lambda address: address
