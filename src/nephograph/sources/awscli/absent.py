"""What a dump does not hold: kinds of the catalog that no answer lists, so that their absence means nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nephograph.model.source import Gap, Scope
from nephograph.sources.awscli.operations import Index


def not_in_dump(index: Index, answered: Sequence[tuple[str, Scope]]) -> Iterator[Gap]:
    """One gap for each account (kinds without a region) and for each region of it."""
    lists = _lists(index)
    regions: dict[str, set[str]] = defaultdict(set)
    heard: dict[tuple[str, str], set[str]] = defaultdict(set)
    for type, scope in answered:
        regions[scope.account].add(scope.region)
        heard[scope.account, scope.region].add(type)
    for account, places in sorted(regions.items()):
        for global_ in (True, False):
            for region in [""] if global_ else sorted(places - {""}) or [""]:
                silent = {
                    name: types
                    for name, (is_global, types) in lists.items()
                    if is_global is global_ and types.isdisjoint(heard[account, region] | heard[account, ""])
                }
                if silent:
                    where = "/".join(part for part in (account, region or ("" if global_ else "every region")) if part)
                    what = ", ".join(f"{name} ({sorted(types)[0].partition('/')[0]})" for name, types in silent.items())
                    yield Gap("not-in-dump", where, f"no answer lists {what}", None, len(silent))


def _lists(index: Index) -> dict[str, tuple[bool, set[str]]]:
    """Kind → has it no region, and the types that list all of it."""
    found: dict[str, tuple[bool, set[str]]] = {}
    for operation in index.operations:
        for way in operation.ways:
            if not way.spelling.part_of and operation.lists_all:
                found.setdefault(way.kind.name, (way.kind.global_, set()))[1].add(way.spelling.type)
    return found
