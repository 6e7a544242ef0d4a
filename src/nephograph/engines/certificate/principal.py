"""Who asks, and whether the Principal element of a statement means them.

Sources, below IAM/latest/UserGuide/: reference_policies_elements_principal.html and _notprincipal.html.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from nephograph.engines.certificate.formula import Atom, Formula, conjunction, disjunction, negation
from nephograph.engines.certificate.malformed import MalformedPolicyError, MalformedRequestError, Path, texts

Kind = Literal["user", "role", "session", "federated-user", "root", "service", "provider", "canonical", "anonymous"]

_ARN = re.compile(r"arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(.+)", re.DOTALL)
_ACCOUNT = re.compile(r"(?:arn:[a-z0-9-]+:iam::)?(\d{12})(?::root)?")
_SERVICE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)")
_CANONICAL = re.compile(r"[0-9a-f]{64}")
_PROVIDERS = frozenset(
    {"accounts.google.com", "www.amazon.com", "graph.facebook.com", "cognito-identity.amazonaws.com"}
)
_TYPES = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})

SIGNED_IN_ACCOUNT: frozenset[Kind] = frozenset({"user", "role", "session", "federated-user", "root"})
"""Principals that belong to an account and its organization."""


class Principal(msgspec.Struct, frozen=True):
    """A principal of a request. `name` is the last part of the ARN of a user or role (or a session's role)."""

    kind: Kind
    spelled: str
    account: str = ""
    name: str = ""
    service_linked: bool = False


def principal(text: str, at: Path = ("request", "principal")) -> Principal:
    """Read the principal of a request. Raises `MalformedRequestError` for what is none."""
    if text == "anonymous":
        return Principal("anonymous", text)
    if text in _PROVIDERS:
        return Principal("provider", text)
    if _SERVICE.fullmatch(text):
        return Principal("service", text)
    if _CANONICAL.fullmatch(text):
        return Principal("canonical", text)
    found = _ARN.fullmatch(text)
    if found and "*" not in text and "?" not in text:
        account, resource = found[3], found[4]
        kind, _, rest = resource.partition("/")
        name = rest.rpartition("/")[2]
        if found[2] == "iam":
            if resource == "root":
                return Principal("root", text, account)
            if kind in ("user", "role") and name:
                linked = kind == "role" and rest.startswith("aws-service-role/")
                return Principal("user" if kind == "user" else "role", text, account, name, linked)
            if kind in ("saml-provider", "oidc-provider") and rest:
                return Principal("provider", text, account)
        else:
            role, slash, session = rest.partition("/")
            if kind == "assumed-role" and role and slash and session:
                # Only service-linked roles may bear such a name; the ARN of a session does not have the role's path.
                return Principal("session", text, account, role, role.startswith("AWSServiceRoleFor"))
            if kind == "federated-user" and rest:
                return Principal("federated-user", text, account)
    raise MalformedRequestError(
        f"{text} is no principal",
        at,
        "write the ARN of a user, a role, an assumed-role session, a federated user or an identity provider, a service "
        "(lambda.amazonaws.com), or anonymous",
    )


class Means(enum.Enum):
    """How a statement names the principal: what its grant is limited by depends on it."""

    DIRECT = "direct"
    """The user, the session, the service …, or everybody: a grant of the same account needs nothing else."""

    ENTITY = "entity"
    """The role of a session, the user of a federated one: limited by boundary and session policies."""

    ACCOUNT = "account"
    """The account: it may pass the permission on."""


class Named(msgspec.Struct, frozen=True):
    """A Principal or NotPrincipal element: (type, value) pairs; ("*", "*") is everybody."""

    entries: tuple[tuple[str, str], ...]
    excluded: bool = False

    def means(self, who: Principal, deny: bool, has_boundary: bool) -> dict[Means, Formula]:
        """In which ways the element means the principal; an empty answer: not at all."""
        if self.excluded:
            hit = negation(self._spared(who, has_boundary) if deny else self._listed(who))
            if hit is False:
                return {}
            if deny or who.kind not in ("role", "session", "federated-user"):
                return {Means.DIRECT: hit}
            freely = Atom(
                f"a NotPrincipal grants to {who.spelled} past its boundary and session policies", "NotPrincipal"
            )
            return {Means.DIRECT: conjunction((hit, freely)), Means.ENTITY: hit}
        found: dict[Means, list[Formula]] = {}
        for kind, value in self.entries:
            named = _entry(kind, value, who)
            if named is not None:
                found.setdefault(named[0], []).append(named[1])
        return {way: disjunction(formulas) for way, formulas in found.items()}

    def _listed(self, who: Principal) -> Formula:
        return disjunction(named[1] for kind, value in self.entries if (named := _entry(kind, value, who)) is not None)

    def _spared(self, who: Principal, has_boundary: bool) -> Formula:
        """Does a Deny with NotPrincipal leave the principal alone? AWS may ask for its account and its role, too."""
        if ("*", "*") in self.entries or ("AWS", "*") in self.entries:
            return True
        if has_boundary and who.kind in ("user", "role", "session"):
            return False
        ways = {named[0]: named[1] for kind, value in self.entries if (named := _entry(kind, value, who)) is not None}
        if not ways:
            return False
        wanted = [Means.DIRECT]
        if who.kind in ("user", "role", "session", "federated-user"):
            wanted.append(Means.ACCOUNT)
        if who.kind in ("role", "session"):
            wanted.append(Means.ENTITY)
        if who.kind == "role":
            wanted.remove(Means.DIRECT)
        missing = [way for way in wanted if way not in ways]
        if missing:
            what = " and ".join(_MISSING[way] for way in missing)
            return Atom(f"a NotPrincipal that does not name {what} still spares {who.spelled}", f"NotPrincipal {what}")
        return conjunction(ways[way] for way in wanted)


_MISSING = {Means.DIRECT: "the principal itself", Means.ENTITY: "its role", Means.ACCOUNT: "its account"}


def _entry(kind: str, value: str, who: Principal) -> tuple[Means, Formula] | None:
    """How one entry of the element means the principal; None when it does not."""
    if value == "*" and kind in ("*", "AWS"):
        return Means.DIRECT, True
    if kind == "Service":
        return _only(who, "service", value)
    if kind == "Federated":
        return _only(who, "provider", value)
    if kind == "CanonicalUser":
        if who.kind == "canonical":
            return (Means.DIRECT, True) if value == who.spelled else None
        if who.kind in SIGNED_IN_ACCOUNT:
            return Means.ACCOUNT, Atom(f"account {who.account} has the canonical user id {value}", f"canonical {value}")
        return None
    return _aws(value, who)


def _only(who: Principal, kind: Kind, value: str) -> tuple[Means, Formula] | None:
    if who.kind != kind:
        return None
    if value == "*":
        return Means.DIRECT, Atom(f"AWS takes a lone * for every {kind}", f"* as {kind}")
    return (Means.DIRECT, True) if value == who.spelled else None


def _aws(value: str, who: Principal) -> tuple[Means, Formula] | None:
    if who.kind not in SIGNED_IN_ACCOUNT:
        return None
    account = _ACCOUNT.fullmatch(value)
    if account:
        if account[1] != who.account:
            return None
        return (Means.DIRECT if who.kind == "root" else Means.ACCOUNT), True
    if value == who.spelled:
        return (Means.ENTITY if who.kind == "role" else Means.DIRECT), True
    found = _ARN.fullmatch(value)
    if not found or found[3] != who.account or found[2] != "iam":
        return None
    kind, _, rest = found[4].partition("/")
    if who.kind == "session" and kind == "role" and rest.rpartition("/")[2] == who.name:
        # Names of roles are unique in an account; the ARN of a session leaves the path out.
        return Means.ENTITY, True
    if who.kind == "federated-user" and kind == "user":
        return Means.ENTITY, Atom(f"{value} opened the session {who.spelled}", f"federated by {value}")
    return None


def read(element: Any, at: Path, excluded: bool) -> Named:
    """Read a Principal or NotPrincipal element. Raises `MalformedPolicyError`."""
    if element == "*":
        return Named((("*", "*"),), excluded)
    if not isinstance(element, Mapping):
        raise MalformedPolicyError('a Principal is "*" or an object such as {"AWS": "111122223333"}', at)
    entries: list[tuple[str, str]] = []
    for kind, values in element.items():
        if kind not in _TYPES:
            raise MalformedPolicyError(
                f"{kind} is no type of principal", (*at, kind), "use AWS, Service, Federated or CanonicalUser"
            )
        entries += [(kind, value) for value in texts(values, (*at, kind), "a principal")]
    return Named(tuple(entries), excluded)
