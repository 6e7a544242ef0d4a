"""What the permissions of a Lambda function let a caller without credentials, or a service, do.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html,
https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.network.view import View, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, any_of, depends, no, yes

_LIMITS = ("source_arn", "source_account", "organization", "event_source_token")
"""Fields that narrow who may call; a stranger does not meet them."""


def permitted(view: View, function: Resource, action: str, principal: str) -> Verdict:
    """Does a permission let `principal` ("*" for everybody) do `action`?"""
    items = function.get("permissions")
    if isinstance(items, Unknown):
        return depends(f"the permissions of {name(function)} ({items})")
    found = [_one(view, function, position, item, action, principal) for position, item in enumerate(items or ())]
    return any_of(found)


def _one(view: View, function: Resource, position: int, item: Any, action: str, principal: str) -> Verdict:
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
    who = "everybody" if principal == "*" else principal
    proof = view.evidence(f"{name(function)} lets {who} do {action}", function, "permissions", position)
    return depends(*doubts, because=(proof,)) if doubts else yes(proof)


def invokable(view: View, function: Resource, service: str) -> Verdict:
    """May a service invoke the function on behalf of its callers?"""
    return permitted(view, function, "lambda:InvokeFunction", service)
