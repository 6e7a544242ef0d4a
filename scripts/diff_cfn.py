"""Templates of a folder as this reader and as cfn-lint decode them: values and places of names, every difference told.

    python scripts/diff_cfn.py DIRECTORY …

cfn-lint is a development dependency; what it refuses (a name twice in a mapping) is counted and left out.
"""

from __future__ import annotations

import pathlib
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cfnlint.decode

from nephograph.sources.cloudformation.load import decoded
from nephograph.sources.cloudformation.nodes import Node, plain
from nephograph.sources.cloudformation.template import is_template

SUFFIXES = (".yaml", ".yml", ".json", ".template")


def said(value: Any) -> Any:
    """A scalar as both write it."""
    return value if isinstance(value, bool | None) else str(value)


def values(one: Any, other: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """Every leaf of both trees by its path, and whether they agree."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | {str(key) for key in other}:
            yield from values(one.get(key), other.get(key), (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for position, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from values(left, right, (*path, position))
    else:
        yield path, said(one) == said(other)


def places(node: Node, other: Any, content: str) -> Iterator[tuple[str, bool]]:
    """Every name of a mapping that both know the place of, and whether it is the same."""
    if isinstance(node.value, dict) and isinstance(other, dict):
        for key, child in other.items():
            if str(key) in node.value:
                if hasattr(key, "start_mark") and not node.short:
                    start = node.keys[str(key)][0]
                    place = content.count("\n", 0, start), start - content.rfind("\n", 0, start) - 1
                    yield str(key), place == (key.start_mark.line, key.start_mark.column)
                yield from places(node.value[str(key)], child, content)
    elif isinstance(node.value, list) and isinstance(other, list):
        for left, right in zip(node.value, other, strict=False):
            yield from places(left, right, content)


def main(folders: list[str]) -> int:
    """Compare; exit code 1 when anything differs."""
    counts: Counter[str] = Counter()
    for path in (one for folder in folders for one in sorted(pathlib.Path(folder).rglob("*"))):
        if path.suffix not in SUFFIXES or not path.is_file():
            continue
        content = path.read_text(encoding="utf-8", errors="replace")
        read = decoded(content)
        if "AWS::" not in content or read.node is None or not is_template(read.node):
            continue
        if any(fault.fatal for fault in read.faults):
            counts["templates that this reader refuses"] += 1
            continue
        other, _ = cfnlint.decode.decode(str(path))
        if other is None:
            counts["templates that cfn-lint refuses"] += 1
            continue
        counts["templates"] += 1
        for what, found in (("values", values(plain(read.node), other)), ("places", places(read.node, other, content))):
            for where, same in found:
                counts[what] += 1
                if not same:
                    counts[f"{what} that differ"] += 1
                    print(f"{path}: {where}")
    for name, count in counts.items():
        print(f"{count:>9,}  {name}")
    return 1 if any("differ" in name for name in counts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
