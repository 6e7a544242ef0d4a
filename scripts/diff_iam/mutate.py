"""Moves over an edge: one segment of an ARN, one key of the context, one letter of a pattern."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from scripts.diff_iam.comparisons import CONTEXT
from scripts.diff_iam.shape import GONE, Json, Place, changed, documents

_SEGMENT = re.compile(r"[^:/]+")
_TYPE = re.compile(r"^[^:/]+[:/]")


def mutated(rng: random.Random, one: Json) -> Json:
    """The case with one thing moved; as it is where there is nothing to move."""
    return rng.choice((_resource, _pattern, _pattern, _key, _key, _values))(rng, one)


def _resource(rng: random.Random, one: Json) -> Json:
    """Another thing asked for: the name differs; service, region, account and type do not."""
    arn = one["request"]["resource"]
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return one
    type_ = "" if parts[2] == "s3" else "".join(_TYPE.findall(parts[5])[:1])
    name = _moved(rng, parts[5][len(type_) :], pattern=False)
    return changed(one, (("request", "resource"), ":".join([*parts[:5], type_ + name])))


def _pattern(rng: random.Random, one: Json) -> Json:
    places = list(_patterns(one))
    if not places:
        return one
    place, text = rng.choice(places)
    # Partition and service stay: AWS refuses a policy with a wrong one, and then nothing is decided.
    parts = text.split(":", 5)
    number = rng.choice((3, 4, 5, 5, 5))
    if number < len(parts):
        parts[number] = _moved(rng, parts[number], pattern=True, name=number == 5)
    return changed(one, (place, ":".join(parts)))


def _patterns(one: Json) -> Iterator[tuple[Place, str]]:
    for path, document in documents(one):
        for index, statement in enumerate(document["Statement"]):
            for element in ("Resource", "NotResource"):
                value = statement.get(element)
                here = (*path, "Statement", index, element)
                if isinstance(value, list):
                    yield from (((*here, place), text) for place, text in enumerate(value) if _movable(text))
                elif value is not None and _movable(value):
                    yield here, value


def _movable(text: str) -> bool:
    return text != "*" and "${" not in text


def _moved(rng: random.Random, text: str, pattern: bool, name: bool = True) -> str:
    """The text with one of its segments changed. A region keeps its case: what another means AWS does not say."""
    segments = list(_SEGMENT.finditer(text))
    if not segments:
        return text
    found = rng.choice(segments)
    word = found.group()
    ways = [word + "x", word[:-1] or "x", word[1:] or "x"]
    if name:
        ways += [word.swapcase(), word + "/" + word]
    if pattern:
        cut = rng.randrange(len(word) + 1)
        ways += ["*", word[:cut] + "*", "*" + word[cut:], word[:cut] + "*" + word[cut:]]
        ways += [word[:cut] + "?" + word[cut + 1 :], "?" * len(word)]
    return text[: found.start()] + rng.choice(ways) + text[found.end() :]


def _read(one: Json) -> list[str]:
    """The context keys that policies of the case read and its request may hold."""
    return sorted(
        {
            key
            for _, document in documents(one)
            for statement in document["Statement"]
            for keys in statement.get("Condition", {}).values()
            for key in keys
            if key in CONTEXT
        }
    )


def _key(rng: random.Random, one: Json) -> Json:
    """A key that a policy reads is dropped, or has another value."""
    keys = _read(one)
    if not keys:
        return one
    key = rng.choice(keys)
    value: Any = rng.choice((GONE, *CONTEXT[key]))
    if value is GONE and key not in one["request"]["context"]:
        return one
    return changed(one, (("request", "context", key), value))


def _values(rng: random.Random, one: Json) -> Json:
    """A key of several values has none, or one twice."""
    context = one["request"]["context"]
    many = [key for key, value in context.items() if isinstance(value, list)]
    if not many:
        return _key(rng, one)
    key = rng.choice(many)
    return changed(one, (("request", "context", key), rng.choice(([], context[key] * 2, context[key][:1]))))
