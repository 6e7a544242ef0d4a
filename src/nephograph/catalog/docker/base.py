"""An image that Dockerfiles start from or copy from, by its name. It is named and not looked into."""

from nephograph.catalog.language import Kind, Spelling, text
from nephograph.model.resource import Class

KIND = Kind(
    native="Image",
    service="base",
    cls=Class.GENERIC,
    identity=("reference",),
    id="{reference}",
    label="reference",
    fields={
        "reference": text(),
        "registry": text(),
        "repository": text(),
        "tag": text(),
        "digest": text(),
    },
    spellings=(
        Spelling(
            "dockerfile",
            "dockerfile/base",
            {
                "reference": "reference",
                "registry": "registry",
                "repository": "repository",
                "tag": "tag",
                "digest": "digest",
            },
            ignores=("name", "written"),
        ),
    ),
    references=("https://docs.docker.com/reference/cli/docker/image/tag/",),
)
