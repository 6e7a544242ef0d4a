"""Everybody who can do this action on this resource: of the account, of others, federated, services, the public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from nephograph.engines.identity import Identity
from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.relations import everybody, relation
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.naming import request_context, resource_named, shown
from nephograph.lenses.common.replayed import Replayed, replayed
from nephograph.model.answer import Answer, Table, Text
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.verdict import NO, Verdict

SECTION = "Who can do what"


class WhoAsk(Ask, frozen=True, kw_only=True):
    """List everybody who can, or may, do ACTION on RESOURCE, with the condition that is left and what grants it.

    Besides the roles and users of the estate: accounts, services and providers that policies of the resource name,
    any AWS account, and anybody who does not sign at all.
    """

    action: Annotated[str, Option("the IAM action, for example kms:Decrypt", positional=True)]
    resource: Annotated[str, Option("an ARN, an address, a name, or bucket/key", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    context: Annotated[
        tuple[str, ...], Option("a context key of the request; again for one more value", metavar="KEY=VALUE")
    ] = ()
    absent: Annotated[tuple[str, ...], Option("a context key that the request does not carry", metavar="KEY")] = ()
    unknown: Annotated[tuple[str, ...], Option("a context key to leave open", metavar="KEY")] = ()
    verify: Annotated[bool, Option("decide every answer again by a second evaluator; a difference is an error")] = False


ASK = WhoAsk

_RELATIONS = ("public", "federated", "service", "cross-account", "account not known", "in-account")


def answer(ask: WhoAsk, context: Context) -> Answer:
    """The principals. Raises `UsageError` for a name that nothing goes by, and for a malformed context."""
    estate = context.estate
    given = request_context(ask.context, ask.absent, ask.unknown)
    identity = Identity(estate)
    resource = resource_named(estate, ask.resource, ask.action)
    found = [(relation(identity, one, resource), one) for one in everybody(identity, ask.action, resource, given)]
    found.sort(key=lambda pair: (_RELATIONS.index(pair[0]), pair[1].verdict.answer != "yes", pair[1].principal))
    verdicts = [one.verdict for _, one in found]
    checked = _replayed(estate, identity, ask, resource, [one for _, one in found], given) if ask.verify else None
    certain = sum(verdict.answer == "yes" for verdict in verdicts)
    name = resource if isinstance(resource, str) else resource.label or resource.address
    told = f"{certain} can {ask.action} on {name}"
    open_ = len(found) - certain
    rows = tuple(_row(how, one, shown(estate, one.principal)) for how, one in found)
    return Answer(
        command="who",
        snapshot=context.snapshot,
        verdict="yes" if certain else "depends" if found else "no",
        depends_on=() if certain else tuple(dict.fromkeys(on for verdict in verdicts for on in verdict.depends_on)),
        coverage=context.coverage,
        errors=(*context.problems, *(checked.problems if checked else ())),
        assumptions=(*context.assumptions, *taken_for_granted(estate, identity.organization)),
        blocks=(
            Text(f"{told}, and {open_} more may." if open_ else f"{told}."),
            *((Table(("who", "from", "can", "at", "condition or reason"), rows),) if rows else ()),
            *((Text(checked.words),) if checked else ()),
        ),
        data={
            "action": ask.action,
            "resource": resource if isinstance(resource, str) else resource.urn,
            "principals": [_data(how, one, shown(estate, one.principal)) for how, one in found],
            **({"replayed": checked.data()} if checked else {}),
        },
    )


def _replayed(
    estate: Estate,
    identity: Identity,
    ask: WhoAsk,
    resource: Resource | str,
    found: list[Decision],
    given: Mapping[str, Known],
) -> Replayed:
    """Those who can, decided again, and every other user and role of the estate: it must not be allowed."""
    known = {one.principal for one in found}
    named = resource if isinstance(resource, str) else resource.urn
    others = (Decision(one.urn, ask.action, named, NO) for one in identity.principals() if one.urn not in known)
    return replayed(estate, identity, (*found, *others), given)


def _row(how: str, one: Decision, name: str) -> tuple[str, ...]:
    condition = "; ".join(dict.fromkeys((*one.condition, *one.verdict.depends_on))) or _granting(one.verdict)
    return (name, how, one.verdict.answer, _place(one.verdict), condition)


def _granting(verdict: Verdict) -> str:
    return verdict.because[0].text if verdict.because else "-"


def _place(verdict: Verdict) -> str:
    return next((str(fact.location) for fact in verdict.because if fact.location), "")


def _data(how: str, one: Decision, name: str) -> dict[str, Any]:
    return {
        "principal": one.principal,
        "name": name,
        "relation": how,
        "verdict": one.verdict.answer,
        "condition": list(one.condition),
        "depends_on": list(one.verdict.depends_on),
        "because": list(one.verdict.because),
    }
