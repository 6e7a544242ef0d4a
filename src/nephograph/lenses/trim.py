"""The least policy for what a principal used, by its logs: proven by replay, with what it takes away from today's."""

from __future__ import annotations

import datetime
import difflib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Any

from nephograph.engines.identity import Identity
from nephograph.engines.usage import known
from nephograph.engines.usage.dependents import Dependent, dependents
from nephograph.engines.usage.policy import size
from nephograph.engines.usage.present import Present
from nephograph.engines.usage.trim import Options, Trimmed, as_data, trim
from nephograph.engines.usage.unlogged import logged_services
from nephograph.engines.usage.used import Record, Used, actors_of, record_of
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.dossier import called
from nephograph.lenses.common.naming import PRINCIPAL_KINDS
from nephograph.model.answer import Answer, Block, Change, Coverage, Diff, Table, Text
from nephograph.model.errors import UsageError
from nephograph.model.events import Usage
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol
from nephograph.model.verdict import Answered

SECTION = "Who can do what"

_LISTED = 20
_ATTACHED = 10
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


class TrimAsk(Ask, frozen=True, kw_only=True):
    """Write the least policy for what PRINCIPAL used: every used call is allowed, nothing that was not used is.

    PRINCIPAL is a role or user by name, address or ARN. Objects of a bucket stand for their folder, other resources for
    themselves; conditions and denials of today's policies stay. Where its policies of today are in the data, the answer
    says what they lose, and every decision is replayed by an evaluator of its own.
    """

    principal: Annotated[str, Option("a role or user: its name, address or ARN", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    used: Annotated[tuple[str, ...], Option("a file or folder of CloudTrail events", metavar="EVENTS")] = ()
    exact: Annotated[bool, Option("name resources as they are: no folder for an object, no type for many")] = False
    wildcards: Annotated[
        bool, Option("write s3:Get* for three or more used actions of one verb, where today's policies grant all of it")
    ] = False
    keep_unlogged: Annotated[
        bool, Option("keep what is granted today and what the log cannot tell of (data events that are not recorded)")
    ] = False
    only_granted: Annotated[
        bool, Option("leave out used calls that none of its own policies grants today, instead of naming them")
    ] = False


ASK = TrimAsk


def answer(ask: TrimAsk, context: Context) -> Answer:
    """Trim one principal. Raises `UsageError` without logs, and when nothing goes by the name."""
    usage = context.usage
    if usage is None:
        raise UsageError("no-usage", "no logs are named", "name files or folders of CloudTrail with --used")
    resource = _principal(ask.principal, context)
    numbers = actors_of(usage, resource, ask.principal)
    if resource is None and not numbers:
        raise _nobody(ask.principal, usage, context)
    others = [usage.actors[number] for number in numbers if usage.actors[number].kind not in ("role", "user")]
    if others:
        raise UsageError(
            "nothing-known",
            f"{ask.principal} has no policies of its own",
            "name a role or user: only they can be trimmed",
        )
    accounts = sorted({usage.actors[number].account for number in numbers})
    if len(accounts) > 1:
        raise UsageError(
            "nothing-known",
            f"principals of {len(accounts)} accounts go by the name {ask.principal}: {', '.join(accounts)}",
            "name it by its ARN",
        )
    record = record_of(usage, numbers)
    arn = _arn(resource, record)
    present = _present(resource, context)
    options = Options(ask.exact, ask.wildcards, ask.keep_unlogged, ask.only_granted)
    logged = logged_services(usage.actions)
    trimmed = trim(record, present, arn, logged, options)
    needed = dependents(trimmed.used, context.estate, {one.action for one in record.used})
    proof = trimmed.proof
    verdict: Answered = "no" if proof.not_allowed or proof.still_allowed else "depends" if proof.depends else "yes"
    return Answer(
        command="trim",
        snapshot=context.snapshot,
        verdict=verdict,
        depends_on=_open(trimmed) if verdict == "depends" else (),
        coverage=_coverage(context, usage),
        errors=(*context.problems, *usage.problems),
        assumptions=(*context.assumptions, *_assumptions(ask, record, present, trimmed, usage)),
        blocks=tuple(_blocks(ask, usage, record, present, trimmed, needed)),
        data=_data(arn, usage, record, present, trimmed, needed),
    )


def _principal(word: str, context: Context) -> Resource | None:
    found = [one for one in called(context.estate, word) if one.kind in PRINCIPAL_KINDS]
    if len(found) > 1:
        names = ", ".join(one.address for one in found[:5])
        raise UsageError("nothing-known", f"{len(found)} principals go by the name {word}: {names}", "name one of them")
    return found[0] if found else None


def _nobody(word: str, usage: Usage, context: Context) -> UsageError:
    names = [actor.name for actor in usage.actors if actor.kind in ("role", "user")]
    names += [name.rpartition("/")[2] for name in names]
    names += [r.label for kind in PRINCIPAL_KINDS for r in context.estate.of_kind(kind)]
    close = difflib.get_close_matches(word, [name for name in dict.fromkeys(names) if name][:20_000], n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(close)}?" if close else "`neph review --used EVENTS` lists who is in the log"
    return UsageError("nothing-known", f"no role or user of the estate or of the log goes by the name {word}", hint)


def _arn(resource: Resource | None, record: Record) -> str:
    """The ARN that asks: the log knows it best, code may leave its account open."""
    if record.actors:
        return record.actors[0].name
    if resource is not None and resource.arn and not has_symbol(resource.arn):
        return resource.arn
    kind = "user" if resource is not None and resource.kind == "aws_iam_user" else "role"
    return f"arn:aws:iam::000000000000:{kind}/{resource.label if resource is not None else 'nobody'}"


def _present(resource: Resource | None, context: Context) -> Present:
    identity = Identity(context.estate)
    if resource is None:
        return Present((), identity.principal("anonymous"), at_hand=False)
    return Present(identity.policies_of(resource), identity.principal(resource), at_hand=True)


def _coverage(context: Context, usage: Usage) -> Coverage:
    held = context.coverage
    return Coverage(held.seen, held.evaluated, (*held.not_evaluated, *usage.gaps))


# -- what people read ----------------------------------------------------------------------------------------------


def _blocks(
    ask: TrimAsk, usage: Usage, record: Record, present: Present, trimmed: Trimmed, needed: tuple[Dependent, ...]
) -> Iterable[Block]:
    yield Text(_summary(ask, usage, record, present, trimmed))
    many = len(trimmed.policies)
    for number, policy in enumerate(trimmed.policies, 1):
        title = f"Policy {number} of {many}" if many > 1 else "Policy"
        yield Text(json.dumps(policy, indent=2, ensure_ascii=False), f"{title} ({size(policy):,} characters)")
    changes = tuple(_changes(trimmed, present))
    if changes:
        yield Diff(changes, "What changes against its policies of today")
    if trimmed.ungranted:
        yield Table(("action", "on", "calls", "last"), _rows(trimmed.ungranted), _ungranted_title(ask))
    if record.denied:
        yield Table(("action", "on", "attempts", "last"), _rows(record.denied), "Denied attempts: no use")
    rows = [(d.action, d.resource, d.why, "in the policy" if d.covered else "not in the policy") for d in needed]
    rows += [(u.action, u.resource, "a call hands this role to a service", "in the policy") for u in _implied(trimmed)]
    rows += [
        (u.action, u.resource, "a call hands this role to a service", "not granted today, not in the policy")
        for u in trimmed.implied_left
    ]
    if rows:
        yield Table(("permission", "on", "because", "and it is"), tuple(rows), "Taken by used calls, not in the log")
    if trimmed.unlogged:
        title = "Granted today, and the log cannot tell whether it is used"
        shown = [(service, str(len(names)), _some(names)) for service, names in _by_service(trimmed.unlogged)]
        yield Table(("service", "actions", "which"), tuple(shown), title)


def _ungranted_title(ask: TrimAsk) -> str:
    kept = "left out" if ask.only_granted else "in the policy all the same"
    return f"Used, and granted by none of its own policies today ({kept})"


def _implied(trimmed: Trimmed) -> list[Used]:
    return [one for one in trimmed.used if one.implied]


def _summary(ask: TrimAsk, usage: Usage, record: Record, present: Present, trimmed: Trimmed) -> str:
    proof = trimmed.proof
    actions = len({one.action for one in record.used if not one.implied})
    who = ask.principal
    if not record.actors:
        told = f"The log holds nothing of {who}."
    else:
        told = (
            f"{who} used {_many(actions, 'action')} in {_many(record.calls, 'call')} "
            f"from {_day(usage.first)} to {_day(usage.last)}"
        )
        told += f" ({record.failed:,} of them failed for other reasons than permission)." if record.failed else "."
    lines = [told]
    share = f"{proof.allowed + proof.depends:,} of {proof.calls:,}"
    lines.append(f"Replayed: {share} distinct used calls are allowed by the new policy.")
    if proof.depends:
        lines.append(f"{proof.depends:,} of them under conditions of today's policies that the log does not tell.")
    if present.known or proof.unused:
        lines.append(f"{proof.refused:,} of {proof.unused:,} actions that are granted today and not used are refused.")
    for title, names in (("Not allowed", proof.not_allowed), ("Still allowed", proof.still_allowed)):
        if names:
            lines.append(f"{title}: {_some(names)}.")
    return "\n".join(lines)


def _changes(trimmed: Trimmed, present: Present) -> Iterable[Change]:
    if not present.at_hand:
        return
    kept = {name.partition(":")[0] for name in trimmed.scopes}
    whole: list[tuple[str, int]] = []
    for service, names in _by_service(trimmed.removed):
        if service in kept:
            yield Change(f"{service}: {_many(len(names), 'action')} ({_some(names)})", "removed")
        else:
            whole.append((service, len(names)))
    if len(whole) > _LISTED:
        every = _many(sum(count for _, count in whole), "action")
        yield Change(f"{len(whole)} services with {every} ({_some(f'{name}:*' for name, _ in whole)})", "removed")
    else:
        yield from (Change(f"{service}:* ({_many(count, 'action')})", "removed") for service, count in whole)
    for name, after in trimmed.scopes.items():
        before = trimmed.before.get(name, ())
        if not before and present.known:
            yield Change(name, "added", after=list(after))
        elif before and tuple(before) != tuple(after):
            yield Change(name, "changed", before=list(before), after=list(after))


def _by_service(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.partition(":")[0]].append(name.partition(":")[2])
    return sorted(found.items())


def _rows(used: Iterable[Used]) -> tuple[tuple[str, ...], ...]:
    every = list(used)
    rows = [(one.action, one.resource, f"{one.count:,}", _day(one.last)) for one in every[:_LISTED]]
    if len(every) > _LISTED:
        rows.append((f"and {len(every) - _LISTED} more", "", "", ""))
    return tuple(rows)


def _some(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _LISTED:,} more" if len(every) > _LISTED else ""
    return ", ".join(every[:_LISTED]) + more


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _day(time: int) -> str:
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date().isoformat() if time else "-"


# -- what it rests on ----------------------------------------------------------------------------------------------


def _open(trimmed: Trimmed) -> tuple[str, ...]:
    return tuple(f"the conditions under which {name} is granted today" for name in trimmed.conditional)


def _assumptions(ask: TrimAsk, record: Record, present: Present, trimmed: Trimmed, usage: Usage) -> Iterable[str]:
    yield f"What is used seldom may not be in a log of {_day(usage.first)} to {_day(usage.last)}."
    if trimmed.unlogged:
        kept = "kept as granted today" if ask.keep_unlogged else "taken away as unused; keep them with --keep-unlogged"
        yield (f"{len(trimmed.unlogged)} granted actions are of kinds that this log does not record: they are {kept}.")
    if len(trimmed.policies) > _ATTACHED:
        yield f"AWS attaches {_ATTACHED} managed policies to a role unless its quota is raised; here are more."
    if any(one.folded for one in trimmed.used):
        yield "Some resources were too many to keep one by one: they are replayed by the pattern that holds them."
    if any(has_symbol(json.dumps(policy, ensure_ascii=False)) for policy in trimmed.policies):
        yield "What stands in angle brackets in the policy is not known here: put the value in before it is used."
    if present.unreadable:
        yield f"Not readable, and so not compared: {_some(present.unreadable)}."
    if any(circumstance.via for one in record.used for circumstance in one.circumstances):
        yield "Calls that a service made with the principal's permissions count as its own."


def _data(
    arn: str, usage: Usage, record: Record, present: Present, trimmed: Trimmed, needed: tuple[Dependent, ...]
) -> dict[str, Any]:
    proof = trimmed.proof
    return {
        "principal": arn,
        "actors": [actor.name for actor in record.actors],
        "period": {"first": _day(usage.first), "last": _day(usage.last), "events": usage.events},
        "policies": list(trimmed.policies),
        "proof": {
            "used_calls": proof.calls,
            "allowed": proof.allowed,
            "allowed_under_conditions": proof.depends,
            "not_allowed": list(proof.not_allowed),
            "unused_actions": proof.unused,
            "refused": proof.refused,
            "still_allowed": list(proof.still_allowed),
        },
        "calls": record.calls,
        "failed": record.failed,
        "used": [as_data(one) | {"level": known.level(one.action)} for one in trimmed.used],
        "denied": [as_data(one) for one in record.denied],
        "ungranted": [as_data(one) for one in trimmed.ungranted],
        "removed": list(trimmed.removed),
        "unlogged": list(trimmed.unlogged),
        "allowed_by_wildcards": list(trimmed.extra),
        "dependent": [
            {"action": one.action, "resource": one.resource, "because": one.why, "in_policy": one.covered}
            for one in needed
        ]
        + [
            {"action": one.action, "resource": one.resource, "because": "role handed to a service", "in_policy": kept}
            for those, kept in ((_implied(trimmed), True), (trimmed.implied_left, False))
            for one in those
        ],
        "changes": [
            {"what": one.what, "kind": one.kind, "before": one.before, "after": one.after}
            for one in _changes(trimmed, present)
        ],
    }
