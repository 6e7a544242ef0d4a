"""Colours of resources: two of one colour say the same and stand in the same relations, whatever they are called.

Colour refinement (Weisfeiler and Leman, 1968): a resource starts with the colour of what it says without its names,
and takes in the colours of its neighbours, round by round.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from nephograph.estate.graph import Estate
from nephograph.model.value import CLOSE, OPEN, Unknown

ROUNDS = 4
"""How far apart neighbours may be that tell two resources from each other."""

_SYMBOL = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")


def colours(estate: Estate, urns: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """urn → colour. `known` are resources that are told apart already: their mark is their colour."""
    wanted = list(urns)
    colour = dict(known)
    for urn in wanted:
        resource = estate.resources[urn]
        colour[urn] = _digest(resource.kind, resource.scope.provider, nameless(resource.config))
    for _ in range(ROUNDS):
        # Both sides are refined alike, so that equal colours stay equal.
        refined = {}
        for urn in wanted:
            out = sorted((e.kind, colour.get(e.target, "")) for e in estate.outgoing(urn))
            into = sorted((e.kind, colour.get(e.source, "")) for e in estate.incoming(urn))
            refined[urn] = _digest(colour[urn], out, into)
        colour.update(refined)
    return {urn: colour[urn] for urn in wanted}


def nameless(value: Any) -> Any:
    """The value with every unknown piece as one and the same blank: names of unknowns are addresses, which may move."""
    if isinstance(value, Unknown):
        return _SYMBOL.sub(OPEN + CLOSE, value.symbol)
    if isinstance(value, str):
        return _SYMBOL.sub(OPEN + CLOSE, value) if OPEN in value else value
    if isinstance(value, dict):
        return {name: nameless(child) for name, child in value.items()}
    if isinstance(value, list):
        return [nameless(child) for child in value]
    return value


def _digest(*parts: Any) -> str:
    data = msgspec.json.encode(parts, order="deterministic", enc_hook=str)
    return hashlib.blake2b(data, digest_size=16).hexdigest()
