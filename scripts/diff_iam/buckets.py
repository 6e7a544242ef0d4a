"""Causes of differences that are decided, each from AWS's page (docs/semantics/identity-certificate.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from nephograph.engines.certificate.services import RCP_SERVICES
from scripts.diff_iam.compare import Difference
from scripts.diff_iam.shape import HOME, Json, conditions, documents, kind, resources, statements


class Bucket(NamedTuple):
    """A decided cause: who is right by AWS's page, and the test of ours that holds it."""

    name: str
    right: str
    page: str
    test: str
    is_it: Callable[[Difference], bool]


def signature(difference: Difference) -> str:
    """What is left of a small difference, without names: cases with one cause have few of these."""
    one = difference.case
    request = one["request"]
    parts = [f"{difference.ours} / {difference.theirs}", kind(one), request["action"]]
    parts.append("same account" if request["resource_account"] == HOME else "cross account")
    for path, document in documents(one):
        for statement in document["Statement"]:
            words = [statement["Effect"]]
            words += sorted(key for key in statement if key.startswith("Not"))
            words += [f"{op}({key})" for op, keys in statement.get("Condition", {}).items() for key in keys]
            named = statement.get("Principal", statement.get("NotPrincipal"))
            words.append(json.dumps(named) if named else "")
            parts.append(f"{path[1]}: {' '.join(word for word in words if word)}")
    return " | ".join(parts)


def _valueless(text: str, context: Json) -> bool:
    names = [found.partition(",") for found in re.findall(r"[$][{]([^{}]*)[}]", text)]
    return any(name not in ("*", "?", "$") and not default and name not in context for name, default, _ in names)


def _old_variables(one: Json) -> bool:
    return any(version != "2012-10-17" and "${" in json.dumps(statement) for _, version, statement in statements(one))


def _past_colons(one: Json) -> bool:
    # Fewer colons than an ARN has: a star stands for some of them.
    return any("*" in text and text.count(":") < 5 and text != "*" for text in resources(one)) or any(
        text.startswith("arn:aws:logs:*:*:log-group:*") for text in resources(one)
    )


def _wild_type(text: str) -> bool:
    type_ = re.match("[^:/]*", text.split(":", 5)[-1])
    return text.count(":") >= 5 and type_ is not None and ("*" in type_.group() or "?" in type_.group())


def _unsigned(one: Json) -> bool:
    return one["request"]["principal"] == "anonymous" and one["request"]["action"].startswith(("kms:", "sts:"))


def _not_principal(difference: Difference) -> bool:
    # Where nothing allows, an open Deny leaves an implicit denial.
    return difference.ours in ("depends", "implicitly_denied") and any(
        statement["Effect"] == "Deny" and "NotPrincipal" in statement for _, _, statement in statements(difference.case)
    )


def _granted_by_exclusion(difference: Difference) -> bool:
    return difference.ours == "depends" and any(
        statement["Effect"] == "Allow" and "NotPrincipal" in statement
        for _, _, statement in statements(difference.case)
    )


def _root(difference: Difference) -> bool:
    # They ask for identity policies, which the root user does not have, and take their denials for its own.
    return difference.case["request"]["principal"].endswith(":root") and (
        difference.ours == "allowed"
        or (difference.ours, difference.theirs) == ("implicitly_denied", "ExplicitlyDenied")
    )


def _federated(difference: Difference) -> bool:
    return (
        difference.ours == "depends"
        and "federated-user" in difference.case["request"]["principal"]
        and ":user/" in json.dumps(difference.case["policies"]["resource"])
    )


def _beyond_session(difference: Difference) -> bool:
    one = difference.case
    return (difference.ours, difference.theirs) == ("allowed", "ImplicitlyDenied") and bool(
        one["policies"]["session"] and one["policies"]["resource"]
    )


def _negated_null(one: Json) -> bool:
    context = one["request"]["context"]
    return any(
        "Not" in operator and any(_valueless(value, context) for value in values)
        for operator, _, values in conditions(one)
    )


def _rcp_elsewhere(one: Json) -> bool:
    service = one["request"]["action"].partition(":")[0]
    return service not in RCP_SERVICES and any(layer == "rcp" for layer, _, _ in statements(one))


_VARIABLES = "IAM/latest/UserGuide/reference_policies_variables.html"
_LOGIC = "IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"
_RESOURCE = "IAM/latest/UserGuide/reference_policies_elements_resource.html"
_SETS = "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"

BUCKETS: tuple[Bucket, ...] = (
    Bucket(
        "requests without credentials to KMS or STS",
        "ours",
        "kms/latest/APIReference/Welcome.html, STS/latest/APIReference/API_AssumeRole.html",
        "test_unsigned_requests",
        lambda d: _unsigned(d.case) and d.ours == "implicitly_denied",
    ),
    Bucket(
        "a role without a trust policy that allows is not entered",
        "ours",
        _LOGIC,
        "test_a_role_is_entered_by_its_trust_policy",
        lambda d: (
            d.case["request"]["action"].startswith("sts:")
            and d.case["policies"]["resource"] is None
            and (d.ours, d.theirs) == ("implicitly_denied", "Allowed")
        ),
    ),
    Bucket(
        "variables in a document of an older version are plain text",
        "ours",
        _VARIABLES,
        "test_variables_of_an_old_document_are_text",
        lambda d: _old_variables(d.case),
    ),
    Bucket(
        "${*} is a star and no wildcard",
        "ours",
        _VARIABLES,
        "test_special_characters_are_themselves",
        lambda d: "${*}" in json.dumps(d.case["policies"]),
    ),
    Bucket(
        "a negated comparison with a variable without a value holds",
        "ours",
        _VARIABLES,
        "test_a_variable_without_a_value",
        lambda d: _negated_null(d.case),
    ),
    Bucket(
        "NotResource with a variable without a value excludes nothing",
        "ours",
        _VARIABLES,
        "test_a_variable_without_a_value",
        lambda d: any(_valueless(text, d.case["request"]["context"]) for text in resources(d.case, ("NotResource",))),
    ),
    Bucket(
        "an empty set of values is null",
        "ours",
        _SETS,
        "test_null",
        lambda d: any(
            operator == "Null" and d.case["request"]["context"].get(key) == []
            for operator, key, _ in conditions(d.case)
        ),
    ),
    Bucket(
        "a wildcard in the part of an ARN that names the type of the resource",
        "ours",
        _RESOURCE,
        "test_patterns_of_managed_policies",
        lambda d: any(_wild_type(text) for text in resources(d.case)),
    ),
    Bucket(
        "a star runs past colons",
        "ours",
        _RESOURCE,
        "test_a_star_runs_past_colons",
        lambda d: _past_colons(d.case),
    ),
    Bucket(
        "RCPs restrict the resources of some services only",
        "ours",
        "organizations/latest/userguide/orgs_manage_policies_rcps.html",
        "test_rcps",
        lambda d: _rcp_elsewhere(d.case),
    ),
    Bucket(
        "NotPrincipal with Deny that leaves out the account or the role: AWS does not say",
        "open",
        "IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
        "test_not_principal_with_deny",
        _not_principal,
    ),
    Bucket(
        "NotPrincipal with Allow and the limits of a role: AWS does not say",
        "open",
        "IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
        "test_not_principal_with_allow",
        _granted_by_exclusion,
    ),
    Bucket(
        "a federated user without a session policy has no permissions of its own",
        "ours",
        "STS/latest/APIReference/API_GetFederationToken.html",
        "test_a_federated_user_has_what_its_session_policy_lets_through",
        lambda d: (
            "federated-user" in d.case["request"]["principal"]
            and not d.case["policies"]["session"]
            and (d.ours, d.theirs) == ("implicitly_denied", "Allowed")
        ),
    ),
    Bucket(
        "a user's ARN and a session that some user opened: the request does not say which",
        "open",
        _LOGIC,
        "test_a_federated_user_and_the_user_behind_it",
        _federated,
    ),
    Bucket(
        "session policies do not limit what a resource grants the session itself, or everybody",
        "ours",
        _LOGIC,
        "test_what_session_policies_do_not_limit",
        _beyond_session,
    ),
    Bucket(
        "the root user has no identity policies and needs none",
        "ours",
        _LOGIC,
        "test_the_root_user",
        _root,
    ),
)
