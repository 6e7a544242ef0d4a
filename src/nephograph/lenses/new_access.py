"""What a change grants that was not granted before, each with a request that replays."""

from __future__ import annotations

import json
import pathlib
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions.access import Difference, NewAccess
from nephograph.engines.permissions.difference import difference
from nephograph.engines.permissions.document import MalformedError, Use
from nephograph.engines.permissions.estates import policy_set
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.permissions import not_known
from nephograph.lenses.common.replayed import Replayed
from nephograph.model.answer import Answer, Coverage, Text, Tree
from nephograph.model.errors import Problem, ReadError, UsageError
from nephograph.model.source import Gap
from nephograph.model.span import Span

SECTION = "Who can do what"

_ACCOUNT = "111122223333"
_SOMEBODY = f"arn:aws:iam::{_ACCOUNT}:role/somebody"
_LARGEST = 8 * 1024 * 1024
_SHOWN = 6
_ROWS = 60


class NewAccessAsk(Ask, frozen=True, kw_only=True):
    """Show what NEW grants that OLD does not, each with one request that NEW allows and OLD does not.

    OLD and NEW are policy documents (JSON), or two states of an estate as `neph diff` takes them: paths (code, a plan,
    a state, a folder of answers) or snapshots. Of a policy of a resource say with --resource on what it stands. Every
    request is decided again by a second evaluator that shares no code with the first.
    """

    old: Annotated[str, Option("what was: a policy document, a path, or a snapshot", positional=True)]
    new: Annotated[str, Option("what is or will be", positional=True)]
    resource: Annotated[str, Option("the resource that the policy documents stand on", metavar="ARN")] = ""
    exit_code: Annotated[bool, Option("exit 1 when there is new access for certain", name="exit-code")] = False
    verify: Annotated[bool, Option("decide every action of every answer again, not only one of each")] = False


ASK = NewAccessAsk


def two_estates(ask: NewAccessAsk) -> tuple[str, str]:
    """What each side is called."""
    return ask.old, ask.new


def without_estate(ask: NewAccessAsk) -> Answer | None:
    """The answer when both sides are policy documents. Raises `ReadError` for one that is none."""
    texts = [_text(ask.old), _text(ask.new)]
    documents = [_policy_document(name, text) for name, text in zip((ask.old, ask.new), texts, strict=True)]
    known = [one for one in documents if one is not None]
    if len(known) == 1:
        other = ask.new if documents[0] is not None else ask.old
        raise UsageError("two-kinds", f"{other} is no policy document, and the other side is one", "name two alike")
    if not known:
        return None
    use: Use = "resource" if any(_names_principals(one) for one in known) else "identity"
    if use == "resource" and not ask.resource:
        raise UsageError(
            "no-resource", "these policies name principals: they stand on a resource", "say which with --resource ARN"
        )
    old, new = (_one_policy(name, one, use, ask.resource) for name, one in zip((ask.old, ask.new), known, strict=True))
    seen = sum(len(s) if isinstance(s := one["Statement"], list) else 1 for one in known)
    return _answer(ask, difference(old, new), Coverage(seen, seen), None, frozenset())


def answer(ask: NewAccessAsk, context: Context) -> Answer:
    """Compare the permissions of two estates."""
    before = context.before
    assert before is not None, "the door opens both sides"
    old, invented = policy_set(before.estate)
    new, more = policy_set(context.estate)
    found = difference(old, new)
    found.gaps += dict.fromkeys((*old.gaps, *new.gaps))
    coverage = Coverage(len(new.entities), len(new.entities), context.coverage.not_evaluated)
    return _answer(ask, found, coverage, context, invented | more)


def _text(name: str) -> str | None:
    path = pathlib.Path(name)
    if path.suffix != ".json" or not path.is_file():
        return None
    if path.stat().st_size > _LARGEST:
        return None
    return path.read_text(encoding="utf-8", errors="replace")


def _policy_document(name: str, text: str | None) -> dict[str, Any] | None:
    """A JSON object with a Statement, and not a plan or a state; None for anything else."""
    if text is None:
        return None
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1] if text.splitlines() else ""
        span = Span(name, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise ReadError("json-syntax", f"{name} is no JSON: {error.msg}", "correct it", span, line[:500]) from error
    except RecursionError as error:
        raise ReadError("too-deep", f"{name} is nested too deeply", "a policy is a few levels deep") from error
    return found if isinstance(found, dict) and "Statement" in found else None


def _names_principals(document: dict[str, Any]) -> bool:
    said = document["Statement"]
    statements = said if isinstance(said, list) else [said]
    return any(isinstance(one, dict) and {"Principal", "NotPrincipal"} & one.keys() for one in statements)


def _one_policy(name: str, document: dict[str, Any], use: Use, resource: str) -> PolicySet:
    found = PolicySet(keeps=True)
    try:
        number = found.policy(document, use, name)
    except MalformedError as error:
        where = ".".join(map(str, error.path))
        raise ReadError(
            "malformed-policy", f"{name}: {f'{where}: ' if where else ''}{error}", "AWS would not store it; correct it"
        ) from error
    found.account(Account(_ACCOUNT))
    if use == "identity":
        found.entity(Entity(_SOMEBODY, (number,)))
    else:
        parts = resource.split(":", 5)
        found.holding(Holding(resource, parts[4] if len(parts) == 6 and parts[4] else _ACCOUNT, (number,)))
    return found


def _answer(
    ask: NewAccessAsk, found: Difference, coverage: Coverage, context: Context | None, invented: frozenset[str]
) -> Answer:
    told = Replayed()
    reasons: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for one in found.found:
        why = _why_not(one)
        agrees = None if why else _agrees(one, one.request["action"])
        rows.append(_row(one, agrees, not_known(one.request, one.parts, invented)))
        if agrees is None:
            reasons[why] += 1
            continue
        others = [action.spelled for action in one.actions if action.spelled != one.request["action"]]
        for name in (one.request["action"], *(others if ask.verify else ())):
            if _agrees(one, name):
                told.agreed += 1
            else:
                told.problems += (_contradicted(one, name),)
    told.reasons = dict(reasons.most_common())
    certain = [row for row in rows if not row["depends_on"]]
    kind = "yes" if certain else "depends" if rows else "no"
    gaps = tuple(Gap("nothing-known", "permissions", text) for text in dict.fromkeys(found.gaps))
    depends = tuple(dict.fromkeys(text for row in rows for text in row["depends_on"])) if kind == "depends" else ()
    return Answer(
        command="new-access",
        snapshot=context.snapshot if context else None,
        verdict=kind,  # type: ignore[arg-type]
        depends_on=depends,
        coverage=Coverage(coverage.seen, coverage.evaluated, (*coverage.not_evaluated, *gaps)),
        errors=(*told.problems, *(context.before.problems if context and context.before else ()), *_problems(context)),
        assumptions=context.assumptions if context else (),
        blocks=(Text(_summary(rows, certain)), *_trees(rows), *((Text(told.words),) if rows else ())),
        data={
            "new_access": rows,
            "counts": {"certain": len(certain), "depends": len(rows) - len(certain)},
            "replayed": told.data(),
        },
    )


def _problems(context: Context | None) -> tuple[Problem, ...]:
    return context.problems if context else ()


def _why_not(one: NewAccess) -> str:
    """Why a row cannot be decided again; "" when it can."""
    if one.depends_on:
        return "what depends claims nothing"
    return "the content of a policy is not known" if one.before is None or one.after is None else ""


def _agrees(one: NewAccess, action: str) -> bool:
    """Does the certificate say so of one action: not allowed before, allowed now?"""
    assert one.before is not None
    assert one.after is not None
    was = decide(Request(**{**one.request_before, "action": action}), Policies(**one.before)).effect
    now = decide(Request(**{**one.request, "action": action}), Policies(**one.after)).effect
    return now == "allowed" and was != "allowed"


def _contradicted(one: NewAccess, action: str) -> Problem:
    what = f"{action} on {one.request['resource']} by {one.principal}"
    return Problem(
        "internal", f"two evaluators contradict each other on {what}", "this is a bug; please report both policies"
    )


def _row(one: NewAccess, replayed: bool | None, unknown: tuple[str, ...]) -> dict[str, Any]:
    return {
        "principal": one.principal,
        "service": one.service,
        "actions": [action.spelled for action in one.actions if not action.future],
        "future_actions": any(action.future for action in one.actions),
        "levels": sorted({action.level for action in one.actions if action.exists}),
        "parts": [
            {"resources": list(p.resources) or ["*"], "but_not": list(p.but_not), "if": list(p.conditions)}
            for p in one.parts
        ],
        "more_parts": one.more_parts,
        "depends_on": [*one.depends_on, *unknown],
        "request": one.request,
        **({"request_before": one.request_before} if one.request_before != one.request else {}),
        "replayed": replayed,
        "policies": {"old": one.before, "new": one.after},
    }


def _summary(rows: list[dict[str, Any]], certain: list[dict[str, Any]]) -> str:
    if not rows:
        return "No new access: whatever the new side allows, the old side allows, too."
    actions = sum(len(row["actions"]) for row in certain)
    future = ", and actions that do not exist yet" if any(row["future_actions"] for row in certain) else ""
    said = [
        f"{actions} actions{future} are allowed that were not" if actions != 1 else "1 action is allowed that was not"
    ]
    if not certain:
        said = []
    open_ones = len(rows) - len(certain)
    if open_ones:
        said.append(
            f"{open_ones} more may be, depending on what is not in the data"
            if certain
            else f"{open_ones} may be new, depending on what is not in the data"
        )
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _trees(rows: list[dict[str, Any]]) -> Iterator[Tree]:
    """Rows that differ in their service alone are told together."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(json.dumps([row["principal"], row["parts"], bool(row["depends_on"])]), []).append(row)
    for some in list(groups.values())[:_ROWS]:
        first = some[0]
        children = [Tree(text) for text in _words(first)]
        children += [
            Tree(f"depends on {text}") for text in dict.fromkeys(t for row in some for t in row["depends_on"][:3])
        ][:3]
        children.append(Tree(f"request: {json.dumps(first['request'])}"))
        yield Tree(f"{first['principal']}: {_actions(some)}", tuple(children))
    if len(groups) > _ROWS:
        yield Tree(f"… and {len(groups) - _ROWS} more (all of them with -f json)")


def _actions(rows: list[dict[str, Any]]) -> str:
    names = [name for row in rows for name in row["actions"]]
    future = any(row["future_actions"] for row in rows)
    if len(rows) > 3:
        return f"{len(names)} actions of {len(rows)} services{', and future ones' if future else ''}"
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return (shown or "actions") + (", and future ones" if future else "")


def _words(row: dict[str, Any]) -> Iterator[str]:
    for part in row["parts"]:
        text = f"on {' and '.join(part['resources'])}"
        if part["but_not"]:
            text += f", but not {', '.join(part['but_not'])}"
        if part["if"]:
            text += f", if {' and '.join(part['if'])}"
        yield text
    if row["more_parts"]:
        yield "and in more parts"
