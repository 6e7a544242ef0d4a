"""The decision: layer by layer, as AWS's pages on policy evaluation say.

Sources: IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html (one account),
reference_policies_evaluation-logic-cross-account.html (two), access_policies_boundaries.html, access_policies.html
(session policies), organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html,
orgs_manage_policies_rcps.html, vpc/latest/privatelink/vpc-endpoints-access.html.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.engines.certificate import services
from nephograph.engines.certificate.context import Context, Presence
from nephograph.engines.certificate.decision import (
    ORDER,
    Decision,
    LayerAnalysis,
    absent,
    analysed,
    open_subjects,
)
from nephograph.engines.certificate.document import Use
from nephograph.engines.certificate.formula import Formula, conjunction, disjunction, negation, settled, text
from nephograph.engines.certificate.implied import ALWAYS
from nephograph.engines.certificate.layers import Asked, Placed, Said, ask
from nephograph.engines.certificate.principal import SIGNED_IN_ACCOUNT, Means, Principal, principal
from nephograph.engines.certificate.request import Policies, Request, account_of, checked, levels, one, placed

_SHOWN = 3


class _Read(msgspec.Struct):
    """The policies of a case, read."""

    identity: list[Placed]
    resource: list[Placed]
    boundary: list[Placed]
    session: list[Placed]
    scp: list[list[Placed]]
    rcp: list[list[Placed]]
    endpoint: list[Placed]

    def every(self) -> Iterable[Placed]:
        """All documents."""
        for part in (self.identity, self.resource, self.boundary, self.session, self.endpoint, *self.scp, *self.rcp):
            yield from part


class _Heard(msgspec.Struct):
    """What the layers that have a say said; None: the layer is not there, or has none."""

    identity: Said | None
    resource: Said
    boundary: Said | None
    session: Said | None
    scp: list[Said] | None
    rcp: list[Said] | None
    endpoint: Said | None

    def denied(self, layer: Use) -> Formula:
        """In which case a layer denies."""
        said = getattr(self, layer)
        parts = said if isinstance(said, list) else [said] if said else []
        return disjunction(part.denied for part in parts)


def decide(request: Request, policies: Policies) -> Decision:
    """Decide one request against the policies that there are.

    Raises `MalformedRequestError` and `MalformedPolicyError` (with the place) for what AWS would not take.
    """
    checked(request)
    who = principal(request.principal)
    read = _Read(
        placed(policies.identity, "identity", ("policies", "identity")),
        [one(policies.resource, "resource", ("policies", "resource"))] if policies.resource is not None else [],
        placed(policies.boundary, "boundary", ("policies", "boundary")),
        placed(policies.session, "session", ("policies", "session")),
        levels(policies.scp, "scp"),
        levels(policies.rcp, "rcp"),
        placed(policies.endpoint, "endpoint", ("policies", "endpoint")),
    )
    context = Context(request.context, request.unknown)
    asked = Asked(who, request.action, request.action.lower(), request.resource, context, bool(read.boundary))
    heard = _hear(read, asked)
    limits = {use: formula for use, formula in _limits(heard).items() if formula is not True}
    grant, missing = _grant(heard, asked, account_of(request, who))
    allowed = conjunction([grant, *limits.values()])
    denied = disjunction(heard.denied(use) for use in ORDER)
    if asked.action in services.NEEDS_NOTHING and who.kind in SIGNED_IN_ACCOUNT:
        return Decision("allowed", None, (), _layers(heard, asked, read), (services.NEEDS_NOTHING[asked.action],))
    missing |= {use for use, formula in limits.items() if settled(formula) is False}
    return _answer(allowed, denied, missing, heard, asked, read)


def _hear(read: _Read, asked: Asked) -> _Heard:
    who = asked.who
    own = who.kind in SIGNED_IN_ACCOUNT
    has_policies = own and who.kind != "root"
    # A federated user session that was opened without a session policy has no permissions of its own.
    bound_by_scp = own and not who.service_linked
    bound_by_rcp = services.rcp_applies(asked.action, asked.resource, who.service_linked)
    return _Heard(
        identity=ask(read.identity, asked) if has_policies else None,
        resource=ask(read.resource, asked),
        boundary=ask(read.boundary, asked) if has_policies and read.boundary else None,
        session=ask(read.session, asked) if has_policies and (read.session or who.kind == "federated-user") else None,
        scp=[ask(level, asked) for level in read.scp] if bound_by_scp else None,
        rcp=[ask(level, asked) for level in read.rcp] if bound_by_rcp else None,
        endpoint=ask(read.endpoint, asked) if read.endpoint else None,
    )


def _limits(heard: _Heard) -> dict[Use, Formula]:
    """What may only take away: every level of SCPs has to allow, and the endpoint. RCPs never lack an Allow."""
    return {
        "scp": conjunction(level.allowed() for level in heard.scp or ()),
        "endpoint": heard.endpoint.allowed() if heard.endpoint else True,
    }


def _grant(heard: _Heard, asked: Asked, account: str) -> tuple[Formula, set[Use]]:
    """In which case somebody grants the request, and which layers lack an Allow when nobody does."""
    who = asked.who
    direct = heard.resource.allowed(Means.DIRECT)
    if who.kind not in SIGNED_IN_ACCOUNT:
        if who.kind == "anonymous" and not services.takes_unsigned(asked.action):
            direct = False
        return direct, {"resource"} if settled(direct) is False else set()
    entity = heard.resource.allowed(Means.ENTITY)
    delegated = heard.resource.allowed(Means.ACCOUNT)
    identity = heard.identity.allowed() if heard.identity else True
    boundary = heard.boundary.allowed() if heard.boundary else True
    session = heard.session.allowed() if heard.session else True
    anyhow = disjunction((direct, entity, delegated))
    lacking = {use for use, formula in (("boundary", boundary), ("session", session)) if settled(formula) is False}
    missing: set[Use] = {use for use in ORDER if use in lacking}
    own_side = conjunction((identity, boundary, session))
    if who.account != account:
        for use, formula in (("resource", anyhow), ("identity", identity)):
            if settled(formula) is False:
                missing.add("resource" if use == "resource" else "identity")
        return conjunction((anyhow, own_side)), missing
    if who.kind == "user" and heard.session:
        # The user of a session: a grant to its ARN is limited by what the session was opened with.
        direct, entity = False, disjunction((direct, entity))
    limited = conjunction((entity, boundary, session))
    if services.must_allow(asked.action, asked.resource):
        if settled(anyhow) is False:
            missing.add("resource")
        elif settled(disjunction((entity, identity))) is False:
            missing.add("identity")
        return disjunction((direct, limited, conjunction((delegated, own_side)))), missing
    if settled(disjunction((entity, identity))) is False:
        missing.add("identity")
    return disjunction((direct, limited, own_side)), missing


def _answer(allowed: Formula, denied: Formula, missing: set[Use], heard: _Heard, asked: Asked, read: _Read) -> Decision:
    layers = _layers(heard, asked, read)
    notes = _notes(heard, asked, read)
    allowed, denied = settled(allowed), settled(denied)
    final = settled(conjunction((allowed, negation(denied))))
    if final is True:
        because = _said(layers, "allows", "Allow")
        return Decision("allowed", None, (), layers, because, notes=notes)
    if denied is True or (final is False and allowed is not False):
        blocking = tuple(use for use in ORDER if settled(heard.denied(use)) is True)
        blocking = blocking or tuple(use for use in ORDER if heard.denied(use) is not False)
        because = _said([layer for layer in layers if layer.layer in blocking], "denies", "Deny")
        return Decision("explicitly_denied", blocking[0], blocking, layers, because, notes=notes)
    if final is False:
        blocking = tuple(use for use in ORDER if use in missing)
        blocking = blocking or tuple(
            use for use in ORDER if any(la.layer == use and la.verdict == "depends" for la in layers)
        )
        blocking = blocking or ("identity",)
        because = tuple(_lacking(use, layers, asked) for use in blocking)
        return Decision("implicitly_denied", blocking[0], blocking, layers, because, notes=notes)
    condition = text(final)
    because = (f"allowed if {condition}", *_said(layers, "depends", ""))
    return Decision("depends", None, (), layers, because, condition, open_subjects(final), notes)


def _said(layers: Iterable[LayerAnalysis], word: str, effect: str) -> tuple[str, ...]:
    out = []
    for layer in layers:
        if layer.verdict in ("none", "silent") or (layer.verdict != word and word != "denies"):
            continue
        found = [one.place for one in layer.statements if not effect or one.effect == effect]
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        if found:
            out.append(f"{layer.name} {layer.verdict}: {', '.join(found[:_SHOWN])}{more}")
    return tuple(out)


def _lacking(use: Use, layers: Iterable[LayerAnalysis], asked: Asked) -> str:
    mine = [layer for layer in layers if layer.layer == use]
    if use == "scp":
        silent = [layer.name for layer in mine if layer.verdict in ("silent", "none")]
        return f"no statement of {' and of '.join(silent) or 'scp'} allows it"
    if use == "resource" and all(layer.verdict == "none" for layer in mine):
        return "there is no resource policy that allows it"
    if use == "resource" and asked.who.kind == "anonymous" and not services.takes_unsigned(asked.action):
        return f"{asked.said} takes no unsigned request"
    return f"no statement of {use} allows it"


def _layers(heard: _Heard, asked: Asked, read: _Read) -> tuple[LayerAnalysis, ...]:
    out: list[LayerAnalysis] = []
    for use in ORDER:
        said = getattr(heard, use)
        given = getattr(read, use)
        if isinstance(said, list):
            out += [analysed(use, part, level) for level, part in enumerate(said)] or [absent(use)]
        elif said is None or (use == "resource" and not given):
            out.append(absent(use, _no_say(use, asked.who) if given else ""))
        else:
            out.append(analysed(use, said))
    return tuple(out)


def _no_say(use: Use, who: Principal) -> str:
    if use in ("rcp", "scp") and who.service_linked:
        return f"{use.upper()}s do not restrict service-linked roles"
    if use == "rcp":
        return "RCPs do not restrict this action"
    return f"{who.spelled} has no policies of this kind"


def _notes(heard: _Heard, asked: Asked, read: _Read) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for placed_one in read.every():
        for note in placed_one.document.notes:
            found[note] = None
        for key in placed_one.document.keys & ALWAYS:
            if asked.who.kind in SIGNED_IN_ACCOUNT and asked.context.get(key) is Presence.ABSENT:
                found[f"a policy reads {key}, which AWS sets on such a request: list it in the context"] = None
    for use in ORDER:
        if getattr(read, use) and getattr(heard, use) is None:
            found[f"{use}: {_no_say(use, asked.who)}; its policies are not asked"] = None
    return tuple(found)
