"""Three-valued sets of addresses: disjoint pieces that are let through for sure or perhaps; what is missing is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.network.addresses import WHOLE, Addresses, intersect, size, subtract, union
from nephograph.model.verdict import NO, Verdict, all_of, any_of


class Piece(NamedTuple):
    """Some addresses and the verdict (yes or depends) that holds for each of them."""

    addresses: Addresses
    verdict: Verdict


Cover = tuple[Piece, ...]
"""Disjoint pieces; an address in none of them is a no."""


def everything(version: int, verdict: Verdict) -> Cover:
    """One verdict for all addresses of an IP version."""
    return (Piece(WHOLE[version], verdict),) if verdict.possible else ()


def both(one: Cover, other: Cover) -> Cover:
    """Kleene AND, address by address."""
    found = []
    for a in one:
        for b in other:
            common = intersect(a.addresses, b.addresses)
            if common:
                found.append(Piece(common, all_of((a.verdict, b.verdict))))
    return tuple(found)


def either(pieces: Iterable[Piece]) -> Cover:
    """Kleene OR, address by address, of pieces that may overlap.

    The widest certain piece that holds an address is its witness (so that few are cited); where none is certain the
    doubts add up.
    """
    pieces = sorted(pieces, key=lambda piece: -size(piece.addresses))
    certain: list[Piece] = []
    covered: Addresses = ()
    for piece in pieces:
        if piece.verdict.answer == "yes" and (rest := subtract(piece.addresses, covered)):
            certain.append(Piece(rest, piece.verdict))
            covered = union(covered, rest)
    perhaps: list[Piece] = []
    for piece in pieces:
        if piece.verdict.answer == "depends" and (rest := subtract(piece.addresses, covered)):
            perhaps = _overlay(perhaps, rest, piece.verdict)
    return (*certain, *perhaps)


def _overlay(pieces: list[Piece], rest: Addresses, verdict: Verdict) -> list[Piece]:
    found = []
    new = rest
    for piece in pieces:
        common = intersect(piece.addresses, rest)
        if common:
            found.append(Piece(common, any_of((piece.verdict, verdict))))
            new = subtract(new, common)
        if left := subtract(piece.addresses, rest):
            found.append(Piece(left, piece.verdict))
    if new:
        found.append(Piece(new, verdict))
    return found


def judge(cover: Cover, addresses: Addresses, whose: str) -> Verdict:
    """One verdict for an address that lies somewhere in `addresses`: some of them refused makes it depend.

    `whose` names the address in the sentence ("the address of lb in 10.0.0.0/24").
    """
    met = [Piece(c, p.verdict) for p in cover if (c := intersect(p.addresses, addresses))]
    if not met:
        return NO
    missing = addresses
    for piece in met:
        missing = subtract(missing, piece.addresses)
    verdict = all_of(p.verdict for p in met)
    if missing:
        return Verdict("depends", verdict.because, (*verdict.depends_on, whose))
    return verdict
