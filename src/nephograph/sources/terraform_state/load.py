"""From state files to documents, whichever of the two forms a state has."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from nephograph.model.source import Loaded, LoadOptions, Progress
from nephograph.model.span import Path
from nephograph.sources.json_files import Files, Read
from nephograph.sources.placed import PlacedDocument
from nephograph.sources.terraform_report import Report, major
from nephograph.sources.terraform_scopes import Scopes
from nephograph.sources.terraform_state import is_named, speaks
from nephograph.sources.terraform_state.item import Item
from nephograph.sources.terraform_state.raw import raw_items
from nephograph.sources.terraform_state.shown import shown_items
from nephograph.sources.terraform_values import below, completed, stated, without_copies, without_credentials

NAME = "terraform_state"


def load_states(path: pathlib.Path, shown: str, options: LoadOptions, progress: Progress) -> Loaded:
    """Every state at or below the path."""
    files = Files(path, shown)
    loaded = Loaded(NAME, said="state", excerpts=files.texts, problems=files.problems, gaps=files.gaps)
    entries = files.entries(is_named, speaks)
    several = len(entries) > 1 or bool(options.prefix)
    for done, entry in enumerate(entries):
        progress("reading states", done, len(entries))
        read = files.read(entry)
        if read is not None and read.data is not None:
            root = "/".join(part for part in (options.prefix.rstrip("/"), entry.relative) if part) or "."
            _load(loaded, read, root, Scopes(root, several, options.account, options.region))
    progress("reading states", len(entries), len(entries))
    loaded.files = files.count
    return loaded


def _load(loaded: Loaded, read: Read, root: str, scopes: Scopes) -> None:
    report = Report(loaded, read.text)
    items = list(_items(read, report))
    managed: dict[str, Item] = {}
    for item in items:
        if item.mode == "data":
            scopes.seen.data(item.label, item.type, item.values)
            continue
        loaded.seen += 1
        if item.address in managed:
            report.problem(
                "duplicate-address",
                f"{read.text.file} says {item.address} twice; the first one was read.",
                "Pull the state once more: Terraform gives every instance an address of its own.",
                item.place,
            )
            continue
        managed[item.address] = item
        scopes.seen.resource(item.label, item.provider, item.values)
    for item in managed.values():
        tags = None if below(item.sensitive, "tags_all") is True else item.values.get("tags_all")
        attributes = completed(stated(item.values, item.sensitive), tags, item.address)
        attributes = without_credentials(item.type, attributes)
        attributes, secrets = without_copies(item.values, attributes)
        for secret in secrets:
            read.text.hide(secret)
        loaded.documents.append(
            PlacedDocument(
                dialect="terraform",
                type=item.type,
                root=root,
                address=item.address,
                scope=scopes.of(item.label, item.provider, item.values),
                attributes=attributes,
                said="state",
                text=read.text,
                place=item.place,
                values=(item.inside,),
            )
        )
    loaded.assumptions += [one for one in scopes.assumptions if one not in loaded.assumptions]
    report.close()


def _items(read: Read, report: Report) -> Iterator[Item]:
    data = read.data
    if not isinstance(data, dict):
        report.malformed((), data, "a state")
    elif "encrypted_data" in data:
        report.problem(
            "encrypted-state",
            f"{read.text.file} is encrypted by OpenTofu.",
            "Print it where its key is: tofu show -json > state.json",
            ("encrypted_data",),
        )
    elif "format_version" in data:
        version = data["format_version"]
        if major(version) in (0, 1):
            yield from shown_items(data, report)
        else:
            _unsupported(report, f"format version {version}", "0.x and 1.x", ("format_version",))
    elif data.get("version") == 4:
        yield from raw_items(data, report)
    else:
        version = data.get("version")
        said = "no version" if version is None else f"version {version}"
        _unsupported(report, said, "version 4 (Terraform 0.12 and later)", ("version",))


def _unsupported(report: Report, said: str, read: str, place: Path) -> None:
    report.problem(
        "unsupported-format",
        f"{report.text.file} is a state of {said}; {read} is read.",
        "Let a current Terraform write it once more (terraform refresh), or print it: terraform show -json.",
        place,
    )
