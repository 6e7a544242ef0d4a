"""What checks of Dockerfiles share: the commands of a stage one by one, and what is known of official images."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, test
from nephograph.library.shell import Command, commands
from nephograph.model.resource import Resource

_OF_ROOT = (
    "almalinux",
    "alpine",
    "amazonlinux",
    "archlinux",
    "buildpack-deps",
    "busybox",
    "centos",
    "debian",
    "eclipse-temurin",
    "fedora",
    "golang",
    "httpd",
    "maven",
    "mongo",
    "mysql",
    "mariadb",
    "nginx",
    "node",
    "openjdk",
    "oraclelinux",
    "perl",
    "php",
    "postgres",
    "python",
    "redis",
    "rockylinux",
    "ruby",
    "rust",
    "ubuntu",
)
ROOT_BY_DEFAULT = frozenset(f"docker.io/library/{name}" for name in _OF_ROOT)
"""Official images that name no user: what starts in them starts as root. The user their software changes to later
(postgres, redis) is their own entry point's matter.
https://github.com/docker-library/official-images#security
"""


def repository(image: object) -> str:
    """The registry and repository of an image's name in its normal form."""
    name = str(image).partition("@")[0]
    head, slash, last = name.rpartition("/")
    return f"{head}{slash}{last.partition(':')[0]}"


def is_official(image: object) -> bool:
    """An official image of Docker Hub: these have no health check.

    https://github.com/docker-library/faq#healthcheck
    """
    return repository(image).startswith("docker.io/library/")


def runs_with(stage: Resource, wrong: Callable[[tuple[Command, ...]], bool], says: str, message: str) -> Iterator[Bad]:
    """One finding for each RUN among whose commands something is wrong."""
    for at in elements(stage, "runs"):
        found = test(stage, *at, "command", when=lambda text: wrong(commands(str(text))), says=says)
        if found.possible:
            yield Bad(message, found, at, key=str(at[-1]))


def installs(command: Command) -> tuple[str, tuple[str, ...]]:
    """The package manager and the packages a command installs; ("", ()) for anything else."""
    words = command.arguments
    manager = command.name
    if manager in ("apt", "apt-get", "aptitude", "yum", "dnf", "microdnf", "tdnf", "zypper", "apk"):
        verbs = ("add",) if manager == "apk" else ("install", "in") if manager == "zypper" else ("install",)
        if words and words[0] in verbs:
            return ("apt" if manager in ("apt", "apt-get", "aptitude") else manager), words[1:]
    return "", ()
