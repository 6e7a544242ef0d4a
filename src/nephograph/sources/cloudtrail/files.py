"""Which files hold events, by their names: those that CloudTrail delivers beside its logs are told apart.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

from __future__ import annotations

import os
import pathlib
import re
from typing import Literal

_WANTED = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz", ".gz")
_LOG = re.compile(r"\d{12}_CloudTrail(?P<which>-Digest|-Insight|-Aggregated)?_[a-z0-9-]+_[\w.-]*\.json(?:\.gz)?")
_MOST = 20_000
"""Entries that are looked at to tell whether a directory is one of logs."""

Delivered = Literal["log", "digest", "insight", "aggregated", ""]


def is_wanted(name: str) -> bool:
    """True for names under which events are kept."""
    return name.lower().endswith(_WANTED) and not name.startswith(".")


def delivered(name: str) -> Delivered:
    """What CloudTrail delivers under such a name; "" for a name of somebody else's."""
    found = _LOG.fullmatch(name)
    if found is None:
        return ""
    which = {None: "log", "-Digest": "digest", "-Insight": "insight", "-Aggregated": "aggregated"}
    said: Delivered = which[found["which"]]  # type: ignore[assignment]
    return said


def is_delivered(name: str) -> bool:
    """True for a file that CloudTrail delivered."""
    return delivered(name) != ""


def only_delivered(path: pathlib.Path) -> bool:
    """True for a directory in which files of CloudTrail are all that looks like data."""
    found, left = False, _MOST
    for _, directories, names in os.walk(path, followlinks=False):
        left -= len(names) + len(directories) + 1
        if left < 0:
            break
        for name in names:
            if is_delivered(name):
                found = True
            elif name.lower().endswith((".json", ".tf", ".tofu", ".yaml", ".yml")):
                return False
    return found
