"""Policy documents, read once and asked often.

Source: IAM/latest/UserGuide/reference_policies_grammar.html.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from nephograph.engines.certificate import condition, glob, principal, variables
from nephograph.engines.certificate.condition import Comparison
from nephograph.engines.certificate.malformed import MalformedPolicyError, Path, texts
from nephograph.engines.certificate.principal import Named

Use = Literal["identity", "resource", "boundary", "session", "scp", "rcp", "endpoint"]
"""What a policy is attached as."""

_NAMES_PRINCIPALS: frozenset[Use] = frozenset({"resource", "rcp", "endpoint"})
_ELEMENTS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)
_TOP = frozenset({"Version", "Id", "Statement"})
_EVERYBODY = Named((("*", "*"),))


class Patterns(msgspec.Struct, frozen=True):
    """An Action or Resource element: its texts, and whether it is the Not… of it."""

    texts: tuple[str, ...]
    excluded: bool
    plain: bool = True
    """No text names a variable."""


class Statement(msgspec.Struct, frozen=True):
    """One statement. `resources` is None where the policy stands on its resource and names none."""

    index: int
    sid: str
    deny: bool
    actions: Patterns
    resources: Patterns | None
    principals: Named | None
    conditions: tuple[Comparison, ...]


class Document(msgspec.Struct, frozen=True):
    """A policy document. `has_variables`: its version knows policy variables."""

    use: Use
    statements: tuple[Statement, ...]
    has_variables: bool
    notes: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    """The context keys that conditions name, in lower case."""


def document(data: Any, use: Use, at: Path = ()) -> Document:
    """Read a policy document as it is attached. Raises `MalformedPolicyError` for what AWS would not store there."""
    if not isinstance(data, Mapping):
        raise MalformedPolicyError("a policy document is an object", at)
    _only(data, _TOP, at, "a policy document")
    version = data.get("Version", "2008-10-17")
    if version not in ("2012-10-17", "2008-10-17"):
        raise MalformedPolicyError("Version is 2012-10-17 or 2008-10-17", (*at, "Version"))
    if "Statement" not in data:
        raise MalformedPolicyError("there is no Statement", at)
    said = data["Statement"]
    notes: list[str] = []
    if isinstance(said, Mapping):
        statements = [_statement(said, 0, use, (*at, "Statement"), version == "2012-10-17", notes)]
    elif isinstance(said, Sequence) and not isinstance(said, str):
        statements = [
            _statement(one, index, use, (*at, "Statement", index), version == "2012-10-17", notes)
            for index, one in enumerate(said)
        ]
    else:
        raise MalformedPolicyError("Statement is an object or a list of them", (*at, "Statement"))
    keys = frozenset(one.key.lower() for statement in statements for one in statement.conditions)
    return Document(use, tuple(statements), version == "2012-10-17", tuple(dict.fromkeys(notes)), keys)


def _statement(data: Any, index: int, use: Use, at: Path, has_variables: bool, notes: list[str]) -> Statement:
    if not isinstance(data, Mapping):
        raise MalformedPolicyError("a statement is an object", at)
    _only(data, _ELEMENTS, at, "a statement")
    effect = data.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise MalformedPolicyError("Effect is Allow or Deny", (*at, "Effect") if "Effect" in data else at)
    sid = data.get("Sid", "")
    if not isinstance(sid, str):
        raise MalformedPolicyError("Sid is a text", (*at, "Sid"))
    actions = _either(data, "Action", at, required=True)
    assert actions is not None
    notes += [
        f"{text} is no action and means nothing: write service:action"
        for text in actions.texts
        if ":" not in text and text.strip("*")
    ]
    resources = _either(data, "Resource", at, required=use != "resource")
    if resources is not None:
        marked = has_variables and any(variables.has_variables(text) for text in resources.texts)
        resources = msgspec.structs.replace(resources, plain=not marked)
    conditions = condition.read(data["Condition"], (*at, "Condition")) if "Condition" in data else ()
    return Statement(
        index, sid, effect == "Deny", _folded(actions), resources, _principals(data, use, at, notes), conditions
    )


def _only(data: Mapping[Any, Any], known: frozenset[str], at: Path, what: str) -> None:
    for key in data:
        if key not in known:
            raise MalformedPolicyError(
                f"{key} is no element of {what}", (*at, key), f"it has {', '.join(sorted(known))}"
            )


def _either(data: Mapping[str, Any], name: str, at: Path, required: bool) -> Patterns | None:
    said = [key for key in (name, f"Not{name}") if key in data]
    if len(said) > 1:
        raise MalformedPolicyError(f"a statement has {name} or Not{name}, not both", (*at, said[1]))
    if not said:
        if required:
            raise MalformedPolicyError(f"there is no {name}", at)
        return None
    return Patterns(texts(data[said[0]], (*at, said[0]), f"{said[0]}"), said[0].startswith("Not"))


def _folded(actions: Patterns) -> Patterns:
    """Names of services and actions ignore case."""
    return msgspec.structs.replace(actions, texts=tuple(text.lower() for text in actions.texts))


def _principals(data: Mapping[str, Any], use: Use, at: Path, notes: list[str]) -> Named | None:
    said = [key for key in ("Principal", "NotPrincipal") if key in data]
    if use not in _NAMES_PRINCIPALS:
        if said:
            raise MalformedPolicyError(f"a policy of this kind ({use}) names no {said[0]}", (*at, said[0]))
        return None
    if len(said) > 1:
        raise MalformedPolicyError("a statement has Principal or NotPrincipal, not both", (*at, said[1]))
    if not said:
        if use == "resource":
            raise MalformedPolicyError("a statement of a resource policy names a Principal", at)
        notes.append(f"a statement of this {use} policy names no Principal; it is read as everybody's")
        return _EVERYBODY
    return principal.read(data[said[0]], (*at, said[0]), said[0] == "NotPrincipal")


def covers_action(patterns: Patterns, action: str) -> bool:
    """Does an Action or NotAction element cover the action? `action` is in lower case."""
    return any(_names_action(text, action) for text in patterns.texts) != patterns.excluded


def _names_action(pattern: str, action: str) -> bool:
    if ":" not in pattern:
        return bool(pattern) and not pattern.strip("*")
    return glob.matches(pattern, action)
