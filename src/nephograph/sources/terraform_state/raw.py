"""A state file of version 4 (`terraform.tfstate`), which Terraform writes for itself since 0.12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nephograph.model.span import Path
from nephograph.sources.terraform_addresses import indexed
from nephograph.sources.terraform_report import Report
from nephograph.sources.terraform_scopes import Provider
from nephograph.sources.terraform_state.item import Item
from nephograph.sources.terraform_state.shown import DEPOSED

_PROVIDER = re.compile(r'(?:.*\.)?provider(?:\["(?P<source>[^"]+)"\]|\.(?P<old>[\w-]+))(?:\.(?P<alias>[\w-]+))?')


def raw_items(data: dict[str, Any], report: Report) -> Iterator[Item]:
    """Every instance of every resource."""
    for position, raw in enumerate(report.listing(data.get("resources"), ("resources",))):
        place: Path = ("resources", position)
        if not isinstance(raw, dict):
            report.loaded.seen += 1
            report.malformed(place, raw, "an object")
            continue
        head = [raw.get(key, default) for key, default in _HEAD]
        mode, type_, name, module = (one if isinstance(one, str) else "" for one in head)
        if not all(isinstance(one, str) for one in head) or not type_ or not name:
            report.loaded.seen += 1
            report.malformed(place, raw, "a resource with a type and a name")
            continue
        block = ".".join(part for part in (module, "data" if mode == "data" else "", type_, name) if part)
        label, provider = _provider(raw.get("provider"), type_)
        for number, instance in enumerate(report.listing(raw.get("instances"), (*place, "instances"))):
            here: Path = (*place, "instances", number)
            if not isinstance(instance, dict):
                report.loaded.seen += 1
                report.malformed(here, instance, "an instance")
                continue
            item = _item(mode, type_, block, instance, (label, provider), here, report)
            if item is not None:
                yield item


_HEAD = (("mode", "managed"), ("type", None), ("name", None), ("module", ""))


def _item(
    mode: str, type_: str, block: str, instance: dict[str, Any], by: tuple[str, Provider], place: Path, report: Report
) -> Item | None:
    key = instance.get("index_key")
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    if key is not None and (isinstance(key, bool) or not isinstance(key, str | int)):
        report.loaded.seen += 1
        report.malformed((*place, "index_key"), key, "the key of an instance")
        return None
    address = indexed(block, key)
    if "deposed" in instance:
        report.loaded.seen += 1
        report.gap("deposed-object", address, DEPOSED, place)
        return None
    values = instance.get("attributes")
    if not isinstance(values, dict):
        report.loaded.seen += mode != "data"
        if "attributes_flat" in instance:
            why = "written by a provider from before Terraform 0.12, in a form that is not read"
            report.gap("flat-attributes", address, why, place)
        else:
            report.malformed((*place, "attributes") if values is not None else place, values, f"values of {address}")
        return None
    if type_ == "terraform_data":
        # Its attributes may be of any type, so the state says the type beside the value.
        values = {name: _untyped(value) for name, value in values.items()}
    sensitive = _marks(instance.get("sensitive_attributes"))
    return Item(mode, type_, address, *by, values=values, sensitive=sensitive, place=place, inside=("attributes",))


def _untyped(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) and value.keys() == {"value", "type"} else value


def _provider(said: Any, type_: str) -> tuple[str, Provider]:
    """`module.a.provider["registry.terraform.io/hashicorp/aws"].west`; `provider.aws.west` until 0.12."""
    match = _PROVIDER.fullmatch(said) if isinstance(said, str) else None
    if match is None:
        name = type_.partition("_")[0]
        return name, Provider(name)
    name = match["old"] or match["source"].rpartition("/")[2]
    return str(said), Provider(name, match["alias"] or "")


def _marks(paths: Any) -> dict[str, Any]:
    """The paths of sensitive values (lists of steps) as a structure that mirrors the values.

    A path that cannot be read as far as its end hides what it leads to so far.
    """
    found: dict[str, Any] = {}
    for path in paths if isinstance(paths, list) else ():
        steps = [_step(one) for one in (path if isinstance(path, list) else [path])]
        known = steps[: steps.index(None)] if None in steps else steps
        into = found
        for depth, step in enumerate(known):
            if into.get(str(step)) is True:
                break
            if depth == len(known) - 1:
                into[str(step)] = True
            else:
                into = into.setdefault(str(step), {})
    return found


def _step(one: Any) -> str | int | None:
    if isinstance(one, str):
        return one
    value = one.get("value") if isinstance(one, dict) else None
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
