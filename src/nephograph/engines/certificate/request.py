"""What is asked and what there is: a request, and the closed set of policies that decides it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

import msgspec

from nephograph.engines.certificate.context import Value
from nephograph.engines.certificate.document import Document, Use, document
from nephograph.engines.certificate.layers import Placed
from nephograph.engines.certificate.malformed import MalformedPolicyError, MalformedRequestError, Path
from nephograph.engines.certificate.principal import Principal

LONGEST_ACTION = 256
LONGEST_RESOURCE = 8192

_ACCOUNT = re.compile(r"\d{12}")
_ARN_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9_-]+")

Policy = Mapping[str, Any] | Document
"""A policy document as JSON has it, or read before by `document` (with the use it has here)."""


class Request(msgspec.Struct, frozen=True):
    """One request.

    `principal`: an ARN, a service principal or `anonymous`. `action`: `service:Name`. `resource`: an ARN, or `*` for an
    action without one. `resource_account`: twelve digits; by default the account of the ARN, else the principal's own.
    `context`: the keys of the request; one that is not listed is absent. `unknown`: keys whose value is not known.
    """

    principal: str
    action: str
    resource: str = "*"
    resource_account: str = ""
    context: Mapping[str, Value] = {}
    unknown: tuple[str, ...] = ()


class Policies(msgspec.Struct, frozen=True):
    """Every policy that has a say; what is not here does not exist.

    `scp` and `rcp` are lists of levels, the root first, each a list of documents: `()` is no organization; an empty
    level allows nothing (scp) or restricts nothing (rcp). `resource` None: no resource policy. `boundary`, `session`
    and `endpoint` empty: there is none, and none limits.
    """

    identity: Sequence[Policy] = ()
    resource: Policy | None = None
    boundary: Sequence[Policy] = ()
    session: Sequence[Policy] = ()
    scp: Sequence[Sequence[Policy]] = ()
    rcp: Sequence[Sequence[Policy]] = ()
    endpoint: Sequence[Policy] = ()


def placed(policies: Iterable[Policy], use: Use, at: Path) -> list[Placed]:
    """The documents of one list, read, each with its place. Raises `MalformedPolicyError`."""
    return [one(policy, use, (*at, index)) for index, policy in enumerate(_list(policies, at))]


def one(policy: Policy, use: Use, at: Path) -> Placed:
    """One document, read, with its place. Raises `MalformedPolicyError`."""
    if not isinstance(policy, Document):
        return Placed(document(policy, use, at), at)
    if policy.use != use:
        raise MalformedPolicyError(f"this document was read as a policy of another kind ({policy.use})", at)
    return Placed(policy, at)


def levels(said: Iterable[Iterable[Policy]], use: Use) -> list[list[Placed]]:
    """The levels of an organization, read. Raises `MalformedPolicyError`."""
    at: Path = ("policies", use)
    return [placed(level, use, (*at, index)) for index, level in enumerate(_list(said, at))]


def _list(said: Iterable[Any], at: Path) -> Iterable[Any]:
    if isinstance(said, str | Mapping) or not isinstance(said, Iterable):
        raise MalformedPolicyError("a list of policy documents stands here", at)
    return said


def checked(request: Request) -> None:
    """Raises `MalformedRequestError` for a principal, an action, a resource or an account that is none."""
    for name in ("principal", "action", "resource", "resource_account"):
        if not isinstance(getattr(request, name), str):
            raise MalformedRequestError(f"the {name} of a request is a text", ("request", name), "write it as a text")
    if len(request.action) > LONGEST_ACTION or not _ACTION.fullmatch(request.action):
        raise MalformedRequestError(
            f"{request.action[:80]} is no action", ("request", "action"), "write one action, like s3:GetObject"
        )
    if not request.resource or len(request.resource) > LONGEST_RESOURCE:
        raise MalformedRequestError(
            "a resource is an ARN, or * for an action that has none", ("request", "resource"), "write it in full"
        )
    if request.resource_account and not _ACCOUNT.fullmatch(request.resource_account):
        raise MalformedRequestError(
            f"{request.resource_account} is no account", ("request", "resource_account"), "write its twelve digits"
        )


def account_of(request: Request, who: Principal) -> str:
    """The account of the resource: as it is said, else the ARN's, else the principal's own."""
    found = _ARN_ACCOUNT.match(request.resource)
    return request.resource_account or (found[1] if found else who.account)


USES: tuple[Use, ...] = get_args(Use)
