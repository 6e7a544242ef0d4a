"""Functions behind an Application Load Balancer: it invokes them by the API of Lambda, and no packet goes to them.

So neither groups nor routes stand between them; what has to let the balancer in is the function's own policy. Whether
the function is in a VPC makes no difference, either. Sources:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html,
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nephograph.engines.tracer.ground import Ground, name
from nephograph.engines.tracer.places import INVOKED, Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown, has_symbol

KIND = "aws_lambda_function"
_SERVICE = "elasticloadbalancing.amazonaws.com"
_ACTIONS = ("lambda:InvokeFunction", "lambda:*", "*")


def invoked(function: Resource) -> Interface:
    """What stands for a function that balancers invoke: it is in no subnet, and sends nothing."""
    return Interface(function.urn + INVOKED, function, None, None, None, None)


def is_function(end: object) -> bool:
    """Is it a function, whether it has interfaces or not?"""
    return isinstance(end, Interface) and end.resource.kind == KIND


def behind_balancers(ground: Ground, function: Resource) -> bool:
    """Is the function in a target group, or may it be in one?"""
    from nephograph.engines.tracer.fronts import fronts

    return bool(fronts(ground, invoked(function)))


def invoke(walker: Walker, node: Interface, group: Resource, answer: Callable[[Walker, Interface], None]) -> None:
    """The balancer invokes the goal; what it answers, `answer` makes the balancer's answer to the client."""
    goal = walker.destination
    assert isinstance(goal, Interface)
    function = goal.resource
    at = _permission(walker, function, group)
    if at is None:
        text = f"no permission of {name(function)} lets {node.name} invoke it"
        place = walker.ground.where(function, "permissions") or walker.ground.where(function)
        walker.drop(Reason.FUNCTION_NOT_PERMITTED, function, "function", text, "", place, inside=walker.inside(goal))
    place = walker.ground.where(function, "permissions", at) if at >= 0 else None
    text = f"{node.name} invokes {goal.name} of {name(group)} by the API of Lambda"
    walker.note(node.resource, "load balancer", "rewrites", "balances", text, name(group), place, walker.inside(node))
    walker.sessions[node.urn] = Session(walker.packet)
    walker.sessions[f"behind {goal.urn}"] = Session(walker.packet, lambda: answer(walker, node))
    walker.tracked.discard(node.urn)
    walker.tracked.add(goal.urn)
    walker.deliver(goal)


def _permission(walker: Walker, function: Resource, group: Resource) -> int | None:
    """The position of a permission that lets a balancer invoke the function for this group; -1 for one nobody knows,
    None where there is none."""
    said = function.get("permissions")
    course = walker.course
    if isinstance(said, Unknown):
        return -1 if course.perhaps(f"the permissions of {name(function)} ({said})") else None
    for at, item in enumerate(said or ()):
        if isinstance(item, Unknown) or not isinstance(item, dict):
            if course.perhaps(f"a permission of {name(function)} ({item})"):
                return -1
            continue
        lets = [
            _is(item.get("action"), lambda text: text in _ACTIONS),
            _is(item.get("principal"), lambda text: text in (_SERVICE, "*")),
            _is(item.get("source_arn"), lambda said: _means(walker.ground, said, group), missing=True),
            _is(item.get("source_account"), lambda text: _same(text, group.scope.account), missing=True),
            # Balancers are no principals of an organization, call no URL, and carry no token.
            _absent(item.get("organization")),
            _absent(item.get("function_url_auth_type")),
            _absent(item.get("event_source_token")),
        ]
        if False in lets:
            continue
        if None not in lets or course.perhaps(f"whether a permission of {name(function)} is for {name(group)}"):
            return at
    return None


def _is(said: Any, holds: Callable[[str], bool | None], missing: bool = False) -> bool | None:
    """Does a field say so? None where that is not known."""
    if said is None:
        return missing
    return None if isinstance(said, Unknown) and said.ref is None else holds(said)


def _absent(said: Any) -> bool | None:
    return None if isinstance(said, Unknown) else said is None


def _means(ground: Ground, said: Any, group: Resource) -> bool | None:
    """Is an ARN, which may hold wildcards, that of the target group?"""
    if isinstance(said, Unknown):
        address = said.ref.address if said.ref is not None else ""
        if address == group.address:
            return True
        # Another one that is there is not this one.
        return False if any(one.address == address for one in ground.estate.of_kind(group.kind)) else None
    if said in (group.arn, "*"):
        return True
    if not group.arn or has_symbol(group.arn) or has_symbol(said):
        return None
    pattern = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in said)
    return re.fullmatch(pattern, group.arn) is not None


def _same(said: Any, account: str) -> bool | None:
    return None if isinstance(said, Unknown) or not account or has_symbol(account) else bool(said == account)
