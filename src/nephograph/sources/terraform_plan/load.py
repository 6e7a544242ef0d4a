"""From plan files to documents: one side of every change, scopes, and what is named instead."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import msgspec

from nephograph.model.errors import Problem
from nephograph.model.source import Loaded, LoadOptions, Progress
from nephograph.model.span import Path, Span
from nephograph.sources.json_files import Entry, Files, Read, head_of
from nephograph.sources.placed import PlacedDocument
from nephograph.sources.terraform_heads import is_saved_plan
from nephograph.sources.terraform_plan import is_named, speaks
from nephograph.sources.terraform_plan.after import After
from nephograph.sources.terraform_plan.configuration import Address, Configuration, Json, address_of
from nephograph.sources.terraform_plan.policies import POLICY, Policies
from nephograph.sources.terraform_plan.references import Named, Resolver
from nephograph.sources.terraform_report import Report, major
from nephograph.sources.terraform_scopes import Provider, Scopes
from nephograph.sources.terraform_shown import module_resources
from nephograph.sources.terraform_values import below, completed, stated, without_copies, without_credentials

NAME = "terraform_plan"
MAJORS = (0, 1)
"""Major versions of the format that are read: 0.1 and 0.2 have the same members as 1.x."""

_LONE = (
    "{count} unknown attributes of {file} are taken to be exactly the attribute that their expression refers to: "
    'a plan does not tell x.arn from "${{x.arn}}/*".'
)


class Item(msgspec.Struct):
    """One managed resource instance of the side that is read, not yet a document."""

    address: str
    type: str
    place: Path
    parts: Address | None
    provider: tuple[str, Provider]
    values: Json
    raw: Json
    """The object that stands at `place`."""
    is_change: bool


def load_plans(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every plan at or below the path."""
    files = Files(path, shown)
    loaded = Loaded(NAME, said="plan", excerpts=files.texts, problems=files.problems, gaps=files.gaps)
    entries = files.entries(is_named, speaks)
    several = len(entries) > 1 or bool(options.prefix)
    for done, entry in enumerate(entries):
        progress("reading plans", done, len(entries))
        if is_saved_plan(pathlib.PurePath(entry.real).name, head_of(entry.real)):
            loaded.problems.append(_saved(entry))
            continue
        read = files.read(entry)
        if read is not None:
            _Plan(loaded, read, _root(options.prefix, entry.relative), several, options).load()
    progress("reading plans", len(entries), len(entries))
    loaded.files = files.count
    return loaded


def _root(prefix: str, relative: str) -> str:
    return "/".join(part for part in (prefix.rstrip("/"), relative) if part) or "."


def _saved(entry: Entry) -> Problem:
    return Problem(
        "saved-plan",
        f"{entry.shown} is a saved plan, which only Terraform itself can read.",
        f"Print it as JSON: terraform show -json {entry.shown} > plan.json",
        Span(entry.shown, 1, 1, 1, 1),
    )


class _Plan:
    """One plan on its way into a `Loaded`."""

    def __init__(self, loaded: Loaded, read: Read, root: str, several: bool, options: LoadOptions) -> None:
        self.loaded = loaded
        self.text = read.text
        self.data = read.data
        self.root = root
        self.side = options.side
        self.report = Report(loaded, read.text)
        self.several = several
        self.scopes = Scopes(root, several, options.account, options.region)
        self.assumed = 0
        self._taken: set[str] = set()
        self._deferred: dict[str, Item] = {}

    def load(self) -> None:
        """Read the plan; what cannot be read is named."""
        if self._is_plan():
            self.configuration = Configuration(self.data.get("configuration"), self.data.get("variables"))
            items = list(self._after() if self.side == "after" else self._before())
            self._data_sources()
            for item in items:
                self.scopes.seen.resource(*item.provider, item.values)
            addresses = [item.parts for item in items if item.parts is not None]
            self.resolver = Resolver(self.configuration, addresses + self._data_addresses)
            self.policies = Policies(self._deferred_policy)
            for item in items:
                self._document(item)
            self._name_the_rest()
        self.report.close()

    def _is_plan(self) -> bool:
        if not isinstance(self.data, dict):
            self.report.malformed((), self.data, "a plan")
            return False
        version = self.data.get("format_version")
        if major(version) not in MAJORS:
            said = "no format version" if version is None else f"format version {version}"
            self.report.problem(
                "unsupported-format",
                f"{self.text.file} has {said}; plans of format 0.x and 1.x are read.",
                "Update nephograph, or print the plan with a Terraform that writes format 1.x.",
                ("format_version",),
            )
            return False
        return True

    # -- what there is -------------------------------------------------------------------------------------------

    def _after(self) -> Iterator[Item]:
        """What will be: every change that leaves an object behind, and planned values that no change speaks of."""
        spoken: set[str] = set()
        for place, raw, change in self._changes():
            address = raw["address"]
            actions = change.get("actions")
            actions = [one for one in actions if isinstance(one, str)] if isinstance(actions, list) else []
            if raw.get("mode") == "data":
                self._put_off(raw, place, change)
                continue
            if "deposed" in raw:
                self._deposed(address, place)
                continue
            spoken.add(address)
            if "forget" in actions:
                self.report.gap("forgotten-resource", address, "Terraform will no longer manage it; it stays", place)
            if change.get("after") is None and "create" not in actions:
                if not (set(actions) & {"delete", "forget"}):
                    self._no_values(address, place, (*place, "change", "after"), change.get("after"))
                continue
            if not isinstance(change.get("after"), dict):
                self._no_values(address, place, (*place, "change", "after"), change.get("after"))
                continue
            previous = raw.get("previous_address")
            if isinstance(previous, str):
                self.loaded.moved.append((self.root, previous, address))
            yield from self._item(raw, place, change["after"], is_change=True)
        planned = self.report.mapping(self.data.get("planned_values"), ("planned_values",))
        for place, raw in module_resources(planned, ("planned_values",), self.report):
            if raw.get("mode") != "data" and raw["address"] not in spoken:
                values = raw.get("values")
                if isinstance(values, dict):
                    yield from self._item(raw, place, values, is_change=False)
                else:
                    self._no_values(raw["address"], place, (*place, "values"), values)

    def _put_off(self, raw: Json, place: Path, change: Json) -> None:
        """A data source that is read when the plan is applied: of a policy document, the plan holds the statements."""
        parts = address_of(raw["address"])
        if raw["type"] == POLICY and isinstance(change.get("after"), dict) and parts is not None:
            provider = self.configuration.provider(parts, raw.get("provider_name"), POLICY)
            self._deferred[raw["address"]] = Item(
                raw["address"], POLICY, place, parts, provider, change["after"], raw, is_change=True
            )

    def _before(self) -> Iterator[Item]:
        """What is: the refreshed state, and what a change says of objects that the state does not hold."""
        spoken: set[str] = set()
        for place, raw in self._state_resources():
            if raw.get("mode") == "data":
                continue
            if "deposed_key" in raw:
                self._deposed(raw["address"], place)
                continue
            spoken.add(raw["address"])
            values = raw.get("values")
            if isinstance(values, dict):
                yield from self._item(raw, place, values, is_change=False)
            else:
                self._no_values(raw["address"], place, (*place, "values"), values)
        for place, raw, change in self._changes():
            before = change.get("before")
            address = raw.get("previous_address")
            address = address if isinstance(address, str) else raw["address"]
            if raw.get("mode") == "data" or "deposed" in raw or address in spoken or before is None:
                continue
            if isinstance(before, dict):
                yield from self._item({**raw, "address": address}, place, before, is_change=True)
            else:
                self._no_values(address, place, (*place, "change", "before"), before)

    def _state_resources(self) -> Iterator[tuple[Path, Json]]:
        prior = self.report.mapping(self.data.get("prior_state"), ("prior_state",))
        place: Path = ("prior_state", "values")
        return module_resources(self.report.mapping(prior.get("values"), place), place, self.report)

    def _changes(self) -> Iterator[tuple[Path, Json, Json]]:
        for position, raw in enumerate(self.report.listing(self.data.get("resource_changes"), ("resource_changes",))):
            place: Path = ("resource_changes", position)
            if not isinstance(raw, dict):
                self._not_an_instance(place, raw, "an object")
            elif not (isinstance(raw.get("address"), str) and raw["address"]):
                self._not_an_instance((*place, "address"), raw.get("address"), "an address")
            elif not isinstance(raw.get("type"), str):
                self._not_an_instance((*place, "type"), raw.get("type"), "a resource type")
            elif not isinstance(raw.get("change"), dict):
                self._not_an_instance((*place, "change"), raw.get("change"), "an object")
            else:
                yield place, raw, raw["change"]

    def _not_an_instance(self, place: Path, value: Any, wanted: str) -> None:
        self.loaded.seen += 1
        self.report.malformed(place, value, wanted)

    def _no_values(self, address: str, place: Path, inside: Path, value: Any) -> None:
        self.loaded.seen += 1
        self.report.malformed(inside if value is not None else place, value, f"the values of {address}")

    def _deposed(self, address: str, place: Path) -> None:
        self.loaded.seen += 1
        why = "an object that a replacement left behind; it exists until it is destroyed"
        self.report.gap("deposed-object", address, why, place)

    def _item(self, raw: Json, place: Path, values: Json, *, is_change: bool) -> Iterator[Item]:
        address = raw["address"]
        self.loaded.seen += 1
        if address in self._taken:
            self.report.problem(
                "duplicate-address",
                f"{self.text.file} says {address} twice; the first one was read.",
                "Write the file once more: Terraform gives every instance an address of its own.",
                place,
            )
            return
        self._taken.add(address)
        parts = address_of(address)
        provider = self.configuration.provider(parts, raw.get("provider_name"), raw["type"])
        yield Item(address, raw["type"], place, parts, provider, values, raw, is_change)

    # -- what it says --------------------------------------------------------------------------------------------

    def _document(self, item: Item) -> None:
        marks = _change(item).get(f"{self.side}_sensitive") if item.is_change else item.raw.get("sensitive_values")
        if self.side == "after":
            attributes, where = self._planned(item)
        else:
            attributes = stated(item.values, marks)
            where = (("change", "before"),) if item.is_change else (("values",),)
        tags = None if below(marks, "tags_all") is True else item.values.get("tags_all")
        owner = f"{self.root}//{item.address}" if self.several else item.address
        attributes = without_credentials(item.type, completed(attributes, tags, owner))
        attributes, secrets = without_copies(item.values, attributes)
        for secret in secrets:
            self.text.hide(secret)
        self.loaded.documents.append(
            PlacedDocument(
                dialect="terraform",
                type=item.type,
                root=self.root,
                address=item.address,
                scope=self.scopes.of(*item.provider, item.values),
                attributes=attributes,
                said="plan",
                text=self.text,
                place=item.place,
                values=where,
            )
        )

    def _planned(self, item: Item) -> tuple[dict[str, Any], tuple[Path, ...]]:
        block = self.configuration.block(item.parts) if item.parts is not None else None
        expressions = block.get("expressions") if block is not None else None
        if block is not None and not isinstance(expressions, dict):
            expressions = {}
        memo: dict[int, Named] = {}

        def named(expression: Json) -> Named:
            assert item.parts is not None
            if id(expression) not in memo:
                memo[id(expression)] = self.resolver.named(expression, item.parts.calls, item.parts.key, block or {})
            return memo[id(expression)]

        after = After(item.address, item.type, expressions, named, self.policies.text)
        if item.is_change:
            change = _change(item)
            found = after.attributes(item.values, change.get("after_unknown"), change.get("after_sensitive"))
            where: tuple[Path, ...] = (("change", "after"), ("change", "after_unknown"))
        else:
            found = after.attributes(item.values, None, item.raw.get("sensitive_values"))
            where = (("values",),)
        self.assumed += after.assumed
        return found, where

    def _data_sources(self) -> None:
        """Data sources make no documents; some tell who and where the provider is, others are referred to."""
        self._data_addresses: list[Address] = []
        for item in self._deferred.values():
            assert item.parts is not None
            self._data_addresses.append(item.parts)
        places = [*self._state_resources(), *self._planned_data()]
        for _, raw in places:
            if raw.get("mode") != "data":
                continue
            parts = address_of(raw["address"])
            if parts is not None and parts not in self._data_addresses:
                self._data_addresses.append(parts)
            values = raw.get("values")
            label, _ = self.configuration.provider(parts, raw.get("provider_name"), raw["type"])
            if isinstance(values, dict):
                self.scopes.seen.data(label, raw["type"], values)

    def _deferred_policy(self, address: str) -> Json | None:
        """The attributes of a policy document that is read when the plan is applied."""
        item = self._deferred.get(address)
        return self._planned(item)[0] if item is not None else None

    def _planned_data(self) -> Iterator[tuple[Path, Json]]:
        planned = self.data.get("planned_values")
        if isinstance(planned, dict):
            yield from module_resources(planned, ("planned_values",), Report(Loaded(NAME), self.text))

    # -- what it does not ----------------------------------------------------------------------------------------

    def _name_the_rest(self) -> None:
        drift = self.report.listing(self.data.get("resource_drift"), ("resource_drift",))
        if drift:
            why = "resources that were changed outside of Terraform; what is, and what will be, is read"
            self.report.gap("resource-drift", self.text.file, why, ("resource_drift",), len(drift))
        for position, raw in enumerate(self.report.listing(self.data.get("deferred_changes"), ("deferred_changes",))):
            inner = raw.get("resource_change") if isinstance(raw, dict) else None
            subject = inner.get("address") if isinstance(inner, dict) else None
            reason = raw.get("reason") if isinstance(raw, dict) else None
            self.loaded.seen += 1
            self.report.gap(
                "deferred-change",
                subject if isinstance(subject, str) else self.text.file,
                f"Terraform put off planning it ({reason if isinstance(reason, str) else 'no reason given'})",
                ("deferred_changes", position),
            )
        if self.data.get("errored") is True:
            why = "planning failed: resources that were not reached are missing"
            self.report.gap("incomplete-plan", self.text.file, why, ("errored",))
        elif self.data.get("complete") is False:
            why = "more plans are needed to reach what the code says (a target, or a deferred change)"
            self.report.gap("incomplete-plan", self.text.file, why, ("complete",))
        if self.assumed:
            self.loaded.assumptions.append(_LONE.format(count=self.assumed, file=self.text.file))
        self.loaded.assumptions += [one for one in self.scopes.assumptions if one not in self.loaded.assumptions]


def _change(item: Item) -> Json:
    change: Json = item.raw["change"]
    return change
