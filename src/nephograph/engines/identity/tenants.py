"""OpenID Connect providers that sign tokens for everybody's tenants: how a `sub` names its owner.

GitHub: https://docs.github.com/en/actions/reference/security/oidc
GitLab: https://docs.gitlab.com/ci/secrets/id_token_authentication/
HCP Terraform: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

import itertools
import re

import msgspec

from nephograph.engines.identity.pattern import ANY, NoValueError, literal, matches, pattern
from nephograph.model.value import has_symbol


class Tenants(msgspec.Struct, frozen=True):
    """One shared provider: `start` stands before the owner's name, `end` behind it; `tail` completes a subject."""

    name: str
    start: str
    end: str
    tail: str
    subject: str
    """Regular expression of every subject the provider signs."""


SHARED = {
    "token.actions.githubusercontent.com": Tenants(
        "GitHub",
        "repo:",
        "/",
        "repository:ref:refs/heads/main",
        r"repo:[A-Za-z0-9-]+/[A-Za-z0-9._-]+:(ref:refs/(heads|tags)/[^:]+|environment:[^:]+|pull_request)",
    ),
    "gitlab.com": Tenants(
        "GitLab",
        "project_path:",
        "/",
        "project:ref_type:branch:ref:main",
        r"project_path:[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+:ref_type:(branch|tag):ref:[^:]+",
    ),
    "app.terraform.io": Tenants(
        "HCP Terraform",
        "organization:",
        ":",
        "project:any:workspace:any:run_phase:apply",
        r"organization:[A-Za-z0-9_-]+:project:[^:]+:workspace:[^:]+:run_phase:(plan|apply)",
    ),
}
"""By the host of the provider's URL."""

_OWNER = "stranger"
_WILDCARDS = 4


def stranger_subjects(tenants: Tenants, patterns: list[str]) -> tuple[list[str], list[str]]:
    """(subjects that somebody else's tenant can get and that a pattern matches, patterns it could not be told of).

    Only a wildcard inside the owner's name lets others in: names of owners cannot be taken twice.
    """
    free = f"{tenants.start}{_OWNER}{tenants.end}{tenants.tail}"
    found, unsure = [free], []
    for text in patterns:
        wanted = pattern(text)
        if not _owner_is_open(tenants, text):
            if has_symbol(text):
                unsure.append(text)
            continue
        fits = [one for one in _filled(tenants, text) if matches(wanted, literal(one)) == "yes"]
        if fits:
            found.append(fits[0])
        else:
            unsure.append(text)
    return found, unsure


def _owner_is_open(tenants: Tenants, text: str) -> bool:
    """Is there a wildcard before the owner's name ends?"""
    try:
        tokens = pattern(text)
    except NoValueError:
        return False
    head = text[: text.index(tenants.end, len(tenants.start))] if tenants.end in text[len(tenants.start) :] else text
    return any(token in (ANY, "??") for token in tokens[: len(pattern(head))])


def _filled(tenants: Tenants, text: str) -> list[str]:
    """Well-formed subjects made by filling the wildcards of a pattern."""
    pieces = text.split("*")
    if len(pieces) - 1 > _WILDCARDS:
        return []
    whole = f"{_OWNER}{tenants.end}{tenants.tail}"
    tail = tenants.tail
    repository = tail.split(":")[0]
    first = [f"-{_OWNER}", f"-{whole}", f"{tenants.start}{whole}", whole, _OWNER, f"{_OWNER}{tenants.end}{repository}"]
    first += [
        f"-{_OWNER}{tenants.end}{repository}",
        f"{tenants.start}{_OWNER}",
        tenants.start + _OWNER + tenants.end + repository,
    ]
    later = [
        "",
        tail,
        tail.partition(":")[2],
        tail.rpartition(":")[2],
        repository,
        "main",
        f":{tail.partition(':')[2]}",
    ]
    fillings = itertools.product(first, *[later for _ in pieces[2:]])
    made = (pieces[0] + "".join(f + p for f, p in zip(filling, pieces[1:], strict=True)) for filling in fillings)
    shape = re.compile(tenants.subject)
    return [one.replace("?", "s") for one in made if shape.fullmatch(one.replace("?", "s"))][:8]
