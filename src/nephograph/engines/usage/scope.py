"""Which resources a policy names for what was used: the names themselves, or the narrowest stated pattern over them.

The rule, for each action: an object of a bucket stands for its folder (`bucket/a/b.txt` → `bucket/a/*`); folders of one
bucket that are more than `MOST_FOLDERS` stand for what they have in common, up to the whole bucket. Other resources
stand for themselves, unless one type of them in one account and region has more than `MOST_OF_A_TYPE`: then all of that
type. Nothing is made wider than what is granted today: where the pattern is not covered, the names stay, or the pattern
that grants many of them today, when it is one of the same bucket.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from nephograph.engines.usage.wild import glob, is_open

MOST_FOLDERS = 5
MOST_OF_A_TYPE = 20
MOST_EXACT = 100
"""Objects of a bucket that are named one by one; beyond it those patterns of its objects are that grant them today."""

Covered = Callable[[str], bool]
"""Is a pattern within what is granted today?"""


def scoped(resources: Iterable[str], covered: Covered, granted: Iterable[str], exact: bool) -> list[str]:
    """The patterns for the resources that one action was used on, sorted, none within another.

    `granted` are the patterns under which the action is granted today.
    """
    names = list(dict.fromkeys(resources))
    if "*" in names:
        return ["*"]
    if exact:
        return _least(names)
    chosen: list[str] = []
    keys: dict[str, list[str]] = defaultdict(list)
    types: dict[str, list[str]] = defaultdict(list)
    for name in names:
        bucket, slash, key = name.partition("/") if ":s3:::" in name else ("", "", "")
        if slash:
            keys[bucket].append(key)
        else:
            types[_type_of(name)].append(name)
    for bucket, those in keys.items():
        chosen += _objects(bucket, those, covered, [one for one in granted if one.startswith(f"{bucket}/")])
    for pattern, those in types.items():
        chosen += [pattern] if len(those) > MOST_OF_A_TYPE and covered(pattern) else those
    return _least(chosen)


def _objects(bucket: str, keys: list[str], covered: Covered, granted: list[str]) -> list[str]:
    folders: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        folder = key.rpartition("/")[0]
        folders[f"{folder}/*" if folder else "*"].append(key)
    patterns = list(folders)
    if len(patterns) > MOST_FOLDERS:
        shared = f"{bucket}/{_common(patterns)}"
        if covered(shared):
            return [shared]
    found: list[str] = []
    for pattern, those in folders.items():
        whole = f"{bucket}/{pattern}"
        found += [whole] if covered(whole) else [f"{bucket}/{key}" for key in those]
    return _as_granted(found, granted) if len(found) > MOST_EXACT else found


def _common(patterns: list[str]) -> str:
    """The folder that holds all folders, as a pattern."""
    first, *others = [one.split("/")[:-1] for one in patterns]
    length = 0
    while length < len(first) and all(one[: length + 1] == first[: length + 1] for one in others):
        length += 1
    return "/".join([*first[:length], "*"])


def _type_of(arn: str) -> str:
    """Everything of an ARN's type in its account and region."""
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return arn
    rest = parts[5]
    sign = next((letter for letter in rest if letter in "/:"), "")
    head = rest.partition(sign)[0] + sign if sign else ""
    return ":".join(parts[:5]) + f":{head}*"


def _as_granted(names: list[str], granted: list[str]) -> list[str]:
    """What is granted today instead of very many names, for those that it covers."""
    found: dict[str, None] = {}
    for name in names:
        found[next((one for one in granted if glob(one, name)), name)] = None
    return list(found)


def _least(patterns: Iterable[str]) -> list[str]:
    """Without what another pattern covers, sorted."""
    every = sorted(dict.fromkeys(patterns))
    wide = [one for one in every if is_open(one)]
    return [one for one in every if not any(other != one and glob(other, one) for other in wide)]
