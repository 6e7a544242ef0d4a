"""Rewrites that move resources between the root and modules of its own: the estate stays the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcl_rewrite import Rewrite
from hcl_text import HEADER, Tree, directory, items, module_source, on_code

_NAME = re.compile(r"(?<![\w.])(data\.)?(var|local|module|[a-z]+_\w+)\.(\w+)(?:\.(\w+))?")


def into_module(tree: Tree, addresses: Sequence[str], module: str, provider: str) -> Rewrite:
    """Move resources of the root that use `provider` into a new module; inputs and outputs carry what they need.

    A resource leaves the module as one whole object, so every attribute and index of it keeps working.
    """
    moved: list[str] = []
    out = dict(tree)
    for name, text in tree.items():
        if directory(name) == "" and name.endswith(".tf"):
            mine = [i for i in items(text) if _resource(i) in addresses]
            moved += mine
            out[name] = "\n".join(i for i in items(text) if i not in mine)
    assert len(moved) == len(addresses), "every resource to move is in the root"

    inputs: dict[str, str] = {}

    def inward(match: re.Match[str]) -> str:
        data, kind, label, attribute = match[1] or "", match[2], match[3], match[4]
        if f"{data}{kind}.{label}" in addresses:
            return match[0]
        if kind == "module":
            whole, rest = f"module.{label}.{attribute}", ""
        else:
            whole, rest = f"{data}{kind}.{label}", f".{attribute}" if attribute else ""
        key = re.sub(r"\W", "_", whole)
        inputs[key] = whole
        return f"var.{key}{rest}"

    def outward(match: re.Match[str]) -> str:
        whole = f"{match[1] or ''}{match[2]}.{match[3]}"
        if whole not in addresses:
            return match[0]
        return f"module.{module}.{whole.replace('.', '_')}" + (f".{match[4]}" if match[4] else "")

    bodies = [
        on_code(re.sub(r"^  provider\s*= .*\n\n?", "", item, flags=re.MULTILINE), lambda c: _NAME.sub(inward, c))
        for item in moved
    ]
    for name in out:
        if directory(name) == "" and name.endswith(".tf"):
            out[name] = on_code(out[name], lambda c: _NAME.sub(outward, c))
    out[f"modules/{module}/main.tf"] = "\n".join(bodies)
    out[f"modules/{module}/inputs.tf"] = "\n".join(f'variable "{key}" {{\n}}\n' for key in inputs)
    out[f"modules/{module}/outputs.tf"] = "\n".join(
        f'output "{a.replace(".", "_")}" {{\n  value = {a}\n}}\n' for a in addresses
    )
    arguments = "".join(
        f"  {key} = {on_code(value, lambda c: _NAME.sub(outward, c))}\n" for key, value in inputs.items()
    )
    out[f"{module}.tf"] = (
        f'module "{module}" {{\n  source = "./modules/{module}"\n\n'
        f"  providers = {{\n    aws = {provider}\n  }}\n\n{arguments}}}\n"
    )

    def address(old: str) -> str:
        return f"module.{module}.{old}" if re.sub(r"\[.*", "", old) in addresses else old

    return out, address


def flatten(tree: Tree, module: str) -> Rewrite:
    """Move everything of one module call of the root into the root; arguments and outputs become locals."""
    out = dict(tree)
    call = ""
    for name, text in tree.items():
        if directory(name) == "" and name.endswith(".tf"):
            mine = [i for i in items(text) if (h := HEADER.search(i)) and h[0] == f'module "{module}" {{']
            call += "".join(mine)
            out[name] = "\n".join(i for i in items(text) if i not in mine)
    source = module_source("", call)
    assert source, f"the root calls module {module}"
    assert not re.search(r"^  (count|for_each)\s*=", call, re.MULTILINE), "one instance only"
    provider = re.search(r"^    aws\s*= (\S+)$", call, re.MULTILINE)
    assert provider, "the call hands a provider over"

    def inward(match: re.Match[str]) -> str:
        data, kind, label, attribute = match[1] or "", match[2], match[3], match[4]
        rest = f".{attribute}" if attribute else ""
        if kind == "var":
            return f"local.{module}_in_{label}{rest}"
        return f"{data}{kind}.{module}_{label}{rest}"

    arguments = _attributes(call)
    blocks: list[str] = []
    outputs: dict[str, str] = {}
    for name in sorted(n for n in tree if directory(n) == source):
        if not name.endswith(".tf"):
            continue
        for item in items(tree[name]):
            header = HEADER.search(item)
            inside = on_code(item, lambda c: _NAME.sub(inward, c).replace("path.module", "SELF"))
            inside = inside.replace("${SELF}", "${path.module}/" + source)
            if header is None:
                if item.startswith("locals"):
                    blocks.append(re.sub(r"^  (\w+)(\s*=)", rf"  {module}_\1\2", inside, flags=re.MULTILINE))
                continue
            labels = re.findall(r'"([^"]*)"', header[2])
            if header[1] == "variable":
                default = _attributes(item).get("default")
                if labels[0] not in arguments and default is not None:
                    arguments[labels[0]] = default
            elif header[1] == "output":
                outputs[labels[0]] = _attributes(inside)["value"]
            elif header[1] in ("resource", "data"):
                line = f'{header[1]} "{labels[0]}" "{module}_{labels[1]}" {{\n  provider = {provider[1]}\n'
                blocks.append(inside.replace(header[0] + "\n", line, 1))
            else:
                raise AssertionError(f"a flattened module holds resources only, not {header[1]}")
    values = {f"{module}_in_{key}": value for key, value in arguments.items() if key not in ("source", "providers")}
    values |= {f"{module}_out_{key}": value for key, value in outputs.items()}
    blocks.append("locals {\n" + "".join(f"  {key} = {value}\n" for key, value in values.items()) + "}\n")
    out = {n: t for n, t in out.items() if directory(n) != source or not n.endswith(".tf")}
    out[f"{module}_flat.tf"] = "\n".join(blocks)

    def outward(match: re.Match[str]) -> str:
        return f"local.{module}_out_{match[4]}" if match[2] == "module" and match[3] == module else match[0]

    for name in out:
        if directory(name) == "" and name.endswith(".tf"):
            out[name] = on_code(out[name], lambda c: _NAME.sub(outward, c))

    def address(old: str) -> str:
        prefix = f"module.{module}."
        if not old.startswith(prefix):
            return old
        kind, _, label = old.removeprefix(prefix).partition(".")
        return f"{kind}.{module}_{label}"

    return out, address


def _resource(item: str) -> str:
    header = HEADER.search(item)
    return ".".join(re.findall(r'"([^"]*)"', header[2])) if header and header[1] == "resource" else ""


def _attributes(block: str) -> dict[str, str]:
    """The attributes right inside a formatted block, as the text of their expressions."""
    found: dict[str, str] = {}
    lines = block.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        start = re.match(r"  (\w+)\s*= (.*\n)", lines[at])
        if start:
            value = start[2]
            if re.search(r"[{\[(]\n$", value):
                while not re.match(r"  [}\])]", lines[at + 1]):
                    at += 1
                    value += lines[at]
                at += 1
                value += lines[at]
            found[start[1]] = value.rstrip("\n")
        at += 1
    return found
