"""Cases: unit tests for policies. One case is a request, the policies that decide it, and what is expected.

The format is stable; docs/guides/policy-tests.md shows it with an example of every kind.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, get_args

import msgspec

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.decision import Decision, Effect
from nephograph.engines.certificate.document import Use
from nephograph.engines.certificate.malformed import MalformedError, Path
from nephograph.engines.certificate.request import Policies, Request

EFFECTS: tuple[str, ...] = get_args(Effect)
LAYERS: tuple[str, ...] = get_args(Use)

_CASE = ("name", "request", "policies", "expect", "blocked_by", "description", "comment", "id", "tags", "because")
_REQUEST = ("principal", "action", "resource", "resource_account", "context", "unknown")
_LEVELS = ("scp", "rcp")

ReadFile = Callable[[str, Path], Any]
"""Reads the document a policy names with {file: …}; the path is where the case says so."""


class MalformedCaseError(MalformedError):
    """A case that is not of the format."""

    code = "malformed-case"


class Case(msgspec.Struct, frozen=True):
    """One case. `expect` and `blocked_by` are empty where it asks only."""

    name: str
    request: Request
    policies: Policies
    expect: str = ""
    blocked_by: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """A case and its decision; `passed` is None where nothing was expected."""

    case: Case
    decision: Decision
    passed: bool | None


def case(data: Any, read_file: ReadFile | None = None, must_expect: bool = False) -> Case:
    """Read one case from plain data. Raises `MalformedCaseError` with the path of what is wrong."""
    if not isinstance(data, Mapping):
        _refuse("a case is an object with a request and policies", ())
    _known(data, _CASE, (), loose=True)
    name = data.get("name")
    if not isinstance(name, str) or not name:
        _refuse("a case has a name", ("name",) if "name" in data else ())
    expect = data.get("expect")
    if expect is None and must_expect:
        _refuse(f"a case says what to expect: {', '.join(EFFECTS)}", ())
    if expect is not None and expect not in EFFECTS:
        _refuse(f"expect is one of {', '.join(EFFECTS)}", ("expect",))
    return Case(
        name,
        _request(data.get("request")),
        _policies(data.get("policies"), read_file),
        expect or "",
        _blocked(data.get("blocked_by")),
    )


def run(one: Case) -> Outcome:
    """Decide a case. Raises `MalformedPolicyError` and `MalformedRequestError`."""
    decision = decide(one.request, one.policies)
    passed: bool | None = None
    if one.expect:
        passed = decision.effect == one.expect and all(layer in decision.blocking for layer in one.blocked_by)
    return Outcome(one, decision, passed)


def _request(data: Any) -> Request:
    at: Path = ("request",)
    if not isinstance(data, Mapping):
        _refuse("a case has a request with principal, action and resource", at if data is not None else ())
    _known(data, _REQUEST, at)
    for name in ("principal", "action"):
        if not isinstance(data.get(name), str):
            _refuse(f"a request has {'an' if name == 'action' else 'a'} {name}", (*at, name) if name in data else at)
    resource = data.get("resource", "*")
    if not isinstance(resource, str):
        _refuse("a resource is an ARN, or * for an action that has none", (*at, "resource"))
    account = data.get("resource_account")
    if isinstance(account, int) and not isinstance(account, bool):
        account = f"{account:012d}"
    if account is not None and not isinstance(account, str):
        _refuse("an account is its twelve digits", (*at, "resource_account"))
    unknown = data.get("unknown") or ()
    if isinstance(unknown, str) or not _all_texts(unknown):
        _refuse("unknown is a list of context keys", (*at, "unknown"))
    context = data.get("context") or {}
    if not isinstance(context, Mapping):
        _refuse("a context is an object: key to value, or to a list of values", (*at, "context"))
    for key, value in context.items():
        if not _is_value(value):
            _refuse("a context value is a text, a number, a boolean, or a list of them", (*at, "context", key))
    return Request(data["principal"], data["action"], resource, account or "", context, tuple(unknown))


def _is_value(value: Any) -> bool:
    if value is None or isinstance(value, str | bool | int | float):
        return True
    return isinstance(value, list) and all(isinstance(item, str | bool | int | float) for item in value)


def _all_texts(values: Any) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)


def _policies(data: Any, read_file: ReadFile | None) -> Policies:
    at: Path = ("policies",)
    if data is None:
        return Policies()
    if not isinstance(data, Mapping):
        _refuse("policies is an object of layers", at)
    _known(data, LAYERS, at)
    found: dict[str, Any] = {}
    for layer, said in data.items():
        here: Path = (*at, layer)
        if said is None:
            continue
        if layer == "resource":
            found[layer] = _document(said, read_file, here)
        elif not isinstance(said, list):
            _refuse("a list of " + ("levels" if layer in _LEVELS else "policy documents") + " stands here", here)
        elif layer in _LEVELS:
            found[layer] = [_level(one, read_file, (*here, index)) for index, one in enumerate(said)]
        else:
            found[layer] = _level(said, read_file, here)
    return Policies(**found)


def _level(said: Any, read_file: ReadFile | None, at: Path) -> list[Any]:
    if not isinstance(said, list):
        _refuse(
            "a level is a list of policy documents", at, "write [[…], […]]: one list of documents a level, root first"
        )
    return [_document(one, read_file, (*at, index)) for index, one in enumerate(said)]


def _document(said: Any, read_file: ReadFile | None, at: Path) -> Any:
    if isinstance(said, Mapping) and set(said) == {"file"}:
        if read_file is None or not isinstance(said["file"], str):
            _refuse("a policy from a file is named by its path, in a file of cases", at)
        return read_file(said["file"], at)
    return said


def _blocked(data: Any) -> tuple[str, ...]:
    if data is None:
        return ()
    found = (data,) if isinstance(data, str) else tuple(data) if _all_texts(data) else None
    if found is None or not all(layer in LAYERS for layer in found):
        _refuse(f"blocked_by is one of {', '.join(LAYERS)}", ("blocked_by",))
    return found


def _known(data: Mapping[Any, Any], names: Iterable[str], at: Path, loose: bool = False) -> None:
    for key in data:
        if key in names or (loose and str(key).startswith("x-")):
            continue
        close = difflib.get_close_matches(str(key), list(names), n=1)
        hint = f"did you mean {close[0]}?" if close else f"there may be {', '.join(names)}"
        _refuse(f"{key} is not known here", (*at, key), hint)


def _refuse(message: str, at: Path, help: str = "") -> NoReturn:
    raise MalformedCaseError(message, at, help or "docs/guides/policy-tests.md shows the format")
