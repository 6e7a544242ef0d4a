"""Finds the sources that speak what lies at a path, and lets them read it."""

from __future__ import annotations

import importlib
import pathlib
import pkgutil
from collections.abc import Sequence
from typing import Literal

import msgspec

from nephograph.model.errors import UsageError
from nephograph.model.source import Loaded, LoadOptions, Progress, Source
from nephograph.session.collector import quiet_collector


class Read(msgspec.Struct):
    """One path as one source read it."""

    source: Source
    path: pathlib.Path
    loaded: Loaded


def sources() -> list[Source]:
    """Every source, found by its folder in `sources/`, in order of names."""
    import nephograph.sources as room

    folders = (m.name for m in pkgutil.iter_modules(room.__path__) if m.ispkg)
    return [importlib.import_module(f"{room.__name__}.{name}").SOURCE for name in sorted(folders)]


def read(paths: Sequence[str], options: LoadOptions, progress: Progress) -> list[Read]:
    """Everything at the paths, by every source that recognises it.

    Raises `UsageError` when a path does not exist or when nothing anywhere is infrastructure.
    """
    found: list[Read] = []
    several = tuple(dict.fromkeys(paths))
    for shown in several:
        path = pathlib.Path(shown)
        side: Literal["after", "before"] = "after"
        if not path.exists() and shown.endswith(("@before", "@after")):
            side = "before" if shown.endswith("@before") else "after"
            path = pathlib.Path(shown.rpartition("@")[0])
        if not path.exists():
            raise UsageError("no-such-path", f"{shown} does not exist", "give a directory or file that is there")
        for source in sources():
            if source.recognises(path):
                said = msgspec.structs.replace(options, prefix=shown if len(several) > 1 else "", side=side)
                with quiet_collector():
                    loaded = source.load(path, shown, said, progress)
                found.append(Read(source, path, loaded))
    if not any(r.loaded.seen or r.loaded.documents or r.loaded.problems or r.loaded.gaps for r in found):
        where = ", ".join(dict.fromkeys(paths))
        raise UsageError(
            "no-infrastructure",
            f"no infrastructure in {where}",
            "nephograph reads Terraform and OpenTofu (*.tf, *.tofu, plans and states as JSON), CloudFormation and SAM "
            "templates, Dockerfiles, and folders of AWS CLI answers; name what holds it",
        )
    return found
