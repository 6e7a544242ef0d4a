"""A function of module models alone: to say that something is not known."""

from __future__ import annotations

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.functions.registry import function


@function("modelled::unknown(string)")
def unknown(what: str) -> Unknown:
    """A value that the module makes in a way that its model does not follow."""
    return Unknown(Reason.ABSENT_MODULE, what)
