"""Provider configurations of a module instance, and the account and region that each stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nephograph.model.source import Scope
from nephograph.model.value import DISTINCT, Reason, Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.scope import Env, evaluated

if TYPE_CHECKING:
    from nephograph.sources.terraform.module import Module

_ARN_ACCOUNT = re.compile(r"arn:[^:]*:iam::([^:]+):")
_IDENTITY = (
    "profile",
    "access_key",
    "shared_credentials_files",
    "shared_credentials_file",
    "assume_role",
    "assume_role_with_web_identity",
)
"""What makes a provider speak as another identity than the ambient one, which all plain providers share."""

SEPARATE_ACCOUNTS = "Root modules whose providers name no account are taken to be of different accounts."

FAMILIES = {"google-beta": "google", "azuread": "azurerm", "azapi": "azurerm", "helm": "kubernetes"}


class Configuration:
    """One provider configuration: its block (None when nothing is written) and where its expressions are evaluated."""

    def __init__(self, name: str, alias: str, block: Block | None, env: Env) -> None:
        self.name = name
        self.alias = alias
        self.block = block
        self.env = env
        self._values: dict[str, Any] = {}
        self._scope: Scope | None = None
        self._family: str | None = None

    @property
    def label(self) -> str:
        """As a configuration is referred to: `aws`, `aws.data`."""
        return f"{self.name}.{self.alias}" if self.alias else self.name

    def said(self, name: str) -> Any:
        """The value of an argument of the block; None when it is not written."""
        if self.block is None:
            return None
        written = self.block.body.value(name)
        return evaluated(written, self.env) if written is not None else None

    def kept(self, name: str, compute: Callable[[], Any]) -> Any:
        """A value of the configuration, computed once."""
        if name not in self._values:
            self._values[name] = compute()
        return self._values[name]

    @property
    def account(self) -> Any:
        """The account (subscription, project, cluster): text or Unknown."""
        if "account" not in self._values:
            self._values["account"] = _ACCOUNTS.get(self.family, _no_account)(self)
        return self._values["account"]

    @property
    def region(self) -> Any:
        """The region: text or Unknown; "" when the provider has none."""
        if "region" not in self._values:
            value: Any = ""
            if self.family in ("aws", "google"):
                value = self.said("region")
                if not isinstance(value, str | Unknown):
                    value = self.symbol("region", bool(self.alias))
            self._values["region"] = value
        return self._values["region"]

    @property
    def family(self) -> str:
        """The provider that owns the types, whatever its local name: google-beta is google."""
        if self._family is None:
            type = self.env.module.directory.provider_types.get(self.name, self.name)
            self._family = FAMILIES.get(type, type)
        return self._family

    @property
    def scope(self) -> Scope:
        """As a document carries it."""
        if self._scope is None:
            self._scope = Scope(self.family, _text(self.account), _text(self.region))
        return self._scope

    def symbol(self, what: str, own: bool) -> Unknown:
        """An account or region that is not written: one and the same unknown for all that share it."""
        module = self.env.module
        if not module.context.several_roots:
            return Unknown(Reason.NOT_SEEN, f"{what} of provider {self.label if own else self.name}")
        # Whoever runs two roots without naming an account has as a rule one account for each: they are taken to be
        # different, and the answer says so.
        mark = DISTINCT if what == "account" else ""
        name = f"{mark}{what} of provider {self.label if own else self.name} in {module.root}"
        if mark:
            module.context.assume(SEPARATE_ACCOUNTS)
        return Unknown(Reason.NOT_SEEN, name)


def _text(value: Any) -> str:
    return value.symbol if isinstance(value, Unknown) else str(value)


def _aws_account(configuration: Configuration) -> Any:
    allowed = configuration.said("allowed_account_ids")
    if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str | int | Unknown):
        return allowed[0] if isinstance(allowed[0], Unknown) else str(allowed[0])
    block = configuration.block
    if block is None:
        return configuration.symbol("account", False)
    for name in ("assume_role", "assume_role_with_web_identity"):
        roles = block.body.of_type(name)
        written = roles[-1].body.value("role_arn") if roles else None
        if written is None:
            continue
        account = _account_of(evaluated(written, configuration.env))
        return account if account is not None else configuration.symbol("account", True)
    body = block.body
    own = any(name in body.arguments for name in _IDENTITY) or any(b.type in _IDENTITY for b in body.blocks)
    return configuration.symbol("account", own)


def _account_of(arn: Any) -> Any:
    """The account in a role's ARN; an unknown piece that fills the whole field is that account's value."""
    if isinstance(arn, str):
        found = _ARN_ACCOUNT.match(arn)
        return found[1] if found else None
    if isinstance(arn, Unknown) and arn.parts:
        # The field is known to be one piece when the text before it ends with ::, and after it starts with a colon.
        known = "".join(part if isinstance(part, str) else "\0" for part in arn.parts)
        found = _ARN_ACCOUNT.match(known)
        if found is None:
            return None
        if "\0" not in found[1]:
            return found[1]
        if found[1] == "\0":
            position = known[: found.start(1)].count("\0")
            return [part for part in arn.parts if isinstance(part, Unknown)][position]
    return None


def _azurerm_account(configuration: Configuration) -> Any:
    value = configuration.said("subscription_id")
    return (
        value if isinstance(value, str | Unknown) else configuration.symbol("subscription", bool(configuration.alias))
    )


def _google_account(configuration: Configuration) -> Any:
    value = configuration.said("project")
    return value if isinstance(value, str | Unknown) else configuration.symbol("project", bool(configuration.alias))


def _kubernetes_account(configuration: Configuration) -> Any:
    for name in ("config_context", "host", "config_context_cluster"):
        value = configuration.said(name)
        if isinstance(value, str | Unknown):
            return value
    return configuration.symbol("cluster", bool(configuration.alias))


def _no_account(configuration: Configuration) -> Any:
    return configuration.symbol("account", bool(configuration.alias))


_ACCOUNTS = {
    "aws": _aws_account,
    "azurerm": _azurerm_account,
    "google": _google_account,
    "kubernetes": _kubernetes_account,
}


class ProviderSet:
    """The configurations that a module instance can use: its own, and those its caller hands on."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._found: dict[tuple[str, str], Configuration] = {}

    def of_block(self, block: Block) -> Configuration:
        """The configuration of a resource or data block: the `provider` argument, else the default of its type."""
        argument = block.body.value("provider")
        if argument is not None and (named := _named(argument.node)):
            return self.named(*named)
        return self.named(block.labels[0].split("_")[0], "")

    def named(self, name: str, alias: str) -> Configuration:
        """The configuration of a local name and alias ("" for the default one)."""
        key = (name, alias)
        if key not in self._found:
            self._found[key] = self._find(name, alias)
        return self._found[key]

    def _find(self, name: str, alias: str) -> Configuration:
        module = self._module
        if module.parent is not None and module.call is not None:
            # What the caller hands on wins over a block that only declares the alias (the way before Terraform 0.15).
            handed = _handed(module.call.body.value("providers"), name, alias)
            if handed is not None:
                return module.parent.providers.named(*handed)
        for block in module.directory.providers:
            said = block.body.value("alias")
            own = said.node[3] if said is not None and said.node[0] == "lit" else ""
            if block.labels[0] == name and own == alias:
                return Configuration(name, alias, block, module.env)
        if module.parent is not None and not alias:
            return module.parent.providers.named(name, "")
        return Configuration(name, alias, None, module.env)


def _handed(providers: Written | None, name: str, alias: str) -> tuple[str, str] | None:
    """What the `providers` map of a call hands on for a name of the called module."""
    if providers is None or providers.node[0] != "object":
        return None
    for key, value in providers.node[3]:
        said, _, own = providers.text.content[key[1] : key[2]].strip('"').partition(".")
        if (said, own) == (name, alias):
            return _named(value)
    return None


def _named(node: Any) -> tuple[str, str] | None:
    """(local name, alias) of a reference to a configuration; old configurations quote it."""
    if node[0] == "paren":
        return _named(node[3])
    if node[0] == "ref":
        return node[3], str(node[4][0]) if node[4] else ""
    if node[0] == "lit" and isinstance(node[3], str):
        name, _, alias = node[3].partition(".")
        return name, alias
    return None
