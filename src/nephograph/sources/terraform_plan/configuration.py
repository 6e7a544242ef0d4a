"""The `configuration` section of a plan: which expressions were written where, and for which provider.

https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.sources.terraform_addresses import Key, Step, indexed, key_of, steps
from nephograph.sources.terraform_scopes import Provider

Json = dict[str, Any]


class Call(msgspec.Struct, frozen=True):
    """One step into a module instance: the name of the call and the key of the instance."""

    name: str
    key: Key = None


class Address(msgspec.Struct, frozen=True):
    """An instance address taken apart."""

    calls: tuple[Call, ...]
    block: str
    """`aws_vpc.main`, `data.aws_ami.this`."""
    key: Key = None


def address_of(text: str) -> Address | None:
    """The parts of an instance address; None when it is none."""
    found = steps(text)
    calls: list[Call] = []
    position = 0
    while position + 1 < len(found) and found[position] == "module":
        name = str(found[position + 1])
        position += 2
        key, position = _key(found, position)
        calls.append(Call(name, key))
    length = 3 if found[position : position + 1] == ["data"] else 2
    names = found[position : position + length]
    if len(names) < length or any(key_of(step) is not None for step in names):
        return None
    key, position = _key(found, position + length)
    return Address(tuple(calls), ".".join(str(name) for name in names), key) if position == len(found) else None


def _key(found: list[Step], position: int) -> tuple[Key, int]:
    if position < len(found) and (key := key_of(found[position])) is not None:
        return key, position + 1
    return None, position


def prefix_of(calls: tuple[Call, ...]) -> str:
    """What the addresses inside a module instance begin with: `module.a["x"].`, "" for the root."""
    return "".join(f"{indexed(f'module.{call.name}', call.key)}." for call in calls)


class Configuration:
    """The section, read with care: what is not as the format says reads as not there."""

    def __init__(self, section: Any, variables: Any) -> None:
        section = _mapping(section)
        self.is_there = bool(section)
        self._root = _mapping(section.get("root_module"))
        self._providers = _mapping(section.get("provider_config"))
        self._variables = {name: value.get("value") for name, value in _mappings(variables).items()}
        self._modules: dict[tuple[str, ...], Json] = {}
        self._blocks: dict[tuple[str, ...], dict[str, Json]] = {}
        self._found: dict[str, Provider] = {}

    def module(self, calls: tuple[Call, ...]) -> Json:
        """The module that such an instance is made of; {} when it is not in the section."""
        names = tuple(call.name for call in calls)
        if names not in self._modules:
            module = self._root
            for name in names:
                module = _mapping(_mapping(_mapping(module.get("module_calls")).get(name)).get("module"))
            self._modules[names] = module
        return self._modules[names]

    def call(self, calls: tuple[Call, ...]) -> Json:
        """The `module` block that calls the last of these."""
        return _mapping(_mapping(self.module(calls[:-1]).get("module_calls")).get(calls[-1].name))

    def block(self, address: Address) -> Json | None:
        """The resource block of an instance; None when the section does not hold it."""
        names = tuple(call.name for call in address.calls)
        if names not in self._blocks:
            listed = self.module(address.calls).get("resources")
            blocks = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
            self._blocks[names] = {str(one.get("address")): one for one in blocks}
        return self._blocks[names].get(address.block)

    def provider(self, address: Address | None, full_name: Any, type_: str) -> tuple[str, Provider]:
        """(a label that is unique in the plan, the provider configuration) of a resource."""
        block = self.block(address) if address is not None else None
        key = block.get("provider_config_key") if block else None
        if not isinstance(key, str):
            key = self._key_of(full_name) or _local_name(full_name) or type_.partition("_")[0]
        if key not in self._found:
            self._found[key] = self._provider(key)
        return key, self._found[key]

    def _key_of(self, full_name: Any) -> str:
        """The plain configuration of a provider, by its source address."""
        for key, said in self._providers.items():
            if isinstance(said, dict) and said.get("full_name") == full_name and not said.get("alias"):
                return key if ":" not in key else ""
        return ""

    def _provider(self, key: str) -> Provider:
        said = _mapping(self._providers.get(key))
        path, _, local = key.rpartition(":")
        while not said and path:
            # A module without a configuration of its own uses its caller's of the same name.
            path = path.rpartition(".module.")[0] if ".module." in path else ""
            said = _mapping(self._providers.get(f"{path}:{local}" if path else local))
        name, _, alias = local.partition(".")
        name = _text(said.get("name")) or name
        alias = _text(said.get("alias")) or alias
        return Provider(name, alias, self._arguments(said.get("expressions")))

    def _arguments(self, expressions: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, expression in _mapping(expressions).items():
            if isinstance(expression, list):
                found[name] = [self._arguments(block) for block in expression if isinstance(block, dict)]
            elif isinstance(expression, dict):
                found[name] = self._value(expression)
        for name in ("assume_role", "assume_role_with_web_identity"):
            if isinstance(found.get(name), dict):
                found[name] = [found[name]]
        accounts = found.get("allowed_account_ids")
        if isinstance(accounts, str | int):
            # `[var.account]` shows in the plan as a reference to the variable alone.
            found["allowed_account_ids"] = [accounts]
        return found

    def _value(self, expression: Json) -> Any:
        """The value of a constant, or of the one variable of the root that an expression names; else None."""
        if "constant_value" in expression:
            return expression["constant_value"]
        names = [name for name in references(expression) if name.startswith("var.")]
        if len(names) == 1 == len(references(expression)):
            return self._variables.get(names[0].removeprefix("var."))
        return None


def references(expression: Mapping[str, Any]) -> list[str]:
    """The references of an expression in the order they are written, each as long as it is known.

    A plan lists every reference together with its beginnings, longest first: `a.b.id`, `a.b`.
    """
    listed = expression.get("references")
    found: list[str] = []
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, str) and not (found and _begins(found[-1], one)):
            found.append(one)
    return list(dict.fromkeys(found))


def _begins(longer: str, shorter: str) -> bool:
    return longer.startswith(shorter) and longer[len(shorter) : len(shorter) + 1] in (".", "[")


def _mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> dict[str, Json]:
    return {name: one for name, one in _mapping(value).items() if isinstance(one, dict)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _local_name(full_name: Any) -> str:
    return full_name.rpartition("/")[2] if isinstance(full_name, str) else ""
