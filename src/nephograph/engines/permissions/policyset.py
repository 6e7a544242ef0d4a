"""What an organization consists of, as the engine wants it: policies by number, accounts, principals, resources.

Nothing here knows where it was said. Policies are interned by content, so a template that half a million roles hold is
one policy. What is not known is a policy with a reason (`unknown_policy`), never an empty one.
"""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.engines.permissions.context import ABSENT, Known
from nephograph.engines.permissions.document import Policy, Use, read
from nephograph.engines.permissions.who import Who, who

Policies = tuple[int, ...]
"""Numbers of policies of one `PolicySet`."""


class Account(msgspec.Struct, frozen=True):
    """An account. `scp` and `rcp` are levels, the root first; () is no organization, or the management account."""

    id: str
    scp: tuple[Policies, ...] = ()
    rcp: tuple[Policies, ...] = ()
    organization: str | None = None
    """Its id; "" for an account in none, None when it is not known."""


class Entity(msgspec.Struct, frozen=True):
    """A user or a role with what is attached to it. `boundary` () is none. `tags` None: not known."""

    arn: str
    policies: Policies = ()
    boundary: Policies = ()
    tags: tuple[tuple[str, str], ...] | None = ()


class Holding(msgspec.Struct, frozen=True):
    """A resource with its own policies (() is none), the account that owns it, and its tags (None: not known)."""

    arn: str
    account: str
    policies: Policies = ()
    tags: tuple[tuple[str, str], ...] | None = None


class PolicySet:
    """Everything that bears on who can do what. Give it policies first, then what they are attached to."""

    def __init__(self, keeps: bool = False) -> None:
        self.documents: dict[int, Any] | None = {} if keeps else None
        """The documents as they were given, where they are kept: an answer can then be replayed."""
        self.policies: list[Policy] = []
        self.names: list[str] = []
        self._numbers: dict[tuple[Policy, str], int] = {}
        self.accounts: dict[str, Account] = {}
        self.entities: dict[str, Entity] = {}
        self.holdings: dict[str, Holding] = {}
        self.inventory: list[str] = []
        self.gaps: list[str] = []
        """What the answers leave out, in words."""
        self._roles: dict[tuple[str, str], str] = {}

    def policy(self, document: Any, use: Use = "identity", name: str = "") -> int:
        """The number of a policy document. Raises `MalformedError`."""
        number = self.intern(read(document, use), name)
        if self.documents is not None:
            self.documents[number] = document
        return number

    def unknown_policy(self, why: str, name: str = "") -> int:
        """The number of a policy whose content is not known."""
        return self.intern(Policy(unknown=why), name)

    def intern(self, policy: Policy, name: str = "") -> int:
        """The number of a policy that was read."""
        key = (policy, name)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.policies)
            self.policies.append(policy)
            self.names.append(name)
        return found

    def replace(self, number: int, policy: Policy) -> None:
        """Put other content in the place of a policy, wherever it is attached."""
        self._numbers.pop((self.policies[number], self.names[number]), None)
        self.policies[number] = policy
        self._numbers.setdefault((policy, self.names[number]), number)

    def account(self, account: Account) -> None:
        """Add an account, or say it anew."""
        self.accounts[account.id] = account

    def entity(self, entity: Entity) -> None:
        """Add a user or a role, or say it anew. Raises ValueError for an ARN of neither.

        A federated user holds the policies of the user that opened its session.
        """
        one = who(entity.arn)
        if one is None or one.kind not in ("user", "role", "federated-user"):
            raise ValueError(f"{entity.arn} is neither a user nor a role")
        self.entities[entity.arn] = entity
        if one.kind == "role":
            self._roles[one.account, one.name] = entity.arn

    def holding(self, holding: Holding) -> None:
        """Add a resource with a policy or tags, or say it anew."""
        self.holdings[holding.arn] = holding

    def behind(self, one: Who) -> Entity | None:
        """The user or role whose policies a principal has; for a session its role."""
        if one.kind == "session":
            return self.entities.get(self._roles.get((one.account, one.name), ""))
        return self.entities.get(one.spelled)

    def holder(self, resource: str) -> Holding | None:
        """The resource whose policy bears on an ARN: itself, or the bucket of an object."""
        found = self.holdings.get(resource)
        if found is None and resource.startswith("arn:") and ":s3:::" in resource:
            found = self.holdings.get(resource.partition("/")[0])
        return found


def principal_facts(one: Who, entity: Entity | None, account: Account | None) -> dict[str, Known]:
    """Keys of a request that follow from who asks, in lower case.

    A role's own tags are taken for the tags of its sessions: session tags are not known here, and said so by whoever
    answers. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    keys: dict[str, Known] = {"aws:principalisawsservice": ("true" if one.kind == "service" else "false",)}
    if one.kind == "service":
        keys["aws:principalservicename"] = (one.spelled,)
    if not one.signed:
        return keys
    keys |= {"aws:principalarn": (entity.arn if entity else one.spelled,), "aws:principalaccount": (one.account,)}
    types = {"user": "User", "role": "AssumedRole", "session": "AssumedRole", "federated-user": "FederatedUser"}
    keys["aws:principaltype"] = (types.get(one.kind, "Account"),)
    if one.kind == "user":
        keys["aws:username"] = (one.name,)
    elif one.kind in ("role", "session"):
        keys["aws:username"] = ABSENT
    if account is not None and account.organization is not None:
        keys["aws:principalorgid"] = (account.organization,) if account.organization else ABSENT
    for key, value in (entity.tags or ()) if entity else ():
        keys[f"aws:principaltag/{key.lower()}"] = (value,)
    return keys


def resource_facts(holding: Holding | None, owner: str, account: Account | None) -> dict[str, Known]:
    """Keys of a request that follow from what is asked of, in lower case."""
    keys: dict[str, Known] = {}
    if owner:
        keys["aws:resourceaccount"] = (owner,)
    if account is not None and account.organization is not None:
        keys["aws:resourceorgid"] = (account.organization,) if account.organization else ABSENT
    for key, value in (holding.tags or ()) if holding else ():
        keys[f"aws:resourcetag/{key.lower()}"] = (value,)
    return keys


def is_principal_key(key: str) -> bool:
    """May the key be known from the principal alone? Given in lower case."""
    return key.startswith("aws:principal") or key == "aws:username"
