"""The parameters of a request, found by the names that ARN templates give to their variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

_DEEPEST, _MOST = 5, 400
"""Levels and values of a request that are looked at."""

_ENDINGS = ("withoutleadingslash", "withpath", "identifier", "name", "id", "arn")

SPELLED = {
    "objectname": ("key",),
    "bucketname": ("bucketname", "bucket"),
    "queuename": ("queueurl", "queuename"),
    "dbinstancename": ("dbinstanceidentifier",),
    "dbclusterinstancename": ("dbclusteridentifier",),
    "parameternamewithoutleadingslash": ("name", "names"),
    "topicname": ("topicarn", "topicname"),
    "loggroupname": ("loggroupname", "loggroupidentifier", "loggroupnames", "loggroupidentifiers"),
    "eventbusname": ("eventbusname",),
    "secretid": ("secretid",),
    "securitygroupid": ("securitygroupid", "groupid"),
    "taskdefinitionfamilyname": ("family",),
    "streamlabel": (),
}
"""Variable (in lower case) → parameters that hold it, where their names do not tell."""


class Parameters:
    """Answers which values of a request may stand for a variable."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said

    @cached_property
    def _all(self) -> dict[str, list[str]]:
        """Every text of the request by the name of its parameter, in lower case, the outermost first."""
        found: dict[str, list[str]] = {}
        for name, value in self._walk():
            found.setdefault(name.lower(), []).append(value)
        return found

    def _walk(self) -> Iterator[tuple[str, str]]:
        level: list[tuple[str, Any]] = list(self._said.items())
        left = _MOST
        for _ in range(_DEEPEST):
            below: list[tuple[str, Any]] = []
            for name, value in level:
                if left <= 0:
                    return
                left -= 1
                if isinstance(value, str):
                    yield name, value
                elif isinstance(value, dict):
                    below += [(str(key), child) for key, child in value.items()]
                elif isinstance(value, list):
                    below += [(name, child) for child in value[:_MOST]]
            level = below

    def text(self, name: str) -> str:
        """The first text under a name, "" when there is none."""
        return next(iter(self._all.get(name.lower(), ())), "")

    @cached_property
    def named_arns(self) -> tuple[tuple[str, str], ...]:
        """Every ARN of the request with the name of its parameter."""
        return tuple((name, value) for name, values in self._all.items() for value in values if _is_arn(value))

    @property
    def arns(self) -> tuple[str, ...]:
        """Every ARN of the request."""
        return tuple(value for _, value in self.named_arns)

    def values(self, variable: str, kind: str, about: str) -> list[str]:
        """What may stand for a variable of a resource type; `about` is what the action is about, in lower case."""
        plain = variable.lower()
        for name in SPELLED.get(plain) or self._names(plain, kind, about):
            told = [one for value in self._all.get(name, ()) if (one := _bare(plain, value))]
            if told:
                return list(dict.fromkeys(told))
        return []

    def _names(self, variable: str, kind: str, about: str) -> list[str]:
        stem = next((variable.removesuffix(end) for end in _ENDINGS if variable.endswith(end)), variable)
        type_ = re.sub(r"[^a-z0-9]", "", kind.lower())
        if not stem:  # a bare Id or Name is the type's own, and nothing else of it
            return [f"{type_}{variable}", *([variable] if about == type_ else [])]
        stems = list(dict.fromkeys((stem, type_)))
        names = [variable, f"{variable}s"]
        names += [f"{one}{end}" for one in stems for end in ("name", "id", "identifier", "names", "ids", "", "s")]
        if about in (stem, type_):
            names += ["name", "id", "identifier", "resourcearn", "arn"]
        return names


def _is_arn(value: str) -> bool:
    return value.startswith("arn:") and value.count(":") >= 5


def _bare(variable: str, value: str) -> str:
    """The value as an ARN holds it: the last part of a queue's URL, no leading slash; "" when it is an ARN itself."""
    if value.startswith("arn:"):
        return ""
    if variable == "queuename":
        return value.rstrip("/").rpartition("/")[2]
    if variable == "functionname" and ":function:" in value:
        return value.rpartition(":function:")[2]
    return value.lstrip("/") if variable.endswith("withoutleadingslash") else value
