"""May this principal do this action on this resource: yes, no or if …, layer by layer, with the deciding statements."""

from __future__ import annotations

from typing import Annotated

from nephograph.engines.identity import Identity
from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.identity.sessions import session_policy
from nephograph.lenses.common.ask import Ask, Option
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.naming import principal_named, request_context, resource_named
from nephograph.lenses.common.permissions import drawing, layer_data, layer_table, sentence
from nephograph.lenses.common.replayed import Replayed, replayed
from nephograph.model.answer import Answer, Text

SECTION = "Who can do what"


class CanAsk(Ask, frozen=True, kw_only=True):
    """Decide one request: may PRINCIPAL do ACTION on RESOURCE?

    PRINCIPAL is a role, user or session by name, address or ARN, an account number, a service
    (lambda.amazonaws.com), anonymous (nobody signs), or stranger (any AWS account). RESOURCE is an ARN, an address, a
    name, bucket/key, or * for an action without a resource. Neither has to be of the estate.
    """

    principal: Annotated[str, Option("who asks", positional=True)]
    action: Annotated[str, Option("the IAM action, for example s3:GetObject", positional=True)]
    resource: Annotated[str, Option("what is asked for", positional=True)]
    paths: Annotated[
        tuple[str, ...],
        Option("directories or files to read (default: the stored estate, else here)", positional=True, metavar="PATH"),
    ] = ()
    context: Annotated[
        tuple[str, ...], Option("a context key of the request; again for one more value", metavar="KEY=VALUE")
    ] = ()
    absent: Annotated[tuple[str, ...], Option("a context key that the request does not carry", metavar="KEY")] = ()
    unknown: Annotated[tuple[str, ...], Option("a context key to leave open", metavar="KEY")] = ()
    session_policy: Annotated[
        str, Option("the policy the session was made with, as JSON", name="session-policy", metavar="JSON")
    ] = ""
    expect: Annotated[str, Option("exit 1 unless the answer is this", choices=("yes", "no", "depends", "any"))] = "any"
    verify: Annotated[bool, Option("decide the answer again by a second evaluator; a difference is an error")] = False


ASK = CanAsk


def answer(ask: CanAsk, context: Context) -> Answer:
    """Decide the request. Raises `UsageError` for names that nothing goes by, and for a malformed context."""
    estate = context.estate
    given = request_context(ask.context, ask.absent, ask.unknown)
    session = session_policy(ask.session_policy) if ask.session_policy else None
    identity = Identity(estate)
    principal = principal_named(estate, ask.principal)
    found = identity.explain(principal, ask.action, resource_named(estate, ask.resource, ask.action), given, session)
    decision, analysis = found.decision, found.analysis
    verdict = decision.verdict
    checked = None
    if ask.verify:
        with_session = Replayed(reasons={"the session was made with a policy of its own": 1})
        checked = with_session if session else replayed(estate, identity, [decision], given)
    return Answer(
        command="can",
        snapshot=context.snapshot,
        verdict=verdict.answer,
        depends_on=verdict.depends_on,
        coverage=context.coverage,
        errors=(*context.problems, *(checked.problems if checked else ())),
        assumptions=(*context.assumptions, *taken_for_granted(estate, identity.organization)),
        blocks=(
            Text(sentence(decision, estate)),
            *((layer_table(analysis), drawing(decision, analysis, estate)) if analysis else ()),
            *((Text(checked.words),) if checked else ()),
        ),
        data={
            "decision": analysis.effect if analysis else "depends",
            "principal": decision.principal,
            "action": decision.action,
            "resource": decision.resource,
            "condition": list(decision.condition),
            "blocked_by": analysis.blocked_by if analysis else "",
            "layers": layer_data(analysis) if analysis else [],
            "because": list(verdict.because),
            **({"replayed": checked.data()} if checked else {}),
        },
    )
