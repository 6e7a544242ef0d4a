"""One stage of a Dockerfile: what it is built from, what it sets, copies in and runs.

Values of variables that hold a credential are not kept, and stand masked in commands.
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.model.resource import Class


def _copied(name: str) -> Reader:
    """What files are copied from: every stage, or every image, that a COPY names."""

    def read(document: Cursor) -> Tree:
        found: list[Tree] = [copy.at(name) for copy in document.at("copies").each() if copy.at(name).present]
        return found or None

    return read


KIND = Kind(
    native="FROM",
    service="stage",
    cls=Class.IMAGE,
    identity=("address",),
    id="{address}",
    label="address",
    fields={
        "address": text(),
        "file": text(),
        "name": text(),
        "number": number(),
        "final": flag(),
        "platform": text(),
        "parent": reference("docker_stage"),
        "image": reference("docker_base"),
        "registry": text(),
        "repository": text(),
        "tag": text(),
        "digest": text(),
        "user": text(),
        "variables": items(kind=text(), name=text(), value=text(), credential=flag()),
        "copies": items(
            instruction=text(), sources=texts(), destination=text(), checksum=text(), chown=text(), from_stage=text()
        ),
        "runs": items(command=text(), mounts=texts(), credential=flag()),
        "later": texts(),
        "copied_stages": references("docker_stage"),
        "copied_images": references("docker_base"),
    },
    links=(
        Link("built_from", "parent"),
        Link("built_from", "image"),
        Link("copies_from", "copied_stages"),
        Link("copies_from", "copied_images"),
    ),
    spellings=(
        Spelling(
            "dockerfile",
            "dockerfile/stage",
            {
                "address": "address",
                "file": "file",
                "name": "name",
                "number": "number",
                "final": "final",
                "platform": "platform",
                "parent": "parent",
                "image": "image.name",
                "registry": "image.registry",
                "repository": "image.repository",
                "tag": "image.tag",
                "digest": "image.digest",
                "user": "user",
                "variables": "variables",
                "copies": "copies",
                "runs": "runs",
                "later": "later",
                "copied_stages": _copied("from_stage"),
                "copied_images": _copied("from_image"),
            },
        ),
    ),
    references=(
        "https://docs.docker.com/reference/dockerfile/",
        "https://docs.docker.com/build/building/multi-stage/",
    ),
)
