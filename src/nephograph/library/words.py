"""What error codes, kinds of gaps and reasons mean: one short Markdown file a word, in `library/glossary/`."""

from __future__ import annotations

import functools
import importlib.resources


@functools.cache
def words() -> tuple[str, ...]:
    """Every word that is explained, sorted."""
    folder = importlib.resources.files("nephograph.library") / "glossary"
    return tuple(sorted(item.name.removesuffix(".md") for item in folder.iterdir() if item.name.endswith(".md")))


def meaning(word: str) -> str | None:
    """The explanation of a word; None when there is none."""
    if word not in words():
        return None
    folder = importlib.resources.files("nephograph.library") / "glossary"
    return (folder / f"{word}.md").read_text(encoding="utf-8").strip()
