"""What a document says beyond its own block: the provider's default tags, the id of an import, the start of a name."""

from __future__ import annotations

import re
from typing import Any

from nephograph.catalog.registry import spelled
from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.blocks import Written
from nephograph.sources.terraform.providers import Configuration
from nephograph.sources.terraform.resources import Instance, placed_blocks, plain
from nephograph.sources.terraform.scope import Env, evaluated
from nephograph.sources.terraform.values import derived, describe, joined

_PREFIXED = tuple(
    (name, f"{name}_prefix") for name in ("name", "bucket", "key_name", "identifier", "cluster_identifier")
)
"""Names that the provider completes when only `<name>_prefix` is given."""

_COMPOSITE = re.compile(r"[/,|\s]|^(?!arn:).*:|^(?:sg|rtb|acl|eni|subnet|vpc|tgw|vgw|igw)-[0-9a-f]+_")
"""Import ids of several parts: the provider splits them, and the resource's own id is another text.

https://developer.hashicorp.com/terraform/language/import (each resource's documentation says which)
"""


def complete(instance: Instance, attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes with what is said elsewhere. What is written in the block always wins."""
    if instance.imported is not None and "id" not in attributes:
        id = native_id(plain(evaluated(*instance.imported), instance.module.context))
        if id is not None:
            attributes["id"] = id
    for name, written in _PREFIXED:
        if written not in attributes or name in attributes:
            continue
        prefix = attributes[written]
        if isinstance(prefix, str | Unknown) and prefix != "":
            where = f"{instance.module.root}//" if instance.module.context.several_roots else ""
            rest = Unknown(Reason.AFTER_APPLY, f"{where}{instance.address}.{name}, its end")
            attributes[name] = joined([prefix, rest])
    defaults = default_tags(instance)
    if defaults is not None and _takes_tags(instance, attributes):
        attributes["tags"] = _merged(defaults, attributes.get("tags"), instance)
    return attributes


def native_id(id: Any) -> Any:
    """The id of an imported object as its own `id` attribute has it; None when an import id says more than that."""
    if isinstance(id, Unknown):
        return id if not id.parts else None
    return id if isinstance(id, str) and id and not _COMPOSITE.search(id) else None


def default_tags(instance: Instance) -> Any:
    """The default tags of the provider configuration that an AWS resource has; None for none.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
    """
    configuration = instance.configuration
    if configuration.block is None or configuration.family != "aws":
        return None
    return configuration.kept("default_tags", lambda: _default_tags(configuration))


def _default_tags(configuration: Configuration) -> Any:
    written = default_tags_place(configuration)
    if written is None:
        return None
    return plain(evaluated(*written), configuration.env.module.context)


def default_tags_place(configuration: Configuration) -> tuple[Written, Env] | None:
    """Where the default tags of a provider configuration are written."""
    if configuration.block is None:
        return None
    placed = placed_blocks(configuration.block.body, "default_tags", configuration.env)
    for one in placed if isinstance(placed, list) else ():
        written = one.content.value("tags")
        if written is not None:
            return written, one.env
    return None


def _takes_tags(instance: Instance, attributes: dict[str, Any]) -> bool:
    """Whether the resource has tags: it writes some, or the catalog reads them of its type."""
    if "tags" in attributes:
        return True
    known = spelled("terraform", instance.type)
    return known is not None and ("tags" in known[1].fields or "tags" in known[1].ignores)


def _merged(defaults: Any, own: Any, instance: Instance) -> Any:
    if own is None:
        own = {}
    if isinstance(defaults, dict) and isinstance(own, dict):
        return {**defaults, **own}
    if isinstance(defaults, Unknown | dict) and isinstance(own, Unknown | dict):
        label = instance.configuration.label
        return derived(f"{describe(own)} with the default tags of {label}", own, defaults)
    return own
