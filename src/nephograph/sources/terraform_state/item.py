"""A resource instance of a state, whichever form the state has."""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.sources.terraform_scopes import Provider


class Item(msgspec.Struct, frozen=True):
    """One instance.

    `label` names the provider configuration uniquely in the state; `sensitive` mirrors the structure of `values` with
    True where a value must not be kept; `place` is where the object stands in the file, `inside` where its values
    stand in the object.
    """

    mode: str
    type: str
    address: str
    label: str
    provider: Provider
    values: dict[str, Any]
    sensitive: Any
    place: Path
    inside: Path
