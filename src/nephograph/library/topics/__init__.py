"""Control topics: what checks are about, in words that frameworks map their controls to. One short file a topic."""

from __future__ import annotations

import functools
import importlib.resources


@functools.cache
def topics() -> tuple[str, ...]:
    """The ids of all topics, sorted."""
    folder = importlib.resources.files(__name__)
    return tuple(sorted(item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md")))


def about(topic: str) -> str:
    """What a topic is about, as one paragraph. Raises KeyError for a word that is no topic."""
    if topic not in topics():
        raise KeyError(topic)
    text = (importlib.resources.files(__name__) / f"{topic}.md").read_text(encoding="utf-8")
    return " ".join(text.split())
