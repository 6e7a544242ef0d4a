"""An image that Dockerfiles start from or copy from, by its name. It is named and not looked into.

The name of one in ECR says its account, its region and its repository.
https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""

import re

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, reference, text
from nephograph.model.resource import Class

_ECR = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?")


def _kept_in(document: Cursor) -> Tree:
    """The repository by its ARN, for an image of ECR."""
    registry, repository = document.at("registry").value, document.at("repository")
    match = _ECR.fullmatch(registry) if isinstance(registry, str) else None
    if match is None or not isinstance(repository.value, str):
        return None
    partition = "aws-cn" if match[3] else "aws-us-gov" if match[2].startswith("us-gov-") else "aws"
    return repository.be(f"arn:{partition}:ecr:{match[2]}:{match[1]}:repository/{repository.value}")


KIND = Kind(
    native="Image",
    service="base",
    cls=Class.IMAGE,
    identity=("reference",),
    id="{reference}",
    label="reference",
    fields={
        "reference": text(),
        "registry": text(),
        "repository": text(),
        "tag": text(),
        "digest": text(),
        "kept_in": reference("aws_ecr_repository"),
    },
    links=(Link("kept_in", "kept_in"),),
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
                "kept_in": _kept_in,
            },
            ignores=("name", "written"),
        ),
    ),
    references=("https://docs.docker.com/reference/cli/docker/image/tag/",),
)
