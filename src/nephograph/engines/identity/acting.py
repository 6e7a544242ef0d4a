"""Can a statement's resources be those that an action acts on?

A statement may name actions and resources that never come together: `s3:*` on a bucket grants no `s3:CreateJob`, which
acts on jobs, and no `s3:ListAllMyBuckets`, which takes no resource and is asked of `*`.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import functools
import itertools

from nephograph.engines.identity.actions import Action, Service
from nephograph.engines.identity.statement import Statement
from nephograph.engines.permissions.glob import matches
from nephograph.model.value import has_symbol


def may_act(statement: Statement, action: Action, service: Service) -> bool:
    """May the statement cover something that the action acts on? A no is certain."""
    resources = statement.resources
    if resources.negated or statement.problem or any(_is_open(one) for one in resources.patterns):
        return True
    if any(name not in service.types for name in action.types):
        return True
    return _meet(resources.patterns, tuple(service.types[name] for name in action.types))


def _is_open(text: str) -> bool:
    return not text.strip("*") or has_symbol(text) or "${" in text


@functools.lru_cache(maxsize=1 << 16)
def _meet(patterns: tuple[str, ...], shapes: tuple[str, ...]) -> bool:
    """Does one of the patterns match an ARN of one of the shapes (without any: the text `*`)?"""
    if not shapes:
        return any(matches(one, "*") for one in patterns)
    return any(_overlap(one, shape) for one, shape in itertools.product(patterns, shapes))


_INSIDE = "\0"
"""In a shape: any text without a colon, as `?` is any character but one. Only names in S3 hold colons of their own."""


def _overlap(pattern: str, shape: str) -> bool:
    """Is there an ARN of the shape that the pattern matches? Part by part, where no wildcard can pass a colon."""
    mine, theirs = pattern.split(":"), ["?*" if part == "*" else part for part in shape.split(":")]
    s3 = theirs[2] == "s3"
    plain = itertools.takewhile(lambda part: "*" not in part and "?" not in part, mine[:3])
    if not all(map(_share, plain, theirs)):
        return False  # of another service
    if len(mine) == len(theirs) and not s3:
        return all(map(_share, mine, theirs))
    head, name = mine[:5], ":".join(mine[5:])
    if len(mine) > 5 and not any("*" in part or "?" in part for part in head):
        inside = ":".join(theirs[5:])
        return all(map(_share, head, theirs)) and _share(name, inside if s3 else inside.replace("*", _INSIDE))
    inside = ":".join(theirs[5:])
    whole = f"{':'.join(theirs[:5])}:".replace("*", _INSIDE) + (inside if s3 else inside.replace("*", _INSIDE))
    return _share(pattern, whole)


@functools.lru_cache(maxsize=1 << 16)
def _share(pattern: str, shape: str) -> bool:
    """Is there a text that both match? Takes time in proportion to the product of their lengths."""
    if pattern == "*" or shape == "*":
        return True
    # Place p of `here` is set when the pattern so far and the first p characters of the shape have a text in common.
    here = [True]
    for char in shape:
        here.append(here[-1] and char in ("*", _INSIDE))
    for mine in pattern:
        after = [here[0] and mine == "*"]
        for place, theirs in enumerate(shape, 1):
            if mine == "*":
                common = here[place] or after[-1]
            elif theirs == "*" or theirs == _INSIDE:
                common = after[-1] or (here[place] and (mine != ":" or theirs == "*"))
            elif theirs == "?":
                common = here[place - 1] and mine != ":"
            else:
                common = here[place - 1] and mine in (theirs, "?")
            after.append(common)
        here = after
    return here[-1]
