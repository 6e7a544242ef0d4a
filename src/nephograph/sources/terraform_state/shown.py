"""A state as `terraform show -json` prints it.

https://developer.hashicorp.com/terraform/internals/json-format#state-representation
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.model.span import Path
from nephograph.sources.terraform_report import Report
from nephograph.sources.terraform_scopes import Provider
from nephograph.sources.terraform_shown import module_resources
from nephograph.sources.terraform_state.item import Item

DEPOSED = "an object that a replacement left behind; it exists until it is destroyed"


def shown_items(data: dict[str, Any], report: Report) -> Iterator[Item]:
    """Every instance. This form does not say which of several configurations of a provider one belongs to."""
    place: Path = ("values",)
    for where, raw in module_resources(report.mapping(data.get("values"), place), place, report):
        mode = str(raw.get("mode", "managed"))
        if "deposed_key" in raw:
            report.loaded.seen += 1
            report.gap("deposed-object", raw["address"], DEPOSED, where)
            continue
        values = raw.get("values")
        if not isinstance(values, dict):
            report.loaded.seen += mode != "data"
            report.malformed((*where, "values"), values, f"the values of {raw['address']}")
            continue
        full = raw.get("provider_name")
        name = full.rpartition("/")[2] if isinstance(full, str) and full else raw["type"].partition("_")[0]
        yield Item(
            mode=mode,
            type=raw["type"],
            address=raw["address"],
            label=name,
            provider=Provider(name),
            values=values,
            sensitive=raw.get("sensitive_values"),
            place=where,
            inside=("values",),
        )
