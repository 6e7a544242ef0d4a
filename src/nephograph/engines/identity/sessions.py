"""Sessions of roles as principals: `arn:aws:sts::111122223333:assumed-role/NAME/SESSION`.

The ARN of a session leaves out the path of its role; names of roles are unique in an account.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

from nephograph.engines.identity.request import Principal, account_of, same_account
from nephograph.estate.graph import Estate


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
