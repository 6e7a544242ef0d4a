"""Principals, and in which way a Principal element means one of them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from __future__ import annotations

import functools
import re
from typing import Any, Literal, TypeAlias

import msgspec

Kind = Literal["user", "role", "session", "federated-user", "root", "service", "provider", "canonical", "anonymous"]
Way = Literal["direct", "entity", "account"]
"""direct: a grant that nothing else limits; entity: the role behind a session, limited by boundary and session
policies; account: passed on by the account's own policies."""

Clauses: TypeAlias = tuple[tuple[tuple[str, bool], ...], ...]
"""Alternatives, each a conjunction of open questions and how they have to be answered; () is for certain."""

_ARN = re.compile(r"arn:([a-z0-9-]+):(iam|sts)::(\d{12}):(.+)", re.DOTALL)
_ACCOUNT = re.compile(r"(?:arn:[a-z0-9-]+:iam::)?(\d{12})(?::root)?")
_SERVICE = re.compile(r"[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)")
_CANONICAL = re.compile(r"[0-9a-f]{64}")
_PROVIDERS = frozenset(
    {"accounts.google.com", "www.amazon.com", "graph.facebook.com", "cognito-identity.amazonaws.com"}
)
ANONYMOUS = "anonymous"


class Who(msgspec.Struct, frozen=True):
    """A principal. `name` is the last part of the ARN of a user or role (of a session: of its role)."""

    kind: Kind
    spelled: str
    account: str = ""
    name: str = ""
    service_linked: bool = False

    @property
    def signed(self) -> bool:
        """Does it belong to an account, and so to its organization?"""
        return bool(self.account) and self.kind != "provider"

    @property
    def has_policies(self) -> bool:
        """May identity policies be attached to it (or to what stands behind it)?"""
        return self.signed and self.kind != "root"


@functools.lru_cache(maxsize=1 << 16)
def who(text: str) -> Who | None:
    """The principal a text names; None when it names none."""
    if text == ANONYMOUS:
        return Who("anonymous", text)
    if text in _PROVIDERS:
        return Who("provider", text)
    if _SERVICE.fullmatch(text):
        return Who("service", text)
    if _CANONICAL.fullmatch(text):
        return Who("canonical", text)
    found = _ARN.fullmatch(text)
    if found is None or "*" in text or "?" in text:
        return None
    service, account, rest = found[2], found[3], found[4]
    kind, _, tail = rest.partition("/")
    if service == "sts":
        role, slash, session = tail.partition("/")
        if kind == "assumed-role" and role and slash and session:
            return Who("session", text, account, role, role.startswith("AWSServiceRoleFor"))
        return Who("federated-user", text, account) if kind == "federated-user" and tail else None
    if rest == "root":
        return Who("root", text, account)
    if kind in ("saml-provider", "oidc-provider") and tail:
        return Who("provider", text, account)
    name = tail.rpartition("/")[2]
    if kind == "user" and name:
        return Who("user", text, account, name)
    return Who("role", text, account, name, tail.startswith("aws-service-role/")) if kind == "role" and name else None


class Named(msgspec.Struct, frozen=True):
    """Principal or NotPrincipal: (type, value) pairs; ("*", "*") is everybody."""

    entries: tuple[tuple[str, str], ...]
    excluded: bool = False

    def means(self, one: Who, deny: bool, bounded: bool) -> dict[Way, Clauses]:
        """Way -> when the principal is named in it. `bounded`: it has a permissions boundary."""
        hits = [hit for kind, value in self.entries if (hit := _entry(kind, value, one)) is not None]
        if not self.excluded:
            found: dict[Way, Clauses] = {}
            for way, question in hits:
                found[way] = (*found.get(way, ()), ((question, True),) if question else ())
            return found
        if deny:
            return self._unspared(one, hits, bounded)
        # An Allow means whoever is not listed: each entry that may list it has to be answered with no.
        if any(not question for _, question in hits):
            return {}
        unlisted = tuple((question, False) for _, question in hits)
        if one.kind not in ("role", "session", "federated-user"):
            return {"direct": (unlisted,)}
        freely = f"whether a NotPrincipal grants to a {one.kind} past its boundary and session policies"
        return {"direct": ((*unlisted, (freely, True)),), "entity": (unlisted,)}

    def _unspared(self, one: Who, hits: list[tuple[Way, str]], bounded: bool) -> dict[Way, Clauses]:
        """Whom a Deny with NotPrincipal hits; to be spared, AWS may ask for the account and the role, too."""
        if ("*", "*") in self.entries or ("AWS", "*") in self.entries:
            return {}
        if not hits or (bounded and one.kind in ("user", "role", "session")):
            return {"direct": ((),)}
        ways = dict(hits)
        wanted: list[Way] = ["entity"] if one.kind == "role" else ["direct"]
        if one.kind in ("user", "role", "session", "federated-user"):
            wanted.append("account")
        if one.kind == "session":
            wanted.append("entity")
        missing = [way for way in wanted if way not in ways]
        if missing:
            question = f"whether a NotPrincipal without the {' and '.join(missing)} of a {one.kind} spares it"
            return {"direct": (((question, False),),)}
        clauses = tuple(((ways[way], False),) for way in wanted if ways[way])
        return {"direct": clauses} if clauses else {}


def _entry(kind: str, value: str, one: Who) -> tuple[Way, str] | None:
    """(way, open question or "") in which an entry means the principal; None: it does not."""
    if value == "*" and kind in ("*", "AWS"):
        return "direct", ""
    if kind in ("Service", "Federated"):
        if one.kind != ("service" if kind == "Service" else "provider"):
            return None
        if value == "*":
            return "direct", f"whether AWS takes a lone * for every {one.kind}"
        return ("direct", "") if value == one.spelled else None
    if kind == "CanonicalUser":
        if one.kind == "canonical":
            return ("direct", "") if value == one.spelled else None
        return ("account", f"whether account {one.account} has canonical user id {value}") if one.signed else None
    return _aws(value, one) if one.signed else None


def _aws(value: str, one: Who) -> tuple[Way, str] | None:
    account = _ACCOUNT.fullmatch(value)
    if account:
        if account[1] != one.account:
            return None
        return "direct" if one.kind == "root" else "account", ""
    if value == one.spelled:
        return "entity" if one.kind == "role" else "direct", ""
    found = _ARN.fullmatch(value)
    if found is None or found[2] != "iam" or found[3] != one.account:
        return None
    kind, _, tail = found[4].partition("/")
    if one.kind == "session" and kind == "role" and tail.rpartition("/")[2] == one.name:
        return "entity", ""  # names of roles are unique in an account; a session's ARN has no path
    if one.kind == "federated-user" and kind == "user":
        return "entity", f"whether {value} opened the session {one.spelled}"
    return None


def named(element: Any, excluded: bool) -> Named:
    """Read a Principal or NotPrincipal element. Raises ValueError for what is none."""
    if element == "*":
        return Named((("*", "*"),), excluded)
    if not isinstance(element, dict):
        raise ValueError("Principal is neither * nor an object")
    entries: list[tuple[str, str]] = []
    for kind, values in element.items():
        if kind not in ("AWS", "Service", "Federated", "CanonicalUser"):
            raise ValueError(f"{kind} is no type of principal")
        for value in values if isinstance(values, list) else [values]:
            if not isinstance(value, str):
                raise ValueError(f"a principal under {kind} is no text")
            entries.append((kind, value))
    return Named(tuple(entries), excluded)
