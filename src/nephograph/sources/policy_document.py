"""`data.aws_iam_policy_document` rendered as the provider renders it.

Rules: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
Lists of one become a string; actions, resources and identifiers are sets, written in descending order; condition
values keep their order; statements of override documents replace statements of the same sid.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from nephograph.model.span import Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.json_text import all_differ, json_text, with_symbols

MAX_DOCUMENTS = 1_000


class Policy(msgspec.Struct):
    """A rendered document and where each of its pieces stands.

    `places` maps a path of the document (`("Statement", 0, "Action")`) to a path of the data source's body
    (`("statement", 2, "actions")`). Statements taken from a source or override document map to that list's element.
    """

    document: dict[str, Any]
    places: dict[Path, Path]


def render(body: Mapping[str, Any], placed: bool = True) -> Policy | Unknown:
    """The policy that a data source's evaluated body stands for; Unknown when its structure is not known.

    Where nobody asks for places (`placed`), none are noted: that costs as much as the rest.
    """
    merged = _Merge()
    for name in ("source_policy_documents", "source_json"):
        unknown = _merge_documents(merged, body.get(name), name)
        if unknown is not None:
            return unknown
    version = body.get("version")
    own = _Merge()
    own.version = "2012-10-17" if version is None else version
    own.id = body["policy_id"] if _said(body.get("policy_id")) else ""
    statements = body.get("statement")
    if isinstance(statements, Unknown):
        return statements
    for position, block in enumerate(statements if isinstance(statements, list) else []):
        if isinstance(block, Unknown):
            return block
        if not isinstance(block, dict):
            return Unknown(Reason.INVALID, f"statement[{position}] is not a block")
        places: Places = {} if placed else None
        own.add(_statement(block, ("statement", position), places), places or {})
    merged.merge(own)
    for name in ("override_policy_documents", "override_json"):
        unknown = _merge_documents(merged, body.get(name), name)
        if unknown is not None:
            return unknown
    return merged.policy()


def render_text(body: Mapping[str, Any], minified: bool = False) -> str | Unknown:
    """The `json` (or `minified_json`) attribute."""
    policy = render(body, placed=False)
    if isinstance(policy, Unknown):
        return policy
    return json_text(policy.document, indent=None if minified else 2)


class _Merge:
    """A document under construction: statements with their places, merged by sid."""

    def __init__(self) -> None:
        self.version: Any = ""
        self.id: Any = ""
        self.statements: list[tuple[dict[str, Any], dict[Path, Path]]] = []

    def add(self, statement: dict[str, Any], places: dict[Path, Path]) -> None:
        self.statements.append((statement, places))

    def merge(self, newer: _Merge) -> None:
        if isinstance(newer.id, Unknown) or newer.id:
            self.id = newer.id
        known = not isinstance(newer.version, Unknown) and not isinstance(self.version, Unknown)
        if not known or str(newer.version) > str(self.version):
            self.version = newer.version
        for statement, places in newer.statements:
            sid = statement.get("Sid")
            said = isinstance(sid, Unknown) or bool(sid)
            same = [i for i, (old, _) in enumerate(self.statements) if said and _same_sid(old.get("Sid"), sid)]
            if same:
                self.statements[same[0]] = (statement, places)
            else:
                self.statements.append((statement, places))

    def policy(self) -> Policy:
        document: dict[str, Any] = {}
        places: dict[Path, Path] = {}
        if isinstance(self.version, Unknown) or self.version:
            document["Version"] = self.version
            places["Version",] = ("version",)
        if isinstance(self.id, Unknown) or self.id:
            document["Id"] = self.id
            places["Id",] = ("policy_id",)
        if self.statements:
            document["Statement"] = [statement for statement, _ in self.statements]
            for position, (_, inner) in enumerate(self.statements):
                for path, place in inner.items():
                    places[("Statement", position, *path)] = place
        return Policy(document, places)


def _same_sid(old: Any, new: Any) -> bool:
    # Two unknown sids that spell alike are one and the same value.
    return type(old) is type(new) and old == new


def _merge_documents(merged: _Merge, texts: Any, name: str) -> Unknown | None:
    """Merge the JSON texts of a source or override list; an Unknown when one of them cannot be read."""
    if texts is None:
        return None
    if isinstance(texts, Unknown) and not texts.parts:
        return texts
    listed = texts if isinstance(texts, list) else [texts]
    if len(listed) > MAX_DOCUMENTS:
        return Unknown(Reason.BUDGET, f"{name} holds {len(listed)} documents")
    for position, text in enumerate(listed):
        place: Path = (name, position) if isinstance(texts, list) else (name,)
        if text is None or text == "":
            continue
        if isinstance(text, Unknown):
            if not text.parts:
                return text
            text = with_symbols(text)
        try:
            parsed = json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            return Unknown(Reason.INVALID, f"{name}[{position}] is not JSON: {error}")
        if not isinstance(parsed, dict):
            return Unknown(Reason.INVALID, f"{name}[{position}] is not a policy")
        newer = _Merge()
        newer.version = parsed.get("Version") if isinstance(parsed.get("Version"), str) else ""
        newer.id = parsed.get("Id") if isinstance(parsed.get("Id"), str) else ""
        statements = parsed.get("Statement") or []
        for inner, statement in enumerate(statements if isinstance(statements, list) else [statements]):
            if isinstance(statement, dict):
                newer.add(statement, _deep(statement, place, inner))
        merged.merge(newer)
    return None


def _deep(statement: Mapping[str, Any], place: Path, inner: int) -> dict[Path, Path]:
    """Places of a statement that stands in another document: the path goes on inside that document."""
    places: dict[Path, Path] = {(): (*place, "Statement", inner)}
    for name, value in statement.items():
        places[name,] = (*place, "Statement", inner, name)
        if isinstance(value, list):
            for position in range(len(value)):
                places[name, position] = (*place, "Statement", inner, name, position)
    return places


Places = dict[Path, Path] | None
"""Where the pieces of a statement stand; None where nobody asks."""

_SETS = (
    ("Action", "actions"),
    ("NotAction", "not_actions"),
    ("Resource", "resources"),
    ("NotResource", "not_resources"),
)


def _statement(block: Mapping[str, Any], place: Path, places: Places) -> dict[str, Any]:
    statement: dict[str, Any] = {}
    if _said(block.get("sid")):
        statement["Sid"] = block["sid"]
    statement["Effect"] = block["effect"] if _said(block.get("effect")) else "Allow"
    if places is not None:
        places[()] = place
        if "Sid" in statement:
            places["Sid",] = (*place, "sid")
        places["Effect",] = (*place, "effect")
    for name, attribute in _SETS:
        values = block.get(attribute)
        if values is None or values == []:
            continue
        replaced = attribute.endswith("resources")
        statement[name] = _set(values, name, (*place, attribute), places, replaced)
    for name, attribute in (("Principal", "principals"), ("NotPrincipal", "not_principals")):
        if _said(block.get(attribute)):
            statement[name] = _principals(block[attribute], name, (*place, attribute), places)
    if _said(block.get("condition")):
        statement["Condition"] = _conditions(block["condition"], (*place, "condition"), places)
    return statement


def _said(value: Any) -> bool:
    return isinstance(value, Unknown) or bool(value)


def _set(values: Any, name: str, place: Path, places: Places, replace: bool) -> Any:
    """A set of strings in the provider's order: descending; one alone is a string."""
    if places is not None:
        places[name,] = place
    if isinstance(values, Unknown):
        return values
    listed: dict[str, tuple[Any, int]] = {}
    for position, value in enumerate(values if isinstance(values, list) else [values]):
        listed.setdefault(_key(value), (_variables(value) if replace else value, position))
    ordered = [listed[key] for key in sorted(listed, reverse=True)]
    if places is not None:
        for position, (_, written) in enumerate(ordered):
            places[name, position] = (*place, written)
    if len(ordered) == 1:
        return ordered[0][0]
    return [value for value, _ in ordered]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _key(value: Any) -> str:
    return value.symbol if isinstance(value, Unknown) else str(value)


def _variables(value: Any) -> Any:
    """`&{aws:username}` is how the configuration writes the policy variable `${aws:username}`."""
    if isinstance(value, str):
        return value.replace("&{", "${")
    if isinstance(value, Unknown) and value.parts:
        return msgspec.structs.replace(value, parts=tuple(_variables(part) for part in value.parts))
    return value


def _principals(blocks: Any, name: str, place: Path, places: Places) -> Any:
    if places is not None:
        places[name,] = place
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, list[tuple[Any, Path]]] = {}
    for position, block in enumerate(blocks if isinstance(blocks, list) else [blocks]):
        if isinstance(block, Unknown):
            return block
        if not isinstance(block, dict):
            return Unknown(Reason.INVALID, f"{place[-1]}[{position}] is not a block")
        kind, identifiers = block.get("type"), block.get("identifiers")
        if isinstance(kind, Unknown) or not isinstance(kind, str):
            return kind if isinstance(kind, Unknown) else Unknown(Reason.INVALID, "principals without a type")
        if isinstance(identifiers, Unknown):
            found.setdefault(kind, []).append((identifiers, (*place, position, "identifiers")))
            continue
        listed: dict[str, tuple[Any, int]] = {}
        for inner, value in enumerate(_listed(identifiers)):
            listed.setdefault(_key(value), (_variables(value), inner))
        for key in sorted(listed, reverse=True):
            value, inner = listed[key]
            found.setdefault(kind, []).append((value, (*place, position, "identifiers", inner)))
    # IAM takes "*" and {"AWS": "*"} for one; the provider writes the first for a lone "*" of type "*".
    if list(found) == ["*"] and [value for value, _ in found["*"]] == ["*"]:
        if places is not None:
            places[name,] = found["*"][0][1]
        return "*"
    rendered: dict[str, Any] = {}
    for kind in sorted(found):
        entries = found[kind]
        if places is not None:
            places[name, kind] = entries[0][1][:5]
            for inner, (_, written) in enumerate(entries):
                places[name, kind, inner] = written
        rendered[kind] = entries[0][0] if len(entries) == 1 else [value for value, _ in entries]
    return rendered


def _conditions(blocks: Any, place: Path, places: Places) -> Any:
    if places is not None:
        places["Condition",] = place
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, dict[str | Unknown, list[tuple[Any, Path]]]] = {}
    for position, block in enumerate(blocks if isinstance(blocks, list) else [blocks]):
        if isinstance(block, Unknown):
            return block
        if not isinstance(block, dict):
            return Unknown(Reason.INVALID, f"{place[-1]}[{position}] is not a block")
        test, variable, values = block.get("test"), block.get("variable"), block.get("values")
        if isinstance(test, Unknown):
            return test
        key = variable if isinstance(variable, Unknown) else str(variable)
        into = found.setdefault(str(test), {}).setdefault(key, [])
        here = (*place, position, "values")
        if isinstance(values, Unknown):
            into.append((values, here))
        else:
            into.extend((_variables(value), (*here, inner)) for inner, value in enumerate(_listed(values)))
    rendered: dict[str, Any] = {}
    for test in sorted(found):
        keys: dict[str | Unknown, Any] = {}
        if not all_differ(found[test]):
            # Conditions of one and the same key are one: which are, is not known.
            return next(key for key in found[test] if isinstance(key, Unknown))
        for variable in sorted(found[test], key=_key):
            entries = found[test][variable]
            if places is not None:
                name = _key(variable)
                places["Condition", test, name] = entries[0][1] if entries else place
                for inner, (_, written) in enumerate(entries):
                    places["Condition", test, name, inner] = written
            keys[variable] = entries[0][0] if len(entries) == 1 else [value for value, _ in entries]
        rendered[test] = keys
        if places is not None:
            places["Condition", test] = place
    return rendered
