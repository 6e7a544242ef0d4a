"""Where the stored estate is that a command means. (What reads one is not needed to know that there is none.)"""

from __future__ import annotations

import os
import pathlib

from nephograph.model.errors import UsageError

DEFAULT = "estate.neph"
VARIABLE = "NEPH_ESTATE"


def directory(said: str = "") -> str:
    """The directory of the stored estate: what was said, else NEPH_ESTATE, else `estate.neph` here if it is there."""
    named = said or os.environ.get(VARIABLE, "")
    return named or (DEFAULT if pathlib.Path(DEFAULT, "manifest.json").exists() else "")


def needed(said: str = "") -> pathlib.Path:
    """The directory of a stored estate that a command cannot do without. Raises `UsageError`."""
    named = directory(said)
    if not named:
        raise UsageError(
            "no-estate", f"there is no {DEFAULT} here", "make one with `neph load PATH`, or name it with -e"
        )
    return pathlib.Path(named)
