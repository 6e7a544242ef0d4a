"""Plans made for one test, in the few members that matter."""

from __future__ import annotations

from typing import Any

SOURCE_OF_AWS = "registry.terraform.io/hashicorp/aws"


def change(
    address: str,
    after: Any = None,
    *,
    unknown: Any = None,
    sensitive: Any = None,
    actions: tuple[str, ...] = ("create",),
    before: Any = None,
    **more: Any,
) -> dict[str, Any]:
    """One entry of `resource_changes`."""
    block = address.rpartition("module.")[2].partition(".")[2] if address.startswith("module.") else address
    type_, _, name = block.partition(".")
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name.partition("[")[0],
        "provider_name": SOURCE_OF_AWS,
        "change": {
            "actions": list(actions),
            "before": before,
            "after": after,
            "after_unknown": unknown or {},
            "before_sensitive": False,
            "after_sensitive": sensitive or {},
        },
        **more,
    }


def block(address: str, provider: str = "aws", **expressions: Any) -> dict[str, Any]:
    """One resource of a module of `configuration`; a text is one reference, a list of texts are several."""
    type_, _, name = address.partition(".")
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider_config_key": provider,
        "expressions": {name: refers(value) for name, value in expressions.items()},
    }


def refers(value: Any) -> Any:
    """An expression: references from a text or a list of texts, a constant from `{"is": …}`."""
    if isinstance(value, str):
        return refers([value])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return {"references": [part for one in value for part in _beginnings(one)]}
    if isinstance(value, dict) and value.keys() == {"is"}:
        return {"constant_value": value["is"]}
    return value


def _beginnings(reference: str) -> list[str]:
    parts = reference.split(".")
    first = 4 if parts[0] == "module" else 2
    return [".".join(parts[:length]) for length in range(len(parts), min(first, len(parts)) - 1, -1)]


def plan(*changes: Any, root: Any = None, providers: Any = None, **more: Any) -> dict[str, Any]:
    """A whole plan."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": list(changes),
        "configuration": {
            "provider_config": providers or {"aws": {"name": "aws", "full_name": SOURCE_OF_AWS}},
            "root_module": root or {},
        },
        **more,
    }
