"""Files beside the configuration that say something of it and are not read unless they are named."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping

_SHOWN = 3

SUFFIXES = {".tfvars": "values", ".tfvars.json": "values", ".tfstate": "states", ".tfplan": "plans"}
"""How such a file's name ends, and what it is."""

_SAYS = {
    "values": "Terraform reads these variable files only when told, so they were left out: {files}. Name them with "
    "--var-file.",
    "states": "States that lie beside the code were not read: {files}. Name one to ask about what was deployed.",
    "plans": "Saved plans were not read: {files}. `terraform show -json` writes one in a form that is.",
}


def sort_of(name: str) -> str:
    """What a file beside the configuration is, "" when it is nothing of the kind."""
    return next((sort for end, sort in SUFFIXES.items() if name.endswith(end) and not name.startswith(".")), "")


def sentences(found: Mapping[str, Mapping[str, str]], used: Iterable[str]) -> list[str]:
    """One sentence a sort of file.

    `found` has, by sort, the files as shown with where they really are; `used` are variable files that were named.
    """
    named = {pathlib.Path(file).resolve() for file in used}
    told = []
    for sort, says in _SAYS.items():
        left = sorted(shown for shown, real in found.get(sort, {}).items() if pathlib.Path(real).resolve() not in named)
        if left:
            more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
            told.append(says.format(files=", ".join(left[:_SHOWN]) + more))
    return told
