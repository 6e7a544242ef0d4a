"""Does one statement apply to one request? And how does it name the principal?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re

import msgspec

from nephograph.engines.identity.choice import readable
from nephograph.engines.identity.condition import holds
from nephograph.engines.identity.pattern import NoValueError, literal, match_action, matches, pattern
from nephograph.engines.identity.request import Principal, Request, same_account
from nephograph.engines.identity.statement import Element, Statement
from nephograph.engines.permissions.names import names as names_of
from nephograph.model.value import CLOSE, DISTINCT, OPEN, has_symbol
from nephograph.model.verdict import NO, YES, Answered, Verdict, all_of, any_of, depends, negate

_VERDICTS: dict[Answered, Verdict] = {"yes": YES, "no": NO}


def applies(statement: Statement, request: Request) -> Verdict:
    """Action, resource and conditions of a statement against a request; the principal is asked for apart."""
    parts = [covers_action(statement, request.action), covers_resource(statement, request)]
    if any(part.answer == "no" for part in parts):
        return NO
    parts += [holds(test, request.context, statement.variables) for test in statement.conditions]
    if statement.problem:
        parts.append(depends(f"{statement.name}: {statement.problem}"))
    return all_of(parts)


def covers_action(statement: Statement, action: str) -> Verdict:
    """Does Action (or NotAction) cover the action?"""
    known = names_of(statement.actions.patterns) if action.isascii() else None
    if known is not None:
        return YES if known.cover(action) is not statement.actions.negated else NO
    return _element(statement.actions, [(one, match_action(one, action)) for one in statement.actions.patterns], action)


def covers_resource(statement: Statement, request: Request) -> Verdict:
    """Does Resource (or NotResource) cover the resource? A pattern whose variable has no value covers nothing."""
    answers: list[tuple[str, Answered]] = []
    for one in statement.resources.patterns:
        try:
            wanted = pattern(one, request.context.variable if statement.variables else None)
        except NoValueError:
            continue
        answer = matches(wanted, literal(request.arn))
        answers.append((one, "no" if answer == "depends" and _means_another(one, request) else answer))
    return _element(statement.resources, answers, request.arn)


def _means_another(pattern_text: str, request: Request) -> bool:
    """Does a pattern name another entity of the estate, or objects of another bucket?

    Generated ids are symbols; two different entities have different ones all the same.
    """
    if not request.owner:
        return False
    bucket, _, _ = pattern_text.partition("/")
    named = pattern_text if pattern_text in request.principal.entities else bucket if ":s3:::" in bucket else ""
    return named != request.owner and named in request.principal.entities


def _element(element: Element, answers: list[tuple[str, Answered]], text: str) -> Verdict:
    verdict = any_of(
        _VERDICTS.get(answer) or depends(f"whether {one} covers {readable(text)}") for one, answer in answers
    )
    return negate(verdict) if element.negated else verdict


def first_cover(statement: Statement, request: Request) -> str:
    """The resource pattern to show for a statement that applies."""
    if statement.resources.negated:
        return f"everything but {', '.join(statement.resources.patterns)}"
    for one in statement.resources.patterns:
        single = msgspec.structs.replace(statement, resources=Element((one,)))
        if covers_resource(single, request).answer != "no":
            return one
    return ", ".join(statement.resources.patterns)


class Named(msgspec.Struct, frozen=True):
    """How a Principal element names the caller: it decides which implicit denies still count.

    `direct`: everybody, the user itself, the session itself, the service. `role`: the role of a session.
    `account`: the account, which only delegates.
    """

    direct: Verdict = NO
    role: Verdict = NO
    account: Verdict = NO

    @property
    def at_all(self) -> Verdict:
        """Is the caller named in any of these ways?"""
        return any_of((self.direct, self.role, self.account))


def names(statement: Statement, principal: Principal) -> Named:
    """How the statement's Principal element names a caller. No element at all names nobody."""
    if statement.principals is None:
        return Named()
    found = [_one(kind, value, principal) for kind, value in statement.principals.named]
    named = Named(
        any_of(one.direct for one in found), any_of(one.role for one in found), any_of(one.account for one in found)
    )
    return _all_but(named, principal) if statement.principals.negated else named


def _all_but(named: Named, principal: Principal) -> Named:
    """NotPrincipal: everybody but those who are named.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    A caller counts as left out when it is named itself and so is its account; with one of the two missing, AWS says
    the account may be checked first, so it is left open.
    """
    own = any_of((named.direct, named.role))
    if not principal.signed:
        return Named(direct=negate(named.direct))
    if named.at_all.answer == "no":
        return Named(direct=YES)
    if own.answer == "yes" and (named.account.answer == "yes" or named.direct.answer == "yes"):
        return Named(direct=NO) if named.account.answer == "yes" else _unsure(principal)
    return _unsure(principal)


def _unsure(principal: Principal) -> Named:
    return Named(direct=depends(f"whether NotPrincipal leaves out {principal.name}: name it and its account"))


def _one(kind: str, value: str, principal: Principal) -> Named:
    """One entry of a Principal element."""
    if kind == "*" or (kind == "AWS" and value == "*"):
        if principal.kind in ("service", "federated") and kind == "AWS":
            return Named(direct=depends(f'whether {{"AWS": "*"}} means {principal.name} too'))
        return Named(direct=YES)
    if kind == "AWS":
        return _aws(value, principal)
    if kind == "Service":
        return Named(direct=_text(value, principal.name)) if principal.kind == "service" else Named()
    if kind == "Federated":
        return Named(direct=_text(value, principal.arn)) if principal.kind == "federated" else Named()
    if kind == "CanonicalUser":
        if principal.kind == "stranger" or not principal.signed:
            return Named()
        return Named(account=depends(f"which account has the canonical id {value}"))
    if kind == "Group":
        # Predefined groups of S3 access control lists: everybody, or everybody with an AWS account.
        return Named(direct=YES) if principal.signed or value == "AllUsers" else Named()
    return Named(direct=depends(f"principal type {kind} is not one of AWS's"))


def _text(wanted: str, text: str) -> Verdict:
    answer = matches(literal(wanted), literal(text))
    return _VERDICTS.get(answer) or depends(f"whether {wanted} is {text}")


_ACCOUNT_SYMBOLS = (f"{OPEN}account of ", f"{OPEN}{DISTINCT}account of ")
"""How the symbols of accounts begin that sources give to providers without a known account."""

_NAME_OF_ONE = re.compile(rf"{OPEN}(?:[^{OPEN}{CLOSE}]*[./])?aws_\w+\.[\w-]+(?:\[[^][]*\])?\.arn{CLOSE}")
"""The symbol of the ARN of something that is looked up: whose it is, is not known, but it is not everybody's."""


def _aws(value: str, principal: Principal) -> Named:
    if not principal.signed:
        return Named()
    if value != principal.arn and value in principal.entities:
        return Named()  # another entity of the estate
    parts = value.split(":", 5)
    bare = value.isdigit() or value == principal.account or value.startswith(_ACCOUNT_SYMBOLS)
    if bare or (len(parts) == 6 and parts[5] == "root"):
        return Named(account=same_account(value if bare else parts[4], principal.account))
    if len(parts) == 6 and parts[2] == "sts" and principal.kind == "role":
        return Named(direct=_session(value, parts, principal))
    if len(parts) == 6 and "*" in value and "*" not in principal.arn:
        # AWS refuses wildcards in a principal's ARN, so that such a policy cannot be put as it is written.
        covered = matches(pattern(value), literal(principal.arn))
        return Named(direct=NO if covered == "no" else depends(f"AWS takes no wildcard in a principal: {value}"))
    if principal.kind == "stranger" and _NAME_OF_ONE.fullmatch(value):
        return Named()
    if has_symbol(value) and len(parts) != 6:
        unsure = matches(literal(value), literal(principal.arn))
        if unsure == "yes":
            return _itself(YES, principal)
        whether = depends(f"whether {value} is {principal.name}, its account or another principal")
        return Named() if unsure == "no" and not value.startswith("⟨") else Named(direct=whether)
    if principal.kind == "account":
        # Somebody of the account: whoever is named there.
        return _itself(same_account(parts[4] if len(parts) == 6 else "", principal.account), principal)
    if len(parts) != 6 and value[:4] in ("AROA", "AIDA"):
        return Named(direct=depends(f"which principal had the id {value}"))
    return _itself(_text(value, principal.arn), principal)


def _itself(verdict: Verdict, principal: Principal) -> Named:
    return Named(role=verdict) if principal.kind == "role" else Named(direct=verdict)


def _session(value: str, parts: list[str], principal: Principal) -> Verdict:
    """`arn:aws:sts::A:assumed-role/NAME/SESSION` names one session; who has the role may not have that session.

    The session's ARN leaves out the path of the role.
    """
    pieces = parts[5].split("/")
    if pieces[0] != "assumed-role" or len(pieces) != 3:
        return NO
    same = all_of((same_account(parts[4], principal.account), _text(pieces[1], principal.name)))
    if principal.session:
        return all_of((same, _text(pieces[2], principal.session)))
    return NO if same.answer == "no" else depends(f"if the session is {value}")
