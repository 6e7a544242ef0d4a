"""What one Dockerfile builds: the image of its last stage, with everything that stage has from those below it.

A user, a health check and ports that the file does not say are those of the base image, which is not looked into.
"""

from nephograph.catalog.language import Kind, Link, Spelling, flag, number, reference, text, texts
from nephograph.model.resource import Class

KIND = Kind(
    native="Dockerfile",
    service="image",
    cls=Class.IMAGE,
    identity=("file",),
    id="{file}",
    label="file",
    fields={
        "file": text(),
        "stages": number(),
        "stage": reference("docker_stage"),
        "base": text(),
        "scratch": flag(default=False),
        "user": text(),
        "healthcheck": flag(),
        "ports": texts(),
        "entrypoint": text(),
        "command": text(),
    },
    links=(Link("made_by", "stage"),),
    spellings=(
        Spelling(
            "dockerfile",
            "dockerfile/image",
            {
                "file": "file",
                "stages": "stages",
                "stage": "stage",
                "base": "base",
                "scratch": "scratch",
                "user": "user",
                "healthcheck": "healthcheck",
                "ports": "ports",
                "entrypoint": "entrypoint",
                "command": "command",
            },
        ),
    ),
    references=("https://docs.docker.com/reference/dockerfile/",),
)
