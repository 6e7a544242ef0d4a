"""A request as policies see it: who asks, for what, on which resource, with which context keys.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Literal

import msgspec

from nephograph.engines.identity.condition import MAYBE, PRESENT, Context, Known
from nephograph.model.resource import Resource
from nephograph.model.value import DISTINCT, OPEN, has_symbol
from nephograph.model.verdict import NO, YES, Verdict, depends

ANONYMOUS = "anonymous"
"""An unsigned request, as anybody on the internet can send it."""
STRANGER = "stranger"
"""A principal of an AWS account that no policy names and that lets it do anything: anybody who opens an account."""

PrincipalKind = Literal["user", "role", "anonymous", "stranger", "service", "federated", "account", "external"]


class Principal(msgspec.Struct, frozen=True):
    """Who asks.

    `id` is how decisions call it (a urn, `anonymous`, `stranger`, `service:ec2.amazonaws.com`, an ARN or an account
    number). `account` is a symbol when it is not known, "" when the principal has none.
    """

    kind: PrincipalKind
    id: str
    name: str
    arn: str = ""
    account: str = ""
    resource: Resource | None = None
    session: str = ""
    """The name of the role's session, where one session is meant and not whoever holds the role."""
    entities: frozenset[str] = frozenset()
    """ARNs of everything the estate holds. Two entities never share one, whatever their symbols stand for."""

    @property
    def unique_id(self) -> str:
        """The id AWS gave the user or role, "" when it is not known."""
        said = self.resource.get("unique_id") if self.resource is not None else None
        return said if isinstance(said, str) else ""

    @property
    def signed(self) -> bool:
        """True for principals with an identity in IAM: users, roles, and those of other accounts."""
        return self.kind in ("user", "role", "stranger", "account", "external")


class Request(msgspec.Struct, frozen=True):
    """One request. `arn` may hold symbols, `*` alone is no resource at all; `account` owns the resource."""

    principal: Principal
    action: str
    arn: str
    account: str
    context: Context
    owner: str = ""
    """ARN of the estate's resource that is asked about, or that holds the object that is asked about."""


def same_account(left: str, right: str) -> Verdict:
    """Are two accounts one? Equal symbols are one account, a symbol against anything else is not known.

    Marked symbols (`model.value.DISTINCT`) of two root modules are two accounts; the stranger's is nobody else's.
    """
    if left and left == right:
        return YES
    if STRANGER in (left, right):
        return NO  # whoever it is, it is none of ours
    marked = left.startswith(OPEN + DISTINCT) and right.startswith(OPEN + DISTINCT)
    if marked and left.rpartition(" in ")[2] != right.rpartition(" in ")[2]:
        return NO
    if not left or not right or has_symbol(left) or has_symbol(right):
        names = " and ".join(sorted(name or "an unnamed account" for name in (left, right)))
        return depends(f"whether {names} are one account")
    return NO


def base_context(principal: Principal, account: str, resource: Resource | None) -> dict[str, Known]:
    """What is known of the request's keys before the caller has chosen anything."""
    keys: dict[str, Known] = {
        "aws:PrincipalIsAWSService": ("true" if principal.kind == "service" else "false",),
        "aws:CurrentTime": PRESENT,
        "aws:EpochTime": PRESENT,
        "aws:RequestedRegion": PRESENT,
        "aws:SecureTransport": PRESENT,
    }
    if account:
        keys["aws:ResourceAccount"] = keys["s3:ResourceAccount"] = (account,)
    if principal.kind == "service":
        keys |= {"aws:PrincipalServiceName": (principal.name,), "aws:SourceArn": MAYBE, "aws:SourceAccount": MAYBE}
        keys |= dict.fromkeys(("aws:username", "aws:PrincipalOrgID", "aws:MultiFactorAuthPresent"))
    else:
        # Set only when a service calls on behalf of a resource.
        keys |= dict.fromkeys(
            ("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:PrincipalServiceName")
        )
    if principal.kind in ("anonymous", "federated"):
        # Unsigned requests carry nothing of a principal.
        keys |= dict.fromkeys(
            (
                "aws:PrincipalArn",
                "aws:PrincipalAccount",
                "aws:PrincipalOrgID",
                "aws:PrincipalOrgPaths",
                "aws:username",
                "aws:TokenIssueTime",
                "aws:MultiFactorAuthPresent",
                "aws:MultiFactorAuthAge",
                "kms:CallerAccount",
            )
        )
        keys["aws:SourceOwner"] = None
    if principal.kind == "anonymous":
        keys |= {"aws:PrincipalType": ("Anonymous",), "aws:userid": ("anonymous",)}
    if principal.signed:
        keys["aws:PrincipalArn"] = (principal.arn,) if principal.arn else PRESENT
        keys["aws:userid"] = PRESENT
        if principal.account:
            keys["aws:PrincipalAccount"] = keys["kms:CallerAccount"] = (principal.account,)
            # The key of the policy that SNS gives a topic where nobody writes one: the account that asks.
            # https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
            keys["aws:SourceOwner"] = (principal.account,)
    if principal.kind == "user":
        keys |= {"aws:PrincipalType": ("User",), "aws:username": (principal.name,)}
        keys["aws:TokenIssueTime"] = MAYBE
    if principal.kind == "role":
        keys |= {"aws:PrincipalType": ("AssumedRole",), "aws:username": None, "aws:TokenIssueTime": PRESENT}
        if principal.session and principal.unique_id:
            keys["aws:userid"] = (f"{principal.unique_id}:{principal.session}",)
    if principal.kind == "stranger":
        keys["aws:PrincipalOrgID"] = ("an organization of a stranger",)
    if resource is not None and resource.kind == "aws_lambda_function":
        mode = resource.get("url", "auth_type")
        keys["lambda:FunctionUrlAuthType"] = (mode,) if isinstance(mode, str) else None if mode is None else MAYBE
        if principal.kind == "anonymous":
            keys["lambda:InvokedViaFunctionUrl"] = ("true",)  # the one way in for unsigned calls
    return keys


def of_principal(key: str) -> bool:
    """Is this a tag of the principal? Unsigned requests carry none."""
    return key.lower().startswith("aws:principaltag/")


def partition_of(arn: str) -> str:
    """The partition of an ARN, `aws` when it has none."""
    parts = arn.split(":", 2)
    return parts[1] if len(parts) == 3 and parts[0] == "arn" else "aws"


def account_of(arn: str) -> str:
    """The account of an ARN: "" when it names none, a symbol when it is not known."""
    if arn.startswith(OPEN):
        return ""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 else ""
