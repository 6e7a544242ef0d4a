"""What the permissions of a Lambda function let a caller without credentials, or a service, do.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html,
https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from __future__ import annotations

import fnmatch
from typing import Any

from nephograph.engines.network.view import View, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown, has_symbol
from nephograph.model.verdict import Verdict, any_of, depends, no, yes

_LIMITS = ("source_arn", "source_account", "organization", "event_source_token")
"""Fields that narrow who may call; a stranger does not meet them."""


def permitted(view: View, function: Resource, action: str, principal: str, by: Resource | None = None) -> Verdict:
    """Does a permission let `principal` ("*" for everybody) do `action`? `by` is what a service calls for."""
    items = function.get("permissions")
    if isinstance(items, Unknown):
        return depends(f"the permissions of {name(function)} ({items})")
    found = [_one(view, function, position, item, action, principal, by) for position, item in enumerate(items or ())]
    return any_of(found)


def _one(
    view: View, function: Resource, position: int, item: Any, action: str, principal: str, by: Resource | None
) -> Verdict:
    if isinstance(item, Unknown) or not isinstance(item, dict):
        return depends(f"a permission of {name(function)} ({item})")
    doubts = []
    for field, wanted in (("action", (action, "lambda:*", "*")), ("principal", (principal, "*"))):
        value = item.get(field)
        if isinstance(value, Unknown):
            doubts.append(f"the {field} of a permission of {name(function)} ({value})")
        elif value not in wanted:
            return no()
    kind = item.get("function_url_auth_type")
    if isinstance(kind, Unknown):
        doubts.append(f"the URL type a permission of {name(function)} is for ({kind})")
    elif action == "lambda:InvokeFunctionUrl" and kind not in (None, "NONE"):
        return no()
    if principal == "*" and any(item.get(field) is not None for field in _LIMITS):
        return no()
    if by is not None:
        limits = _for(view, item, by)
        if limits is None:
            return no()
        doubts += limits
    who = "everybody" if principal == "*" else principal
    proof = view.evidence(f"{name(function)} lets {who} do {action}", function, "permissions", position)
    return depends(*doubts, because=(proof,)) if doubts else yes(proof)


def _for(view: View, item: dict[str, Any], by: Resource) -> list[str] | None:
    """What it depends on that a permission for a service is meant for this resource; None where it is for another."""
    if item.get("organization") is not None or item.get("event_source_token") is not None:
        return None
    arn, account = item.get("source_arn"), item.get("source_account")
    others = [one.address for one in view.estate.of_kind(by.kind) if one is not by]
    if isinstance(arn, Unknown) and arn.ref is not None and arn.ref.address in others:
        return None
    doubts = [f"whether a permission is for {name(by)} ({said})" for said in (arn, account) if _lost(said, by)]
    if isinstance(arn, str) and arn not in ("*", by.arn):
        if has_symbol(arn) or has_symbol(by.arn) or not by.arn:
            doubts.append(f"whether a permission for {arn} is for {name(by)}")
        elif not fnmatch.fnmatchcase(by.arn, arn.replace("[", "[[]")):
            return None
    if isinstance(account, str) and not has_symbol(by.scope.account) and account != by.scope.account:
        return None
    return doubts


def _lost(said: Any, by: Resource) -> bool:
    """Is it a value nobody knows? Code names a resource by its attribute."""
    return isinstance(said, Unknown) and (said.ref is None or said.ref.address != by.address)


def invokable(view: View, function: Resource, service: str, by: Resource) -> Verdict:
    """May a service invoke the function on behalf of its callers, for one of its resources (a target group)?"""
    return permitted(view, function, "lambda:InvokeFunction", service, by)
