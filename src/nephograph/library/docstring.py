"""The docstring law of checks: title, then What, Why, Bad, Good, Fix, References. Docs and tests come from it."""

from __future__ import annotations

import re

import msgspec

SECTIONS = ("What", "Why", "Bad", "Good", "Fix", "References")
"""Every section a check's docstring has, in order."""

_HEADING = re.compile(r"^## (\w+)$", re.MULTILINE)
_CODE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


class Prose(msgspec.Struct, frozen=True):
    """A check's docstring, taken apart. `bad` and `good` map a language (`hcl`) to code that is run as its test."""

    title: str
    what: str
    why: str
    fix: str
    bad: dict[str, tuple[str, ...]]
    good: dict[str, tuple[str, ...]]
    references: tuple[str, ...]


def parse(docstring: str) -> Prose:
    """The docstring of a check. Raises ValueError that names what the law misses."""
    pieces = _HEADING.split(docstring.strip())
    title = pieces[0].strip()
    found = tuple(pieces[1::2])
    if found != SECTIONS:
        raise ValueError(f"sections are {', '.join(found) or 'missing'}; the law is {', '.join(SECTIONS)}")
    if not title.endswith(".") or "\n" in title:
        raise ValueError("the first line is one sentence that names the bad state")
    body = {name: text.strip() for name, text in zip(found, pieces[2::2], strict=True)}
    bad, good = _examples(body["Bad"]), _examples(body["Good"])
    if not bad or not good:
        raise ValueError("Bad and Good each hold a fenced code block with its language")
    references = tuple(line.removeprefix("- ").strip() for line in body["References"].splitlines() if line.strip())
    return Prose(title.rstrip("."), body["What"], body["Why"], body["Fix"], bad, good, references)


def _examples(text: str) -> dict[str, tuple[str, ...]]:
    examples: dict[str, tuple[str, ...]] = {}
    for language, code in _CODE.findall(text):
        examples[language] = (*examples.get(language, ()), code)
    return examples
