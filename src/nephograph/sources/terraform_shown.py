"""The tree of modules in what `terraform show -json` prints: of a state, of planned values, of a prior state.

https://developer.hashicorp.com/terraform/internals/json-format#values-representation
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.model.span import Path
from nephograph.sources.terraform_report import Report

MAX_DEPTH = 200
"""Modules inside modules that are followed."""


def module_resources(values: dict[str, Any], place: Path, report: Report) -> Iterator[tuple[Path, dict[str, Any]]]:
    """(its place in the file, the object) of every resource instance; `address` and `type` are texts for certain.

    An entry that is no resource is a Problem, and counted as seen.
    """
    stack: list[tuple[Any, Path]] = [(values.get("root_module"), (*place, "root_module"))]
    while stack:
        module, where = stack.pop()
        module = report.mapping(module, where)
        for position, raw in enumerate(report.listing(module.get("resources"), (*where, "resources"))):
            here: Path = (*where, "resources", position)
            if not isinstance(raw, dict):
                report.loaded.seen += 1
                report.malformed(here, raw, "an object")
            elif not (isinstance(raw.get("address"), str) and raw["address"] and isinstance(raw.get("type"), str)):
                report.loaded.seen += 1
                report.malformed(here, raw, "a resource with an address and a type")
            else:
                yield here, raw
        children = report.listing(module.get("child_modules"), (*where, "child_modules"))
        if len(where) > 2 * MAX_DEPTH:
            report.gap("too-deep", str(module.get("address")), f"below {MAX_DEPTH} modules", where, len(children))
            continue
        stack.extend((child, (*where, "child_modules", i)) for i, child in reversed(list(enumerate(children))))
