"""Where a module call leads: a directory of the tree, or the reason why not."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.files import Tree, is_configuration, is_json_configuration
from nephograph.sources.terraform.module_models import find

if TYPE_CHECKING:
    from nephograph.sources.terraform.module import Module

MAX_MODULE_DEPTH = 100
_META = frozenset({"source", "version", "count", "for_each", "providers", "depends_on"})


def locate(module: Module, name: str, block: Block) -> str | Unknown:
    """The directory a call leads to, relative to the scanned root; an Unknown (named) when it is not here."""
    address = f"{module.prefix}module.{name}"
    head = Written(block.text, (block.type, block.start, block.head_end))
    source = block.body.value("source")
    context = module.context
    if source is None:
        context.problem("missing-module", f"The call {address} names no source.", 'Add source = "./…".', head)
        return Unknown(Reason.ABSENT_MODULE, address)
    literal = source.node[3] if source.node[0] == "lit" else None
    if not isinstance(literal, str):
        context.gap("absent-module", address, "its source is not a plain text", source)
        return Unknown(Reason.ABSENT_MODULE, address)
    if is_local(literal):
        found = _local(module, address, literal, source)
    else:
        found = _installed(module, block, address, literal, source)
    if isinstance(found, str):
        chain = list(module.ancestors())
        if len(chain) > MAX_MODULE_DEPTH:
            context.gap("budget", address, f"modules nested more than {MAX_MODULE_DEPTH} deep", head)
            return Unknown(Reason.BUDGET, address)
        if any(ancestor.directory.path == found for ancestor in chain):
            context.problem(
                "circular-modules",
                f"The call {address} leads back to a directory that it is called from: {context.tree.shown(found)}.",
                "Break the circle of module calls.",
                source,
            )
            return Unknown(Reason.CYCLE, address)
    return found


def is_local(source: str) -> bool:
    """True for a source that is a path."""
    return source.startswith(("./", "../")) or source in (".", "..")


def local_path(directory: str, source: str) -> str | None:
    """The directory of a local source relative to the scanned root, None when it leaves the root."""
    path = posixpath.normpath(posixpath.join(directory, source.replace("//", "/")))
    if path == ".." or path.startswith("../") or path.startswith("/"):
        return None
    return "" if path == "." else path


def _local(module: Module, address: str, source: str, written: Written) -> str | Unknown:
    context = module.context
    path = local_path(module.directory.path, source)
    inside = context.tree.inside(path) if path is not None else None
    if inside is None:
        context.gap("outside-root", address, f"its source {source} is outside the scanned root", written)
        return Unknown(Reason.OUTSIDE_ROOT, address)
    if not context.tree.enter(inside):
        context.problem(
            "missing-module",
            f"The source of {address} is {source}, and {context.tree.shown(inside)} holds no Terraform files.",
            "Correct the source, or scan the folder that holds the module too.",
            written,
        )
        return Unknown(Reason.ABSENT_MODULE, address)
    return inside


def _installed(module: Module, block: Block, address: str, source: str, written: Written) -> str | Unknown:
    """A module that `terraform init` has put into the tree."""
    context = module.context
    root = next(ancestor for ancestor in module.ancestors() if ancestor.parent is None)
    callers = [part.call.labels[0] for part in module.ancestors() if part.call is not None]
    key = ".".join([*reversed(callers), block.labels[0]])
    directory = _manifest(root).get(key)
    if directory is not None:
        path = local_path(root.directory.path, "./" + directory)
        inside = context.tree.inside(path) if path is not None else None
        if inside is not None and context.tree.enter(inside):
            return inside
    version = block.body.value("version")
    constraint = version.node[3] if version is not None and version.node[0] == "lit" else None
    model = find(source, constraint if isinstance(constraint, str) else None)
    if model is not None:
        directory_of_model = context.reader.model(model)
        strangers = [n for n in block.body.arguments if n not in directory_of_model.variables and n not in _META]
        also = f"; what these arguments do is not known: {', '.join(strangers)}" if strangers else ""
        context.gap("modelled-module", address, f"{source} is not in the tree; a model stands for it{also}", written)
        return directory_of_model.path
    context.gap("absent-module", address, f"its source {source} is not in the tree", written)
    return Unknown(Reason.ABSENT_MODULE, address)


def _manifest(root: Module) -> dict[str, str]:
    """The directories of `.terraform/modules/modules.json` by module key."""
    tree = root.context.tree
    relative = posixpath.join(root.directory.path, ".terraform/modules/modules.json")
    if not tree.exists(relative):
        return {}
    text = tree.read(relative)
    try:
        data: Any = json.loads(text.content) if text is not None else {}
    except (ValueError, RecursionError):
        return {}
    listed = data.get("Modules") if isinstance(data, dict) else None
    return {
        entry["Key"]: entry["Dir"]
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("Key"), str) and isinstance(entry.get("Dir"), str)
    }


def called_directories(tree: Tree, sources: dict[str, list[str]]) -> dict[str, set[str]]:
    """The directories that each directory calls by a path, of those that hold configuration; links are resolved."""
    calls: dict[str, set[str]] = {}
    for directory, listed in sources.items():
        paths = {local_path(directory, source) for source in listed if is_local(source)}
        targets = {tree.inside(path) for path in paths if path is not None}
        calls[directory] = {target for target in targets if target is not None and _holds(tree, target)}
    return calls


def _holds(tree: Tree, path: str) -> bool:
    return any(is_configuration(name) or is_json_configuration(name) for name in tree.directories.get(path, []))
