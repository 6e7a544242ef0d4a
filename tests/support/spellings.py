"""One estate in several spellings: what HCL says, written as plan JSON and as state JSON.

The documents that the HCL source yields are taken as the truth and written down as Terraform would write them: a plan
says known values, what is unknown, and the references of every expression through module inputs and outputs; a state
has made-up ids (the same on every run) in place of what only the cloud knows, and the clutter of providers.

A plan has one expression for all instances of a block. Where the instances of an example refer to different things in
a way that a plan cannot say, they become blocks (or module calls) of their own: `addresses` maps the old addresses.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from nephograph.catalog.registry import spellings
from nephograph.estate import names
from nephograph.estate.build import Built, build
from nephograph.model.resource import Resource
from nephograph.model.source import Document, Loaded, LoadOptions
from nephograph.model.value import CLOSE, OPEN, Reason, Ref, Unknown
from nephograph.sources.terraform import SOURCE as HCL
from nephograph.sources.terraform.settings import SettingDocument
from nephograph.sources.terraform_addresses import indexed
from nephograph.sources.terraform_plan.configuration import Address, Call, address_of, prefix_of

AS_BLOCKS = {
    ("aws_security_group", "ingress"),
    ("aws_security_group", "egress"),
    ("aws_default_security_group", "ingress"),
    ("aws_default_security_group", "egress"),
    ("aws_network_acl", "ingress"),
    ("aws_network_acl", "egress"),
    ("aws_route_table", "route"),
    ("aws_default_route_table", "route"),
}
"""Attributes that people write as blocks: a plan has one expression for all of them.

https://github.com/hashicorp/terraform/pull/29522
"""

SETS = {"vpc_security_group_ids", "subnet_ids", "security_groups", "subnets", "security_group_ids", "policy_arns"}
"""Sets of texts: one unknown element makes the whole set unknown."""

MADE_UP = "made-up"
"""What stands in a plan or state where HCL holds a secret or a variable without a value."""


class Spelled(msgspec.Struct):
    """A spelling: the JSON, and for every HCL address the one it has there."""

    data: dict[str, Any]
    addresses: dict[str, str]


def hcl(tree: pathlib.Path) -> tuple[Loaded, Built]:
    """The resources of a tree as the HCL source reads them, and their estate."""
    loaded = HCL.load(tree, tree.name, LoadOptions(), lambda *_: None)
    loaded.documents = [one for one in loaded.documents if not isinstance(one, SettingDocument)]
    return loaded, build([loaded])


def write_spellings(tree: pathlib.Path, to: pathlib.Path) -> dict[str, tuple[pathlib.Path, dict[str, str]]]:
    """Write the estate of an HCL tree as `plan`, `state` (a state file) and `shown` (a state as JSON).

    Returns for each spelling its file and the map from HCL addresses to addresses in it.
    """
    loaded, built = hcl(tree)
    made = {
        "plan": (plan_json(loaded), "plan.json"),
        "state": (state_json(loaded, built), "terraform.tfstate"),
        "shown": (shown_state_json(loaded, built), "state.json"),
    }
    found = {}
    for name, (spelled, file) in made.items():
        directory = to / name
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / file
        path.write_text(json.dumps(spelled.data, indent=2))
        found[name] = (path, spelled.addresses)
    return found


# -- plan ----------------------------------------------------------------------------------------------------------


def plan_json(loaded: Loaded) -> Spelled:
    """The documents of an HCL tree as the plan that creates all of them."""
    addresses = _addresses(loaded.documents)
    writer = _Plan(loaded.documents, addresses)
    return Spelled(writer.data(), addresses)


def _refs(value: Any) -> list[Ref]:
    """Every reference of a value, as Terraform would list it."""
    if isinstance(value, Unknown):
        own = [value.ref] if value.ref is not None else []
        return own + [ref for part in value.parts for ref in _refs(part)]
    if isinstance(value, dict):
        return [ref for child in value.values() for ref in _refs(child)]
    if isinstance(value, list):
        return [ref for child in value for ref in _refs(child)]
    return []


def _is_open(value: Any) -> bool:
    """A value that a plan does not know: one that comes from a resource. A variable has a value in a plan."""
    return isinstance(value, Unknown) and (bool(_refs(value)) or value.reason is Reason.AFTER_APPLY)


def _addresses(documents: list[Document]) -> dict[str, str]:
    """Every address as the plan has it; split where the instances of one block differ in what they refer to."""
    found = {document.address: document.address for document in documents}
    for _ in range(10):
        groups: dict[tuple[Any, ...], list[tuple[Address, Document]]] = defaultdict(list)
        for document in documents:
            parts = address_of(found[document.address])
            assert parts is not None, document.address
            groups[(tuple(call.name for call in parts.calls), parts.block)].append((parts, document))
        split = next((parts for group in groups.values() if (parts := _unlike(group, found)) is not None), None)
        if split is None:
            return found
        calls, block = split
        for old, new in found.items():
            found[old] = _split(new, calls, block)
    raise AssertionError("addresses do not settle")


def _unlike(
    group: list[tuple[Address, Document]], addresses: dict[str, str]
) -> tuple[tuple[str, ...], str | None] | None:
    """What to split when the expressions of a group cannot be one: (call names, None) or (call names, block)."""
    signs: dict[Any, set[tuple[Any, ...]]] = defaultdict(set)
    for parts, document in group:
        for name, value in document.attributes.items():
            sign = tuple(_sign(ref, parts, addresses) for ref in _refs(value))
            signs[name].add((parts.calls, sign))
    for seen in signs.values():
        if len({sign for _, sign in seen}) > 1:
            names_ = tuple(call.name for call in group[0][0].calls)
            keyed = any(call.key is not None for parts, _ in group for call in parts.calls)
            return names_, None if keyed and len({calls for calls, _ in seen}) > 1 else group[0][0].block
    return None


def _sign(ref: Ref, here: Address, addresses: dict[str, str]) -> tuple[Any, ...]:
    target = address_of(addresses.get(ref.address, ref.address))
    if target is None:
        return ("elsewhere", str(ref))
    key = "same" if target.key is not None and target.key == here.key else target.key
    return (target.calls if target.calls != here.calls else "here", target.block, key, ref.path)


def _split(address: str, names_: tuple[str, ...], block: str | None) -> str:
    parts = address_of(address)
    assert parts is not None
    calls, name, key = parts.calls, parts.block, parts.key
    if tuple(call.name for call in calls[: len(names_)]) != names_:
        return address
    if block is None:
        calls = tuple(
            Call(_flat(call.name, call.key)) if depth < len(names_) and call.key is not None else call
            for depth, call in enumerate(calls)
        )
    elif len(calls) == len(names_) and name == block:
        name, key = _flat(name, key), None
    return prefix_of(calls) + indexed(name, key)


def _flat(name: str, key: Any) -> str:
    return name if key is None else f"{name}_{re.sub(r'[^A-Za-z0-9_-]', '_', str(key))}"


class _Plan:
    def __init__(self, documents: list[Document], addresses: dict[str, str]) -> None:
        self.documents = documents
        self.addresses = addresses
        self.root: dict[str, Any] = {"resources": [], "module_calls": {}, "outputs": {}}
        self.providers: dict[Any, str] = {}
        self._inputs: dict[Any, str] = {}
        self._outputs: dict[Any, str] = {}
        self._blocks: dict[tuple[Any, str], dict[str, Any]] = {}

    def data(self) -> dict[str, Any]:
        changes = [self._change(document) for document in self.documents]
        provider_config = {
            key: {
                "name": scope.provider,
                "full_name": f"registry.terraform.io/hashicorp/{scope.provider}",
                **({"alias": key.partition(".")[2]} if "." in key else {}),
                "expressions": {
                    name: {"constant_value": value}
                    for name, value in (("region", scope.region), ("allowed_account_ids", [scope.account]))
                    if value and OPEN not in str(value)
                },
            }
            for scope, key in self.providers.items()
        }
        return {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "planned_values": {"root_module": {}},
            "resource_changes": changes,
            "configuration": {"provider_config": provider_config, "root_module": self.root},
            "complete": True,
            "errored": False,
        }

    def _provider(self, document: Document) -> str:
        scope = document.scope
        if scope not in self.providers:
            plain = scope.provider not in self.providers.values()
            self.providers[scope] = scope.provider if plain else f"{scope.provider}.p{len(self.providers)}"
        return self.providers[scope]

    def _change(self, document: Document) -> dict[str, Any]:
        parts = address_of(self.addresses[document.address])
        assert parts is not None
        after, unknown, sensitive = _split_values(dict(document.attributes))
        self._write_block(document, parts)
        for computed in ("id", "arn", "tags_all"):
            unknown.setdefault(computed, True)
        return {
            "address": self.addresses[document.address],
            **({"module_address": prefix_of(parts.calls)[:-1]} if parts.calls else {}),
            "mode": "managed",
            "type": document.type,
            "name": parts.block.partition(".")[2],
            **({"index": parts.key} if parts.key is not None else {}),
            "provider_name": f"registry.terraform.io/hashicorp/{document.scope.provider}",
            "change": {
                "actions": ["create"],
                "before": None,
                "after": after,
                "after_unknown": unknown,
                "before_sensitive": False,
                "after_sensitive": sensitive,
            },
        }

    def _module(self, names_: tuple[str, ...]) -> dict[str, Any]:
        module = self.root
        for name in names_:
            call = module["module_calls"].setdefault(name, {"source": f"./{name}", "expressions": {}})
            module = call.setdefault("module", {"resources": [], "module_calls": {}, "outputs": {}, "variables": {}})
        return module

    def _write_block(self, document: Document, parts: Address) -> None:
        names_ = tuple(call.name for call in parts.calls)
        key = (names_, parts.block)
        block = self._blocks.get(key)
        if block is None:
            block = {
                "address": parts.block,
                "mode": "managed",
                "type": document.type,
                "name": parts.block.partition(".")[2],
                "provider_config_key": self._provider(document),
                "expressions": {},
            }
            if parts.key is not None:
                block["count_expression" if isinstance(parts.key, int) else "for_each_expression"] = {}
            self._blocks[key] = block
            self._module(names_)["resources"].append(block)
        for name, value in document.attributes.items():
            as_blocks = (document.type, name) in AS_BLOCKS
            block["expressions"].setdefault(name, self._expression(value, parts, as_one=as_blocks))

    def _expression(self, value: Any, here: Address, as_one: bool = False) -> Any:
        if not as_one and isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return [{name: self._expression(child, here) for name, child in one.items()} for one in value]
        refs = _refs(value)
        if not refs:
            return {"constant_value": value} if not _has_unknown(value) else {"references": ["var.a_variable"]}
        local: list[str] = []
        far: list[str] = []
        names_ = tuple(call.name for call in here.calls)
        for ref in dict.fromkeys(refs):
            target = address_of(self.addresses.get(ref.address, ref.address))
            assert target is not None, ref
            if target.calls == here.calls:
                if target.key is not None and target.key == here.key:
                    local += [target.block, "count.index" if isinstance(target.key, int) else "each.key"]
                else:
                    local += _prefixes(indexed(target.block, target.key), ref.path)
            elif target.key is not None and target.key == here.key:
                # `for_each = var.subnets`, `subnet_id = each.value`.
                over = self._far(Address(target.calls, target.block), ())
                if here.calls:
                    over = [f"var.{self._input(here.calls, tuple(over))}"]
                self._blocks[(names_, here.block)]["for_each_expression"] = {"references": over}
                local.append("each.value")
            else:
                far += self._far(target, ref.path)
        if far and here.calls:
            local += [f"var.{self._input(here.calls, tuple(far))}"]
        else:
            local += far
        return {"references": local}

    def _far(self, target: Address, path: Any) -> list[str]:
        """How the root refers to something inside a module: through an output of every module on the way."""
        if not target.calls:
            return _prefixes(indexed(target.block, target.key), path)
        name = self._outputs.setdefault((target, path), f"o{len(self._outputs)}")
        for depth in range(len(target.calls), 0, -1):
            module = self._module(tuple(call.name for call in target.calls[:depth]))
            if depth == len(target.calls):
                references = _prefixes(indexed(target.block, target.key), path)
            else:
                inner = target.calls[depth]
                references = _prefixes(indexed(f"module.{inner.name}", inner.key), (name,))
            module["outputs"].setdefault(name, {"expression": {"references": references}})
        first = target.calls[0]
        return _prefixes(indexed(f"module.{first.name}", first.key), (name,))

    def _input(self, calls: tuple[Call, ...], references: tuple[str, ...]) -> str:
        """The variable by which the root hands references to a module."""
        names_ = tuple(call.name for call in calls)
        name = self._inputs.setdefault((names_, references), f"v{len(self._inputs)}")
        for depth in range(len(names_)):
            self._module(names_[: depth + 1])
            call = self._module(names_[:depth])["module_calls"][names_[depth]]
            call["expressions"].setdefault(name, {"references": [f"var.{name}"] if depth else list(references)})
        return name


def _prefixes(base: str, path: Any) -> list[str]:
    """A reference and its beginnings, as plans list them."""
    found = [str(Ref(base, path[: length + 1])) for length in reversed(range(len(path)))]
    found.append(base)
    if base.endswith("]"):
        found.append(base[: base.rindex("[")])
    return found


def _has_unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_unknown, value.values()))
    return any(map(_has_unknown, value)) if isinstance(value, list) else isinstance(value, Unknown)


def _split_values(attributes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """(after, after_unknown, after_sensitive) of a mapping."""
    after: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    sensitive: dict[str, Any] = {}
    for name, value in attributes.items():
        if isinstance(value, list) and name in SETS and any(map(_is_open, value)):
            unknown[name] = True
            continue
        one = _split_value(value)
        if one[0] is not None or not _is_open(value):
            after[name] = one[0]
        if one[1]:
            unknown[name] = one[1]
        if one[2]:
            sensitive[name] = one[2]
    return after, unknown, sensitive


def _split_value(value: Any) -> tuple[Any, Any, Any]:
    if _is_open(value):
        return None, True, False
    if isinstance(value, Unknown):
        return MADE_UP, False, True
    if isinstance(value, dict):
        return _split_values(value)
    if isinstance(value, list):
        each = [_split_value(one) for one in value]
        return [a for a, _, _ in each], [u for _, u, _ in each], [s for _, _, s in each]
    return value, False, False


# -- state ---------------------------------------------------------------------------------------------------------


class Names:
    """What the cloud would answer: made-up ids, and names and ARNs by the templates of the catalog."""

    def __init__(self, loaded: Loaded, built: Built) -> None:
        self._resources: dict[str, Resource] = {r.address: r for r in built.estate.resources.values()}
        self._documents = {document.address: document for document in loaded.documents}
        self._memo: dict[tuple[str, str], str] = {}

    def text(self, address: str, attribute: str) -> str:
        """The value of an attribute that only the provider knows, or that the document says."""
        key = (address, attribute)
        if key not in self._memo:
            self._memo[key] = made_up(address, attribute)  # what refers to itself
            self._memo[key] = self._text(address, attribute)
        return self._memo[key]

    def _text(self, address: str, attribute: str) -> str:
        document, resource = self._documents.get(address), self._resources.get(address)
        if document is None:
            return made_up(address, attribute)
        written = document.attributes.get(attribute)
        if written is not None:
            return str(self.known(written))
        found = spellings(document.dialect, document.type)
        if not found or resource is None:
            if attribute == "arn" and not found:
                return self._made_up_arn(document)
            owner = self._owner(document)
            computed = found[0][1].computed.get(attribute) if found else None
            if owner is None or computed is None:
                return made_up(address, attribute)
            return self._filled(computed, owner)
        kind, spelling = found[0]
        template = spelling.computed.get(attribute, "")
        if not template and attribute in ("arn", "id"):
            template = attribute
        if document.type in _ID_IS_ARN and attribute in ("arn", "id"):
            return self._made_up_arn(document)
        if template in ("arn", "id"):
            template = kind.arn if template == "arn" else kind.id
        return self._filled(template, resource) if template else made_up(address, attribute)

    def _made_up_arn(self, document: Document) -> str:
        scope = document.scope
        return f"arn:aws:made-up:{scope.region}:{scope.account}:{made_up(document.address, 'arn')}"

    def _owner(self, document: Document) -> Resource | None:
        found = spellings(document.dialect, document.type)
        value = document.attributes.get(found[0][1].part_of) if found else None
        return self._resources.get(value.ref.address) if isinstance(value, Unknown) and value.ref else None

    def _filled(self, template: str, resource: Resource) -> str:
        kind = spellings("terraform", self._documents[resource.address].type)[0][0]
        return self.plain(names.fill(template, kind, resource.config, resource.scope, resource.address))

    def plain(self, text: str) -> str:
        """The text with every symbol replaced by what the cloud would answer."""
        return re.sub(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}", lambda match: self._symbol(match[1]), text)

    def _symbol(self, content: str) -> str:
        if " of provider " in content:
            return f"{OPEN}{content}{CLOSE}"
        address, _, attribute = content.rpartition(".")
        return self.text(address, attribute) if address in self._documents else MADE_UP

    def known(self, value: Any) -> Any:
        """A value of HCL with everything unknown replaced by what the cloud would answer."""
        if isinstance(value, Unknown):
            if value.parts:
                return "".join(part if isinstance(part, str) else str(self.known(part)) for part in value.parts)
            if value.ref is not None:
                return self.text(value.ref.address, str(value.ref.path[0]) if value.ref.path else "id")
            return MADE_UP
        if isinstance(value, str):
            return self.plain(value)
        if isinstance(value, dict):
            return {key: self.known(child) for key, child in value.items()}
        if isinstance(value, list):
            return [self.known(child) for child in value]
        return value


_ID_IS_ARN = ("aws_lb_listener", "aws_lb_listener_rule")
"""Types without a name: the id is the ARN, and the end of both is made at creation."""

_PREFIXES = {
    "aws_vpc": "vpc",
    "aws_subnet": "subnet",
    "aws_security_group": "sg",
    "aws_instance": "i",
    "aws_route_table": "rtb",
    "aws_internet_gateway": "igw",
    "aws_nat_gateway": "nat",
    "aws_eip": "eipalloc",
    "aws_network_acl": "acl",
    "aws_ebs_volume": "vol",
    "aws_network_interface": "eni",
}


def made_up(address: str, attribute: str) -> str:
    """An id nobody has, the same on every run."""
    parts = address_of(address)
    type_ = parts.block.partition(".")[0] if parts else ""
    digest = hashlib.sha256(f"{address}.{attribute}".encode()).hexdigest()[:17]
    if attribute == "dns_name" and type_ in ("aws_lb", "aws_elb"):
        return f"made-up-{digest}.eu-west-1.elb.amazonaws.com"
    return f"{_PREFIXES.get(type_, type_.removeprefix('aws_').replace('_', '-'))}-{digest}"


def state_json(loaded: Loaded, built: Built) -> Spelled:
    """The documents of an HCL tree as a state file of version 4, after everything was created."""
    cloud = Names(loaded, built)
    scopes: dict[Any, str] = {}
    resources: dict[tuple[str, str], dict[str, Any]] = {}
    for document in loaded.documents:
        parts = address_of(document.address)
        assert parts is not None
        alias = scopes.setdefault(document.scope, f".p{len(scopes)}" if scopes else "")
        module = prefix_of(parts.calls)[:-1]
        type_, _, name = parts.block.partition(".")
        entry = resources.setdefault(
            (module, parts.block),
            {
                **({"module": module} if module else {}),
                "mode": "managed",
                "type": type_,
                "name": name,
                "provider": f'provider["registry.terraform.io/hashicorp/{document.scope.provider}"]{alias}',
                "instances": [],
            },
        )
        entry["instances"].append(
            {
                **({"index_key": parts.key} if parts.key is not None else {}),
                "schema_version": 0,
                "attributes": state_attributes(document, cloud),
                "sensitive_attributes": [
                    [{"type": "get_attr", "value": path}] for path in sorted(_sensitive(document.attributes))
                ],
            }
        )
    data = {
        "version": 4,
        "terraform_version": "1.11.4",
        "serial": 1,
        "lineage": "00000000-0000-4000-8000-000000000000",
        "outputs": {},
        "resources": list(resources.values()),
        "check_results": None,
    }
    return Spelled(data, {document.address: document.address for document in loaded.documents})


def shown_state_json(loaded: Loaded, built: Built) -> Spelled:
    """The same as `terraform show -json` prints it."""
    cloud = Names(loaded, built)
    root: dict[str, Any] = {}
    for document in loaded.documents:
        parts = address_of(document.address)
        assert parts is not None
        module = root
        for depth in range(len(parts.calls)):
            address = prefix_of(parts.calls[: depth + 1])[:-1]
            children = module.setdefault("child_modules", [])
            below = next((one for one in children if one["address"] == address), None)
            if below is None:
                below = {"address": address}
                children.append(below)
            module = below
        module.setdefault("resources", []).append(
            {
                "address": document.address,
                "mode": "managed",
                "type": document.type,
                "name": parts.block.partition(".")[2],
                **({"index": parts.key} if parts.key is not None else {}),
                "provider_name": f"registry.terraform.io/hashicorp/{document.scope.provider}",
                "schema_version": 0,
                "values": state_attributes(document, cloud),
                "sensitive_values": dict.fromkeys(sorted(_sensitive(document.attributes)), True),
            }
        )
    data = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": root}}
    return Spelled(data, {document.address: document.address for document in loaded.documents})


def _sensitive(attributes: Any) -> Iterator[str]:
    for name, value in attributes.items():
        if isinstance(value, Unknown) and value.reason in (Reason.SENSITIVE, Reason.NO_VALUE):
            yield name


def state_attributes(document: Document, cloud: Names) -> dict[str, Any]:
    """What a provider writes: what was said, what only it knows, and something for everything that was not said."""
    found: dict[str, Any] = {name: cloud.known(value) for name, value in document.attributes.items()}
    known = spellings(document.dialect, document.type)
    kind, spelling = known[0] if known else (None, None)
    for attribute in ("id", "arn", *(spelling.computed if spelling else ())):
        text = cloud.text(document.address, attribute)
        if attribute == "id" or (attribute == "arn" and text.startswith("arn:")) or attribute not in ("id", "arn"):
            found.setdefault(attribute, text)
    if kind is not None and spelling is not None:
        empty: Callable[[str], Any] = lambda type_: {"text": "", "texts": [], "items": [], "references": []}.get(type_)  # noqa: E731
        for field, how in spelling.fields.items():
            if isinstance(how, str) and "." not in how and "." not in field:
                found.setdefault(how, empty(kind.fields[field].type))
        for name in spelling.ignores:
            found.setdefault(name, None)
    if "tags" in found:
        found["tags_all"] = found["tags"]
    if document.type in ("aws_vpc", "aws_subnet", "aws_security_group", "aws_route_table"):
        found["owner_id"] = document.scope.account
    found["timeouts"] = None
    return dict(sorted(found.items()))
