"""Policy documents as interned statements: the same content is the same object, wherever it is attached.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from nephograph.engines.permissions.comparison import Comparison, parsed
from nephograph.engines.permissions.context import spelled
from nephograph.engines.permissions.variables import present
from nephograph.engines.permissions.who import Named, named

Use = Literal["identity", "resource", "boundary", "session", "scp", "rcp", "endpoint"]

EVERYBODY = Named((("*", "*"),))


class Patterns(msgspec.Struct, frozen=True):
    """Texts of an Action or Resource element; `excluded` when it is the Not… of it."""

    texts: tuple[str, ...]
    excluded: bool = False


class Statement(msgspec.Struct, frozen=True):
    """One statement. Actions are in lower case. `resources` None: the resource the policy stands on."""

    deny: bool
    actions: Patterns
    resources: Patterns | None
    principals: Named | None = None
    conditions: tuple[Comparison, ...] = ()
    expands: bool = True


class Policy(msgspec.Struct, frozen=True):
    """One policy. `unknown` says why its content is not known: it may then allow and deny anything."""

    statements: tuple[Statement, ...] = ()
    unknown: str = ""
    sids: tuple[str, ...] = ()


class MalformedError(ValueError):
    """What AWS would not store. `path` leads to it inside the document."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def read(document: Any, use: Use = "identity") -> Policy:
    """The statements of a policy document. Raises `MalformedError`."""
    if not isinstance(document, dict):
        raise MalformedError("a policy document is an object")
    version = document.get("Version", "2008-10-17")
    if version not in ("2012-10-17", "2008-10-17"):
        raise MalformedError("Version is 2012-10-17 or 2008-10-17", "Version")
    said = document.get("Statement")
    single = isinstance(said, dict)
    if not single and not isinstance(said, list):
        raise MalformedError("Statement is an object or a list of them", "Statement")
    statements: list[Statement] = []
    sids: list[str] = []
    for index, one in enumerate([said] if single else said):  # type: ignore[arg-type]
        at: tuple[str | int, ...] = ("Statement",) if single else ("Statement", index)
        try:
            statements.append(_statement(one, use, version == "2012-10-17"))
        except MalformedError as error:
            raise MalformedError(str(error), *at, *error.path) from None
        sid = one.get("Sid", "")
        sids.append(sid if isinstance(sid, str) else "")
    return Policy(tuple(statements), sids=tuple(sids))


def _statement(said: Any, use: Use, expands: bool) -> Statement:
    if not isinstance(said, dict):
        raise MalformedError("a statement is an object")
    effect = said.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise MalformedError("Effect is Allow or Deny", *(("Effect",) if "Effect" in said else ()))
    actions = _element(said, "Action")
    if actions is None:
        raise MalformedError("there is no Action")
    resources = _element(said, "Resource")
    if resources is None and use != "resource":
        raise MalformedError("there is no Resource")
    return Statement(
        effect == "Deny",
        Patterns(tuple(text.lower() for text in actions.texts), actions.excluded),
        resources,
        _principals(said, use),
        _conditions(said.get("Condition", {}), expands),
        expands,
    )


def _element(said: dict[str, Any], name: str) -> Patterns | None:
    keys = [key for key in (name, f"Not{name}") if key in said]
    if len(keys) > 1:
        raise MalformedError(f"a statement has {name} or Not{name}, not both", keys[1])
    if not keys:
        return None
    return Patterns(_texts(said[keys[0]], keys[0], False), keys[0] != name)


def _texts(value: Any, name: str, scalars: bool) -> tuple[str, ...]:
    kinds: tuple[type, ...] = (str, bool, int, float) if scalars else (str,)
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, kinds) for one in found):
        raise MalformedError(f"{name} is not a text or a list of texts", name)
    return tuple(dict.fromkeys(spelled(one) for one in found))


def _principals(said: dict[str, Any], use: Use) -> Named | None:
    keys = [key for key in ("Principal", "NotPrincipal") if key in said]
    if use not in ("resource", "rcp", "endpoint"):
        if keys:
            raise MalformedError(f"a policy of this kind ({use}) names no {keys[0]}", keys[0])
        return None
    if len(keys) > 1:
        raise MalformedError("a statement has Principal or NotPrincipal, not both", keys[1])
    if not keys:
        if use == "resource":
            raise MalformedError("a statement of a resource policy names a Principal")
        return EVERYBODY
    try:
        return named(said[keys[0]], keys[0] == "NotPrincipal")
    except ValueError as error:
        raise MalformedError(str(error), keys[0]) from None


def _conditions(said: Any, expands: bool) -> tuple[Comparison, ...]:
    if not isinstance(said, dict):
        raise MalformedError("Condition is an object of operators", "Condition")
    found: list[Comparison] = []
    for operator, keys in said.items():
        try:
            _, base, _ = parsed(operator)
        except KeyError:
            raise MalformedError(f"{operator} is no condition operator", "Condition", operator) from None
        if not isinstance(keys, dict):
            raise MalformedError(f"{operator} is an object of context keys", "Condition", operator)
        for key, values in keys.items():
            try:
                texts = _texts(values, key, True)
            except MalformedError as error:
                raise MalformedError(str(error), "Condition", operator, key) from None
            if base is None and not all(text.lower() in ("true", "false") for text in texts):
                raise MalformedError("Null takes true or false", "Condition", operator, key)
            # Where no variable stands, both versions ask the same.
            found.append(Comparison(operator, key, texts, expands and any(map(present, texts))))
    return tuple(found)
