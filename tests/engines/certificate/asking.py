"""Short ways to ask: statements, policies, a request with its usual parts."""

from __future__ import annotations

from typing import Any

from nephograph.identity import Decision, Policies, Request, decide

ACCOUNT, OTHER = "111122223333", "444455556666"
USER = f"arn:aws:iam::{ACCOUNT}:user/ana"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/one"
FEDERATED = f"arn:aws:sts::{ACCOUNT}:federated-user/ana"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
OBJECT = "arn:aws:s3:::data/x"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0a1b"
DEPLOY = f"arn:aws:iam::{ACCOUNT}:role/deploy"


def statement(effect: str = "Allow", action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    """One statement; `resource=None` leaves the element out."""
    found = {"Effect": effect, "Action": action, "Resource": resource, **more}
    return {key: value for key, value in found.items() if value is not None}


def policy(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    """A document."""
    return {"Version": version, "Statement": list(statements)}


def allow(action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A document with one Allow."""
    return policy(statement("Allow", action, resource, **more))


def deny(action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A document with one Deny."""
    return policy(statement("Deny", action, resource, **more))


def grant(principal: Any, **more: Any) -> dict[str, Any]:
    """A resource policy with one Allow."""
    return allow(Principal=principal, **more)


def ask(
    who: str = ROLE,
    action: str = "s3:GetObject",
    target: str = OBJECT,
    account: str = ACCOUNT,
    context: dict[str, Any] | None = None,
    unknown: tuple[str, ...] = (),
    **layers: Any,
) -> Decision:
    """Decide; the layers are those of `Policies`."""
    return decide(Request(who, action, target, account, context or {}, unknown), Policies(**layers))


def effect(who: str = ROLE, **rest: Any) -> str:
    """The effect alone."""
    return ask(who, **rest).effect


def met(operator: str, key: str, values: Any, context: dict[str, Any] | None = None, **rest: Any) -> str:
    """Does a condition hold: "yes", "no" or "depends"."""
    found = effect(identity=[allow(Condition={operator: {key: values}})], context=context, **rest)
    return {"allowed": "yes", "implicitly_denied": "no"}.get(found, found)
