"""Blocks that are no infrastructure: import, removed, check, ephemeral, conditions. Each is read or named here."""

from __future__ import annotations

import re

from nephograph.model.value import Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.module import Module
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform.scope import Env, evaluated
from nephograph.sources.terraform_addresses import indexed

CONDITIONS = (
    "The conditions of precondition, postcondition and check blocks are taken to hold: they were not evaluated."
)

Imports = dict[str, tuple[Written, Env]]
"""What import blocks say: the id's expression and where it is evaluated, by the address of the instance."""


def imported(root: Module) -> Imports:
    """The ids that the import blocks of a root say, by address."""
    found: Imports = {}
    for block in root.directory.imports:
        to, id = block.body.value("to"), block.body.value("id")
        if to is None:
            root.context.gap("unsupported-block", "import", "needs to as an address", _head(block))
            continue
        if id is None:
            why = "says its identity in parts, which are not evaluated"
            root.context.gap("import", f"import of {to.source.strip()}", why, _head(block))
            continue
        for env in _turns(root, block):
            address = _address(to, env)
            if address is None:
                root.context.gap("import", f"import of {to.source.strip()}", "the address is not known", _head(block))
            else:
                found[address] = (id, env)
    return found


def _turns(root: Module, block: Block) -> list[Env]:
    """The environments of an import block: one, or one for each element of its for_each."""
    written = block.body.value("for_each")
    if written is None:
        return [root.env]
    over = evaluated(written, root.env)
    if isinstance(over, list):
        over = {one: one for one in over if isinstance(one, str)}
    if not isinstance(over, dict):
        why = f" ({over})" if isinstance(over, Unknown) else ""
        root.context.gap("import", "import", f"its for_each is not known{why}", _head(block))
        return []
    return [Env.of_instance(root, key, value, False, None, None) for key, value in over.items()]


def _address(written: Written, env: Env) -> str | None:
    """The address that the `to` of an import block names, with computed keys; None when a key is not known.

    The parser does not tell `a.b` from `a["b"]`, so that the text decides.
    """
    node = written.node
    if node[0] == "wrap":
        node = node[3]
    if node[0] != "ref":
        return None
    content = written.text.content
    address, position = str(node[3]), node[1] + len(node[3])
    for step in node[4]:
        key = evaluated(Written(written.text, step), env) if isinstance(step, tuple) else step
        if isinstance(key, bool) or not isinstance(key, str | int):
            return None
        dot = re.compile(r"\s*\.\s*([\w-]+)").match(content, position)
        if dot is not None:
            address, position = f"{address}.{key}", dot.end()
            continue
        address = indexed(address, key)
        # Behind the bracket that closes this key.
        after = step[2] if isinstance(step, tuple) else _behind_key(content, position, key)
        position = content.find("]", after) + 1
        if position == 0:
            return None
    return address


def _behind_key(content: str, position: int, key: str | int) -> int:
    opened = content.find("[", position) + 1
    quoted = re.compile(r'\s*\\?"(?:[^"\\]|\\[^"])*\\?"').match(content, opened) if isinstance(key, str) else None
    return quoted.end() if quoted else opened


def take_in(root: Module, imports: Imports, instances: dict[str, Instance]) -> None:
    """Give the instances of a root the ids that its import blocks say; what has no instance is named."""
    for address, (written, env) in imports.items():
        instance = instances.get(address)
        if instance is not None:
            instance.imported = (written, env)
            continue
        if root.directory.broken:
            continue
        root.context.gap("import", f"import of {address}", "no resource of this address is declared", written)


def name_others(module: Module) -> None:
    """Name what a module instance declares that is no infrastructure of its own."""
    context, directory = module.context, module.directory
    for block in directory.removed:
        written = block.body.value("from")
        subject = f"removed {module.prefix}{written.source.strip() if written else ''}".rstrip()
        context.gap("removed", subject, _fate(block), _head(block))
    for block in directory.checks:
        context.assume(CONDITIONS)
        for data in block.body.of_type("data"):
            subject = f"{module.prefix}check.{block.labels[0]}: data.{'.'.join(data.labels)}"
            context.gap("data-source", subject, "is read by the provider at plan time", _head(data))
    for block in directory.ephemeral:
        subject = f"{module.prefix}ephemeral.{'.'.join(block.labels)}"
        context.gap("ephemeral", subject, "exists only while Terraform runs", _head(block))
    for block in (*directory.resources.values(), *directory.data.values(), *directory.outputs.values()):
        if not block.body.blocks:
            continue
        bodies = [block.body, *(inner.body for inner in block.body.of_type("lifecycle"))]
        if any(inner.type in ("precondition", "postcondition") for body in bodies for inner in body.blocks):
            context.assume(CONDITIONS)


def _fate(block: Block) -> str:
    for lifecycle in block.body.of_type("lifecycle"):
        destroy = lifecycle.body.value("destroy")
        if destroy is not None and destroy.node[3:] == (False,):
            return "leaves this configuration and lives on, managed by nobody here"
    return "leaves this configuration and is destroyed"


def _head(block: Block) -> Written:
    return Written(block.text, (block.type, block.start, block.head_end))
