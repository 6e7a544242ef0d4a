"""What a Dockerfile says, as documents of the catalog: the image, its stages, and the images they are built from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from nephograph.model.source import Said, Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.credentials import mask, names_secret
from nephograph.sources.dockerfile.images import Image
from nephograph.sources.dockerfile.stages import Places, Stage
from nephograph.sources.secrets.scan import hidden, writes_credential
from nephograph.sources.terraform.texts import Text

DIALECT = "dockerfile"
IMAGE, STAGE, BASE = "dockerfile/image", "dockerfile/stage", "dockerfile/base"
SCOPE = Scope("docker")


class DockerDocument(msgspec.Struct, frozen=True, eq=False):
    """Implements `model.source.Document`; `places` are the ranges of what is written, () the whole."""

    type: str
    root: str
    address: str
    attributes: Mapping[str, Any]
    text: Text
    places: Places
    dialect: str = DIALECT
    said: Said = "code"
    scope: Scope = SCOPE
    existence: Unknown | None = None

    def origin(self, path: Path) -> Origin | None:
        """The place of the value, else of what holds it."""
        for length in range(len(path), -1, -1):
            place = self.places.get(path[:length])
            if place is not None:
                return Origin(self.said, self.address, self.text.span(*place))
        return None


def address_of(file: str, stage: Stage) -> str:
    """The address of a stage: its file and its name, or its number."""
    return f"{file}:{stage.name or stage.number}"


def image_document(file: str, stages: list[Stage], text: Text, root: str) -> DockerDocument:
    """What the file makes: the last stage, with everything it has of the stages below it."""
    last = stages[-1]
    places: Places = {(): last.head}
    attributes: dict[str, Any] = {"file": file, "stages": len(stages), "stage": address_of(file, last)}
    bottom = last
    while bottom.parent is not None:
        bottom = bottom.parent
    attributes["scratch"] = bottom.image is None
    attributes["base"] = bottom.image.name if bottom.image is not None else None
    places[("base",)] = bottom.image_range
    if last.user is not None:
        attributes["user"], places[("user",)] = last.user
    if last.healthcheck is not None:
        attributes["healthcheck"], places[("healthcheck",)] = last.healthcheck
    for name, said in (("entrypoint", last.entrypoint), ("command", last.command)):
        if said is not None:
            attributes[name], places[(name,)] = mask(said[0]), said[1]
    attributes["ports"] = [port for port, _ in last.ports]
    places |= {("ports", at): place for at, (_, place) in enumerate(last.ports)}
    return DockerDocument(IMAGE, root, file, attributes, text, places)


def stage_document(file: str, stage: Stage, last: bool, text: Text, root: str) -> DockerDocument:
    """One stage."""
    places: Places = {(): stage.head}
    attributes: dict[str, Any] = {
        "address": address_of(file, stage),
        "file": file,
        "name": stage.name or None,
        "number": stage.number,
        "final": last,
        "platform": stage.platform,
    }
    if stage.parent is not None:
        attributes["parent"], places[("parent",)] = address_of(file, stage.parent), stage.image_range
    if stage.image is not None:
        attributes["image"] = _parts(stage.image)
        places[("image",)] = stage.image_range
    if stage.user is not None:
        attributes["user"], places[("user",)] = stage.user
    attributes["variables"] = list(_variables(stage, places))
    attributes["copies"] = list(_copies(file, stage, places))
    attributes["runs"] = list(_runs(stage, places))
    attributes["later"] = [word for word, _ in stage.later]
    return DockerDocument(STAGE, root, address_of(file, stage), attributes, text, places)


def base_document(image: Image, place: tuple[int, int], text: Text, root: str) -> DockerDocument:
    """An image that is built from or copied from, whatever made it."""
    attributes = {"reference": image.name, **_parts(image)}
    return DockerDocument(BASE, root, f"image {image.name}", attributes, text, {(): place})


def _parts(image: Image) -> dict[str, Any]:
    written = image.written
    return {
        "name": image.name,
        "written": written,
        "registry": image.registry,
        "repository": image.repository,
        "tag": image.tag,
        "digest": image.digest,
    }


def _variables(stage: Stage, places: Places) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(stage.set):
        places[("variables", at)] = one["place"]
        name, value = one["name"], one["value"]
        holds = isinstance(value, str) and writes_credential(name, value)
        if isinstance(value, str) and value and (holds or names_secret(name) or mask(value) != value):
            value = Unknown(Reason.SENSITIVE, name)
        yield {"kind": one["kind"], "name": name, "value": value, "credential": holds}


def _copies(file: str, stage: Stage, places: Places) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(stage.copies):
        places[("copies", at)] = one["place"]
        for number, (_, place) in enumerate(one["sources"]):
            places[("copies", at, "sources", number)] = place
        said: dict[str, Any] = {
            "instruction": one["instruction"],
            "sources": [source for source, _ in one["sources"]],
            "destination": one["destination"][0],
            "checksum": one["checksum"],
            "chown": one["chown"],
        }
        if "from_stage" in one:
            other, places[("copies", at, "from_stage")] = one["from_stage"]
            said["from_stage"] = address_of(file, other)
        if "from_image" in one:
            image, places[("copies", at, "from_image")] = one["from_image"]
            said["from_image"] = image.name
        yield said


def _runs(stage: Stage, places: Places) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(stage.runs):
        places[("runs", at)] = one["place"]
        command, holds = hidden(one["command"])
        yield {"command": command, "mounts": one["mounts"], "credential": holds}
