"""Context keys that follow from who asks and whose the resource is.

A case's context is closed, so none of them is added to it: whoever builds a request may add them with `implied`.
Source: IAM/latest/UserGuide/reference_policies_condition-keys.html.
"""

from __future__ import annotations

from nephograph.engines.certificate.principal import SIGNED_IN_ACCOUNT, Principal, principal
from nephograph.engines.certificate.request import Request, account_of

_TYPES = {"user": "User", "role": "AssumedRole", "session": "AssumedRole", "federated-user": "FederatedUser"}
ALWAYS = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:principalisawsservice",
        "aws:resourceaccount",
    }
)
"""Keys that AWS sets on every signed request, in lower case: a case that leaves one out is worth a note."""


def implied(request: Request) -> dict[str, str]:
    """The keys AWS would set and their values, as far as the request says them.

    The ARN of a session leaves out the path of its role: `aws:PrincipalArn` has none either, and wants correcting for a
    role with a path. Raises `MalformedRequestError`.
    """
    who = principal(request.principal)
    found = {"aws:PrincipalIsAWSService": "true" if who.kind == "service" else "false"}
    if who.kind in SIGNED_IN_ACCOUNT:
        found |= {"aws:PrincipalArn": _arn(who), "aws:PrincipalAccount": who.account}
        found["aws:PrincipalType"] = _TYPES.get(who.kind, "Account")
    if who.kind == "user":
        found["aws:username"] = who.name
    if who.kind == "service":
        found["aws:PrincipalServiceName"] = who.spelled
    if account := account_of(request, who):
        found["aws:ResourceAccount"] = account
    return found


def _arn(who: Principal) -> str:
    if who.kind != "session":
        return who.spelled
    return f"{who.spelled.partition(':sts:')[0]}:iam::{who.account}:role/{who.name}"
