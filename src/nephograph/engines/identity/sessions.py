"""Sessions of roles as principals: `arn:aws:sts::111122223333:assumed-role/NAME/SESSION`.

The ARN of a session leaves out the path of its role; names of roles are unique in an account.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

import msgspec

from nephograph.engines.identity.request import Principal, account_of, same_account
from nephograph.engines.identity.statement import Place, Policy, read_policy
from nephograph.estate.graph import Estate
from nephograph.model.errors import UsageError


def assumed_role(estate: Estate, arn: str) -> Principal | None:
    """The session as a principal, with its role where that is of the estate. None for other ARNs."""
    parts = arn.split(":", 5)
    pieces = parts[5].split("/") if len(parts) == 6 else []
    if len(pieces) != 3 or parts[2] != "sts" or pieces[0] != "assumed-role":
        return None
    _, name, session = pieces
    for role in estate.of_kind("aws_iam_role"):
        account = account_of(role.arn) or role.scope.account
        if role.label == name and same_account(account, parts[4]).answer == "yes":
            return Principal("role", arn, name, role.arn, account, role, session)
    role_arn = f"arn:{parts[1]}:iam::{parts[4]}:role/{name}"
    return Principal("role", arn, name, role_arn, parts[4], session=session)


def session_policy(text: str) -> Policy:
    """A session policy as a caller writes it. Raises `UsageError` for what is no JSON object."""
    try:
        document = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise UsageError(
            "bad-policy", f"the session policy is no JSON: {error}", "write one policy document"
        ) from error
    if not isinstance(document, dict):
        raise UsageError("bad-policy", "the session policy is no JSON object", "write one policy document")
    return read_policy(document, Place("session policy"))
