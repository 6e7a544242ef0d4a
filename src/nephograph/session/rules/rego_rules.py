"""Policies in Rego, by regorus (the extra `rego`): each is asked about the estate, and about every plan that was read.

    # title: Bucket without an owner
    # severity: low
    package shop.buckets

    deny contains {"urn": r.urn, "msg": sprintf("%s has no owner", [r.label])} if {
        some r in input.resources
        r.kind == "aws_s3_bucket"
        not r.config.tags.owner
    }

As with conftest, the rules `deny`, `violation` and `warn` of a package are sets of texts or of objects with `msg`. An
object may name what it is about: `urn`, or `address` of a plan. `input` is the document of the estate; a policy whose
head says `input: plan` gets the JSON of each plan instead.

A policy runs in a process of its own, which is ended when it takes too long: an engine cannot be stopped from within.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.library.own_rules import Asked, MalformedHeaderError, Told, header, rule_of
from nephograph.library.sdk import Check
from nephograph.model.answer import Severity
from nephograph.model.errors import Problem
from nephograph.model.source import Gap
from nephograph.model.value import unknowns
from nephograph.session.rules.bounds import Clock, unasked
from nephograph.session.rules.places import RuleFile
from nephograph.session.rules.sql_rules import malformed, path_of

if TYPE_CHECKING:
    from nephograph.session.opened import Opened

ASKS = "the estate, in Rego"
ASKS_PLANS = "plans, in Rego"
COMMENT = "#"
SECONDS = 10.0
MEMORY = 1024 * 1024 * 1024
MAX_PLAN = 64 * 1024 * 1024
MAX_TOLD = 10_000

_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that the process of a policy gets to see of the environment."""

_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)", re.MULTILINE)
_PLACE = re.compile(r"-->\s*\S*?:(\d+):(\d+)")


def rule_in(file: RuleFile, text: str) -> Check | Problem | Gap:
    """The policy of a file; what is wrong with its head; a gap where the engine is not installed."""
    if importlib.util.find_spec("regorus") is None:
        return Gap("rule-not-run", file.shown, "Rego needs the extra rego: pip install 'nephograph[rego]'")
    try:
        said = header(text, COMMENT, ("input",))
    except MalformedHeaderError as error:
        return malformed(file.shown, text, str(error), error.help, error.line)
    about = said.pop("input", "estate")
    if about not in ("estate", "plan"):
        return malformed(file.shown, text, f"{about} is no input", "there is estate and plan")
    if _PACKAGE.search(text) is None:
        return malformed(file.shown, text, "it has no package", "write: package team.name")
    return rule_of(said, file.code, file.shown, ASKS if about == "estate" else ASKS_PLANS)


def ask(rules: Sequence[tuple[Check, str]], opened: Opened, seconds: float = SECONDS) -> Iterator[Asked]:
    """Put every policy (with its text) to the estate."""
    document = estate_document(opened)
    clock = Clock(seconds)
    for rule, text in rules:
        yield _asked(rule, text, [document], {}, clock)


def ask_plans(rules: Sequence[tuple[Check, str]], opened: Opened, seconds: float = SECONDS) -> Iterator[Asked]:
    """Put every policy to every plan that was read."""
    plans, problems = _plans(opened)
    addresses = {one.address: one.urn for one in opened.estate.resources.values()}
    clock = Clock(seconds)
    for rule, text in rules:
        asked = _asked(rule, text, plans, addresses, clock)
        yield msgspec.structs.replace(asked, problems=(*problems, *asked.problems))


def estate_document(opened: Opened) -> str:
    """The estate as JSON: `resources` and `edges`. What is not known is left out of a config and named in `unknown`."""
    resources = [
        {
            "urn": one.urn,
            "kind": one.kind,
            "class": str(one.cls),
            "provider": one.scope.provider,
            "account": one.scope.account,
            "region": one.scope.region,
            "address": one.address,
            "label": one.label,
            "arn": one.arn,
            "said": one.said,
            "config": {name: value for name, value in one.config.items() if not _open(value)},
            "unknown": {name: str(next(unknowns(value))) for name, value in one.config.items() if _open(value)},
        }
        for one in opened.estate.resources.values()
    ]
    edges = [{"kind": e.kind, "source": e.source, "target": e.target} for e in opened.estate.edges]
    return json.dumps({"resources": resources, "edges": edges}, default=str)


def _open(value: Any) -> bool:
    return next(unknowns(value), None) is not None


def _plans(opened: Opened) -> tuple[list[str], list[Problem]]:
    found: list[str] = []
    problems: list[Problem] = []
    for one in opened.reads:
        if one.loaded.said != "plan":
            continue
        files = [one.path] if one.path.is_file() else sorted(one.path.glob("*.json"))
        for file in files:
            if file.stat().st_size > MAX_PLAN:
                said = f"{file} is over {MAX_PLAN // 1024 // 1024} MB: no policy is asked about it"
                problems.append(Problem("too-large", said, "ask about a smaller plan"))
            else:
                found.append(file.read_text("utf-8", "replace"))
    return found, problems


def _asked(rule: Check, text: str, documents: Sequence[str], addresses: dict[str, str], clock: Clock) -> Asked:
    told: list[Told] = []
    problems: list[Problem] = []
    match = _PACKAGE.search(text)
    package = match[1] if match else ""
    for document in documents:
        left = clock.left()
        if not left:
            return unasked(rule)
        answer = _run({"text": text, "package": package, "input": document}, left)
        if "error" in answer:
            problems.append(_refused(rule, text, str(answer["error"])))
            break
        for name in ("deny", "violation", "warn"):
            for one in answer.get(name) or ():
                found = _told(rule, name, one, addresses)
                if isinstance(found, Told):
                    told.append(found)
                else:
                    problems.append(malformed(rule.origin, text, found, "docs/guides/your-own-rules.md tells the form"))
    return Asked(rule, told[:MAX_TOLD], tuple(dict.fromkeys(problems)))


_CHILD = """
import json, resource, sys
asked = json.load(sys.stdin)
resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
import regorus
engine = regorus.Engine()
try:
    engine.add_policy("policy.rego", asked["text"])
    engine.set_input_json(asked["input"])
    found = {}
    for name in ("deny", "violation", "warn"):
        query = "data." + asked["package"] + "." + name
        result = json.loads(engine.eval_query_as_json(query)).get("result")
        value = result[0]["expressions"][0]["value"] if result else None
        if isinstance(value, (list, tuple)):
            found[name] = value[:10001]
        elif isinstance(value, dict):
            found[name] = list(value)
        elif isinstance(value, bool) and value:
            found[name] = [name]
except Exception as error:
    found = {"error": str(error)}
told = json.dumps(found)
sys.stdout.write(told if len(told) < 16_000_000 else json.dumps({"error": "the policy tells more than 16 MB"}))
"""


def _run(asked: dict[str, Any], seconds: float) -> dict[str, Any]:
    """One policy over one document, in a process of its own."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own text
            [sys.executable, "-I", "-c", _CHILD],
            input=json.dumps({**asked, "memory": MEMORY}).encode(),
            capture_output=True,
            timeout=seconds,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"the policy took longer than {seconds:g} seconds and was stopped"}
    if done.returncode:
        return {"error": "the policy needs more memory than it may use, or its engine failed"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _told(rule: Check, name: str, one: Any, addresses: dict[str, str]) -> Told | str:
    """One element of a set as a finding, or what is wrong with it."""
    title = rule.written.title if rule.written else rule.code
    severity = Severity.LOW if name == "warn" and rule.severity.rank < Severity.LOW.rank else None
    if isinstance(one, str):
        return Told(one or title, severity=severity, about=rule.code)
    if not isinstance(one, dict):
        return f"{name} yields {type(one).__name__}: a text, or an object with msg"
    said = one.get("severity")
    if said is not None and said not in [str(word) for word in Severity]:
        return f"{said} is no severity"
    address = str(one.get("address") or "")
    return Told(
        message=str(one.get("msg") or title),
        urn=str(one.get("urn") or addresses.get(address, "")),
        path=path_of(str(one.get("field") or "")),
        severity=Severity(said) if said else severity,
        key=str(one.get("key") or ""),
        depends=str(one.get("depends") or ""),
        about=address or rule.code,
    )


def _refused(rule: Check, text: str, said: str) -> Problem:
    """Why there is no answer, at the place the engine names."""
    line, column = 1, 1
    if place := _PLACE.search(said):
        line, column = int(place[1]), int(place[2])
    message = next(
        (part[7:] for part in said.splitlines() if part.startswith("error: ")), said.strip().partition("\n")[0]
    )
    told = malformed(rule.origin, text, message, "the other rules are asked; mend the policy", line, column)
    return Problem("rule-failed", told.message, told.help, told.span, told.excerpt)
