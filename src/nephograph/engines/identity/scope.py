"""Which resources a question is about: one, or some object of a bucket, or some resource at all."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.engines.identity.choice import OTHER, shape
from nephograph.engines.identity.condition import Context
from nephograph.engines.identity.pattern import ANY, ONE, NoValueError, Tokens, literal, pattern, residuals
from nephograph.engines.identity.statement import Policy

LIMIT = 64
"""How many regions of a bucket are told apart."""

_OBJECT_VERBS = ("s3:getobject", "s3:putobject", "s3:deleteobject", "s3:replicate", "s3:restoreobject")
_OBJECT_ACTIONS = {
    "s3:abortmultipartupload",
    "s3:listmultipartuploadparts",
    "s3:bypassgovernanceretention",
    "s3:objectowneroverridetobucketowner",
    "s3:initiatereplication",
    "s3:updateobjectencryption",
}


class Region(msgspec.Struct, frozen=True):
    """A set of resources as one ARN with symbols, and how to say it ("" for all that were asked about).

    `witness` is one member that no other pattern names on purpose: what holds of it is possible in the region.
    """

    arn: str
    witness: str
    words: str = ""


class Regions(msgspec.Struct, frozen=True):
    """`whole` is everything asked about; `parts` are what allowing statements single out.

    When `covering`, every allowed resource lies in one of the parts: "in none of them" proves "not at all".
    """

    whole: Region
    parts: tuple[Region, ...]
    covering: bool


def is_object_action(action: str) -> bool:
    """Is this S3 action granted on objects, not on buckets?

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    """
    low = action.lower()
    return low.startswith(_OBJECT_VERBS) or low in _OBJECT_ACTIONS


def regions(prefix: str, policies: Iterable[Policy], context: Context) -> Regions:
    """The regions below an ARN prefix that the policies' allowing statements tell apart."""
    start = literal(prefix)
    parts: dict[str, Region] = {}
    covering = True
    for policy in policies:
        covering = covering and not policy.unknown
        for statement in policy.statements:
            if statement.effect == "Deny":
                continue
            covering = covering and not statement.problem and not statement.resources.negated
            for text in statement.resources.patterns:
                try:
                    wanted = pattern(text, context.variable if statement.variables else None)
                except NoValueError:
                    continue
                rests = residuals(wanted, start)
                if rests is None:
                    covering = False
                    continue
                for rest in rests:
                    words = "".join(_WRITTEN.get(token, token) for token in rest)
                    covering = covering and words != "*"
                    if words not in ("*", "") and words not in parts:
                        parts[words] = _region(prefix, rest, words, len(parts))
    kept = tuple(parts.values())[:LIMIT]
    return Regions(_region(prefix, (ANY,), "", 0), kept, covering and len(kept) == len(parts))


_WRITTEN = {ANY: "*", ONE: "?"}


def _region(prefix: str, rest: Tokens, words: str, number: int) -> Region:
    symbolic = prefix + "".join(shape(rest, f"any {number}"))
    concrete = prefix + "".join({ANY: OTHER, ONE: OTHER[0]}.get(token, token) for token in rest)
    return Region(symbolic, concrete, words)
