"""Policy documents as typed statements. What is malformed or not known is named, and leaves the statement open.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from nephograph.model.resource import Resource
from nephograph.model.span import Path
from nephograph.model.value import Unknown, has_symbol
from nephograph.model.verdict import Evidence

VARIABLES_SINCE = "2012-10-17"
"""Policy variables are variables only in documents of this version; else `${…}` is literal text."""


class Place(msgspec.Struct, frozen=True):
    """Where a policy was said: in words, and as a field of a resource (None when no resource says it).

    `whole`: the field names the policy, whose content stands elsewhere (AWS's own): nothing lies deeper.
    """

    words: str
    resource: Resource | None = None
    path: Path = ()
    whole: bool = False

    def evidence(self, text: str, *deeper: str | int) -> Evidence:
        """A fact said at this place, or deeper in it."""
        if self.resource is None:
            return Evidence(text)
        return Evidence.at(text, self.resource, self.path if self.whole else (*self.path, *deeper))


class Element(msgspec.Struct, frozen=True):
    """Action/NotAction or Resource/NotResource: patterns, and whether they name what is left out."""

    patterns: tuple[str, ...]
    negated: bool = False


class Principals(msgspec.Struct, frozen=True):
    """Principal or NotPrincipal: (type, value) pairs; the bare `*` is ("*", "*")."""

    named: tuple[tuple[str, str], ...]
    negated: bool = False


class Test(msgspec.Struct, frozen=True):
    """One operator with one key of a Condition: the values are alternatives."""

    operator: str
    key: str
    values: tuple[str, ...]


class Statement(msgspec.Struct, frozen=True):
    """One statement. `problem` says why it cannot be evaluated: it may then allow or deny anything it names."""

    place: Place
    index: int
    effect: Literal["Allow", "Deny", ""] = ""
    sid: str = ""
    actions: Element = Element(("*",))
    resources: Element = Element(("*",))
    principals: Principals | None = None
    conditions: tuple[Test, ...] = ()
    variables: bool = True
    problem: str = ""
    synthetic: str = ""
    """Set for a grant that is not written as a statement (an ACL, a Lambda permission): how to call it."""
    path: Path = ()
    """Below the place, where the statement stands."""

    @property
    def name(self) -> str:
        """How people find it: by its place and its number (from 1) or Sid."""
        if self.synthetic:
            return f"{self.place.words} {self.synthetic}"
        return f"{self.place.words} statement {self.sid or self.index + 1}"

    def evidence(self, text: str) -> Evidence:
        """A fact this statement says."""
        return self.place.evidence(text, *self.path)


class Policy(msgspec.Struct, frozen=True):
    """One policy. `unknown` is set when its content is not known: it may then say anything."""

    place: Place
    statements: tuple[Statement, ...] = ()
    unknown: str = ""


def read_policy(document: Any, place: Place, own: bool = False) -> Policy:
    """The statements of a policy object.

    A policy that a resource has of its `own` may leave Resource out: the resource itself is meant, as in trust policies
    and in those of ECR repositories (https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html).
    """
    if document is None:
        return Policy(place)
    if isinstance(document, Unknown):
        return Policy(place, unknown=f"content of {place.words}: {document}")
    if not isinstance(document, dict):
        return Policy(place, unknown=f"content of {place.words}: not a policy object")
    said = document.get("Statement", [])
    if isinstance(said, Unknown):
        return Policy(place, unknown=f"statements of {place.words}: {said}")
    version = document.get("Version")
    variables = isinstance(version, Unknown) or version == VARIABLES_SINCE
    if isinstance(said, dict):
        said = [said]
    if not isinstance(said, list):
        return Policy(place, unknown=f"content of {place.words}: Statement is not a list")
    return Policy(place, tuple(_statement(s, place, i, variables, own) for i, s in enumerate(said)))


def _statement(said: Any, place: Place, index: int, variables: bool, own: bool) -> Statement:
    path: Path = ("Statement", index)
    if isinstance(said, Unknown):
        return Statement(place, index, problem=str(said), path=path)
    if not isinstance(said, dict):
        return Statement(place, index, problem="not an object", path=path)
    problems: list[str] = []
    effect = _effect(said.get("Effect"), problems)
    actions = _element(said, "Action", problems)
    resources = Element(("*",)) if own and not {"Resource", "NotResource"} & said.keys() else None
    if resources is None:
        resources = _element(said, "Resource", problems)
    sid = said.get("Sid")
    return Statement(
        place,
        index,
        effect,
        sid if isinstance(sid, str) else "",
        actions,
        resources,
        _principals(said, problems),
        _conditions(said.get("Condition"), problems),
        variables,
        "; ".join(problems),
        path=path,
    )


def _effect(said: Any, problems: list[str]) -> Literal["Allow", "Deny", ""]:
    if isinstance(said, str) and said == "Allow":
        return "Allow"
    if isinstance(said, str) and said == "Deny":
        return "Deny"
    problems.append("no Effect" if said is None else f"Effect is {said}")
    return ""


def _texts(value: Any) -> tuple[str, ...] | None:
    """One or many strings; an Unknown is a symbol; None when it is anything else."""
    if isinstance(value, list):
        found: list[str] = []
        for item in value:
            one = _texts(item)
            if one is None or isinstance(item, list):
                return None
            found += one
        return tuple(found)
    if isinstance(value, Unknown):
        return (value.symbol,)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str | int | float):
        return (str(value),)
    return None


def _element(said: dict[str, Any], name: str, problems: list[str]) -> Element:
    negated = f"Not{name}"
    present = [key for key in (name, negated) if key in said]
    if len(present) != 1:
        problems.append(f"both {name} and {negated}" if present else f"no {name}")
        return Element(("*",))
    patterns = _texts(said[present[0]])
    if patterns is None:
        problems.append(f"{present[0]} is not a text or a list of texts")
        return Element(("*",))
    return Element(patterns, present[0] == negated)


_WAYS = ("AWS", "Service", "Federated")
"""The ways in which a policy names principals."""


def _principals(said: dict[str, Any], problems: list[str]) -> Principals | None:
    for name in ("Principal", "NotPrincipal"):
        if name not in said:
            continue
        value = said[name]
        if value == "*":
            return Principals((("*", "*"),), name == "NotPrincipal")
        if isinstance(value, Unknown) or (isinstance(value, str) and has_symbol(value)):
            # It may name anybody, in any way.
            unknown = value.symbol if isinstance(value, Unknown) else value
            return Principals(tuple((kind, unknown) for kind in _WAYS), name == "NotPrincipal")
        if not isinstance(value, dict):
            problems.append(f"{name} is neither * nor an object")
            return None
        named: list[tuple[str, str]] = []
        for kind, values in value.items():
            texts = _texts(values)
            if texts is None:
                problems.append(f"{name}.{kind} is not a text or a list of texts")
                continue
            named += [(kind, text) for text in texts]
        return Principals(tuple(named), name == "NotPrincipal")
    return None


def _conditions(said: Any, problems: list[str]) -> tuple[Test, ...]:
    if said is None:
        return ()
    if isinstance(said, Unknown):
        problems.append(f"Condition is {said}")
        return ()
    if not isinstance(said, dict):
        hidden = isinstance(said, str) and has_symbol(said)
        problems.append("its conditions are not known" if hidden else "Condition is not an object")
        return ()
    tests: list[Test] = []
    for operator, keys in said.items():
        if not isinstance(keys, dict):
            hidden = isinstance(keys, Unknown) or (isinstance(keys, str) and has_symbol(keys))
            problems.append(f"Condition.{operator} is {'not known' if hidden else 'not an object'}")
            continue
        for key, values in keys.items():
            texts = _texts(values)
            if texts is None:
                problems.append(f"Condition.{operator}.{key} is not a text or a list of texts")
                continue
            tests.append(Test(operator, key, texts))
    return tuple(tests)
