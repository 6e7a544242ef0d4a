"""Account and region of what Terraform manages, where no expression can be asked: in plans and states.

A provider configuration says them, or what the resources themselves know (an ARN, an owner, a zone) does. What is
not known gets the symbol that HCL gives it, so that an estate reads the same in every spelling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.model.source import Scope
from nephograph.model.value import DISTINCT, Reason, Unknown

FAMILIES = {"google-beta": "google", "azuread": "azurerm", "azapi": "azurerm", "helm": "kubernetes"}
"""Providers whose types another one owns."""

IDENTITY = (
    "profile",
    "access_key",
    "shared_credentials_files",
    "shared_credentials_file",
    "assume_role",
    "assume_role_with_web_identity",
)
"""What makes a provider speak as another identity than the ambient one, which all plain providers share."""

SEPARATE_ACCOUNTS = "Root modules whose providers name no account are taken to be of different accounts."

_NOUNS = {"azurerm": "subscription", "google": "project", "kubernetes": "cluster"}
_ARN = re.compile(r"arn:aws[a-z-]*:[^:]*:([^:]*):(\d{12}):")
_ROLE = re.compile(r"arn:[^:]*:iam::(\d{12}):")
_ACCOUNT = re.compile(r"\d{12}")
_ZONE = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d)(?:-[a-z]+-\d)?[a-z]")
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_SUBSCRIPTION = re.compile(r"(?i)/subscriptions/([0-9a-f-]{36})(?:/|$)")


class Provider(msgspec.Struct, frozen=True):
    """One provider configuration: local name, alias, and the arguments whose values are known.

    Nested blocks stand as lists of mappings, as in documents.
    """

    name: str
    alias: str = ""
    said: Mapping[str, Any] = {}

    @property
    def family(self) -> str:
        """The provider that owns the types: google-beta is google."""
        return FAMILIES.get(self.name, self.name)

    @property
    def label(self) -> str:
        """As a configuration is referred to: `aws`, `aws.data`."""
        return f"{self.name}.{self.alias}" if self.alias else self.name


class Seen:
    """What the resources of one provider configuration know of their account and region."""

    def __init__(self) -> None:
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self._regions: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def resource(self, label: str, provider: Provider, values: Mapping[str, Any]) -> None:
        """Take note of what the attributes of a managed resource tell."""
        account, region = own(provider.family, values)
        if account:
            self._accounts[label].add(account)
        if region:
            self._regions[label].add(region)
        for name in ("id", "arn"):
            if isinstance(values.get(name), str) and values[name]:
                self._named[values[name]].add((account, region))

    def data(self, label: str, type_: str, values: Mapping[str, Any]) -> None:
        """Take note of the data sources that ask the provider who and where it is."""
        if type_ == "aws_caller_identity" and _is(_ACCOUNT, values.get("account_id")):
            self._asked[label].add(values["account_id"])
        if type_ == "aws_region":
            name = values.get("region") or values.get("name")
            if _is(_REGION, name):
                self._regions[label].add(str(name))

    def account(self, label: str) -> str:
        """The one account of a configuration, "" when its resources tell none or several."""
        return _only(self._asked[label]) or _only(self._accounts[label])

    def region(self, label: str) -> str:
        """The one region of a configuration, "" when its resources tell none or several."""
        return _only(self._regions[label])

    def beside(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """(account, region) of what a resource names by id or ARN; "" where that is none, several or not known.

        A resource and what it is attached to are of one account: for what has no ARN itself, in a file that does not
        tell several configurations of a provider apart.
        """
        found: set[tuple[str, str]] = set()
        for name, value in values.items():
            if name not in ("id", "arn"):
                for one in value if isinstance(value, list) else [value]:
                    found |= self._named.get(one, set()) if isinstance(one, str) else set()
        return _only({account for account, _ in found}), _only({region for _, region in found})


class Scopes:
    """The scopes of one root. `assumptions` collects what was taken for granted, in a person's words."""

    def __init__(self, root: str, several_roots: bool, account: str = "", region: str = "") -> None:
        self._root = root
        self._several = several_roots
        self._default = (account, region)
        self.seen = Seen()
        self.assumptions: dict[str, None] = {}

    def of(self, label: str, provider: Provider, values: Mapping[str, Any]) -> Scope:
        """The scope of a resource of that provider configuration (`label` names it uniquely in the root)."""
        family = provider.family
        account, region = own(family, values)
        account = account or self._said_account(provider) or self.seen.account(label)
        beside = self.seen.beside(values) if family == "aws" else ("", "")
        account = account or beside[0]
        if not account and family == "aws":
            account = self._default[0]
        if not account:
            account = self._account_symbol(provider)
        if family not in ("aws", "google"):
            return Scope(family, account)
        said = provider.said.get("region")
        region = region or (said if isinstance(said, str) else "") or self.seen.region(label) or beside[1]
        if not region and family == "aws":
            region = self._default[1]
        return Scope(family, account, region or self._symbol("region", provider, bool(provider.alias)))

    def _said_account(self, provider: Provider) -> str:
        said = provider.said
        if provider.family == "aws":
            allowed = said.get("allowed_account_ids")
            if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str | int):
                return str(allowed[0])
            for name in ("assume_role", "assume_role_with_web_identity"):
                for block in said.get(name) or ():
                    role = block.get("role_arn") if isinstance(block, dict) else None
                    if isinstance(role, str) and (found := _ROLE.match(role)):
                        return found[1]
            return ""
        names = {
            "azurerm": ("subscription_id",),
            "google": ("project",),
            "kubernetes": ("config_context", "host", "config_context_cluster"),
        }
        values = (said.get(name) for name in names.get(provider.family, ()))
        return next((value for value in values if isinstance(value, str) and value), "")

    def _account_symbol(self, provider: Provider) -> str:
        if provider.family == "aws":
            own_identity = any(name in provider.said for name in IDENTITY)
        else:
            own_identity = bool(provider.alias)
        return self._symbol(_NOUNS.get(provider.family, "account"), provider, own_identity)

    def _symbol(self, what: str, provider: Provider, own_identity: bool) -> str:
        """An account or region that is not known: one and the same unknown for all that share it."""
        name = f"{what} of provider {provider.label if own_identity else provider.name}"
        if self._several:
            # Whoever runs two roots without naming an account has as a rule one account for each.
            mark = DISTINCT if what == "account" else ""
            name = f"{mark}{name} in {self._root}"
            if mark:
                self.assumptions[SEPARATE_ACCOUNTS] = None
        return Unknown(Reason.NOT_SEEN, name).symbol


def own(family: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """(account, region) that the attributes of a resource tell by themselves; "" for what they do not."""
    if family == "aws":
        arn, owner = values.get("arn"), values.get("owner_id")
        found = _ARN.match(arn) if isinstance(arn, str) else None
        account = found[2] if found else str(owner) if _is(_ACCOUNT, owner) else ""
        region = values.get("region")
        if not _is(_REGION, region):
            region = found[1] if found else ""
        zone = values.get("availability_zone")
        if not region and isinstance(zone, str) and (match := _ZONE.fullmatch(zone)):
            region = match[1]
        return account, str(region)
    if family == "azurerm":
        found = _SUBSCRIPTION.match(values["id"]) if isinstance(values.get("id"), str) else None
        return (found[1] if found else ""), ""
    return "", ""


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _only(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""
