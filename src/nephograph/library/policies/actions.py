"""What the Action element of a statement means, by AWS's vocabulary."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from nephograph.catalog.vocabulary import Action, Service, vocabulary
from nephograph.library.policies.documents import Document, Statement, Text
from nephograph.library.policies.globs import matches


class Named(msgspec.Struct, frozen=True):
    """An action pattern: `service` is None when AWS has none of that prefix, `actions` is empty when none matches.

    `plain` says that it names one action without wildcards.
    """

    prefix: str
    rest: str
    service: Service | None
    actions: tuple[Action, ...]
    plain: bool


@functools.lru_cache(maxsize=1 << 12)
def named(pattern: str) -> Named | None:
    """What a pattern names; None for `*` and for patterns whose service is not one word (`s*:Get`)."""
    prefix, colon, rest = pattern.partition(":")
    if not colon or "*" in prefix or "?" in prefix:
        return None
    service = vocabulary().service(prefix)
    has_actions = service is not None and bool(service.actions)
    plain = "*" not in rest and "?" not in rest
    return Named(prefix, rest, service if has_actions else None, _matching(service, rest) if service else (), plain)


def _matching(service: Service, pattern: str) -> tuple[Action, ...]:
    """The actions a pattern without its prefix (`Get*`) matches."""
    low = pattern.lower()
    if "*" not in low and "?" not in low:
        return (service.actions[low],) if low in service.actions else ()
    return tuple(action for name, action in service.actions.items() if matches(low, name))


def patterns(statement: Statement) -> Iterator[tuple[Text, Named]]:
    """Every known pattern of the statement's Action or NotAction, with what it names."""
    for text in statement.actions.texts if statement.actions else ():
        if text.known and "${" not in text.value:
            what = named(text.value)
            if what is not None:
                yield text, what


def grants(statement: Statement, action: str) -> Text | None:
    """The pattern of its Action element by which the statement names this action (`iam:PassRole`), if any."""
    if statement.actions is None or statement.actions.negated:
        return None
    low = action.lower()
    return next((text for text in statement.actions.texts if text.known and matches(text.value.lower(), low)), None)


def on_everything(statement: Statement) -> bool:
    """Does its Resource element name every resource?"""
    return (
        statement.resources is not None
        and not statement.resources.negated
        and any(text.known and text.value.strip("*") == "" and text.value for text in statement.resources.texts)
    )


def allowed_anywhere(document: Document, names: tuple[str, ...]) -> Iterator[tuple[Statement, Text]]:
    """Statements that allow one of these actions on every resource, with the pattern that names it (not `*` alone)."""
    for statement in document.statements:
        if statement.effect != "Allow" or not on_everything(statement):
            continue
        text = next((text for name in names if (text := grants(statement, name))), None)
        if text is not None and text.value.strip("*"):
            yield statement, text
