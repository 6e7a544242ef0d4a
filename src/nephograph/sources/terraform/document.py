"""A resource instance as the catalog reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.completion import complete
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform_values import without_credentials

DIALECT = "terraform"


class Stated(dict[str, Any]):
    """The attributes of a resource of a module model: what the model does not write is not known."""

    def __init__(self, attributes: Mapping[str, Any], instance: Instance) -> None:
        super().__init__(attributes)
        self._names = frozenset(instance.names)
        self._address = instance.address

    def get(self, key: str, default: Any = None) -> Any:
        """A value, None for what the model says is not set, else an Unknown."""
        if key in self or key in self._names:
            return super().get(key, default)
        return Unknown(Reason.ABSENT_MODULE, f"{self._address}.{key}")


class TerraformDocument:
    """One resource instance; implements `model.source.Document`."""

    __slots__ = ("_attributes", "instance")

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._attributes: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<{self.root}: {self.address}>"

    @property
    def dialect(self) -> str:
        """Always `terraform`."""
        return DIALECT

    @property
    def type(self) -> str:
        """The resource type."""
        return self.instance.type

    @property
    def said(self) -> Said:
        """Always `code`."""
        return "code"

    @property
    def root(self) -> str:
        """The root module's directory as shown."""
        return self.instance.module.root

    @property
    def address(self) -> str:
        """The instance's address in its root."""
        return self.instance.address

    @property
    def scope(self) -> Scope:
        """Provider, account and region by the provider configuration."""
        scope = self.instance.configuration.scope
        if scope.provider == "aws" and "region" in self.instance.block.body.arguments:
            # Since version 6 of the AWS provider a resource may name its own region.
            region = self.instance.written("region")
            if isinstance(region, str | Unknown):
                return Scope(scope.provider, scope.account, region if isinstance(region, str) else region.symbol)
        return scope

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What is written, evaluated and completed, without credentials; computed once."""
        if self._attributes is None:
            attributes = complete(self.instance, self.instance.attributes())
            self._attributes = without_credentials(self.instance.block.labels[0], attributes)
            if self.instance.block.text.modelled:
                self._attributes = Stated(self._attributes, self.instance)
        return self._attributes

    @property
    def existence(self) -> Unknown | None:
        """Why it is not known whether the instance exists."""
        return self.instance.existence

    def origin(self, path: Path) -> Origin | None:
        """Where the value at `path` was written, with the chain of what made it what it is."""
        from nephograph.sources.terraform.origins import origin

        return origin(self.instance, path)
