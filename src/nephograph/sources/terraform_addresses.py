"""Addresses of Terraform: how instances are spelled, and how a reference is taken apart.

https://developer.hashicorp.com/terraform/cli/state/resource-addressing
"""

from __future__ import annotations

import json
import re
from typing import Any

Key = str | int | None
"""The key of an instance: of for_each a text, of count a number, None for a block that stands for one."""

_STEP = re.compile(r'\.?([^.\["\]]+)|\[(-?\d+)\]|\[("(?:[^"\\]|\\.)*")\]')


def indexed(address: str, key: Key) -> str:
    """The address of one instance."""
    if key is None:
        return address
    if isinstance(key, int):
        return f"{address}[{key}]"
    quoted = json.dumps(key, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return f"{address}[{quoted}]"


class Index(str):
    """A key in brackets whose value is a text: `["x"]`. Told apart from the name after a dot."""

    __slots__ = ()


Step = str | Index | int


def steps(traversal: str) -> list[Step]:
    """A traversal such as `module.a["x"].aws_s3_bucket.b[0].id` in steps; [] when it is none."""
    found: list[Step] = []
    position = 0
    while position < len(traversal):
        match = _STEP.match(traversal, position)
        if match is None:
            return []
        name, number, quoted = match.groups()
        if name is not None:
            found.append(name)
        elif number is not None:
            found.append(int(number))
        else:
            try:
                found.append(Index(str(json.loads(quoted)).replace("$${", "${").replace("%%{", "%{")))
            except ValueError:
                return []
        position = match.end()
    return found


def key_of(step: Any) -> Key:
    """The instance key a step says; None for a name after a dot."""
    if isinstance(step, Index):
        return str(step)
    return step if isinstance(step, int) else None
