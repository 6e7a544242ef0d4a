"""Who a userIdentity element means: the user, or the role behind a session, named as policies name it.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from __future__ import annotations

import re

from nephograph.model.events import Actor
from nephograph.sources.cloudtrail.record import Identity

_ASSUMED = re.compile(r"arn:([\w-]+):sts::(\d{12}):assumed-role/([^/]+)/.*", re.DOTALL)
_LONGEST = 2048
"""No ARN of AWS is longer."""


def actor(identity: Identity | None, caller: str) -> Actor:
    """The principal; `caller` is what the record calls its source address (a service that has no identity)."""
    if identity is None:
        return Actor("unknown", "", "")
    account = _clip(identity.account_id)
    arn = _clip(identity.arn)
    issuer = identity.session_context.session_issuer if identity.session_context else None
    issued = _clip(issuer.arn) if issuer else ""
    match identity.type:
        case "AssumedRole" | "Role":
            return Actor("role", issued or _role(arn) or arn or f"principal {_clip(identity.principal_id)}", account)
        case "IAMUser":
            return Actor("user", arn or _clip(identity.user_name), account)
        case "Root":
            return Actor("root", arn or f"arn:aws:iam::{account}:root", account)
        case "FederatedUser":
            # What it may do is what the user that asked for its token may do, and less.
            if issued and issuer is not None and issuer.type == "IAMUser":
                return Actor("user", issued, account)
            return Actor("federated", arn or _clip(identity.principal_id), account)
        case "AWSService":
            return Actor("service", _clip(identity.invoked_by) or caller, "")
        case "SAMLUser" | "WebIdentityUser":
            provider, user = _clip(identity.identity_provider), _clip(identity.user_name)
            return Actor("federated", f"{provider}:{user}" if user else provider or _clip(identity.principal_id), "")
        case "AWSAccount":
            return Actor("account", arn or account or _clip(identity.principal_id), account)
        case "IdentityCenterUser" | "Directory" | "SAMLIdentity":
            return Actor("person", arn or _clip(identity.user_name) or _clip(identity.principal_id), account)
    if identity.invoked_by:
        return Actor("service", _clip(identity.invoked_by), "")
    return Actor("unknown", arn or _clip(identity.user_name) or _clip(identity.principal_id), account)


def _role(arn: str) -> str:
    """The role of a session's ARN, which leaves out the role's path."""
    found = _ASSUMED.fullmatch(arn)
    return f"arn:{found[1]}:iam::{found[2]}:role/{found[3]}" if found else ""


def via(identity: Identity | None) -> str:
    """The service that called with the principal's own permissions; "" when the principal called itself."""
    if identity is None or not identity.invoked_by or identity.type == "AWSService":
        return ""
    # A call made in the console names no service; "AWS Internal" does not tell which.
    return _clip(identity.invoked_by)


def mfa(identity: Identity | None) -> str:
    """`true` or `false` as the session says, "" for long-term credentials, of which it is not told."""
    session = identity.session_context if identity else None
    said = session.attributes.mfa_authenticated if session and session.attributes else None
    return "" if said is None else str(said).lower() if str(said).lower() in ("true", "false") else ""


def _clip(text: str | None) -> str:
    return text[:_LONGEST] if text else ""
