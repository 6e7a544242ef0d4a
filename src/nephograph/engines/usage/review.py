"""The rows of an access review: who has what, who lets them in, what they used last, and who answers for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from nephograph.engines.identity import Identity
from nephograph.engines.identity.actions import LEVELS
from nephograph.engines.identity.administrators import is_administrator
from nephograph.engines.identity.reach import Grant, reach
from nephograph.engines.identity.request import account_of, same_account
from nephograph.engines.usage.used import actors_of
from nephograph.estate.graph import Estate
from nephograph.model.events import Actor, Usage
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol, is_unknown
from nephograph.model.verdict import Answered

_OWNER_TAGS = ("owner", "team", "owned-by", "owned_by", "ownedby", "squad", "contact", "maintainer", "cost-center")
"""Tags by which people say who answers for a thing, in the order in which they are believed."""

_LETTERS = {"Permissions management": "P", "Write": "W", "Tagging": "T", "Read": "R", "List": "L"}

LEGEND = "P permissions management, W write, T tagging, R read, L list; ? where it depends"


_EVERYTHING = {"*": "PWTRL"}


class Access(msgspec.Struct, frozen=True):
    """One principal. Services and stores map to letters of access levels (`LEGEND`); of an administrator `*` does.

    `lets_in` names who may take it on: services, providers, accounts (`external` are those outside its own account).
    `last_used` are seconds since 1970, 0 for never in the log, None without a log. `told_used` is what the estate
    itself says of its last use. `decisions` are what services and stores were told from.
    """

    name: str
    arn: str
    account: str
    kind: str
    administrator: Answered | None
    services: dict[str, str]
    stores: dict[str, str]
    lets_in: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    last_used: int | None = None
    services_used: dict[str, int] = {}
    used_by: tuple[str, ...] = ()
    told_used: str = ""
    owner: str = ""
    owner_from: str = ""
    urn: str = ""
    decisions: tuple[Decision, ...] = ()


def review(estate: Estate, usage: Usage | None, words: Sequence[str] = ()) -> list[Access]:
    """Every user and role of the estate, by account and name; then who is only in the log.

    `words` narrow to those whose name or ARN holds one of them.
    """
    identity = Identity(estate)
    rows: list[Access] = []
    seen: set[int] = set()
    last = _last(usage) if usage else {}
    chains = _chains(usage) if usage else {}
    for resource in identity.principals():
        numbers = actors_of(usage, resource, resource.label) if usage else []
        seen |= set(numbers)
        if not _holds(words, resource.label, resource.arn, resource.address):
            continue
        rows.append(_access(identity, estate, resource, usage, numbers, last, chains))
    rows.sort(key=lambda row: (row.account, row.kind, row.name))
    strangers = _only_in_log(usage, seen, last, chains) if usage else []
    return rows + [one for one in strangers if _holds(words, one.name, one.arn)]


def _holds(words: Sequence[str], *names: str) -> bool:
    return not words or any(word.lower() in name.lower() for word in words for name in names)


def _access(
    identity: Identity,
    estate: Estate,
    resource: Resource,
    usage: Usage | None,
    numbers: Sequence[int],
    last: dict[int, dict[str, int]],
    chains: dict[Actor, tuple[str, ...]],
) -> Access:
    admin = is_administrator(identity, resource).verdict.answer
    # Who may do everything is told so, not service by service.
    found = reach(identity, estate, resource) if admin != "yes" else None
    accounts = {usage.actors[number].account for number in numbers} if usage else set()
    home = account_of(resource.arn) or resource.scope.account
    home = accounts.pop() if has_symbol(home) and len(accounts) == 1 else home
    lets_in, external = _trusted(identity, resource, home)
    owner, owner_from = _owner(resource)
    services_used = _merged(last.get(number, {}) for number in numbers)
    return Access(
        name=resource.label or resource.address,
        arn=resource.arn,
        account=home,
        kind="user" if resource.kind == "aws_iam_user" else "role",
        administrator=admin,
        services={name: letters(grants) for name, grants in found.services.items()} if found else _EVERYTHING,
        stores=_stores(estate, found.stores) if found else _EVERYTHING,
        lets_in=lets_in,
        external=external,
        credentials=_credentials(estate, resource),
        last_used=None if usage is None else max([0, *services_used.values(), *_signed_in(usage, numbers)]),
        services_used=services_used,
        used_by=tuple(dict.fromkeys(by for n in numbers if usage for by in chains.get(usage.actors[n], ()))),
        told_used=_told(resource),
        owner=owner,
        owner_from=owner_from,
        urn=resource.urn,
        decisions=found.decisions if found else (),
    )


def _stores(estate: Estate, stores: dict[str, tuple[Grant, ...]]) -> dict[str, str]:
    """By name; of two that share one, the urn tells them apart."""
    found: dict[str, str] = {}
    for urn, grants in stores.items():
        name = estate.resources[urn].label or urn
        found[urn if name in found else name] = letters(grants)
    return found


def letters(grants: Iterable[Grant]) -> str:
    """The access levels of some grants: `WR`, `R?`."""
    answers: dict[str, Answered] = {}
    for grant in grants:
        if answers.get(grant.level) != "yes":
            answers[grant.level] = grant.answer
    known = [level for level in LEVELS if level in answers] + [one for one in answers if one not in LEVELS]
    return "".join(_LETTERS.get(one, "?") + ("" if answers[one] == "yes" else "?") for one in known)


def _trusted(identity: Identity, resource: Resource, home: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who may take a role on, as its trust policy names them, and those of them that are not of its account.

    Of an account that is not known it is not known either: `?` stands behind who may be of another.
    """
    if resource.kind != "aws_iam_role":
        return (), ()
    named: dict[str, None] = {}
    external: dict[str, None] = {}
    for statement in (s for policy in identity.own_policies(resource) for s in policy.statements):
        if statement.effect != "Allow" or statement.principals is None:
            continue
        if statement.principals.negated:
            named["everybody but some"] = external["everybody but some"] = None
            continue
        for kind, value in statement.principals.named:
            named[value] = None
            account = value if value.isdigit() else account_of(value)
            same = same_account(account, home).answer if kind == "AWS" and value != "*" else "yes"
            if value == "*" or kind == "Federated" or same != "yes":
                external[f"{value}?" if same == "depends" else value] = None
    return tuple(named), tuple(external)


def _credentials(estate: Estate, resource: Resource) -> tuple[str, ...]:
    """What a user signs in with: a password, a second factor, access keys with their age and last use."""
    if resource.kind != "aws_iam_user":
        return ()
    found: list[str] = []
    console = resource.get("console_access")
    if is_unknown(console):
        found.append("password: not known")
    elif console:
        found.append("password")
    devices = resource.get("mfa_devices")
    if is_unknown(devices):
        found.append("MFA: not known")
    elif devices:
        found.append("MFA")
    elif console is True:
        found.append("no MFA")
    for key in estate.holders(resource.urn, "key_of", "aws_iam_access_key"):
        said = [str(key.get("status") or "Active").lower()]
        said += [
            f"{word} {str(value)[:10]}"
            for word, name in (("since", "created"), ("used", "last_used"))
            if isinstance(value := key.get(name), str) and value
        ]
        found.append(f"key {key.label or key.address}: {', '.join(said)}")
    return tuple(found)


def _told(resource: Resource) -> str:
    said = resource.get("last_used") if resource.kind == "aws_iam_role" else resource.get("password_last_used")
    return said[:10] if isinstance(said, str) else ""


def _owner(resource: Resource) -> tuple[str, str]:
    """Who answers for it: a tag says it, else the file it is written in."""
    tags = resource.get("tags")
    if isinstance(tags, dict):
        said = {str(key).lower(): value for key, value in tags.items()}
        for name in _OWNER_TAGS:
            if isinstance(said.get(name), str) and said[name]:
                return said[name], f"tag {name}"
    origin = resource.origin()
    if origin is not None and origin.span is not None and resource.said in ("code", "plan"):
        return origin.span.file, "code"
    return "", ""


# -- the log -------------------------------------------------------------------------------------------------------


def _last(usage: Usage) -> dict[int, dict[str, int]]:
    """Actor → service → last use. Denied attempts are no use."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    columns = usage.columns
    services = [name.partition(":")[0] for name in usage.actions]
    for place, who in enumerate(columns.actor):
        if columns.outcome[place] in (0, 2):
            service = services[columns.action[place]]
            found[who][service] = max(found[who].get(service, 0), columns.last[place])
    return found


def _merged(every: Iterable[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in every:
        for service, time in one.items():
            found[service] = max(found.get(service, 0), time)
    return dict(sorted(found.items()))


def _signed_in(usage: Usage, numbers: Sequence[int]) -> list[int]:
    return [usage.sign_ins[number] for number in numbers if number in usage.sign_ins]


def _chains(usage: Usage) -> dict[Actor, tuple[str, ...]]:
    """Actor → who stands at the beginning of its sessions."""
    found: dict[Actor, dict[str, None]] = defaultdict(dict)
    for chain in usage.chains:
        name = chain.first.name if chain.first is not None else chain.told
        if name:
            found[chain.actor][name] = None
    return {actor: tuple(names) for actor, names in found.items()}


_LISTED = ("role", "user", "root", "federated", "person", "account")


def _only_in_log(
    usage: Usage, seen: set[int], last: dict[int, dict[str, int]], chains: dict[Actor, tuple[str, ...]]
) -> list[Access]:
    rows = [
        Access(
            name=actor.name.rpartition("/")[2] or actor.name,
            arn=actor.name,
            account=actor.account,
            kind=actor.kind,
            administrator=None,
            services={},
            stores={},
            last_used=max([0, *last.get(number, {}).values(), *_signed_in(usage, [number])]),
            services_used=dict(sorted(last.get(number, {}).items())),
            used_by=chains.get(actor, ()),
        )
        for number, actor in enumerate(usage.actors)
        if number not in seen and actor.kind in _LISTED
    ]
    return sorted(rows, key=lambda row: (row.account, row.kind, row.arn))
