"""Names of services: botocore's folders, and what the AWS CLI, endpoints and people call some of them otherwise."""

from __future__ import annotations

import functools
import importlib.resources
from collections import defaultdict


@functools.lru_cache(maxsize=8192)
def squashed(name: str) -> str:
    """A name without the marks and capitals by which dialects tell words apart: `Elastic-Load_Balancing`."""
    return "".join(char for char in name if char.isalnum()).lower()


def services_named(name: str) -> tuple[str, ...]:
    """The services (as botocore's folders are called, squashed) that a word may mean; () when it means none."""
    return _names().get(squashed(name), ())


@functools.cache
def service_names() -> dict[str, tuple[str, ...]]:
    """Every service as botocore calls it, and its other names: `s3` is `s3api` on the command line.

    Source: the service models of botocore and https://docs.aws.amazon.com/cli/latest/reference/
    """
    text = importlib.resources.files(__package__).joinpath("service_names.txt").read_text(encoding="utf-8")
    return {name: tuple(others) for name, *others in map(str.split, text.splitlines())}


@functools.cache
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, others in service_names().items():
        for word in (name, *others):
            found[squashed(word)].append(squashed(name))
    # A service's own name goes before the endpoint it shares: `lambda`, `rds`.
    return {word: tuple(dict.fromkeys([*(n for n in names if n == word), *names])) for word, names in found.items()}
