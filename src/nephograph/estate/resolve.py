"""What references say in words: `aws_s3_bucket.b.arn` becomes the bucket's ARN wherever a text or a policy holds it."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

import msgspec

from nephograph.catalog.language import Kind, Spelling
from nephograph.estate import names
from nephograph.model.resource import Resource
from nephograph.model.source import Document, Scope
from nephograph.model.value import CLOSE, OPEN, Ref, Unknown, has_symbol

_NAMES = {"arn": "arn", "id": "id", "Arn": "arn", "Ref": "id"}
"""What references ask for where the spelling says nothing else: in Terraform's words and in CloudFormation's."""


class Entry(msgspec.Struct):
    """One entity with its names, before it is a Resource."""

    kind: Kind
    spelling: Spelling
    config: dict[str, Any]
    document: Document
    scope: Scope
    arn: str
    id: str
    urn: str

    @property
    def qualified(self) -> str:
        """The address, with its root where that matters."""
        return names.qualified(self.document.root, self.document.address)


class Directory:
    """Finds entities by address and by every name they have."""

    def __init__(self) -> None:
        self._addresses: dict[tuple[str, str], Entry] = {}
        self._parts: dict[tuple[str, str], tuple[Spelling, Entry]] = {}
        self._names: dict[tuple[str, str], list[Entry]] = {}

    def add(self, entry: Entry) -> None:
        """Make an entity known by its address. The first of two equal addresses stands."""
        self._addresses.setdefault((entry.document.root, entry.document.address), entry)

    def alias(self, document: Document, entry: Entry) -> None:
        """Make an entity known by the address another document says it at."""
        self._addresses.setdefault((document.root, document.address), entry)

    def add_part(self, document: Document, spelling: Spelling, owner: Entry) -> None:
        """Make a part known by its address: its attributes are read by its own spelling, from its owner's fields."""
        self._parts.setdefault((document.root, document.address), (spelling, owner))

    def name(self, entry: Entry) -> None:
        """Make an entity known by its ARN, its id and its single identity key."""
        keys = {entry.arn, entry.id, names.given(entry.document, "id")}
        if len(entry.kind.identity) == 1:
            key = entry.config.get(entry.kind.identity[0])
            keys.add(key.symbol if isinstance(key, Unknown) else str(key) if key is not None else "")
        keys.update(aliases(entry))
        for key in keys - {""}:
            self._names.setdefault((entry.kind.name, key), []).append(entry)

    def at(self, root: str, address: str) -> Entry | None:
        """The entity spelled at that address of a root; for a part, its owner."""
        found = self._addresses.get((root, address))
        part = self._parts.get((root, address))
        return found or (part[1] if part else None)

    def named(self, kinds: Iterable[str], text: str, near: Document) -> Entry | None:
        """The entity of one of the kinds that goes by that name, in the same account before any other."""
        found = [entry for kind in kinds for entry in self._names.get((kind, text), ())]
        account = near.scope.account if found else ""
        same = [e for e in found if e.scope.account == account or names.everywhere(e.kind)]
        local = [e for e in same if e.document.root == near.root]
        # An ARN, a DNS name, or an id that the provider makes up is one thing's in the whole world.
        same = same or [e for e in found if text.startswith("arn:") or text in aliases(e) or e.kind.has_given_ids]
        return next(iter(local or same), None)

    def text(self, root: str, ref: Ref) -> str | None:
        """What the attribute a reference asks for reads as; None when that is not derivable from the fields."""
        entry = self.at(root, ref.address)
        if entry is None or len(ref.path) != 1:
            return None
        attribute = ref.path[0]
        part = self._parts.get((root, ref.address)) if (root, ref.address) not in self._addresses else None
        computed = (part[0] if part else entry.spelling).computed.get(str(attribute))
        if computed is None and attribute in _NAMES and part is None:
            computed = _NAMES[attribute]
            return (entry.arn if computed == "arn" else entry.id) or None
        if computed is None:
            return None
        if computed in ("arn", "id"):
            return entry.arn if computed == "arn" else entry.id
        return names.fill(computed, entry.kind, entry.config, entry.scope, entry.qualified)

    def symbol(self, root: str, content: str) -> str | None:
        """The text of a symbol such as `module.a["x"].aws_s3_bucket.b.arn`."""
        address, _, attribute = content.rpartition(".")
        return self.text(root, Ref(address, (attribute,))) if address else None

    def name_of(self, root: str, content: str) -> str | None:
        """What stands in a symbol's place: its text, else the symbol with its root, so that no two roots share it."""
        text = self.symbol(root, content)
        if text is not None or root in ("", ".") or root in content:
            return text
        return f"{OPEN}{names.qualified(root, content)}{CLOSE}"


def aliases(entry: Entry) -> list[str]:
    """The other names it goes by, as far as they are known."""
    return [value for name in entry.kind.aliases if isinstance(value := entry.config.get(name), str)]


def resolve(resources: Iterable[Resource], directory: Directory) -> None:
    """Put names in the place of references, in every config. Done once, before the estate is handed out."""
    for resource in resources:
        config, root = resource.config, resource.root
        for name, value in config.items():
            if (named := named_in(value, root, directory)) is not value:
                config[name] = named


def named_in(value: Any, root: str, directory: Directory) -> Any:
    """The value with names in the place of references: itself where it holds none."""
    if isinstance(value, str):
        if not has_symbol(value):
            return value
        return names.substitute(value, lambda content: directory.name_of(root, content))
    if isinstance(value, dict):
        changed = {n: new for n, child in value.items() if (new := named_in(child, root, directory)) is not child}
        said = value.get("Condition")
        if type(said) is dict:
            said = changed.get("Condition", said)
            if (renamed := _renamed(said, root, directory)) is not said:
                changed["Condition"] = renamed
        return {**value, **changed} if changed else value
    if isinstance(value, list):
        elements = [named_in(child, root, directory) for child in value]
        return elements if any(map(operator.is_not, elements, value)) else value
    return _resolved(value, root, directory) if isinstance(value, Unknown) else value


def _renamed(condition: dict[str, Any], root: str, directory: Directory) -> dict[str, Any]:
    """The conditions of a statement with names in the place of references in their keys."""
    found: dict[str, Any] = {}
    for test, keys in condition.items():
        if isinstance(keys, dict) and any(has_symbol(key) for key in keys):
            named = {names.substitute(k, lambda content: directory.name_of(root, content)): v for k, v in keys.items()}
            # (two keys that turn out to be one are left as they were: which of them holds is not known)
            found[test] = named if len(named) == len(keys) else keys
    return {**condition, **found} if found else condition


def _resolved(value: Unknown, root: str, directory: Directory) -> Any:
    """A reference as the text it stands for when all of it is known; else the Unknown as it was."""
    if value.ref is not None and not value.parts:
        text = directory.text(root, value.ref)
        return text if text is not None and not has_symbol(text) else value
    if value.parts:
        text = names.substitute(value.symbol, lambda content: directory.name_of(root, content))
        return text if not has_symbol(text) else value
    return value
