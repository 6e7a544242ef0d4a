"""Can a statement's resources be those that an action acts on?

A statement may name actions and resources that never come together: `s3:*` on a bucket grants no `s3:CreateJob`, which
acts on jobs, and no `s3:ListAllMyBuckets`, which takes no resource and is asked of `*`.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable

from nephograph.engines.identity.actions import Action, Service
from nephograph.engines.identity.statement import Statement
from nephograph.engines.permissions.glob import TooLargeError, elements, matches, shortest
from nephograph.engines.permissions.solve import regions
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


@functools.lru_cache(maxsize=1 << 14)
def _meet(patterns: tuple[str, ...], shapes: tuple[str, ...]) -> bool:
    """Does one of the patterns match an ARN of one of the shapes (without any: the text `*`)?"""
    if not shapes:
        return any(matches(one, "*") for one in patterns)
    near = [(one, shape) for one, shape in itertools.product(patterns, shapes) if _one_service(one, shape)]
    return any(_overlap(one, shape) for one, shape in near)


def _one_service(pattern: str, shape: str) -> bool:
    """May both be ARNs of one service? Parts with wildcards may be anything."""
    parts = zip(_head(pattern), _head(shape), strict=False)
    return all(mine == theirs or "*" in mine + theirs or "?" in mine for mine, theirs in parts)


def _head(arn: str) -> Iterable[str]:
    """The parts up to the service, as far as no wildcard may stand for more of them."""
    return itertools.takewhile(lambda part: "*" not in part, arn.split(":", 3)[:3])


def _overlap(pattern: str, shape: str) -> bool:
    try:
        areas = regions((shape,), "*", partition="*")
        return any(shortest([*area, ((elements(pattern),), True)]) is not None for area in areas)
    except TooLargeError:
        return True
